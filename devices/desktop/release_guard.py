"""A second process that releases every held key and button when the first one dies, however it dies.

It waits on a pipe that only the agent holds open, in a session of its own, so that neither Ctrl-C nor a hang-up reaches
it. Run as a program by its path: it must start faster than the package's imports would let it.
"""

import contextlib
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

Kind = Literal["key", "button"]

_BUTTONS = {"left": 1, "middle": 2, "right": 3}


class GuardGone(Exception):
    """The guard does not answer: nothing may be pressed without it."""


class ReleaseGuard:
    """Told what is about to be pressed before it is, and what was released after. `display` is an X display or ""."""

    def __init__(self, display: str, environment: Mapping[str, str]) -> None:
        self._ready = False
        own_session: dict[str, Any] = (
            {"creationflags": 0x00000200} if sys.platform == "win32" else {"start_new_session": True}
        )
        self._child = subprocess.Popen(
            [sys.executable, "-P", __file__, display],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=dict(environment),
            **own_session,
        )

    def wait_ready(self, pause: Callable[[float], None], seconds: float = 15.0) -> None:
        """Return when the guard stands ready; it warms up while others work. Raises `GuardGone`."""
        while not self._ready:
            if seconds <= 0:
                raise GuardGone("the release guard did not start in time; nothing was pressed")
            assert self._child.stdout is not None  # noqa: S101 - it was opened as a pipe
            if sys.platform == "win32" or select.select([self._child.stdout], [], [], 0.05)[0]:
                if self._child.stdout.read(1) != b"r":
                    raise GuardGone("the release guard could not reach the display; nothing was pressed")
                self._ready = True
            else:
                pause(0)
                seconds -= 0.05

    def hold(self, kind: Kind, name: str) -> None:
        """Say that a key or button is about to be pressed."""
        self._tell(f"hold {kind} {name}")

    def free(self, kind: Kind, name: str) -> None:
        """Say that it was released."""
        self._tell(f"free {kind} {name}")

    def lend(self, code: int) -> None:
        """Say that the unused X key `code` is about to be given a meaning: at the end it gets none again."""
        self._tell(f"lend {code}")

    def close(self) -> None:
        """Let it end; it lets go of what it still thinks is held."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._child.wait(2)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _tell(self, line: str) -> None:
        assert self._child.stdin is not None  # noqa: S101 - it was opened as a pipe
        try:
            self._child.stdin.write(line.encode() + b"\n")
        except (OSError, ValueError) as error:
            raise GuardGone("the release guard is gone; nothing more will be pressed") from error


def consecutive_runs(codes: Iterable[int]) -> list[list[int]]:
    """`codes` in order, those that follow each other together: each run is one request that every client hears of."""
    runs: list[list[int]] = []
    for code in sorted(set(codes)):
        if runs and code == runs[-1][-1] + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return runs


def _on_x11(display: str) -> tuple[Callable[[str, str], None], Callable[[Iterable[int]], None]]:
    from Xlib import X
    from Xlib.display import Display
    from Xlib.ext.xtest import fake_input

    with contextlib.redirect_stdout(sys.stderr):  # Xlib prints a warning there about an empty authority
        x11 = Display(display)

    def release(kind: str, name: str) -> None:
        if kind == "key":
            fake_input(x11, X.KeyRelease, int(name.rpartition(" ")[2]))
        else:
            fake_input(x11, X.ButtonRelease, _BUTTONS[name])
        x11.sync()

    def take_back(codes: Iterable[int]) -> None:
        for run in consecutive_runs(codes):
            x11.change_keyboard_mapping(run[0], [[0, 0]] * len(run))
        x11.sync()

    return release, take_back


def _elsewhere() -> tuple[Callable[[str, str], None], Callable[[Iterable[int]], None]]:
    import pyautogui

    pyautogui.FAILSAFE, pyautogui.PAUSE = False, 0

    def release(kind: str, name: str) -> None:
        if kind == "key":
            pyautogui.keyUp(name)
        else:
            pyautogui.mouseUp(button=name)

    return release, lambda codes: None


def main(display: str) -> None:
    """Stand guard until the pipe ends, then let go."""
    release, take_back = _on_x11(display) if display else _elsewhere()
    held: list[tuple[str, str]] = []
    lent: set[int] = set()
    os.write(1, b"r")
    for line in sys.stdin.buffer:
        if not line.endswith(b"\n"):
            break  # cut short by the agent's death
        word, _, rest = line.decode().strip().partition(" ")
        if word == "lend":
            lent.add(int(rest))
            continue
        kind, _, name = rest.partition(" ")
        if word == "hold":
            held.append((kind, name))
        elif (kind, name) in held:
            held.remove((kind, name))
    for kind, name in reversed(held):
        release(kind, name)
    take_back(lent)


if __name__ == "__main__":
    main(sys.argv[1])
