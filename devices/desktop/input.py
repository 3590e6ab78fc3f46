"""Keyboard and pointer input by pyautogui: the guard hears of each press first, and each stroke checks for a stop."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from devices.actions import Button, Direction
from devices.desktop.pointer_watch import PointerWatch
from devices.desktop.release_guard import Kind, ReleaseGuard
from devices.desktop.system import System
from devices.stop import Stop

FRAME = 1 / 60  # seconds between two points of a drag: programs look at the pointer about that often
_Held = tuple[Kind, str]


class Input:
    """Holds keys and buttons only inside its own calls: whatever ends a call, all are released. In pointer units."""

    def __init__(self, system: System, guard: ReleaseGuard, watch: PointerWatch | None, stop: Stop) -> None:
        self._system = system
        self._guard = guard
        self._watch = watch
        self._stop = stop
        self._held: list[_Held] = []

    def check_stop(self) -> None:
        """Return, or raise `Stopped` when somebody asked for it or took the pointer."""
        self._stop.check()
        if self._watch is not None:
            self._watch.check()

    def move(self, x: int, y: int) -> None:
        """Put the pointer at (x, y)."""
        gui = self._system.gui()
        if self._watch is None:
            self._stop.check()
            gui.moveTo(x, y)
            return
        with self._watch.moving((x, y)):
            gui.moveTo(x, y)

    def click(self, x: int, y: int, button: Button, times: int, keys: Sequence[str]) -> None:
        """Click `times` times at (x, y) with `keys` held."""
        with self._holding(keys):
            self.move(x, y)
            for _ in range(times):
                with self._pressed(("button", button)):
                    pass

    def long_press(self, x: int, y: int, seconds: float) -> None:
        """Keep the left button down at (x, y)."""
        self.move(x, y)
        with self._pressed(("button", "left")):
            self._stop.wait(seconds)

    def drag(self, path: Sequence[tuple[int, int]], seconds: float, button: Button, keys: Sequence[str]) -> None:
        """Press at the first point of `path`, pass the others evenly in `seconds`, release at the last."""
        with self._holding(keys):
            self.move(*path[0])
            with self._pressed(("button", button)):
                points = steps(path, max(len(path) - 1, round(seconds / FRAME)))
                for x, y in points:
                    self._stop.wait(seconds / len(points))
                    self._drag_to(x, y, button)

    def scroll(self, x: int, y: int, direction: Direction, notches: int) -> None:
        """Turn the wheel at (x, y), one notch at a time."""
        self.move(x, y)
        for _ in range(notches):
            self.check_stop()
            self._system.scroll(direction)

    def press(self, keys: Sequence[str]) -> None:
        """Press `keys` in order and release them in reverse."""
        with self._holding(keys):
            pass

    def type(self, text: str) -> None:
        """Type `text` exactly."""
        self.check_stop()
        self._system.type(text, self.check_stop)

    def _drag_to(self, x: int, y: int, button: Button) -> None:
        # dragTo sends macOS the drag event it needs; mouseDownUp=False leaves the button to us.
        gui = self._system.gui()
        if self._watch is None:
            gui.dragTo(x, y, button=button, mouseDownUp=False)
            return
        with self._watch.moving((x, y)):
            gui.dragTo(x, y, button=button, mouseDownUp=False)

    @contextmanager
    def _holding(self, keys: Sequence[str]) -> Iterator[None]:
        try:
            for key in keys:
                self.check_stop()
                self._down(("key", key))
            yield
        finally:
            self._release_all()

    @contextmanager
    def _pressed(self, held: _Held) -> Iterator[None]:
        self.check_stop()
        try:
            self._down(held)
            yield
        finally:
            self._up(held)

    def _down(self, held: _Held) -> None:
        kind, name = held
        gui = self._system.gui()
        self._guard.hold(kind, name)
        self._held.append(held)
        if kind == "key":
            gui.keyDown(name)
        else:
            gui.mouseDown(button=name)

    def _up(self, held: _Held) -> None:
        kind, name = held
        gui = self._system.gui()
        if kind == "key":
            gui.keyUp(name)
        else:
            gui.mouseUp(button=name)
        self._held.remove(held)
        self._guard.free(kind, name)

    def _release_all(self) -> None:
        for held in reversed(list(self._held)):
            self._up(held)


def steps(path: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """`count` points or more along `path` after its first, evenly over its legs, every corner among them."""
    legs = list(itertools.pairwise(path))
    each = max(1, -(-count // len(legs)))
    return [
        (x + (to_x - x) * part // each, y + (to_y - y) * part // each)
        for (x, y), (to_x, to_y) in legs
        for part in range(1, each + 1)
    ]
