"""Drawn controls: flat regions and the text in them, classified by their shape in units of the usual line of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from agent.screen.composites import sliders, spinners
from agent.screen.overlap import Edges, edges_of, holding, outermost
from agent.screen.regions import Region
from agent.screen.text import Word, around, lines_of
from agent.screen.toggles import is_toggle_glyph, switch_knob, toggle_of
from devices import Box, Element
from devices.device import Pixels

T = TypeVar("T")

ARROWS = frozenset("▼▾▽⌄")
"""What the arrow of a choice is read as, where it is read."""

MOST_WORDS = 4000
"""Maximum number of words that are sorted into regions."""


@dataclass(frozen=True)
class Drawing:
    """What controls are found in: a picture, its windows, flat regions, words and marks; `unit` is a line's height."""

    pixels: Pixels
    windows: tuple[Box, ...]
    regions: tuple[Region, ...]
    words: tuple[Word, ...]
    marks: tuple[Box, ...]
    unit: int


def controls_of(drawing: Drawing) -> tuple[Element, ...]:
    """The drawn controls, without names from outside them; what is written in one is its name or its value."""
    unit, pixels = drawing.unit, drawing.pixels
    regions = _distinct(drawing.regions, unit)
    edges = edges_of([region.box for region in regions])
    words = _grouped(drawing.words[:MOST_WORDS], [w.box for w in drawing.words[:MOST_WORDS]], edges)
    drawn = [mark for mark in drawing.marks if 0.25 * unit <= min(mark.width, mark.height)]
    marks = _grouped(drawn, drawn, edges)
    children = _children(edges)
    found: list[Element] = []
    for index, region in enumerate(regions):
        inner = [regions[child] for child in children.get(index, ())]
        inside = [mark for mark in marks.get(index, []) if _is_inside(mark, region.box, unit)]
        element = _classified(region, inner, words.get(index, []), inside, drawing)
        if element is not None and not _is_row(index, edges, unit):
            found.append(element)
    found = spinners(found, regions, unit)
    found += sliders(regions, pixels, unit)
    return outermost(found)


def _distinct(regions: Sequence[Region], unit: int) -> list[Region]:
    """`regions` without those that are the inner edge of a thicker border."""
    near = max(3, round(0.3 * unit))
    edges = edges_of([region.box for region in regions])
    kept: list[Region] = []
    for index, region in enumerate(regions):
        box, before = edges[index], edges[:index]
        inset = np.concatenate((box[:2] - before[:, :2], before[:, 2:] - box[2:]), axis=1)
        inner = (inset.min(axis=1) >= 0) & (inset.max(axis=1) <= near)
        if not inner.any() or min(region.box.width, region.box.height) <= 3 * near:
            kept.append(region)
    return kept


def _grouped(things: Sequence[T], boxes: Sequence[Box], edges: Edges) -> dict[int, list[T]]:
    """`things` by the smallest region that holds them."""
    groups: dict[int, list[T]] = {}
    for thing, box in zip(things, boxes, strict=True):
        inside = holding(box, edges, 0.8)
        larger = [i for i in inside if edges[i, 3] - edges[i, 1] >= 0.9 * box.height and _area(edges[i]) > box.area]
        if larger:
            groups.setdefault(int(larger[0]), []).append(thing)
    return groups


def _is_inside(mark: Box, box: Box, unit: int) -> bool:
    """Whether a mark is more than a piece of the border, or of a rounded corner."""
    if mark.height >= 0.9 * box.height:
        return False
    inset = min(mark.left - box.left, mark.top - box.top, box.right - mark.right, box.bottom - mark.bottom)
    return inset > 0.12 * unit or min(mark.width, mark.height) >= 0.6 * unit


def _area(edge: Edges) -> int:
    return int((edge[2] - edge[0]) * (edge[3] - edge[1]))


