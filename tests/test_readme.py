"""The README keeps its word: its Python runs, its tables and its tree are those of the code."""

import re
import subprocess
import sys
from pathlib import Path

from agent.endings import EXIT_CODES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_hello_world_is_short_and_runs() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(program.splitlines()) < 15
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("finished")


def test_every_ending_stands_in_the_table_with_its_exit_code() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+)", README, re.MULTILINE))
    assert rows == {ending.value: str(code) for ending, code in EXIT_CODES.items()}


def test_the_tree_names_every_file_and_no_other() -> None:
    (tree,) = re.findall(r"## Where everything lives\n.*?```\n(.*?)```", README, re.DOTALL)
    folder, named = "", set()
    for line in tree.splitlines():
        if found := re.match(r"(\s*)([\w./]+)(?:\s|$)", line):
            depth, name = len(found[1]) // 2, found[2]
            parents = folder.split("/")[:depth]
            path = "/".join([*parents, name.rstrip("/")])
            if name.endswith("/"):
                folder = path
            named.add(path)
    there = {
        str(path.relative_to(ROOT))
        for package in ("agent", "devices", "tasks")
        for path in (ROOT / package).rglob("*.py")
    }
    unnamed = {path for path in there if not path.endswith("__init__.py")} - named
    gone = {path for path in named if path.endswith(".py")} - there
    assert (unnamed, gone) == (set(), set())
