"""What is written inside flat widgets, read once more by itself where the reader of whole screens saw nothing."""

from collections.abc import Callable, Sequence

import numpy as np

from agent.builtin.page.regions import Region
from agent.builtin.screen_text import ScreenText, TextLine, Word
from devices import Box, Observation
from devices.device import Pixels

MOST = 24
"""So many widgets are read again."""


def with_insides(
    text: ScreenText, pixels: Pixels, found: Sequence[Region], read: Callable[[Observation], ScreenText]
) -> ScreenText:
    """`text` and what it misses of buttons and fields whose frames touch one another."""
    scale = text.scale
    lines: list[TextLine] = []
    for region in [r for r in found if _may_be_written_on(r, scale)][:MOST]:
        box = region.box
        if any(word.box.center in box for word in text.words):
            continue
        inner = Box(box.left + scale, box.top + scale, box.right - scale, box.bottom - scale)
        crop = np.ascontiguousarray(pixels[inner.top : inner.bottom, inner.left : inner.right])
        part = np.pad(crop, ((4 * scale, 4 * scale), (4 * scale, 4 * scale), (0, 0)), mode="edge")
        for line in read(Observation(part)).lines:
            lines.append(_moved(line, inner.left - 4 * scale, inner.top - 4 * scale))
    return ScreenText((*text.lines, *lines), text.frames, scale) if lines else text


def _may_be_written_on(region: Region, scale: int) -> bool:
    height, width = region.box.height / scale, region.box.width / scale
    return region.outline == "rectangle" and 12 <= height <= 60 and 16 <= width <= 160 and 0.01 < region.holes < 0.4


def _moved(line: TextLine, x: int, y: int) -> TextLine:
    return TextLine(
        tuple(
            Word(w.text, Box(w.box.left + x, w.box.top + y, w.box.right + x, w.box.bottom + y), w.score)
            for w in line.words
        )
    )
