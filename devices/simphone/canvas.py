"""Smooth shapes on a picture."""

from functools import cache

from PIL import Image, ImageDraw

from devices.device import Box
from devices.simphone.theme import Rgb, font_for

SMOOTH = 4  # each edge pixel is drawn 4x4 times


@cache
def corner(radius: int) -> Image.Image:
    """The coverage of a quarter disc, its centre at the lower right, (radius, radius) pixels."""
    big = Image.new("L", (radius * SMOOTH, radius * SMOOTH))
    ImageDraw.Draw(big).ellipse((0, 0, 2 * radius * SMOOTH - 1, 2 * radius * SMOOTH - 1), 255)
    return big.resize((radius, radius), Image.Resampling.BOX)


class Canvas:
    """A picture being drawn. Shapes are clipped to the picture; `clip` narrows what is worth drawing."""

    def __init__(self, width: int, height: int, color: Rgb) -> None:
        self.picture = Image.new("RGB", (width, height), color)
        self._draw = ImageDraw.Draw(self.picture)

    def rectangle(self, box: Box, color: Rgb) -> None:
        if box.width > 0 and box.height > 0:
            self._draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), color)

    def rounded(self, box: Box, radius: int, color: Rgb) -> None:
        """A filled rectangle with round corners; a radius of half its height makes a pill or a disc."""
        radius = min(radius, box.width // 2, box.height // 2)
        if radius < 1:
            self.rectangle(box, color)
            return
        self.rectangle(Box(box.left, box.top + radius, box.right, box.bottom - radius), color)
        self.rectangle(Box(box.left + radius, box.top, box.right - radius, box.top + radius), color)
        self.rectangle(Box(box.left + radius, box.bottom - radius, box.right - radius, box.bottom), color)
        quarter = corner(radius)
        flipped = quarter.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        for mask, left in ((quarter, box.left), (flipped, box.right - radius)):
            self.picture.paste(color, (left, box.top), mask)
            below = mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
            self.picture.paste(color, (left, box.bottom - radius), below)

    def framed(self, box: Box, radius: int, edge: Rgb, fill: Rgb, width: int) -> None:
        """A rounded rectangle with an edge `width` pixels wide."""
        self.rounded(box, radius, edge)
        inner = Box(box.left + width, box.top + width, box.right - width, box.bottom - width)
        self.rounded(inner, max(0, radius - width), fill)

    def text(self, x: int, y: int, text: str, size: int, color: Rgb, bold: bool = False) -> None:
        """One line whose letters' common top is at `y`."""
        self._draw.text((x, y), text, color, font_for(text, size, bold))

    def stamp(self, mask: Image.Image, x: int, y: int, color: Rgb) -> None:
        self.picture.paste(color, (x, y), mask)

    def shade(self, box: Box, color: Rgb, delay: float) -> None:
        """Mix `color` over what is there; `delay` 0 leaves it, 1 covers it."""
        area = (max(0, box.left), max(0, box.top), box.right, box.bottom)
        mixed = [round(value * (1 - delay) + ink * delay) for ink in color for value in range(256)]
        if area == (0, 0, *self.picture.size):
            self.picture = self.picture.point(mixed)
            self._draw = ImageDraw.Draw(self.picture)
        else:
            self.picture.paste(self.picture.crop(area).point(mixed), area[:2])

    def within(self, box: Box) -> "Canvas":
        """A canvas of what is in `box` now, to be drawn on and put back with `put`."""
        part = Canvas.__new__(Canvas)
        part.picture = self.picture.crop((box.left, box.top, box.right, box.bottom))
        part._draw = ImageDraw.Draw(part.picture)
        return part

    def put(self, part: "Canvas", x: int, y: int) -> None:
        self.picture.paste(part.picture, (x, y))
