"""Text typed on a soft keyboard, read from the field that it went into."""

import re

from devices.device import Box, Element, Observation

KEYBOARD = ("dumpsys", "window", "windows")
"""The command whose output has the soft keyboard's window."""
_WINDOW = re.compile(r"^\s*Window #\d+ Window\{\w+ u\d+ (?P<title>[^}]*)\}", re.MULTILINE)
_REGION = re.compile(r"touchable region=SkRegion\(\((-?\d+),(-?\d+),(-?\d+),(-?\d+)\)")


def keyboard_in(windows: str) -> Box | None:
    """The touchable region of the soft keyboard, from `KEYBOARD`'s output; None where there is none."""
    starts = list(_WINDOW.finditer(windows))
    for place, start in enumerate(starts):
        if start["title"] != "InputMethod":
            continue
        end = starts[place + 1].start() if place + 1 < len(starts) else len(windows)
        window = windows[start.end() : end]
        if (region := _REGION.search(window)) and "isVisible=false" not in window:
            left, top, right, bottom = map(int, region.groups())
            return Box(left, top, right, bottom) if left < right and top < bottom else None
    return None


def focused_field(seen: Observation) -> Element | None:
    """The focused text field, where the observation has elements."""
    return next((each for each in seen.elements if each.focused and each.role in ("field", "password")), None)


def written_between(before: Element | None, after: Element | None) -> str | None:
    """The text inserted into a field between two observations; None where that is unknown: another field, less text.

    Text that has nothing in common with what the field showed before has taken the place of its hint.
    """
    if before is None or after is None or (before.role, before.box.left) != (after.role, after.box.left):
        return None
    old, new = before.text, after.text
    if old == new:
        return None
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start + end == len(old):
        return new[start : len(new) - end]
    return new if start == 0 and end == 0 else None
