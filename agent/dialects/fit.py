"""One screenshot as a model is shown it: the only resizing, and the only way from its numbers back to pixels."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image

from agent.dialects.sizes import Size, Sizes
from agent.dialects.spaces import Space
from agent.models.chat import Picture
from devices import Point
from devices.device import Pixels


@dataclass(frozen=True, slots=True)
class Fit:
    """The sizes of one screenshot on its way to the model, and `extent`: the numbers that its far edges are called.

    A model that answers in pixels of the picture has the picture's size as extent; one that answers from 0 to 1000 has
    (1000, 1000). x and y have scales of their own, up to 2 % apart.
    """

    screen: Size
    picture: Size
    extent: tuple[float, float]
    whole_pixels: bool

    def to_screen(self, x: float, y: float) -> Point:
        """The screenshot pixel that the model's numbers (x, y) name.

        Raises `ValueError` for numbers that are not finite or lie outside the picture: nothing is clamped.
        """
        for name, value, extent in (("x", x, self.extent[0]), ("y", y, self.extent[1])):
            if not math.isfinite(value) or not 0 <= value <= extent - self.whole_pixels:
                raise ValueError(
                    f"{name} must lie from 0 to {extent - self.whole_pixels:g}, inside the picture; found {value!r}"
                )
        return Point(self._screen(x, 0), self._screen(y, 1))

    def to_answer(self, point: Point) -> tuple[float, float]:
        """What the model would call the screenshot pixel `point`; the inverse of `to_screen` within one unit."""
        return self._answer(point.x, 0), self._answer(point.y, 1)

    def _screen(self, value: float, axis: int) -> int:
        centre = value + 0.5 if self.whole_pixels else value
        return min(self.screen[axis] - 1, math.floor(centre * self.screen[axis] / self.extent[axis]))

    def _answer(self, value: int, axis: int) -> float:
        scaled = (value + 0.5) * self.extent[axis] / self.screen[axis]
        if self.whole_pixels:
            return min(math.ceil(self.extent[axis]) - 1, math.floor(scaled))
        return round(scaled) if self.extent[axis] > 1 else round(scaled, 4)


FitOf = Callable[[Size], Fit]
"""How a dialect shows a picture of that size."""


def make_fit(screen: Size, sizes: Sizes, space: Space) -> Fit:
    """How a screenshot of size `screen` is shown to a model of those `sizes` that answers in that `space`."""
    picture = sizes.fit(screen)
    return Fit(screen, picture, space.extent(picture), space.whole_pixels)


def resized(pixels: Pixels, size: Size) -> Picture:
    """`pixels` resized to `size` by the bicubic filter that Qwen's own processor uses.

    The last few are remembered: a screen that stays in the conversation is resized and encoded once.
    """
    return _resized(_PixelsById(pixels), size)


class _PixelsById:
    """Pixels, known by being the same array: an observation's are never changed."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels

    def __hash__(self) -> int:
        return id(self.pixels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _PixelsById) and self.pixels is other.pixels


@lru_cache(maxsize=12)
def _resized(same: _PixelsById, size: Size) -> Picture:
    pixels = same.pixels
    if (pixels.shape[1], pixels.shape[0]) == size:
        return Picture(pixels)
    return Picture(np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)))
