"""What no device would accept: refused here once, in words that a model can mend its action by."""

import math
import unicodedata

from devices.actions import (
    Action,
    Click,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    TypeText,
    Wait,
    points_of,
)
from devices.device import ActionRefused, Refusal

LONGEST = 60.0  # seconds of one action: a longer one would outlive the step's place in any sensible budget
MOST_NOTCHES = 100


def refuse_invalid(action: Action, size: tuple[int, int]) -> None:
    """Return if `action` makes sense on a screen of `size` (width, height) pixels, else raise `ActionRefused`.

    Which keys, characters and apps there are is the device's own affair.
    """
    for point in points_of(action):
        refuse_outside(point, size)
    match action:
        case Click(times=times):
            if times not in (1, 2, 3):
                raise _invalid(f"a click is given 1, 2 or 3 times; found {times}")
        case Drag(path=path, seconds=seconds):
            if len(path) < 2:
                raise _invalid(f"a drag needs at least two points, where from and where to; found {len(path)}")
            _refuse_duration(seconds, "drag")
        case LongPress(seconds=seconds):
            _refuse_duration(seconds, "press")
        case Wait(seconds=seconds):
            _refuse_duration(seconds, "wait")
        case Scroll(notches=notches):
            if not 1 <= notches <= MOST_NOTCHES:
                raise _invalid(f"scroll by 1 to {MOST_NOTCHES} notches; found {notches}")
        case TypeText(text=text):
            refuse_untypable(text)
        case Press(keys=keys):
            if not keys:
                raise _invalid("press needs at least one key; found none")
        case OpenApp(name=name):
            if not name.strip():
                raise _invalid("open needs the name of an application; found an empty one")
        case MoveTo():
            pass


def refuse_outside(point: Point, size: tuple[int, int]) -> None:
    """Raise `ActionRefused` unless `point` is a pixel of a screen of `size` (width, height)."""
    width, height = size
    if not (0 <= point.x < width and 0 <= point.y < height):
        raise _invalid(
            f"{point} is outside the screen, which is {width} pixels wide and {height} high: "
            f"x goes from 0 to {width - 1}, y from 0 to {height - 1}"
        )


def refuse_untypable(text: str) -> None:
    """Raise `ActionRefused` naming the first character of `text` that stands for no writing at all.

    These are control characters other than newline and tab, lone surrogates and Unicode's noncharacters.
    """
    for place, character in enumerate(text):
        if character not in "\n\t" and (why := _no_writing(character)):
            raise _invalid(f"{why} U+{ord(character):04X} at place {place} cannot be typed; nothing was typed")


def _no_writing(character: str) -> str:
    code = ord(character)
    match unicodedata.category(character):
        case "Cc":
            return "the control character"
        case "Cs":
            return "the lone surrogate"
        case "Cn" if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            return "the noncharacter"
    return ""


def _refuse_duration(seconds: float, what: str) -> None:
    if not (math.isfinite(seconds) and 0 <= seconds <= LONGEST):
        raise _invalid(f"a {what} lasts from 0 to {LONGEST:g} seconds; found {seconds}")


def _invalid(reason: str) -> ActionRefused:
    """A refusal of what no device would do."""
    return ActionRefused(reason, Refusal.INVALID)
