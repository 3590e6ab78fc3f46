"""Touches and keys as commands of Android's `input`, and those commands run at most once.

A scroll's direction is what comes into view: to see what lies below, the finger moves up. There is one finger: no
command of `input` has two, and many phones deny the shell the raw events of the touch screen (`sendevent`), so a pinch
would need a program of ours on the phone.
"""

import re
from itertools import pairwise
from math import dist
from typing import NoReturn

from devices.actions import Click, Direction, Drag, LongPress, MoveTo, Point, Scroll
from devices.android.connection import PhoneConnection
from devices.android.keys import chord
from devices.device import ActionRefused, DeviceLost

NOTCH = 0.08
"""What a notch scrolls, as a share of the screen's side: three of them move a list by a quarter of the screen."""
LONGEST_SWIPE = 0.6
"""A finger has no more room than this share of a side: a longer scroll is several swipes."""
EDGE = 0.12
"""The share of a side at each end that belongs to the system's own gestures."""
SWIPE_MS = 300
INJECT_FIX = (
    "Settings > Developer options: switch on 'USB debugging (Security settings)' (Xiaomi, Redmi, Poco) or "
    "'Disable permission monitoring' (Oppo, Realme, OnePlus), then restart the phone"
)
_ERROR = re.compile(r"(?:\w+Exception|\bError|not found|inaccessible|\b[Uu]sage:|Unknown command).*")


def tap_commands(action: Click) -> tuple[str, ...]:
    """A tap, or two or three. Raises `ActionRefused` for what a finger cannot do."""
    if action.button != "left":
        what = "hold the finger there instead (long press)" if action.button == "right" else "tap instead"
        raise ActionRefused(f"a phone has no {action.button} button: {what}; nothing was done")
    if action.holding:
        chord(action.holding)
        raise ActionRefused(f"a finger cannot tap while {'+'.join(action.holding)} is held; nothing was done")
    return (f"input tap {action.at.x} {action.at.y}",) * action.times


def long_press_commands(action: LongPress) -> tuple[str, ...]:
    """A swipe that goes nowhere is how `input` holds a finger down."""
    x, y = action.at.x, action.at.y
    return (f"input swipe {x} {y} {x} {y} {max(1, round(action.seconds * 1000))}",)


def drag_commands(action: Drag) -> tuple[str, ...]:
    """Along two points by one swipe; along more by motion events, each with its share of the time."""
    if action.button != "left":
        raise ActionRefused(f"a phone has no {action.button} button to drag with; nothing was done")
    if action.holding:
        chord(action.holding)
        raise ActionRefused(f"a finger cannot drag while {'+'.join(action.holding)} is held; nothing was done")
    path = action.path
    if len(path) == 2:
        return (swipe_command(path[0], path[1], round(action.seconds * 1000)),)
    whole = sum(dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(path)) or 1.0
    steps = [f"input motionevent DOWN {path[0].x} {path[0].y}"]
    for before, to in pairwise(path):
        share = action.seconds * dist((before.x, before.y), (to.x, to.y)) / whole
        steps += [f"sleep {share:.3f}"] if share >= 0.001 else []
        steps.append(f"input motionevent MOVE {to.x} {to.y}")
    return (*steps, f"input motionevent UP {path[-1].x} {path[-1].y}")


def swipe_command(start: Point, end: Point, milliseconds: int) -> str:
    return f"input swipe {start.x} {start.y} {end.x} {end.y} {max(1, milliseconds)}"


def scroll_commands(action: Scroll, size: tuple[int, int]) -> tuple[str, ...]:
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
    return swipe_command(start, end, SWIPE_MS)


def press_commands(names: tuple[str, ...]) -> tuple[str, ...]:
    """One key, or several together (`input keycombination`, Android 12)."""
    keys = chord(names)
    if len(keys) == 1:
        return (f"input keyevent {keys[0].code}",)
    return (f"input keycombination {' '.join(str(key.code) for key in keys)}",)


def refuse_pointer(action: MoveTo) -> NoReturn:
    raise ActionRefused(f"a phone has no pointer to move to {action.at}: tap or hold there instead; nothing was done")


def inject(connection: PhoneConnection, commands: tuple[str, ...], *, what: str, seconds: float = 0.0) -> None:
    """Run `commands`, which take `seconds` by themselves, at most once.

    Raises `ActionRefused` when the phone refuses one or it is not known whether `what` was done; `DeviceLost` when it
    allows no injected input at all, which only a person can change.
    """
    answer = connection.execute(*commands, seconds=seconds, what=what)
    output = "".join(result.text for result in answer.results) + answer.errors
    failed = any(result.code for result in answer.results)
    if not failed and not _ERROR.search(output):
        return
    if "INJECT_EVENTS" in output:
        raise DeviceLost(f"the phone {connection.serial} allows no injected input (INJECT_EVENTS). {INJECT_FIX}")
    done = "nothing was done" if len(commands) == 1 and "&&" not in commands[0] else "part of it may be done"
    raise ActionRefused(f"the phone refused {commands[0][:80]!r}: {error_line(output)}; {done}")


def error_line(output: str) -> str:
    """The line of an output that names the error, shortened."""
    trouble = _ERROR.search(output)
    return (trouble[0] if trouble else output.strip()[-200:] or "it gave no reason").strip()[:300]
