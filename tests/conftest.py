"""Shared stages: a private X display with a window manager, and windows that say what reached them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

OPENBOX = """<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">
<keyboard><rebindOnMappingNotify>no</rebindOnMappingNotify></keyboard>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/>
</mousebind></context></mouse></openbox_config>"""


@contextmanager
def private_display(home: Path) -> Iterator[str]:
    """An Xvfb of its own, 1280x800, with openbox: its name, until the block ends."""
    for program in ("Xvfb", "openbox"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: sudo apt install xvfb openbox")
    settings = home / ".config" / "openbox" / "rc.xml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(OPENBOX)
    reader, writer = os.pipe()
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-noreset", "-nolisten", "tcp"],
            pass_fds=[writer],
            **quiet,  # type: ignore[call-overload]
        )
        stack.callback(ended, server)
        os.close(writer)
        with os.fdopen(reader) as line:
            name = f":{line.readline().strip()}"
        environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "DISPLAY": name}
        manager = subprocess.Popen(["openbox"], env=environment, **quiet)  # type: ignore[call-overload]
        stack.callback(ended, manager)
        subprocess.run([sys.executable, Path(__file__).parent / "doubles" / "managed.py", name], check=True, timeout=30)
        yield name


def ended(process: subprocess.Popen[bytes]) -> None:
    """Kill `process` and wait for its end."""
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def x_display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private X display with a window manager, 1280x800: its name."""
    with private_display(tmp_path_factory.mktemp("home")) as name:
        yield name