def _children(edges: Edges) -> dict[int, list[int]]:
    """For each region those that lie in it and in no smaller one."""
    children: dict[int, list[int]] = {}
    for index in range(len(edges)):
        box = Box(*(int(edge) for edge in edges[index]))
        outer = [i for i in holding(box, edges, 0.95) if i != index and _area(edges[i]) > box.area]
        if outer:
            children.setdefault(int(outer[0]), []).append(index)
    return children


def _classified(
    region: Region, inner: Sequence[Region], words: list[Word], marks: list[Box], drawing: Drawing
) -> Element | None:
    """The control that this region is, by its size, outline and content; None for panels, letters and decoration."""
    unit, box = drawing.unit, region.box
    wide, high = box.width / unit, box.height / unit
    letters = [word for word in words if not is_toggle_glyph(word)]
    if toggle := toggle_of(region, bool(letters), drawing.words, drawing.pixels, unit):
        return toggle
    if (region.contrast <= 3 and not region.bordered) or region.extent < 0.75:
        return None
    if (knob := switch_knob(region, inner, unit)) is not None and sum(len(word.text) for word in letters) <= 3:
        return Element("switch", "", box, checked=knob.center.x > box.center.x, source="drawn")
    if not high >= 1.15 or wide < 0.8 or box.area > 0.9 * drawing.pixels.shape[0] * drawing.pixels.shape[1]:
        return None
    parts = [each for each in inner if each.box.height >= 1.1 * unit and each.box.width >= 1.1 * unit]
    if high > 4.2:
        return _area_field(region, parts, words, marks, unit) if wide > 6 else None
    if words and not _is_strip(box, drawing):
        return _with_text(region, parts, words, marks, unit)
    if marks and 0.5 < wide / high < 2.2 and high <= 4.2:
        return Element("button", "", box, source="drawn")
    if marks and wide >= 3 and all(m.center.x > box.right - 2.4 * unit and _is_arrow(m, unit) for m in marks):
        return Element("choice", "", box, source="drawn")
    long = wide >= 4 and 1.4 <= high <= 3.8 and wide > 1.8 * high
    if (
        long
        and not marks
        and not parts
        and min(region.solid, region.extent) > 0.85
        and not _is_strip(box, drawing, empty=True)
    ):
        return Element("field", "", box, editable=True, source="drawn")
    return None


def _with_text(region: Region, parts: list[Region], words: list[Word], marks: list[Box], unit: int) -> Element | None:
    """A button, field or choice of one line or two."""
    box, lines = region.box, lines_of(words)
    last = max(lines, key=lambda line: line.box.right)
    if len(lines) > 1 and len(last.text) == 1 and last.box.right > box.right - 2.2 * unit:  # an arrow, read as a letter
        lines, marks = tuple(line for line in lines if line is not last), [*marks, last.box]
    rows = max(line.box.top for line in lines) > min(line.box.bottom for line in lines)
    if len(lines) > (2 if rows else 1):
        return None
    said = " ".join(line.text for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)))
    content = around([*(line.box for line in lines), *marks])
    text = around(line.box for line in lines)
    arrow = [mark for mark in (*marks, *(part.box for part in parts)) if mark.left >= text.right - 2]
    arrow = [mark for mark in arrow if mark.right > box.right - 2.2 * unit and _is_arrow(mark, unit)]
    left, right = content.left - box.left, box.right - content.right
    centred = abs(left - right) <= max(0.6 * unit, 0.06 * box.width) or abs(left - right) <= 1.2 * unit >= left
    if len(parts) > 2 or box.width > 60 * unit or text.height > 3.2 * unit or _hugs(box, text, unit):
        return None
    if arrow and box.width >= 3 * unit and text.right < arrow[0].left + 2:
        return Element("choice", "", box, value=said, source="drawn")
    if said[-1] in ARROWS and len(said) > 2:
        return Element("choice", "", box, value=said[:-1].strip(), source="drawn")
    paper = _is_paper(region)
    tight = right < 2 * unit or (box.width < 8 * unit and right < 2.5 * left)
    if (centred or tight) and not (paper and left < 1.2 * unit and box.width > 12 * unit):
        return Element("button", said, box, source="drawn") if box.width <= 45 * unit else None
    if left <= 3 * unit and (paper or (region.bordered and box.width > 8 * unit)):
        return Element("field", "", box, value=said, editable=True, source="drawn")
    if left <= 3 * unit and max(region.colour) - min(region.colour) > 60:
        return Element("item", said, box, selected=True, source="drawn")
    return Element("button", said, box, source="drawn") if region.bordered and box.width <= 8 * unit else None


