"""Keeps a private X server, a window manager and a message bus alive for exactly as long as the program that asked.

Run as a file by `private.py`, alone and without the rest of the project: it must start in 30 ms. Its argument is the
sandbox's folder. It reads one line of JSON on its standard input (size, environ, window_manager), answers one on its
standard output (display, or error), and ends everything, the folder included, when its standard input closes: the
kernel closes it however the owner ends.
"""

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

MARK = "SCREENHAND_SANDBOX"
"""The variable by which every process of a sandbox is known: its value is the sandbox's folder."""

_HERE = "<descriptor>"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PATIENCE = 3.0  # seconds a program is given to end when asked, before it is made to


class _Failed(Exception):
    """Something did not start; the text says what, and the last it said."""


class _Household:
    """The started programs, ended in reverse order."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.folder = folder
        self.environ = environ
        self._programs: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, keep: int = -1) -> None:
        """Start `command`, its output in a log beside the home; `keep` is a descriptor it inherits."""
        libc = ctypes.CDLL(None)

        def die_with_me() -> None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

        with (self.folder / f"{command[0]}.log").open("wb") as log:
            program = subprocess.Popen(
                command,
                env=self.environ,
                cwd=self.environ["HOME"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[keep] if keep >= 0 else [],
                preexec_fn=die_with_me,  # safe: there is no other thread here
            )
        self._programs.append(program)

    def first_line(self, *command: str) -> str:
        """Start `command` with a descriptor in place of `HERE`; the first line it writes there."""
        reading, writing = os.pipe()
        try:
            self.start(*(word.replace(_HERE, str(writing)) for word in command), keep=writing)
        finally:
            os.close(writing)
        with os.fdopen(reading) as answer:
            line = answer.readline().strip()
        if not line:
            said = (self.folder / f"{command[0]}.log").read_text(errors="replace").strip().splitlines()
            raise _Failed(f"{command[0]} did not start: {' / '.join(said[-3:]) or 'it said nothing'}")
        return line

    def end(self) -> None:
        """End every program, then everything else that carries the sandbox's mark."""
        for program in self._programs:  # the server first: windows go with it
            program.terminate()
        for program in self._programs:
            try:
                program.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        for _ in range(5):  # what is being killed may have been starting something
            for process in (strays := _marked(self.folder)):
                _kill(process)
            if not strays:
                break


def _marked(folder: Path) -> list[int]:
    """The processes whose environment says that they belong to `folder`: a background job outlives its window."""
    mark = f"{MARK}={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            marked = mark in entry.read_bytes().split(b"\0")
        except OSError:
            continue  # it ended, or it is another person's
        if marked:
            found.append(int(entry.parent.name))
    return found


def _kill(process: int) -> None:
    with contextlib.suppress(OSError):  # it may be gone already
        handle = os.pidfd_open(process)
        os.kill(process, signal.SIGKILL)
        select.select([handle], [], [], _PATIENCE)
        os.close(handle)


def _answer(told: dict[str, str]) -> None:
    with contextlib.suppress(BrokenPipeError):  # the owner may be gone before it could be told
        os.write(sys.stdout.fileno(), json.dumps(told).encode() + b"\n")


def _serve(folder: Path, line: str) -> None:
    order = json.loads(line)
    household = _Household(folder, order["environ"])
    width, height = order["size"]
    try:
        # -noreset: without it the server starts afresh when the last window closes, and forgets which keys are down.
        # -r: a key does not repeat however long the agent is held up between pressing and releasing it.
        screen = ("-screen", "0", f"{width}x{height}x24", "-dpi", "96")
        quiet = ("-noreset", "-r", "-s", "0", "-nolisten", "tcp")
        display = f":{household.first_line('Xvfb', *screen, *quiet, '-displayfd', _HERE)}"
        household.environ["DISPLAY"] = display
        household.start("openbox", "--sm-disable", "--config-file", order["window_manager"])
        bus = household.environ["DBUS_SESSION_BUS_ADDRESS"]
        household.first_line(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={bus}", f"--print-address={_HERE}"
        )
        _answer({"display": display})
        sys.stdin.read()
    except (_Failed, OSError) as error:
        _answer({"error": str(error)})
    finally:
        household.end()


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        if order := sys.stdin.readline():
            _serve(Path(sys.argv[1]), order)
    finally:
        shutil.rmtree(sys.argv[1], ignore_errors=True)
