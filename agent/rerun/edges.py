"""A picture as the edges drawn on it: what stays when a screen is moved, scaled or given other colours."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from devices import Box
from devices.device import Pixels

Ink = NDArray[np.float32]

STRONGEST = 300.0
"""Sobel's response to a step of 75 grey levels, of 255: a starker edge counts no more, so that themes compare."""

FAINT = 40.0
"""Weaker edges than this are shades of a background."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A picture and its edges, found when somebody asks."""

    pixels: Pixels

    @cached_property
    def grey(self) -> NDArray[np.uint8]:
        import cv2

        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def ink(self) -> Ink:
        return _edges(self.grey)

    def part(self, box: Box, scale: float) -> Ink:
        """The edges in `box`, as far as it lies in the picture, drawn `scale` times as large."""
        import cv2

        around = Box(max(0, box.left - 4), max(0, box.top - 4), box.right + 4, box.bottom + 4)
        crop = self.grey[around.top : around.bottom, around.left : around.right]
        if min(crop.shape) < 1:
            return np.zeros((0, 0), np.float32)
        if scale != 1.0:
            size = max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale))
            how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
            crop = np.asarray(cv2.resize(crop, size, interpolation=how), np.uint8)
        left, top = round((max(0, box.left) - around.left) * scale), round((max(0, box.top) - around.top) * scale)
        width, height = round((box.right - max(0, box.left)) * scale), round((box.bottom - max(0, box.top)) * scale)
        return _edges(crop)[top : top + height, left : left + width]


def _edges(grey: NDArray[np.uint8]) -> Ink:
    import cv2

    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength = np.minimum(cv2.magnitude(across, down), STRONGEST)
    return np.asarray(cv2.GaussianBlur(strength, (0, 0), 0.7), np.float32)
