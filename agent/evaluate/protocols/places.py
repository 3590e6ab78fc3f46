"""When two points are the same target: in one box, in the smallest box, or near each other."""

from collections.abc import Iterable
from math import hypot

from agent.evaluate.gold import Answer, Area, Gold
from devices import Point


def distance(one: Point, other: Point, size: tuple[int, int]) -> float:
    """How far apart two points are, each axis as a share of its side of the screenshot."""
    return hypot(bounded(one.x - other.x) / size[0], bounded(one.y - other.y) / size[1])


def bounded(pixels: int) -> int:
    """`pixels` if that many can be meant: a model may write a number of a thousand digits, which no float can hold."""
    return max(-(10**9), min(10**9, pixels))


def in_any(point: Point, areas: Iterable[Area], factor: float = 1.0) -> bool:
    """Whether `point` lies in one of `areas`, each enlarged `factor` times around its centre."""
    return any(point in (area if factor == 1 else area.scaled(factor)) for area in areas)


def smallest_around(point: Point, areas: Iterable[Area]) -> Area | None:
    """The smallest of `areas` that `point` lies in."""
    return min((area for area in areas if point in area), key=lambda area: area.extent, default=None)


def drawn(answer: Answer, gold: Gold) -> tuple[Area, ...]:
    """Every box known on the screen: the answer's own, and those of all elements."""
    return answer.areas + tuple(Area(e.box.left, e.box.top, e.box.right, e.box.bottom) for e in gold.elements)
