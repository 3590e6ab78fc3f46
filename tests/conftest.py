"""Shared stages: a private X display with a window manager, and windows that say what reached them."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from devices import Stop

T = TypeVar("T")

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
        subprocess.run(
            [sys.executable, Path(__file__).parent / "doubles" / "managed.py", name],
            capture_output=True,
            check=True,
            timeout=30,
        )
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


def until(happened: Callable[[], T], seconds: float = 10.0) -> T:
    """What `happened()` returns as soon as it is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (result := happened()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds} s"
        Stop().wait(0.01)
    return result


class Window:
    """A small program with a window on `display`, asked by lines of text and answering by lines of JSON."""

    def __init__(self, double: str, display: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).parent / "doubles" / f"{double}.py", *arguments],
            env={**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            complaint = self._process.communicate()[1].strip().splitlines()[-1:]
            pytest.skip(f"{double} cannot run here: {complaint}")

    def take(self) -> Any:
        """What it was given since the last time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("take\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
