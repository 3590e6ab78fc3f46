"""Tells taps, long presses and swipes apart as Android does."""

from collections.abc import Sequence
from dataclasses import dataclass

LONG_PRESS = 0.5  # seconds: ViewConfiguration.getLongPressTimeout was 500 until Android 13, 400 since
SLOP = 8.0  # dp: ViewConfiguration.getScaledTouchSlop
FLING = 1000.0  # dp per second from which a scroll goes on after the finger left
COAST = 0.1  # seconds that it goes on at the finger's speed
Path = Sequence[tuple[float, int, int]]


@dataclass(frozen=True, slots=True)
class Tap:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Hold:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Swipe:
    """A drag from (`x`, `y`) by (`dx`, `dy`); `held` when the finger first kept still for a long press.

    `coast` is how far, in pixels down the screen, the content goes on by itself.
    """

    x: int
    y: int
    dx: int
    dy: int
    held: bool
    coast: int


def classify_gesture(path: Path, density: float) -> Tap | Hold | Swipe:
    """Tell a tap, a long press and a drag apart; `path` has at least one point."""
    start, x, y = path[0]
    slop = SLOP * density
    moved = next((n for n, (_, px, py) in enumerate(path) if max(abs(px - x), abs(py - y)) > slop), None)
    if moved is None:
        return Hold(x, y) if path[-1][0] - start >= LONG_PRESS else Tap(x, y)
    still = path[moved - 1][0] - start
    end, last_x, last_y = path[-1]
    recent = next(point for point in path if point[0] >= end - 0.1 or point is path[-1])
    before = recent if recent[0] < end else path[max(0, len(path) - 2)]
    seconds = max(end - before[0], 0.001)
    speed = (last_y - before[2]) / seconds
    coast = round(speed * COAST) if abs(speed) > FLING * density else 0
    return Swipe(x, y, last_x - x, last_y - y, still >= LONG_PRESS, coast)
