"""Hit tests: whether a point lies in a box, in the smallest box, or near another point."""

from collections.abc import Iterable
from math import hypot

from agent.evaluate.gold import Area, Gold, GoldAnswer
from devices import Point


def distance(one: Point, other: Point, size: tuple[int, int]) -> float:
    """How far apart two points are, each axis as a share of its side of the screenshot."""
    return hypot(clamp(one.x - other.x) / size[0], clamp(one.y - other.y) / size[1])


def clamp(pixels: int) -> int:
    """`pixels` clamped to what a float holds: a model may write a number of a thousand digits."""
    return max(-(10**9), min(10**9, pixels))


def in_any(point: Point, areas: Iterable[Area], factor: float = 1.0) -> bool:
    """Whether `point` lies in one of `areas`, each enlarged `factor` times around its centre."""
    return any(point in (area if factor == 1 else area.scaled(factor)) for area in areas)


def smallest_around(point: Point, areas: Iterable[Area]) -> Area | None:
    """The smallest of `areas` that `point` lies in."""
    return min((area for area in areas if point in area), key=lambda area: area.square_pixels, default=None)


def known_areas(answer: GoldAnswer, gold: Gold) -> tuple[Area, ...]:
    """Every box known on the screen: the target areas of the answer, and the boxes of all elements."""
    return answer.areas + tuple(Area(e.box.left, e.box.top, e.box.right, e.box.bottom) for e in gold.elements)
