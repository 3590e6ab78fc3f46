"""The size at which pixels are read: where text is drawn much larger than on a plain desktop, smaller than it is."""

import numpy as np

from agent.screen.text import ScreenText, TextLine, Word
from agent.screen.text_layout import TextLayout, layout_of, usual_height
from devices import Box
from devices.device import Pixels

USUAL = 11
"""Height in pixels of a line of text without much room below it, on a plain desktop, which the layout is made for."""

NOT_FOUND = 72
"""Height from which nothing on a screen can have been text."""


def reading_of(pixels: Pixels) -> tuple[Pixels, TextLayout]:
    """The picture as it is read, and the layout of its text: reduced where text is twice as high as usual, or more."""
    import cv2

    layout = layout_of(pixels)
    times = usual_height(layout.pieces) // USUAL
    if times < 2 or usual_height(layout.pieces) >= NOT_FOUND:
        return pixels, layout
    size = pixels.shape[1] // times, pixels.shape[0] // times
    smaller = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return smaller, layout_of(smaller)


def in_pixels_of(pixels: Pixels, read: Pixels, text: ScreenText) -> ScreenText:
    """`text` as it was read on the picture `read`, in pixels of the whole one; a box covers all that it stands for."""
    if pixels is read:
        return text
    down, across = pixels.shape[0] / read.shape[0], pixels.shape[1] / read.shape[1]

    def whole(box: Box) -> Box:
        left, top = int(box.left * across), int(box.top * down)
        return Box(left, top, -int(-box.right * across // 1), -int(-box.bottom * down // 1))

    lines = (TextLine(tuple(Word(w.text, whole(w.box), w.score) for w in line.words)) for line in text.lines)
    return ScreenText(tuple(lines), tuple(map(whole, text.marks)), text.cut)
