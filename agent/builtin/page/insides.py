"""What is written inside flat widgets, read once more by itself where the reader of whole screens saw nothing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from agent.builtin.page.regions import Region
from agent.builtin.screen_text import ScreenText, TextLine, Word
from devices import Box, Observation
from devices.device import Pixels

if TYPE_CHECKING:
    from agent.builtin.targets import Sight

MOST = 24
"""So many widgets are read again."""


def with_insides(
    text: ScreenText,
    pixels: Pixels,
    found: Sequence[Region],
    read: Callable[[Observation], ScreenText],
    anew: bool = False,
) -> ScreenText:
    """`text` and what it misses of buttons and fields whose frames touch one another; all of them again if `anew`."""
    scale = text.scale
    lines: list[TextLine] = []
    for region in [r for r in found if _may_be_written_on(r, scale)][:MOST]:
        box = region.box
        if not anew and any(word.box.center in box for word in text.words):
            continue
        inner = Box(box.left + scale, box.top + scale, box.right - scale, box.bottom - scale)
        crop = np.ascontiguousarray(pixels[inner.top : inner.bottom, inner.left : inner.right])
        part = np.pad(crop, ((4 * scale, 4 * scale), (4 * scale, 4 * scale), (0, 0)), mode="edge")
        for line in read(Observation(part)).lines:
            lines.append(_moved(line, inner.left - 4 * scale, inner.top - 4 * scale))
    return ScreenText((*text.lines, *lines), text.frames, scale) if lines else text


def label_of(box: Box, sight: "Sight") -> str:
    """What is written right of a tick box, read by itself: up to the next box, or as far as a short label goes."""
    scale = sight.text.scale
    level = [w.box.left for w in sight.widgets if w.box.left > box.right and w.box.top < box.center.y < w.box.bottom]
    right = min([*level, box.right + 80 * scale, sight.seen.width])
    crop = sight.seen.pixels[box.top - scale : box.bottom + 2 * scale, box.right + 3 * scale : right - 2 * scale]
    if crop.shape[1] < 4 * scale:
        return ""
    edge = 6 * scale
    ink = np.abs(crop.astype(np.int16) - np.median(crop.reshape(-1, 3), axis=0)).max(axis=2) > 60
    rows = np.flatnonzero(ink.mean(axis=1) > 0.7)
    cleaned = crop.copy()
    cleaned[rows] = np.median(crop.reshape(-1, 3), axis=0).astype(np.uint8)
    part = np.pad(np.ascontiguousarray(cleaned), ((edge, edge), (edge, edge), (0, 0)), mode="edge")
    return " ".join(line.text for line in sight.read(Observation(part)).lines)


def _may_be_written_on(region: Region, scale: int) -> bool:
    height, width = region.box.height / scale, region.box.width / scale
    return region.outline == "rectangle" and 12 <= height <= 46 and 16 <= width <= 150 and 0.01 < region.holes < 0.4


def _moved(line: TextLine, x: int, y: int) -> TextLine:
    return TextLine(
        tuple(
            Word(w.text, Box(w.box.left + x, w.box.top + y, w.box.right + x, w.box.bottom + y), w.score)
            for w in line.words
        )
    )
