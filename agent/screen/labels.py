"""Names for controls: the text beside, left of or above them, as forms are laid out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from agent.screen.overlap import Edges, edges_of, holding
from agent.screen.text import TextLine
from devices import Box, Element
from devices.roles import TOGGLES

LABELLED = frozenset({"field", "password", "choice", "spinner", "slider"}) | TOGGLES
"""What is named by text outside of it."""

AREA = 4.2
"""Height in units from which a field is a text area."""


def named(elements: Sequence[Element], lines: Sequence[TextLine], unit: int) -> tuple[Element, ...]:
    """`elements` with a name for each that has none and stands where a label is read; no label names two of a kind."""
    edges, boxes = edges_of([line.box for line in lines]), [line.box for line in lines]
    inside = _controls_around(boxes, elements)
    rated = []
    for index, element in enumerate(elements):
        if element.role in LABELLED and not element.text:
            rated += [
                (distance, index, line)
                for line, distance in _candidates(element, edges, unit)
                if (inside[line] is None or inside[line] == index) and _is_label(lines[line].text)
            ]
    names: dict[int, str] = {}
    used: set[int] = set()
    for _, index, line in sorted(rated):
        if index not in names and line not in used:
            names[index] = _plain(lines[line].text)
            used.add(line)
    return tuple(
        replace(element, text=names.get(index) or element.text or _own_text(element))
        for index, element in enumerate(elements)
    )


def _candidates(element: Element, edges: Edges, unit: int) -> list[tuple[int, float]]:
    """(line, distance) of the lines that may label `element`; the nearest is the likeliest."""
    box = element.box
    found: list[tuple[int, float]] = []
    middle = (edges[:, 1] + edges[:, 3]) // 2
    level = (
        (middle >= box.top - 1) & (middle < box.bottom + 1) if box.height < AREA * unit else _at_top(edges, box, unit)
    )
    after, before = edges[:, 0] - box.right, box.left - edges[:, 2]
    over = box.top - edges[:, 3]
    aligned = (edges[:, 0] < box.right) & (edges[:, 2] > box.left - unit)
    for line in np.flatnonzero(level | (aligned & (over >= -0.5 * unit) & (over <= 1.8 * unit))).tolist():
        if element.role in TOGGLES:
            if level[line] and -2 <= after[line] <= 2.5 * unit:
                found.append((line, float(after[line])))
            elif level[line] and -2 <= before[line] <= (25 * unit if element.role == "switch" else 2.5 * unit):
                found.append((line, float(before[line]) + 2.5 * unit))
        elif level[line] and -2 <= before[line] <= (14 if box.height < AREA * unit else 4) * unit:
            found.append((line, 0.3 * float(before[line])))
        elif aligned[line] and -0.5 * unit <= over[line] <= 1.8 * unit:
            offset = abs(int(edges[line, 0]) - box.left)
            if offset > 3 * unit:
                continue
            found.append((line, float(over[line]) + 0.5 * unit + 0.5 * offset))
    return found


def _at_top(edges: Edges, box: Box, unit: int) -> NDArray[np.bool_]:
    return (edges[:, 3] > box.top) & (edges[:, 1] < box.top + 2.5 * unit)


def _controls_around(boxes: Sequence[Box], elements: Sequence[Element]) -> list[int | None]:
    """For each box the smallest control that holds it, by index; text in one control labels no other."""
    controls = [i for i, each in enumerate(elements) if each.role not in ("window", "item", "cell", "text", "image")]
    edges = edges_of([elements[i].box for i in controls])
    inside = (holding(box, edges) for box in boxes)
    return [controls[int(found[0])] if len(found) else None for found in inside]


def _is_label(text: str) -> bool:
    """Whether `text` is more than a sign or an icon that was read as a letter."""
    return sum(letter.isalnum() for letter in text) >= 2 or (text[:1].isalnum() and text[-1:] in ":=")


def _own_text(element: Element) -> str:
    """What is written in a field or choice without a label: a placeholder, or a value by which people call it."""
    return element.value.split("\n")[0] if element.role in ("field", "choice", "spinner") else ""


def _plain(text: str) -> str:
    return text.strip().rstrip(":*").strip() or text.strip()