def _hugs(box: Box, text: Box, unit: int) -> bool:
    """Whether `box` outlines the writing itself; what was read together with a border is higher than a line."""
    return box.height < text.height + 0.35 * unit and text.height <= 1.6 * unit


def _is_arrow(mark: Box, unit: int) -> bool:
    """Whether a mark is as small as the arrow of a choice, and not higher than wide as an icon is."""
    return mark.height <= 0.85 * unit and mark.width <= 1.4 * unit and mark.height <= 1.6 * mark.width


def _is_paper(region: Region) -> bool:
    """Whether the fill is what is written on: nearly white, or darker than a dark theme around it."""
    if max(region.around) >= 110:
        return min(region.colour) >= 245
    return max(region.colour) < 80 and (region.bordered or sum(region.colour) < sum(region.around))


def _is_strip(box: Box, drawing: Drawing, *, empty: bool = False) -> bool:
    """Whether `box` goes across a whole window or lies along its bottom: a menu bar, a toolbar, a status bar.

    An `empty` one is the rest of such a strip where it reaches to one side of the window.
    """
    edge = 0.4 * drawing.unit
    for window in drawing.windows:
        if box.center not in window:
            continue
        sides = (box.left <= window.left + edge) + (box.right >= window.right - edge)
        if sides == 2 or (empty and sides) or (box.bottom >= window.bottom - edge and box.width > 0.3 * window.width):
            return True
    return False


def _area_field(region: Region, parts: list[Region], words: list[Word], marks: list[Box], unit: int) -> Element | None:
    """A text area: bordered or in the colour of paper, and empty, or written on from its top left corner."""
    box = region.box
    corner = Box(box.right - 2 * unit, box.bottom - 2 * unit, box.right, box.bottom)
    marks = [mark for mark in marks if mark.center not in corner]  # what it is resized by
    if parts or not _is_paper(region) or box.height > 1.6 * box.width:
        return None
    if not words:
        return Element("field", "", box, editable=True, source="drawn") if not marks and region.solid > 0.97 else None
    lines = lines_of(words)
    first = lines[0].box
    if first.left - box.left > 2.5 * unit or first.top - box.top > 2 * unit or marks:
        return None
    return Element("field", "", box, value="\n".join(line.text for line in lines), editable=True, source="drawn")


def _is_row(index: int, edges: Edges, unit: int) -> bool:
    """Whether regions alike lie right above or below: rows of a list, or cells of a table, whose columns differ."""
    left, top, right, bottom = edges[index]
    near = max(2, unit // 4)
    same = (np.abs(edges[:, 0] - left) <= 2) & (np.abs(edges[:, 2] - right) <= 2)
    touching = (np.abs(edges[:, 1] - bottom) <= near) | (np.abs(edges[:, 3] - top) <= near)
    height = edges[:, 3] - edges[:, 1]
    like = (height > 0.5 * (bottom - top)) & (height < 2 * (bottom - top))
    width = edges[:, 2] - edges[:, 0]
    level = (
        (np.abs(width - (right - left)) > near) & (np.abs(edges[:, 1] - top) <= 2) & (np.abs(edges[:, 3] - bottom) <= 2)
    )
    beside = level & ((np.abs(edges[:, 0] - right) <= near) | (np.abs(edges[:, 2] - left) <= near))
    return bool((same & touching & like).any() and (right - left > 6 * (bottom - top) or beside.any()))
