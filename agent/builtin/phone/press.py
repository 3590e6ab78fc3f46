"""A press on a widget, and why."""

from agent.builtin.outcome import Act
from devices import Click, Element, Point


def press(element: Element, why: str, at: Point | None = None) -> Act:
    """Press `element` in its middle, or at a point of it that nothing lies over."""
    return Act(Click(at or element.box.center), why)
