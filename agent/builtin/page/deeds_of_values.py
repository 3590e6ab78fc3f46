"""What a web page can be told to set: sliders, spinners, colours, dates."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlideTo:
    """Set the sliders to these values, from top to bottom."""

    values: tuple[int, ...]

    def __str__(self) -> str:
        return f"slide to {', '.join(map(str, self.values))}"


@dataclass(frozen=True, slots=True)
class PutInto:
    """Write `text` in place of what the only field holds: a number into a spinner, a colour's code."""

    text: str

    def __str__(self) -> str:
        return f"put {self.text!r} into the field"


@dataclass(frozen=True, slots=True)
class PutShownColour:
    """Write the code of the colour that the goal shows as a patch into the field."""

    def __str__(self) -> str:
        return "put the colour that is shown into the field"


@dataclass(frozen=True, slots=True)
class PickDate:
    """Pick a day out of the calendar that a field opens."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"pick {self.year}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class SpinTo:
    """Press the small arrows beside the only field until it holds `value`."""

    value: int

    def __str__(self) -> str:
        return f"spin to {self.value}"


ValueDeed = SpinTo | SlideTo | PutInto | PutShownColour | PickDate
