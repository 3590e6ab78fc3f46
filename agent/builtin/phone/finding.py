"""Finds the widget that an instruction speaks of."""

from agent.builtin.instructions import Target
from agent.builtin.phone.widgets import ALIKE, FIELDS, PRESSED, alike, pressed_at, row_of, texts_in, title_of, widgets
from devices import Box, Element, Observation

BEGINNERS = ("new", "add", "create", "compose", "start", "write", "plus", "+")
"""How the buttons are labelled that begin something new."""

PLUS = frozenset({"+", "plus", "plus sign", "add", "add button", "new"})


def rated(target: Target, seen: Observation) -> list[tuple[float, Element]]:
    """The widgets that `target` may mean and how well, best first."""
    found: list[tuple[float, Element]] = []
    told = widgets(seen)
    for element in told:
        score = _score(target, element, seen)
        if score >= ALIKE:
            found.append((score, element))
    if target.kind == "field":
        found += [(s - 3, f) for s, label in found if label.role not in FIELDS and (f := field_below(label.box, seen))]
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
    if target.text.lower() in PLUS and element.role == "button":
        first = element.text.lower().split()[0]
        return 88.0 if first in BEGINNERS else alike(target.text, element.text)
    score = alike(target.text, element.text)
    row = row_of(element, seen)
    title = title_of(row, seen) if row.role == "button" else element.text
    if title != element.text:  # a summary says what lies behind a row, its title what it is
        score = max(score - 14, alike(target.text, title) if element is row else 0.0)
    if element.role == "text" and pressed_at(element.box.center, seen) is None:
        score -= 6  # a title; what can be pressed is meant
    if target.kind in ("button", "icon", "link") and element.role in ("button", "image"):
        score += 2
    if element.role in FIELDS and target.kind not in ("field", ""):
        score -= 20
    return score


def field_below(label: Box, seen: Observation) -> Element | None:
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


def switch_named(label: str, seen: Observation) -> Element | None:
    """The switch, or what else can be on and off, that bears the name `label`."""
    best, found = ALIKE, None
    for switch in widgets(seen):
        if switch.checked is None:
            continue
        for name in _names_of_switch(switch, seen):
            if (score := alike(label, name)) > best:
                best, found = score, switch
    return found


def _names_of_switch(switch: Element, seen: Observation) -> list[str]:
    """What may name a switch: itself, the row around it, what is written in its row."""
    names = [switch.text] if switch.text else []
    rows = [e for e in seen.elements if e.role in PRESSED and switch.box.center in e.box and e is not switch]
    row = min(rows, key=lambda e: e.box.width * e.box.height, default=None)
    if row is not None and row.box.height < 3 * switch.box.height + 120:
        names += [row.text, *(each.text for each in texts_in(row.box, seen)[:1])]
    else:
        level = [t for t in widgets(seen) if t.role == "text" and t.box.top <= switch.box.center.y < t.box.bottom]
        names += [t.text for t in level if t.box.right <= switch.box.left + 4]
    return names


def beginner(words: tuple[str, ...], seen: Observation) -> Element | None:
    """The button that begins something new of the kind that `words` name."""
    best, found = 0.0, None
    for element in widgets(seen):
        said = element.text.lower().split()
        if element.role not in ("button", "image") or not said or said[0] not in BEGINNERS:
            continue
        named = any(word in element.text.lower() for word in words)
        score = 2.0 if named else 1.0 if len(said) == 1 and said[0] != "start" else 0.0
        if score > best:
            best, found = score, element
    return found


def row_value(label: str, seen: Observation, *, numeric: bool = False) -> str:
    """What is written beside `label` in the same row, "" when nothing is."""
    best, value = 89.0, ""  # "Mobile data" is near enough to be pressed for "mobile", but no label of its number
    for element in widgets(seen):
        if element.role != "text" or (score := alike(label, element.text)) <= best:
            continue
        row = pressed_at(element.box.center, seen)
        beside = [t.text for t in texts_in(row.box, seen) if t is not element] if row else []
        if not beside:
            below = [t for t in widgets(seen) if t.role == "text" and 0 <= t.box.top - element.box.bottom < 40]
            free = [t for t in below if t.box.left < element.box.right and pressed_at(t.box.center, seen) is None]
            beside = [t.text for t in free[:1]]
        if numeric:
            beside = [text for text in beside if any(map(str.isdigit, text))] or beside
        if beside:
            best, value = score, " ".join(beside)
    return value
