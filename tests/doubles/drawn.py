"""Screens drawn for tests: words, buttons, fields and tick boxes where the test wants them."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from devices import Box, Element, Observation

FONT = ImageFont.load_default(15)


@dataclass
class Drawn:
    """A screen of `size` to draw on; `seen` is what a device would show of it."""

    size: tuple[int, int] = (640, 400)
    windows: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.picture = Image.new("RGB", self.size, "#f4f5f6")
        self._draw = ImageDraw.Draw(self.picture)

    def text(self, text: str, left: int, top: int, color: str = "black") -> "Drawn":
        self._draw.text((left, top), text, color, FONT)
        return self

    def frame(self, box: Box, fill: str = "white") -> "Drawn":
        self._draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill, "#707880")
        return self

    def button(self, label: str, left: int, top: int, width: int = 90) -> "Drawn":
        self.frame(Box(left, top, left + width, top + 30), "#e6e8ea")
        inset = (width - self._draw.textlength(label, FONT)) / 2
        return self.text(label, int(left + inset), top + 6)

    def tick_box(self, label: str, left: int, top: int, ticked: bool = False) -> "Drawn":
        self.frame(Box(left, top, left + 16, top + 16))
        if ticked:
            self._draw.line(((left + 3, top + 8), (left + 7, top + 12), (left + 13, top + 4)), "black", 2)
        return self.text(label, left + 24, top - 2)

    @property
    def seen(self) -> Observation:
        return Observation(np.array(self.picture), elements=tuple(self.windows))
