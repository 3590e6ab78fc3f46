"""What names a control that has no name of its own: the title of its row, the text beside or above it."""

import numpy as np
from numpy.typing import NDArray

from agent.grounding.geometry import in_one_row, inside
from agent.grounding.similarity import label_similarity
from agent.screen.overlap import centred_in, covering
from agent.screen.screen import Screen
from devices import Element
from devices.roles import FIELDS, TOGGLES

TEXTS = ("text", "heading", "cell")
LABELLED = FIELDS | TOGGLES | {"slider", "spinner", "choice"}


def labels_of(element: Element, screen: Screen) -> tuple[str, ...]:
    """What may name `element` besides its own text; only for what is labelled from outside, where the device is silent.

    A switch is named by the row that it stands in, and by that alone; else by the text to its left. Fields and sliders
    are named by the text right above them too.
    """
    if element.role not in LABELLED or (element.text and (element.role in TOGGLES or not screen.is_listed)):
        return ()
    box, unit, edges = element.box, screen.unit, screen.edges

    def at(where: NDArray[np.bool_], roles: tuple[str, ...]) -> list[Element]:
        found = (screen.elements[index] for index in np.flatnonzero(where).tolist())
        return [each for each in found if each.role in roles]

    rows = [e for e in at(covering(box.center, edges), ("button", "item")) if inside(box, e.box)]
    row = min(rows, key=lambda e: e.box.area, default=None)
    if row is not None and row.box.height < 3 * box.height + 5 * unit:
        return tuple(e.text for e in at(centred_in(row.box, edges), TEXTS) if e.text)[:1] or (row.text,)
    near = (edges[:, 3] >= box.top - 2 * unit) & (edges[:, 1] <= box.bottom)
    texts = [e for e in at(near, TEXTS) if e.text]
    left = [e for e in texts if in_one_row(e.box, box) and e.box.right <= box.left + unit // 4]
    over = [e for e in texts if -unit <= box.top - e.box.bottom < 2 * unit and e.box.left < box.right]
    over = [] if element.role in TOGGLES else [e for e in over if e.box.right > box.left and e.box.top < box.top]
    nearest = max(left, key=lambda e: e.box.right, default=None)
    lowest = max(over, key=lambda e: e.box.bottom, default=None)
    return tuple(e.text for e in (nearest, lowest) if e is not None)


def drawn_label(name: str, screen: Screen) -> Element | None:
    """The field in or right above which `name` is drawn, on a phone that lists the field and not its label."""
    fields = [e for e in screen.elements if e.role in FIELDS]
    for line in screen.drawn.lines if fields and screen.is_listed else ():
        if label_similarity(name, line.text) < 90:
            continue
        for field in fields:
            beside = field.box.left - screen.unit // 2 <= line.box.center.x <= field.box.right
            if beside and field.box.top - 2.2 * line.box.height <= line.box.center.y < field.box.bottom:
                return field
    return None
