"""A phone's frame at the size at which desktop text is drawn, for reading."""

import numpy as np

from agent.screen.text import ScreenText, TextLine, Word
from devices import Box, Observation
from devices.device import Pixels

SHORT_SIDE = {"phone": 540, "tablet": 1080}
"""How many pixels across, along the short side, a phone's frame is read at.

The short side of phones is 360 to 430 dp and of tablets from 600 dp (Android's window size classes), and their text is
12 to 24 sp high: at 540 pixels that is 1.25 to 1.5 pixels a dp, the size of text on a desktop, which the layout and the
recogniser are made for. Nothing is enlarged.
"""

ELONGATED = 1.6
"""Minimum ratio of long to short side for a phone; below it the screen is a tablet's."""


def reduced_pixels(seen: Observation) -> Pixels:
    """The pixels as they are read; those of `seen` itself where it is no phone's or small enough."""
    import cv2

    short, long = sorted(seen.size)
    aim = SHORT_SIDE["phone" if long >= ELONGATED * short else "tablet"]
    if seen.surface == "computer" or short <= aim:
        return seen.pixels
    size = round(seen.width * aim / short), round(seen.height * aim / short)
    return np.asarray(cv2.resize(seen.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def text_on_screenshot(text: ScreenText, pixels: Pixels, seen: Observation) -> ScreenText:
    """`text` as it was read on `pixels`, in pixels of the screenshot; every box covers all that it stands for."""
    if pixels is seen.pixels:
        return text
    high, wide = pixels.shape[:2]

    def whole(box: Box) -> Box:
        left, top = box.left * seen.width // wide, box.top * seen.height // high
        return Box(left, top, -(-box.right * seen.width // wide), -(-box.bottom * seen.height // high))

    lines = (TextLine(tuple(Word(w.text, whole(w.box), w.score) for w in line.words)) for line in text.lines)
    scale = max(1, round(text.scale * seen.width / wide))
    return ScreenText(tuple(lines), tuple(map(whole, text.frames)), scale, tuple(map(whole, text.marks)))
