"""Screens on which everything is drawn two or three times as large as on a plain one."""

from collections.abc import Sequence

from agent.builtin.layout import Layout, layout_of
from agent.builtin.screen_text import TextLine, Word
from devices import Box
from devices.device import Pixels

LARGE = (15, 22)
"""From which height on, in pixels, a middling line of text belongs to a screen drawn two, and three times as large.

On a plain one a line is 8 to 13 pixels high, without or with a p or a g in it.
"""

SHRINK = 2
"""By how much a screen of scale 3 is reduced for reading: its letters are then as large as the model reads best."""


def scale_of(pieces: Sequence[Box]) -> int:
    """1, 2 or 3: how many pixels stand where a plain screen has one, by the heights of its pieces of text."""
    heights = sorted(piece.height for piece in pieces if piece.height >= 7 and piece.width >= 2 * piece.height)
    return 1 + sum(heights[len(heights) // 2] >= least for least in LARGE) if heights else 1


def smaller(pixels: Pixels, layout: Layout) -> tuple[Pixels, Layout]:
    """The picture at 1 / `SHRINK` of its size, and where its text lies there; frames are those of `layout`."""
    import cv2

    height, width = pixels.shape[:2]
    shrunk = cv2.resize(pixels, (width // SHRINK, height // SHRINK), interpolation=cv2.INTER_AREA).astype(pixels.dtype)
    found = layout_of(shrunk)
    frames = tuple(Box(*(edge // SHRINK for edge in _edges(frame))) for frame in layout.frames)
    return shrunk, Layout(found.pieces, frames, found.pictures)


def larger(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines that were read on the smaller picture, as they lie on the whole one."""
    return tuple(
        TextLine(tuple(Word(w.text, Box(*(edge * SHRINK for edge in _edges(w.box))), w.score) for w in line.words))
        for line in lines
    )


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom
