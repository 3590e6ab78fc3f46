"""What `getevent -lp` and `getevent -lt` print: the input devices of a phone, and their events as they happen."""

import re
from dataclasses import dataclass

_DEVICE = re.compile(r"^add device \d+: (?P<path>/dev/input/\S+)", re.MULTILINE)
_AXIS = re.compile(r"\b(?P<name>ABS_\w+)\s*: value -?\d+, min (?P<least>-?\d+), max (?P<most>-?\d+)")
_EVENT = re.compile(r"\[\s*(?P<at>\d+\.\d+)\] (?P<path>/dev/input/\S+): (?P<kind>\w+)\s+(?P<code>\w+)\s+(?P<value>\w+)")
_LONGEST = 200  # characters of a line: a longer one is none of getevent's


@dataclass(frozen=True, slots=True)
class Touchscreen:
    """A touch screen: the range of its axes, (least, most) of x and of y, as the phone is held upright."""

    path: str
    across: tuple[int, int]
    down: tuple[int, int]

    def share(self, x: int, y: int) -> tuple[float, float]:
        """How far across and down the upright screen a contact is, 0 to 1."""
        (left, right), (top, bottom) = self.across, self.down
        return (x - left + 0.5) / (right - left + 1), (y - top + 0.5) / (bottom - top + 1)


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event: `at` is seconds of the phone's clock, `value` as printed: hexadecimal, DOWN or UP."""

    at: float
    path: str
    code: str
    value: str

    @property
    def number(self) -> int:
        """The value as the signed number that it is; 0 where it is none."""
        try:
            number = int(self.value, 16)
        except ValueError:
            return 0
        return number - (1 << 32) if number >= 1 << 31 else number


def touchscreen_in(text: str) -> Touchscreen | None:
    """The touch screen among the devices that `getevent -lp` lists; a touch pad is none."""
    starts = list(_DEVICE.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        block = text[start.end() : end]
        axes = {axis["name"]: (int(axis["least"]), int(axis["most"])) for axis in _AXIS.finditer(block)}
        across, down = axes.get("ABS_MT_POSITION_X"), axes.get("ABS_MT_POSITION_Y")
        direct = "INPUT_PROP_DIRECT" in block or "input props" not in block  # not printed before Linux 2.6.38
        if across and down and across[0] < across[1] and down[0] < down[1] and direct:
            return Touchscreen(start["path"], across, down)
    return None


def read_event(line: str) -> InputEvent | None:
    """The event on a line of `getevent -lt`; None for any other line."""
    match = _EVENT.match(line[:_LONGEST])
    return InputEvent(float(match["at"]), match["path"], match["code"], match["value"]) if match else None
