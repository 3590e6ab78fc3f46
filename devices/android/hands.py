"""What a finger and keys do, as commands for the phone's shell, in order.

A scroll's direction is what comes into view: to see what lies below, the finger moves up. There is one finger: no
command of `input` has two, and many phones deny the shell the raw events of the touch screen (`sendevent`), so a pinch
would need a program of ours on the phone.
"""

from itertools import pairwise
from math import dist
from typing import NoReturn

from devices.actions import Click, Direction, Drag, LongPress, MoveTo, Point, Scroll
from devices.android.keys import chord
from devices.device import ActionRefused

NOTCH = 0.08
"""What a notch scrolls, as a share of the screen's side: three of them move a list by a quarter of the screen."""
LONGEST_SWIPE = 0.6
"""A finger has no more room than this share of a side: a longer scroll is several swipes."""
EDGE = 0.12
"""The share of a side at each end that belongs to the system's own gestures."""
SWIPE_MS = 300


def click(action: Click) -> tuple[str, ...]:
    """A tap, or two or three. Raises `ActionRefused` for what a finger cannot do."""
    if action.button != "left":
        what = "hold the finger there instead (long press)" if action.button == "right" else "tap instead"
        raise ActionRefused(f"a phone has no {action.button} button: {what}; nothing was done")
    if action.holding:
        chord(action.holding)
        raise ActionRefused(f"a finger cannot tap while {'+'.join(action.holding)} is held; nothing was done")
    return (f"input tap {action.at.x} {action.at.y}",) * action.times


def long_press(action: LongPress) -> tuple[str, ...]:
    """A swipe that goes nowhere is how `input` holds a finger down."""
    x, y = action.at.x, action.at.y
    return (f"input swipe {x} {y} {x} {y} {max(1, round(action.seconds * 1000))}",)


def drag(action: Drag) -> tuple[str, ...]:
    """Along two points by one swipe; along more by motion events, each with its share of the time."""
    if action.button != "left":
        raise ActionRefused(f"a phone has no {action.button} button to drag with; nothing was done")
    if action.holding:
        chord(action.holding)
        raise ActionRefused(f"a finger cannot drag while {'+'.join(action.holding)} is held; nothing was done")
    path = action.path
    if len(path) == 2:
        return (swipe(path[0], path[1], round(action.seconds * 1000)),)
    whole = sum(dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(path)) or 1.0
    steps = [f"input motionevent DOWN {path[0].x} {path[0].y}"]
    for before, to in pairwise(path):
        share = action.seconds * dist((before.x, before.y), (to.x, to.y)) / whole
        steps += [f"sleep {share:.3f}"] if share >= 0.001 else []
        steps.append(f"input motionevent MOVE {to.x} {to.y}")
    return (*steps, f"input motionevent UP {path[-1].x} {path[-1].y}")


def swipe(start: Point, end: Point, milliseconds: int) -> str:
    return f"input swipe {start.x} {start.y} {end.x} {end.y} {max(1, milliseconds)}"


def scroll(action: Scroll, size: tuple[int, int]) -> tuple[str, ...]:
    """Swipes around `at` that bring into view what lies in `direction`; several where one finger has no room."""
    width, height = size
    side = height if action.direction in ("up", "down") else width
    left = round(action.notches * NOTCH * side)
    swipes = []
    while left > 0:
        length = min(left, round(LONGEST_SWIPE * side))
        swipes.append(_scroll_swipe(action.at, action.direction, length, size))
        left -= length
    return tuple(swipes)


def _scroll_swipe(at: Point, direction: Direction, length: int, size: tuple[int, int]) -> str:
    """One swipe of `length` pixels through `at`, moved along itself so that it stays off the screen's edges."""
    width, height = size
    upright = direction in ("up", "down")
    middle, side = (at.y, height) if upright else (at.x, width)
    low, high = round(EDGE * side), side - 1 - round(EDGE * side)
    length = min(length, max(1, high - low))
    first = min(max(middle - length // 2, low), high - length)
    ends = (first + length, first) if direction in ("down", "right") else (first, first + length)
    start, end = (
        (Point(at.x, ends[0]), Point(at.x, ends[1])) if upright else (Point(ends[0], at.y), Point(ends[1], at.y))
    )
    return swipe(start, end, SWIPE_MS)


def press(names: tuple[str, ...]) -> tuple[str, ...]:
    """One key, or several together (`input keycombination`, Android 12)."""
    keys = chord(names)
    if len(keys) == 1:
        return (f"input keyevent {keys[0].code}",)
    return (f"input keycombination {' '.join(str(key.code) for key in keys)}",)


def refuse_pointer(action: MoveTo) -> NoReturn:
    raise ActionRefused(f"a phone has no pointer to move to {action.at}: tap or hold there instead; nothing was done")
