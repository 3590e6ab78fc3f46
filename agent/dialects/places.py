"""Places and directions in an action's arguments, by every name that models give them."""

from typing import cast

from agent.dialects import arguments
from agent.dialects.arguments import Arguments
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from devices import Point
from devices.actions import Direction

_HERE = ("coordinate", "coordinates", "point", "position", "box", "bbox", "point_2d", "bbox_2d")
_STARTS = ("start_coordinate", "start_box", "start_point", "coordinate1", "point1", "start", "from")
_ENDS = ("coordinate2", "end_coordinate", "end_box", "end_point", "point2", "end", "to")
_APART = (("x", "y"), ("x1", "y1"), ("start_x", "start_y"))
_ENDS_APART = (("x2", "y2"), ("end_x", "end_y"))
_DIRECTIONS = ("direction", "scroll_direction", "text", "input_text", "value")

FIELDS = frozenset((*_HERE, *_STARTS, *_ENDS, "direction", "scroll_direction")).union(*_APART, *_ENDS_APART)
"""Every name that is read here."""


def place(fields: Arguments, fit: Fit) -> Point | None:
    """The place that `fields` speak of, None where they name none. Raises `ValueError` for one that is none."""
    return _first(fields, fit, (*_HERE, *_STARTS), _APART)


def drag_ends(fields: Arguments, fit: Fit, pointer: Point | None) -> tuple[Point | None, Point | None]:
    """Where a drag begins and ends. With one place it goes there, from where the pointer is."""
    end = _first(fields, fit, _ENDS, _ENDS_APART)
    if end is not None:
        return place(fields, fit) or pointer, end
    start = _first(fields, fit, _STARTS, ()) or pointer
    return start, _first(fields, fit, _HERE, _APART)


def direction(fields: Arguments) -> Direction | None:
    """up, down, left or right; None where `fields` say none. Raises `ValueError` for any other direction."""
    for name in _DIRECTIONS:
        value = fields.get(name)
        word = value.strip().lower() if isinstance(value, str) else value
        if word in ("up", "down", "left", "right"):
            return cast(Direction, word)
        if value is not None and name.endswith("direction"):
            raise ValueError(f"{name} must be up, down, left or right; found {shortened(value)}")
    return None


def middle(fit: Fit) -> Point:
    """The middle of the screen: where a scroll without a place is meant."""
    return Point(fit.screen[0] // 2, fit.screen[1] // 2)


def _first(fields: Arguments, fit: Fit, names: tuple[str, ...], apart: tuple[tuple[str, str], ...]) -> Point | None:
    if (at := arguments.point(fields, fit, *names)) is not None:
        return at
    for x, y in apart:
        if fields.get(x) is None and fields.get(y) is None:
            continue
        if fields.get(y) is None:
            return arguments.point({f"{x}, without a {y}": fields[x]}, fit, f"{x}, without a {y}")
        return arguments.point({f"{x}, {y}": [fields.get(x), fields[y]]}, fit, f"{x}, {y}")
    return None
