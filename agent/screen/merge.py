"""One element for each visible thing: what the device lists, what is drawn and what is read, merged."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from agent.screen.click_areas import clipped
from agent.screen.labels import LABELLED
from agent.screen.overlap import Edges, edges_of, holding, intersection_over_union
from agent.screen.text import TextLine
from devices import Box, Element
from devices.roles import CONTROLS, TOGGLES

MOST = 5000
"""Maximum number of the device's elements that are merged, from the front to the back."""

LONGEST = 1000
"""Maximum length in characters of a name or value that is kept."""

WORDLESS = TOGGLES | {"slider"}
"""Controls without writing on them."""

HOLDERS = frozenset({"item", "cell", "text", "image", "heading"})
"""What may hold controls of its own that the device does not list."""


def reported(elements: Sequence[Element], screen: Box) -> tuple[Element, ...]:
    """The device's elements on the screen, but for windows: cut to it, at most `MOST`, with names of bounded length."""
    kept: list[Element] = []
    for each in elements:
        if each.role == "window" or not (box := clipped(each.box, screen)).area:
            continue
        short = all(len(text) <= LONGEST for text in (each.text, each.value, each.hint))
        if box is not each.box or not short:
            each = replace(
                each, box=box, text=each.text[:LONGEST], value=each.value[:LONGEST], hint=each.hint[:LONGEST]
            )
        kept.append(each)
        if len(kept) == MOST:
            break
    return tuple(kept)


def unlisted(drawn: Sequence[Element], device: Sequence[Element]) -> tuple[Element, ...]:
    """The drawn controls that are no element of the device's, and no part of one that it lists."""
    controls = [each for each in device if each.role in CONTROLS]
    edges, areas = edges_of([each.box for each in controls]), [each.box.area for each in controls]
    return tuple(each for each in drawn if not _is_listed(each, controls, edges, areas))


def _is_listed(drawn: Element, controls: Sequence[Element], edges: Edges, areas: Sequence[int]) -> bool:
    if not controls:
        return False
    if intersection_over_union(drawn.box, edges).max() > 0.5:
        return True
    for index in holding(drawn.box, edges).tolist():
        roomy = controls[index].role in HOLDERS and areas[index] > 2 * drawn.box.area
        if not (roomy and drawn.role != "icon"):
            return True
    # A box drawn around a control that the device lists smaller, as GTK 4 does.
    middles = (edges[:, :2] + edges[:, 2:]) // 2
    box = drawn.box
    inside = (middles[:, 0] >= box.left) & (middles[:, 0] < box.right)
    inside &= (middles[:, 1] >= box.top) & (middles[:, 1] < box.bottom)
    alike = [i for i in np.flatnonzero(inside).tolist() if areas[i] > 0.15 * box.area]
    return len(alike) == 1 and drawn.role != "field"


def unsaid(texts: Sequence[Element], device: Sequence[Element]) -> tuple[Element, ...]:
    """The lines read that no element of the device's says at that place; text that disagrees with it remains."""
    edges = edges_of([each.box for each in device])
    return tuple(each for each in texts if not _is_said(each, device, edges))


def _is_said(line: Element, device: Sequence[Element], edges: Edges) -> bool:
    words = _letters(line.text)
    for index in holding(line.box, edges, 0.6)[:12].tolist():
        each = device[index]
        said = _letters(f"{each.text} {each.value} {each.hint}")
        if (words and words in said) or _alike(words, _letters(each.text)) or _alike(words, _letters(each.value)):
            return True
    return False


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _alike(one: str, other: str) -> bool:
    """Whether one may be a misreading of the other: four letters of five are the same."""
    from rapidfuzz import fuzz

    return bool(one) and bool(other) and fuzz.ratio(one[:200], other[:200]) >= 80


def with_drawn_names(device: Sequence[Element], lines: Sequence[TextLine]) -> tuple[Element, ...]:
    """The device's elements; an unnamed control that holds text of its own is called what is written in it."""
    unnamed = [i for i, each in enumerate(device) if each.role in CONTROLS - LABELLED and not each.text]
    edges = edges_of([device[i].box for i in unnamed])
    names: dict[int, list[str]] = {}
    for line in lines:
        inside = holding(line.box, edges, 0.7)
        if len(inside):
            names.setdefault(unnamed[int(inside[0])], []).append(line.text)
    return tuple(
        replace(each, text=" ".join(names[i])[:LONGEST]) if i in names and len(names[i]) <= 3 else each
        for i, each in enumerate(device)
    )


def parted(lines: Sequence[TextLine], controls: Sequence[Element]) -> tuple[tuple[TextLine, Element | None], ...]:
    """`lines` with the control that each lies in; a line that begins in one and ends outside is two.

    Words that are a toggle's or a slider's own drawing, misread, are left out.
    """
    edges = edges_of([control.box for control in controls])
    result: list[tuple[TextLine, Element | None]] = []
    for line in lines:
        around = [holding(word.box, edges) for word in line.words]
        homes = [int(inside[0]) if len(inside) else -1 for inside in around]
        for home, run in groupby(zip(homes, line.words, strict=True), key=lambda pair: pair[0]):
            control = controls[home] if home >= 0 else None
            if control is None or control.role not in WORDLESS:
                result.append((TextLine(tuple(word for _, word in run)), control))
    return tuple(result)
