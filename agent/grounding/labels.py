"""What names a control that has no name of its own: the title of its row, the text beside or above it."""

from agent.grounding.geometry import in_one_row, inside
from agent.grounding.similarity import label_similarity
from agent.screen.screen import Screen
from devices import Element
from devices.roles import FIELDS, TOGGLES

LABELLED = FIELDS | TOGGLES | {"slider", "spinner", "choice"}


def labels_of(element: Element, screen: Screen) -> tuple[str, ...]:
    """What may name `element` besides its own text; only for what is labelled from outside, where the device is silent.

    A switch is named by the row that it stands in, and by that alone; else by the text to its left. Fields and sliders
    are named by the text right above them too.
    """
    if element.role not in LABELLED or (element.text and (element.role in TOGGLES or not screen.is_listed)):
        return ()
    texts = [e for e in screen.elements if e.role in ("text", "heading", "cell") and e.text]
    rows = [e for e in screen.elements if e.role in ("button", "item") and inside(element.box, e.box)]
    row = min(rows, key=lambda e: e.box.area, default=None)
    if row is not None and row.box.height < 3 * element.box.height + 5 * screen.unit:
        return tuple(e.text for e in texts if e.box.center in row.box)[:1] or (row.text,)
    box, unit = element.box, screen.unit
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
