"""A picture in a terminal: each cell the upper half of a block, with two pixels for its two colours."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image
from rich.color import Color
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

UPPER_HALF = "\u2580"


@dataclass(frozen=True, slots=True)
class Blocks:
    """`picture`, `columns` cells wide and `rows` high: two pixels of it in a cell, one over the other."""

    picture: Image.Image
    columns: int
    rows: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        small = self.picture.resize((self.columns, 2 * self.rows), Image.Resampling.BOX)
        pixels = np.asarray(small) & 0xF8  # fewer colours, so that most neighbours share one and its escape
        for above, below in zip(pixels[::2], pixels[1::2], strict=True):
            start = 0
            edges = np.flatnonzero((above[1:] != above[:-1]).any(axis=1) | (below[1:] != below[:-1]).any(axis=1)) + 1
            for end in (*edges.tolist(), self.columns):
                style = Style(color=_colour(above[start]), bgcolor=_colour(below[start]))
                yield Segment(UPPER_HALF * (end - start), style)
                start = end
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self.columns, self.columns)


def room_for(size: tuple[int, int], columns: int, rows: int) -> tuple[int, int]:
    """(columns, rows) that a picture of `size` pixels takes of a terminal with so many: a cell is twice as high."""
    share = min(columns / size[0], 2 * rows / size[1])
    return max(1, round(size[0] * share)), max(1, round(size[1] * share / 2))


def _colour(pixel: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> Color:
    red, green, blue = pixel.tolist()
    return Color.from_rgb(red, green, blue)
