"""The right answers at one recorded step, as protocols judge by them."""

from dataclasses import dataclass

from agent.episode import Move
from devices import Element, Point
from devices.device import Surface


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels of the screenshot. Its edges are inside, as in every published scorer."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def square_pixels(self) -> float:
        """Its size in square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)

    def scaled(self, factor: float) -> "Area":
        """The same rectangle with its sides `factor` times as long, around the same centre."""
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        width, height = (self.right - self.left) * factor / 2, (self.bottom - self.top) * factor / 2
        return Area(x - width, y - height, x + width, y + height)

    def __contains__(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """A move that is right, and the `areas` of its target; () where the data set has none."""

    move: Move
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right at one step: the recorded answer first, then the accepted alternatives.

    `size` is the screenshot's (width, height), `elements` all that the data set lists on it, `group` the cell of the
    data set's table that the step belongs to ("web/text"), "" where there is none.
    """

    answers: tuple[GoldAnswer, ...]
    size: tuple[int, int]
    surface: Surface = "computer"
    elements: tuple[Element, ...] = ()
    group: str = ""

    @property
    def answer(self) -> GoldAnswer:
        """The recorded one."""
        return self.answers[0]

    @property
    def move(self) -> Move:
        return self.answers[0].move
