"""Screens on which everything is drawn two or three times as large as on a plain one."""

from collections.abc import Sequence

import numpy as np

from agent.builtin.layout import Layout, layout_of
from agent.builtin.phone.widgets import is_phone
from agent.builtin.screen_text import ScreenText, TextLine, Word
from devices import Box, Observation
from devices.device import Pixels

LARGE = (15, 21)
"""From which height on, in pixels, a middling line of text belongs to a screen drawn two, and three times as large.

On a plain one a line is 8 to 13 pixels high, without or with a p or a g in it.
"""

SHRINK = 2
"""By how much a screen of scale 3 is reduced for reading: its letters are then as large as the model reads best."""

SHORT_SIDE = {"phone": 540, "tablet": 1080}
"""How many pixels across, along the short side, a phone's frame is read at.

The short side of phones is 360 to 430 dp and of tablets from 600 dp (Android's window size classes), and their text is
12 to 24 sp high: at 540 pixels that is 1.25 to 1.5 pixels a dp, the size of text on a desktop, which the layout and the
recogniser are made for. Nothing is enlarged.
"""

ELONGATED = 1.6
"""From which ratio of its sides on a screen is a phone's, and not a tablet's."""


def scale_of(pieces: Sequence[Box]) -> int:
    """1, 2 or 3: how many pixels stand where a plain screen has one, by the heights of its pieces of text."""
    lines = sorted((piece.height, piece.width) for piece in pieces if piece.height >= 7 and piece.width > piece.height)
    left = sum(width for _, width in lines) / 2
    for height, width in lines:
        left -= width
        if left <= 0:
            return 1 + sum(height >= least for least in LARGE)
    return 1


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


def plain_phone(seen: Observation) -> Pixels:
    """The pixels as they are read: a phone's frame so small that its text has the size it has on a desktop."""
    import cv2

    short, long = sorted(seen.size)
    aim = SHORT_SIDE["phone" if long >= ELONGATED * short else "tablet"]
    if not is_phone(seen) or short <= aim:
        return seen.pixels
    size = round(seen.width * aim / short), round(seen.height * aim / short)
    return np.asarray(cv2.resize(seen.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def on_phone(text: ScreenText, pixels: Pixels, seen: Observation) -> ScreenText:
    """`text` as it was read on `pixels`, in pixels of the screenshot; every box covers all that it stands for."""
    high, wide = pixels.shape[:2]

    def whole(box: Box) -> Box:
        left, top = box.left * seen.width // wide, box.top * seen.height // high
        return Box(left, top, -(-box.right * seen.width // wide), -(-box.bottom * seen.height // high))

    lines = (TextLine(tuple(Word(w.text, whole(w.box), w.score) for w in line.words)) for line in text.lines)
    return ScreenText(tuple(lines), tuple(map(whole, text.frames)))


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom
