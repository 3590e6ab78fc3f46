"""Finds the widget that an instruction names, by its label, role and neighbours."""

from agent.grounding.label_similarity import MIN_SIMILARITY, label_similarity
from agent.grounding.target import Target
from agent.screen.widgets import PRESSED, pressed_at, row_of, texts_in, title_of, widgets
from devices import Box, Element, Observation
from devices.roles import FIELDS


def matching_widgets(target: Target, seen: Observation) -> list[tuple[float, Element]]:
    """The widgets that `target` may mean with their scores, 0 to 100 and a little more, best first; one for a row."""
    found = [(score, each) for each in widgets(seen) if (score := _score(target, each, seen)) >= MIN_SIMILARITY]
    if target.role == "field":
        labels = [(score, element.box) for score, element in found if element.role not in FIELDS]
        found += [(score - 3, field) for score, box in labels if (field := labelled_field(box, seen))]
        found = [(score, element) for score, element in found if element.role in FIELDS]
    found.sort(key=lambda pair: (-pair[0], pair[1].box.top, pair[1].box.left))
    kept: list[tuple[float, Element]] = []
    for score, element in found:
        row = row_of(element, seen)
        if not any(row == row_of(other, seen) for _, other in kept):
            kept.append((score, element))
    return kept


def _score(target: Target, element: Element, seen: Observation) -> float:
    if not element.text:
        return 0.0
    score = label_similarity(target.text, element.text)
    row = row_of(element, seen)
    title = title_of(row, seen) if row.role == "button" else element.text
    if title != element.text:  # a summary says what lies behind a row, its title what it is
        score = max(score - 14, label_similarity(target.text, title) if element is row else 0.0)
    if element.role == "text" and pressed_at(element.box.center, seen) is None:
        score -= 6  # a title; what can be pressed is meant
    if target.role in ("button", "icon", "link") and element.role in ("button", "image"):
        score += 2
    if element.role in FIELDS and target.role not in ("field", ""):
        score -= 20
    return score


def labelled_field(label: Box, seen: Observation) -> Element | None:
    """The field that a label names: around it, right below it or to its right."""
    near = [
        each
        for each in widgets(seen)
        if each.role in FIELDS
        and (
            label.center in each.box
            or (0 <= each.box.top - label.bottom < 2 * label.height and each.box.left < label.right)
            or (each.box.top <= label.center.y < each.box.bottom and each.box.left >= label.right - 4)
        )
    ]
    return min(near, key=lambda each: (each.box.top, each.box.left), default=None)


def find_switch(label: str, seen: Observation) -> Element | None:
    """The switch, or what else can be on and off, that bears the name `label`."""
    best, found = MIN_SIMILARITY, None
    for switch in widgets(seen):
        if switch.checked is None:
            continue
        for name in _switch_labels(switch, seen):
            if (score := label_similarity(label, name)) > best:
                best, found = score, switch
    return found


def _switch_labels(switch: Element, seen: Observation) -> list[str]:
    """What may name a switch: its own label, the title of the row around it, or the text to its left."""
    names = [switch.text] if switch.text else []
    rows = [e for e in seen.elements if e.role in PRESSED and switch.box.center in e.box and e is not switch]
    row = min(rows, key=lambda e: e.box.area, default=None)
    if row is not None and row.box.height < 3 * switch.box.height + 120:
        return [*names, title_of(row, seen)]
    level = [t for t in widgets(seen) if t.role == "text" and t.box.top <= switch.box.center.y < t.box.bottom]
    return names + [t.text for t in level if t.box.right <= switch.box.left + 4]


def row_value(label: str, seen: Observation) -> str:
    """The text beside `label` in its row, else right below it; "" when there is none."""
    best, value = 89.0, ""  # a row that has more words than the label is near enough to press, not to be read
    for element in widgets(seen):
        if element.role != "text" or (score := label_similarity(label, element.text)) <= best:
            continue
        row = pressed_at(element.box.center, seen)
        beside = [t.text for t in texts_in(row.box, seen) if t is not element] if row else []
        if not beside:
            below = [t for t in widgets(seen) if t.role == "text" and 0 <= t.box.top - element.box.bottom < 40]
            free = [t for t in below if t.box.left < element.box.right and pressed_at(t.box.center, seen) is None]
            beside = [t.text for t in free[:1]]
        if beside:
            best, value = score, " ".join(beside)
    return value
