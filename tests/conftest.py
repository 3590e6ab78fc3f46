"""Shared stages: a private X display with a window manager, and windows that say what reached them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from devices import Stop
from devices.android.adb import adb_on_path
from devices.desktop.private_display import PrivateDisplay, missing
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.connected_phone import SERVERS, ConnectedPhone, connected_phone, program

T = TypeVar("T")


@contextmanager
def private_display() -> Iterator[str]:
    """A private X display with a window manager, 1280x800: its name, until the block ends."""
    if absent := missing():
        pytest.skip(f"{', '.join(absent)} not installed: sudo apt install xvfb openbox dbus")
    with closing(PrivateDisplay(Stop(), isolated=False)) as private:  # the tests' own windows come to it from outside
        yield private.display_name


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """One private X display for all tests that only look and touch: its name."""
    with private_display() as name:
        yield name


@pytest.fixture(scope="session")
def adb_server_of() -> Iterator[Callable[[str], PrivateAdbServer]]:
    """A private adb server for each adb program by its name, shared by all who leave no phone on it."""
    with ExitStack() as stack:

        @cache
        def server_of(name: str) -> PrivateAdbServer:
            return stack.enter_context(closing(PrivateAdbServer(Stop(), program(name))))

        yield server_of


@pytest.fixture(scope="session")
def adb_server(adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    """The shared server of whichever adb there is."""
    return adb_server_of(SERVERS[0] if adb_on_path() else SERVERS[1])


@pytest.fixture
def connected(adb_server: PrivateAdbServer) -> Iterator[ConnectedPhone]:
    """A new simulated phone on the shared adb server."""
    with connected_phone(adb_server) as connected:
        yield connected


def ended(process: subprocess.Popen[bytes]) -> None:
    """Kill `process` and wait for its end."""
    process.kill()
    process.wait()


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
