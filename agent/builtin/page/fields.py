"""Where text can be typed on a page: boxes of one line, and areas of several."""

import numpy as np

from agent.builtin.matching import matches
from agent.builtin.screen_text import ScreenText
from devices import Box, Point
from devices.device import Pixels

SURE = 76.0
"""How alike a label must be to the name of a field, of 100."""


def text_boxes(text: ScreenText, pixels: Pixels) -> tuple[Box, ...]:
    """Fields of one line, in reading order."""
    unit = text.scale
    every = _writable(text, pixels)
    low = [f for f in every if f.height < 28 * unit]
    return _in_order(low or [f for f in every if f.height < 42 * unit and not _lines(f, text)], unit)


def typing_spot(field: Box) -> Point:
    """Where to click into it: near its left end, for at the right there may be arrows or a cross."""
    return Point(field.left + min(field.width // 4, 3 * field.height), field.center.y)


def text_areas(text: ScreenText, pixels: Pixels) -> tuple[Box, ...]:
    """Fields that hold several lines, or have room for them, in reading order."""
    unit = text.scale
    boxes = text_boxes(text, pixels)
    return _in_order([f for f in _writable(text, pixels) if f not in boxes], unit)


def field_named(name: str, text: ScreenText, pixels: Pixels) -> Box | None:
    """The field that is labelled `name`: to its left, above it, or inside it while it is empty."""
    labels = labels_of((*text_boxes(text, pixels), *text_areas(text, pixels)), text)
    rated = []
    for match in matches(name, text, SURE):
        for field, label in labels:
            if match.box.center in label:
                rated.append((match.score, field))
    return max(rated, key=lambda pair: pair[0])[1] if rated else None


def labels_of(fields: tuple[Box, ...], text: ScreenText) -> list[tuple[Box, Box]]:
    """Each field with the line that labels it: left of it, else the nearest above or below; a line labels one field."""
    unit = text.scale
    near = []
    for field in fields:
        for line in text.lines:
            box = line.box
            if box.center in field:
                near.append((0.0 if box.left - field.left < 12 * unit else 200.0 * unit, field, box))
            elif field.top <= box.center.y < field.bottom and 0 <= field.left - box.right + 2 * unit < 60 * unit:
                near.append((float(max(0, field.left - box.right)), field, box))
            elif 0 <= field.top - box.bottom + 2 * unit < 16 * unit and _across(field, box):
                near.append((field.top - box.bottom + 80.0 * unit, field, box))
            elif 0 <= box.top - field.bottom + 2 * unit < 10 * unit and _across(field, box):
                near.append((box.top - field.bottom + 80.0 * unit, field, box))
    found: list[tuple[Box, Box]] = []
    for _, field, label in sorted(near, key=lambda each: each[0]):
        if not any(field == other or label == taken for other, taken in found):
            found.append((field, label))
    return found


def _across(field: Box, label: Box) -> bool:
    return label.left < field.right and label.right > field.left


def _writable(text: ScreenText, pixels: Pixels) -> list[Box]:
    unit = text.scale
    frames = [f for f in text.frames if not any(_is_edge_of(f, other, unit) for other in text.frames)]
    found = [
        frame
        for frame in frames
        if frame.width >= 24 * unit
        and 12 * unit <= frame.height
        and _is_bright(frame, pixels, unit)
        and not _centred(frame, text)
    ]
    table = [f for f in found if sum(_shares_edge(f, other, unit) for other in frames if other != f) >= 2]
    return [f for f in found if f not in table and not any(_holds(f, other) for other in frames if other != f)]


def _is_edge_of(inner: Box, outer: Box, unit: int) -> bool:
    """Whether it is only the inner side of a thick border, as a field has while it is typed into."""
    near = (inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom)
    return inner != outer and min(near) >= 0 and max(near) <= 3 * unit


def _is_bright(frame: Box, pixels: Pixels, unit: int) -> bool:
    """Whether it is filled with what is around it, or with something brighter: a button is darker than its page."""
    inside = pixels[frame.top + 2 * unit : frame.bottom - 2 * unit, frame.left + 2 * unit : frame.right - 2 * unit]
    if inside.size == 0:
        return False
    fill = np.median(inside.reshape(-1, 3), axis=0)
    above, below = pixels[max(0, frame.top - 2 * unit), :], pixels[min(len(pixels) - 1, frame.bottom + unit), :]
    around = np.median(np.concatenate((above[frame.left : frame.right], below[frame.left : frame.right])), axis=0)
    return bool(fill.sum() >= around.sum() - 9 and fill.min() > 120)


def _centred(frame: Box, text: ScreenText) -> bool:
    """Whether one short line stands in the middle of it, as on a button."""
    lines = _lines(frame, text)
    if len(lines) != 1:
        return False
    left, right = lines[0].left - frame.left, frame.right - lines[0].right
    return left > 10 * text.scale and abs(left - right) <= 6 * text.scale


def _lines(frame: Box, text: ScreenText) -> list[Box]:
    return [line.box for line in text.lines if line.box.center in frame]


def _shares_edge(one: Box, other: Box, unit: int) -> bool:
    """Whether two frames touch along a whole side, as the cells of a table do."""
    beside = abs(one.top - other.top) <= unit and abs(one.bottom - other.bottom) <= unit
    stacked = abs(one.left - other.left) <= unit and abs(one.right - other.right) <= unit
    across = min(abs(one.left - other.right), abs(other.left - one.right))
    down = min(abs(one.top - other.bottom), abs(other.top - one.bottom))
    return (beside and across <= unit) or (stacked and down <= unit)


def _holds(outer: Box, inner: Box) -> bool:
    """Whether `inner` is a frame of its own inside `outer`, which is then no field but a panel."""
    return (
        outer.left < inner.left
        and outer.top < inner.top
        and inner.right < outer.right
        and inner.bottom < outer.bottom
        and inner.width * inner.height > 0.15 * outer.width * outer.height
    )


def _in_order(boxes: list[Box], unit: int) -> tuple[Box, ...]:
    return tuple(sorted(boxes, key=lambda box: (box.top // (8 * unit), box.left)))
