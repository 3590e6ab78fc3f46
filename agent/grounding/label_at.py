"""What a person is told of a point: the name of the element that is there."""

from agent.grounding.labels import labels_of
from agent.grounding.role_fit import is_control
from agent.screen.screen import Screen
from devices import Box, Element, Point


def element_at(screen: Screen, point: Point) -> Element | None:
    """The smallest control around `point`, else the text within half a line of it; None where there is none."""
    here = [each for each in screen.elements if each.role != "window" and point in _grown(each.box, screen.unit // 2)]
    controls = [each for each in here if is_control(each) and point in each.box]
    return min(controls or here, key=lambda each: each.box.area, default=None)


def label_at(screen: Screen, point: Point) -> str:
    """The name of what is at `point`; "" when nothing is, or it has none."""
    element = element_at(screen, point)
    if element is None:
        return ""
    return element.text or element.hint or next(iter(labels_of(element, screen)), "")


def _grown(box: Box, by: int) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)
