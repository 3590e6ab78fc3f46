"""The README keeps its word: its Python runs, its tables and its map are those of the code."""

import re
import subprocess
import sys
from pathlib import Path

from agent.endings import EXIT_CODES

ROOT = Path(__file__).parent.parent
README_FILE = ROOT / "README.md"
README = README_FILE.read_text()


def test_the_hello_world_is_short_and_runs() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(program.splitlines()) < 15
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("finished")


def test_every_ending_stands_in_the_table_with_its_exit_code() -> None:
    table = (ROOT / "agent" / "README.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+)", table, re.MULTILINE))
    assert rows == {ending.value: str(code) for ending, code in EXIT_CODES.items()}


def test_the_map_names_every_room_and_no_other() -> None:
    (tree,) = re.findall(r"## Where everything lives\n.*?```\n(.*?)```", README, re.DOTALL)
    named, package = set(), ""
    for line in tree.splitlines():
        if not line.startswith(" "):
            package = line.split("/")[0]
        elif package in ("agent", "devices", "tasks"):
            named |= {f"{package}/{room}" for room in re.findall(r"(?<!\S)(\w+)/(?=\s)", line)}
    rooms = {
        str(path.parent.relative_to(ROOT))
        for package in ("agent", "devices")
        for path in ROOT.glob(f"{package}/*/*.py")
    }
    assert named == rooms


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    assert len(README.splitlines()) < 200
    for page in (README_FILE, *ROOT.glob("*/README.md"), *ROOT.glob("*/*/README.md")):
        for link in re.findall(r"\]\((?!https:)([^)#]+)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.relative_to(ROOT)} links to {link}"
