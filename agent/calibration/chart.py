"""Pictures with crosses at known places, to see where a model says that they are."""

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from agent.dialects.sizes import Size
from devices import Point
from devices.device import Pixels

SIZES: tuple[Size, ...] = ((1920, 1080), (1583, 1135))
"""What no family leaves as it is: 1583 and 1135 are rounded up to multiples of 28 and down to multiples of 32."""

COLOURS = {
    "red": (220, 0, 0),
    "green": (0, 140, 0),
    "blue": (0, 60, 220),
    "orange": (255, 140, 0),
    "purple": (128, 0, 160),
    "black": (0, 0, 0),
    "brown": (120, 70, 20),
    "pink": (255, 100, 180),
}
"""The crosses' colours; nothing else on a chart has one of them."""

PAPER, INK = (236, 238, 241), (70, 78, 90)
ARM, HALF_WIDTH = 22, 3
MARGIN = 40
"""Pixels between the centre of a cross and the edge, so that all of it and its letter are seen."""


@dataclass(frozen=True, slots=True)
class Cross:
    """`at` is the pixel in its middle, of which there is exactly one: its arms are of odd width."""

    colour: str
    letter: str
    at: Point

    def __str__(self) -> str:
        return f"the {self.colour} cross labelled {self.letter}"


@dataclass(frozen=True)
class Chart:
    """A picture, and the crosses on it: one in each field of three by three but the middle one."""

    pixels: Pixels
    crosses: tuple[Cross, ...]

    @property
    def size(self) -> Size:
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])


def chart(size: Size, seed: int) -> Chart:
    """A chart of `size`, which must be at least 400 pixels a side; the same for the same `seed`."""
    draw_lots = random.Random(seed)  # noqa: S311 - places, no secrets
    picture = Image.new("RGB", size, PAPER)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(24)
    fields = [(column, row) for row in range(3) for column in range(3) if (column, row) != (1, 1)]
    colours = draw_lots.sample(list(COLOURS), len(fields))
    crosses = []
    for letter, colour, field in zip("ABCDEFGH", colours, fields, strict=True):
        x, y = (_within(field[axis], size[axis], draw_lots) for axis in (0, 1))
        draw.rectangle((x - ARM, y - HALF_WIDTH, x + ARM, y + HALF_WIDTH), COLOURS[colour])
        draw.rectangle((x - HALF_WIDTH, y - ARM, x + HALF_WIDTH, y + ARM), COLOURS[colour])
        draw.text((x + 8, y - 34), letter, INK, font)
        crosses.append(Cross(colour, letter, Point(x, y)))
    return Chart(np.asarray(picture), tuple(crosses))


def _within(field: int, side: int, draw_lots: random.Random) -> int:
    """A pixel in the `field`th third of `side`, away from the edge and from the other thirds' crosses."""
    first, last = side * field // 3 + MARGIN, side * (field + 1) // 3 - MARGIN
    return draw_lots.randint(first, last)
