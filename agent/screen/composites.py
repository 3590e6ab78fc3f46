"""Controls of several parts: spinners, a field with two buttons; sliders, a handle on a groove."""

from collections.abc import Iterator, Sequence

from agent.screen.regions import Region
from agent.screen.text import Word, around
from agent.screen.toggles import is_toggle_glyph
from devices import Box, Element


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


def sliders(regions: Sequence[Region], words: Sequence[Word], unit: int) -> Iterator[Element]:
    """Grooves with a handle: a long thin region on both sides of, or under, a small one that is higher."""
    grooves = [each.box for each in regions if each.box.height <= 0.75 * unit and each.box.width >= 1.5 * unit]
    for handle in regions:
        box = handle.box
        if not (0.6 <= box.height / unit <= 2.4 and 0.4 <= box.width / box.height <= 1.6 and handle.solid > 0.7):
            continue
        level = [
            groove
            for groove in grooves
            if abs(2 * groove.center.y - 2 * box.center.y) <= 0.4 * unit + 2
            and groove.height < 0.7 * box.height
            and groove.left - unit <= box.center.x <= groove.right + unit
        ]
        whole = around([*level, box])
        if level and whole.width >= 5 * unit and not _written_on(box, words):
            yield Element("slider", "", whole, source="drawn")


def _written_on(box: Box, words: Sequence[Word]) -> bool:
    return any(word.box.center in box and not is_toggle_glyph(word) for word in words)
