"""What a web page can be told about its widgets and shapes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explore:
    """Click what bears `name`, opening tabs, sections, menus and folders until it comes to light."""

    name: str
    kind: str = ""

    def __str__(self) -> str:
        return f"find and click {self.name!r}"


@dataclass(frozen=True, slots=True)
class Unfold:
    """Open the section with this title, the only one when `name` is ""."""

    name: str = ""

    def __str__(self) -> str:
        return f"expand {self.name or 'the section'!r}"


@dataclass(frozen=True, slots=True)
class PickEach:
    """Select each of these, and nothing else; out of a list that scrolls when `listed`."""

    names: tuple[str, ...]
    listed: bool = False

    def __str__(self) -> str:
        return "select " + (", ".join(map(repr, self.names)) or "nothing")


@dataclass(frozen=True, slots=True)
class PickFrom:
    """Pick `name` out of the list that drops down."""

    name: str

    def __str__(self) -> str:
        return f"pick {self.name!r} from the list"


@dataclass(frozen=True, slots=True)
class Looks:
    """How something drawn looks: "large" or "small", a colour's name, a kind of shape; "" for any."""

    size: str = ""
    colour: str = ""
    shape: str = ""

    def __str__(self) -> str:
        return " ".join(word for word in (self.size, self.colour, self.shape or "shape") if word)


@dataclass(frozen=True, slots=True)
class ClickShape:
    """Click what looks so; all that do when `every`, and then shades of the colour count as the colour."""

    looks: Looks
    every: bool = False

    def __str__(self) -> str:
        return f"click {'every ' if self.every else ''}{self.looks}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Press the button that says how many look so."""

    looks: Looks

    def __str__(self) -> str:
        return f"count every {self.looks}"


@dataclass(frozen=True, slots=True)
class NameFigure:
    """Press the button that says what the only figure is, or how many sides it has."""

    sides: bool = False

    def __str__(self) -> str:
        return "count the sides of the figure" if self.sides else "say what the figure is"


@dataclass(frozen=True, slots=True)
class GridPoint:
    """Click a point of a grid by its coordinates."""

    x: int
    y: int

    def __str__(self) -> str:
        return f"click ({self.x}, {self.y}) of the grid"


@dataclass(frozen=True, slots=True)
class ThroughMenu:
    """Go through a menu that is open, entry by entry, and click the last."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return "go through " + " > ".join(self.names)


WidgetDeed = ThroughMenu | Explore | Unfold | PickEach | PickFrom | ClickShape | Tally | NameFigure | GridPoint
