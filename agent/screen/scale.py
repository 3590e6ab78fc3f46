"""Screens drawn two or three times as large as usual: HiDPI screens and zoomed pages, reduced for reading."""

from collections.abc import Sequence

from agent.screen.text import TextLine, Word
from agent.screen.text_layout import TextLayout, layout_of
from devices import Box
from devices.device import Pixels

LARGE = (15, 22)
"""Minimum median height of text, in pixels, of a screen at scale 2 and at scale 3; at scale 1 it is 8 to 13."""

SHRINK = 2
"""Factor by which a screen of scale 3 is reduced, to the size of letters that the model reads best."""


def scale_of(pieces: Sequence[Box]) -> int:
    """The scale of a screen, 1, 2 or 3, by the heights of its pieces of text."""
    heights = sorted(piece.height for piece in pieces if piece.height >= 7 and piece.width >= 2 * piece.height)
    return 1 + sum(heights[len(heights) // 2] >= least for least in LARGE) if heights else 1


def reduce(pixels: Pixels, layout: TextLayout) -> tuple[Pixels, TextLayout]:
    """The picture reduced by `SHRINK`, and the layout of its text there; frames are those of `layout`."""
    import cv2

    height, width = pixels.shape[:2]
    smaller = cv2.resize(pixels, (width // SHRINK, height // SHRINK), interpolation=cv2.INTER_AREA).astype(pixels.dtype)
    found = layout_of(smaller)
    frames = tuple(Box(*(edge // SHRINK for edge in _edges(frame))) for frame in layout.frames)
    return smaller, TextLayout(found.pieces, frames)


def restore(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Lines read on the reduced picture, in pixels of the whole one."""
    return tuple(TextLine(tuple(Word(w.text, enlarged(w.box), w.score) for w in line.words)) for line in lines)


def enlarged(box: Box) -> Box:
    """A box of the reduced picture in pixels of the whole one."""
    return Box(*(edge * SHRINK for edge in _edges(box)))


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom
