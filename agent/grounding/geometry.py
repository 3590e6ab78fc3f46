"""Where boxes lie to each other: sides, rows, windows, and which are the same place."""

from agent.screen.screen import Screen
from agent.screen.windows import front_of
from devices import Box, Element


def distance_to(origin: Box, box: Box, side: str | None) -> float | None:
    """Pixels from `origin` to `box` towards `side`, sideways offsets weighted more; None when it lies elsewhere."""
    if box == origin:
        return None
    across = max(box.left - origin.right, origin.left - box.right, 0)
    down = max(box.top - origin.bottom, origin.top - box.bottom, 0)
    match side:
        case "right" if box.center.x > origin.center.x and box.left >= origin.center.x:
            return across + 3.0 * down
        case "left" if box.center.x < origin.center.x and box.right <= origin.center.x:
            return across + 3.0 * down
        case "below" if box.top >= origin.center.y:
            return down + 2.0 * across
        case "above" if box.bottom <= origin.center.y:
            return down + 2.0 * across
        case "near":
            return across + 2.0 * down
        case _:
            return None


def in_one_row(one: Box, other: Box) -> bool:
    """Whether the lower of two boxes has its middle beside the other."""
    low, high = sorted((one, other), key=lambda box: box.height)
    return high.top <= low.center.y < high.bottom


def same_place(one: Box, other: Box) -> bool:
    """Whether two boxes share more than half of the smaller one."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0 and 2 * across * down > min(one.area, other.area)


def inside(inner: Box, outer: Box) -> bool:
    return inner.center in outer and inner.area < outer.area


def front_window(screen: Screen) -> Element | None:
    """The window of `screen` that has the focus, or lies in front of all."""
    return front_of(screen.windows)


def window_rank(box: Box, screen: Screen) -> int:
    """0 when `box` lies in the window with the focus or in none, else how many windows lie before its own."""
    front = front_window(screen)
    if front is None or box.center in front.box:
        return 0
    return next((max(rank, 1) for rank, window in enumerate(screen.windows) if box.center in window.box), 0)


def title_bar(screen: Screen) -> Box | None:
    """Where the title of the window in front is drawn: the height of two lines of text."""
    front = front_window(screen)
    return Box(front.box.left, front.box.top, front.box.right, front.box.top + 2 * screen.unit) if front else None
