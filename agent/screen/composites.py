"""Controls of several parts: spinners, a field with two buttons; sliders, a handle on a groove."""

from collections.abc import Iterator, Sequence

import numpy as np

from agent.screen.regions import Region
from agent.screen.text import around
from devices import Box, Element
from devices.device import Pixels

MOST_GROOVES = 200
"""Maximum number of thin shapes that are looked at as sliders."""


def spinners(found: Sequence[Element], regions: Sequence[Region], unit: int) -> list[Element]:
    """`found` with a spinner for each field that has two buttons alike at its right, side by side or stacked."""
    sized = (region.box for region in regions if 0.6 * unit <= region.box.width <= 3.4 * unit)
    boxes = [box for box in sized if box.height >= 0.4 * unit]
    result: list[Element] = []
    for each in found:
        box, value = each.box, each.value or each.text
        number = not value or sum(letter.isdigit() for letter in value) * 2 >= len(value)
        pair = _pair_right_of(box, boxes, unit) if number and each.role in ("field", "button") else ()
        if pair and 1.2 * unit <= box.height <= 4.2 * unit:
            each = Element("spinner", "", around((box, *pair)), value=value, editable=True, source="drawn")
        result.append(each)
    return result


def _pair_right_of(box: Box, boxes: Sequence[Box], unit: int) -> tuple[Box, ...]:
    near = 0.3 * unit + 2
    level = [
        b for b in boxes if abs(b.left - box.right) <= near and box.top - 4 <= b.top and b.bottom <= box.bottom + 4
    ]
    for first in level:
        stacked = [b for b in level if abs(b.top - first.bottom) <= near and abs(b.left - first.left) <= near]
        beside = [b for b in boxes if abs(b.left - first.right) <= near and abs(b.top - first.top) <= near]
        for second in (*stacked, *beside) if first.height >= 0.8 * box.height else stacked:
            if abs(second.width - first.width) <= near and abs(second.height - first.height) <= near:
                return first, second
    return ()


def sliders(regions: Sequence[Region], pixels: Pixels, unit: int) -> Iterator[Element]:
    """Grooves with a handle: long thin shapes on a plain ground that are thicker in one place."""
    grooves = [r for r in regions if 3 * r.box.height <= r.box.width >= 1.5 * unit and r.box.height <= 0.75 * unit]
    seen: set[Box] = set()
    for groove in grooves[:MOST_GROOVES]:
        whole = _groove_with_handle(groove, pixels, unit)
        if whole is not None and whole not in seen:
            seen.add(whole)
            yield Element("slider", "", whole, source="drawn")


def _groove_with_handle(groove: Region, pixels: Pixels, unit: int) -> Box | None:
    """The box of a slider that `groove` is a part of; None where the shape is no slider's."""
    box, reach = groove.box, round(1.05 * unit)
    top, left = max(0, box.center.y - reach), max(0, box.left - 40 * unit)
    part = pixels[top : box.center.y + reach, left : box.right + 40 * unit].astype(np.int16)
    drawn = np.abs(part - np.array(groove.around, np.int16)).max(axis=2) > 10
    some = drawn.any(axis=0)
    first, last = drawn.argmax(axis=0), len(drawn) - drawn[::-1].argmax(axis=0)
    start, end = box.left - left, box.right - left
    gaps = np.flatnonzero(~some)
    start = int(gaps[gaps < start + 2].max(initial=-1)) + 1
    end = int(gaps[gaps >= end - 2].min(initial=len(some)))
    high = (last - first)[start:end]
    handle = np.flatnonzero(high > 1.3 * box.height + 2)
    if len(handle) == 0 or end - start < 4.5 * unit or len(handle) > 0.4 * (end - start):
        return None
    size = high[handle].max()
    together = handle[-1] - handle[0] < 1.4 * len(handle) and 0.4 * size <= len(handle) <= 1.7 * size
    rest = np.delete(high, np.s_[handle[0] : handle[-1] + 1])
    if not together or size < 0.55 * unit or size >= len(drawn) or (len(rest) and np.median(rest) > box.height + 4):
        return None
    rows = slice(start, end)
    bump = drawn[int(first[rows].min()) : int(last[rows].max()), start + handle[0] : start + handle[-1] + 1]
    if not bump.any(axis=1).all():  # writing above a line
        return None
    return Box(left + start, top + int(first[rows].min()), left + end, top + int(last[rows].max()))
