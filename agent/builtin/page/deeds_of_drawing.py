"""What a web page can be told to drag, draw and put in order."""

from dataclasses import dataclass
from typing import Literal

from agent.builtin.page.deeds_of_widgets import Looks
from devices.actions import Direction


@dataclass(frozen=True, slots=True)
class DragInto:
    """Drag everything that looks so into the box on this side, everything else when `rest`."""

    looks: Looks
    box: Literal["", "left", "right"] = ""
    rest: bool = False

    def __str__(self) -> str:
        return f"drag {'all but ' if self.rest else 'every '}{self.looks} into the {self.box} box".replace("  ", " ")


@dataclass(frozen=True, slots=True)
class DragInside:
    """Drag the smaller of two boxes into the larger one."""

    def __str__(self) -> str:
        return "drag the smaller box into the larger one"


@dataclass(frozen=True, slots=True)
class DragAway:
    """Drag the only thing that is drawn in this direction."""

    direction: Direction

    def __str__(self) -> str:
        return f"drag it {self.direction}"


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Drag the entry `name` of a list or a grid to `to`: "3", "top", "bottom left", "center", "up 1"."""

    name: str
    to: str

    def __str__(self) -> str:
        return f"drag {self.name!r} to {self.to}"


@dataclass(frozen=True, slots=True)
class SortRows:
    """Drag the rows of a list until their numbers are in order."""

    descending: bool = False

    def __str__(self) -> str:
        return f"sort the rows in {'de' if self.descending else 'in'}creasing order"


@dataclass(frozen=True, slots=True)
class Resize:
    """Drag the corner of a text area until one side of it is larger or smaller."""

    side: Literal["width", "height"]
    larger: bool

    def __str__(self) -> str:
        return f"make the {self.side} {'larger' if self.larger else 'smaller'}"


@dataclass(frozen=True, slots=True)
class DrawThrough:
    """Draw a line, or a circle, through or around the dot."""

    what: Literal["horizontal", "vertical", "circle"]

    def __str__(self) -> str:
        return "draw a circle around the dot" if self.what == "circle" else f"draw a {self.what} line through the dot"


@dataclass(frozen=True, slots=True)
class MarkParagraph:
    """Select the text of a paragraph, counted from 1."""

    ordinal: int = 1

    def __str__(self) -> str:
        return f"highlight paragraph {self.ordinal}"


@dataclass(frozen=True, slots=True)
class ClickInOrder:
    """Click the numbers that are drawn, the least first."""

    def __str__(self) -> str:
        return "click the numbers in ascending order"


@dataclass(frozen=True, slots=True)
class SayParity:
    """Press "Odd" or "Even" beside each number."""

    def __str__(self) -> str:
        return "say of each number whether it is odd or even"


@dataclass(frozen=True, slots=True)
class CopyPattern:
    """Tick the boxes of a grid as the example beside it has bright squares."""

    def __str__(self) -> str:
        return "tick the boxes as in the example"


@dataclass(frozen=True, slots=True)
class CountInto:
    """Type how many blocks are drawn into the field."""

    def __str__(self) -> str:
        return "type how many blocks there are"


DrawingDeed = (
    DragInto | DragInside | DragAway | MoveItem | SortRows | Resize | DrawThrough | MarkParagraph | ClickInOrder
    | SayParity | CopyPattern | CountInto
)  # fmt: skip
