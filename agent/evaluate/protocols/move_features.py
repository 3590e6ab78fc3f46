"""What moves have in common across protocols: their kind, where they begin, which way the finger goes."""

from agent.episode import Move, NonAction
from agent.moves import TYPE_OF
from devices import Drag, Point, Scroll
from devices.actions import Direction, points_of

OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}


def type_of(move: Move) -> str:
    """The `action_type` of `move`."""
    return TYPE_OF[type(move)]


def touch_type(move: Move) -> str:
    """Its kind on a touch screen, where dragging and scrolling are the same gesture: a "swipe"."""
    return "swipe" if isinstance(move, Drag | Scroll) else type_of(move)


def first_point(move: Move) -> Point | None:
    """Where `move` begins on the screen; None where it points nowhere."""
    if isinstance(move, NonAction):
        return None
    return next(iter(points_of(move)), None)


def finger_direction(move: Move) -> Direction | None:
    """The way a finger goes: along a drag's longer axis, and against what a scroll brings into view.

    Data sets disagree on what "scroll down" means; where the finger goes is the same for all of them. None for a move
    that goes nowhere.
    """
    match move:
        case Scroll(direction=direction):
            return OPPOSITE[direction]
        case Drag(path=path) if path:
            return direction_of(path[0], path[-1])
    return None


def direction_of(start: Point, end: Point) -> Direction | None:
    """The direction from `start` to `end` along the longer axis, the vertical one in doubt; None for equal points."""
    x, y = end.x - start.x, end.y - start.y
    if x == y == 0:
        return None
    if abs(x) > abs(y):
        return "right" if x > 0 else "left"
    return "down" if y > 0 else "up"
