"""A picture as its edges: they stay when a screen is moved, scaled or given other colours."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from devices import Box
from devices.device import Pixels

Edges = NDArray[np.float32]
"""The edge strength of every pixel, 0 to `MAX_STRENGTH`; shape (height, width)."""

MAX_STRENGTH = 300.0
"""Sobel magnitude of a step of 75 grey levels, of 255. Stronger edges are clipped to it, so that themes compare."""

MIN_STRENGTH = 40.0
"""Sobel magnitude below which an edge is a shade of the background."""


@dataclass(frozen=True, eq=False)
class EdgeImage:
    """A picture with its grey levels and edges, each computed once, on first use."""

    pixels: Pixels

    @cached_property
    def grey(self) -> NDArray[np.uint8]:
        import cv2

        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def edges(self) -> Edges:
        return _edges(self.grey)

    def scaled_edges(self, box: Box, scale: float) -> Edges:
        """The edges of the picture in `box`, clipped to the picture, computed at `scale` times its size."""
        import cv2

        padded = Box(max(0, box.left - 4), max(0, box.top - 4), box.right + 4, box.bottom + 4)
        crop = self.grey[padded.top : padded.bottom, padded.left : padded.right]
        if min(crop.shape) < 1:
            return np.zeros((0, 0), np.float32)
        if scale != 1.0:
            size = max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale))
            interpolation = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
            crop = np.asarray(cv2.resize(crop, size, interpolation=interpolation), np.uint8)
        left, top = round((max(0, box.left) - padded.left) * scale), round((max(0, box.top) - padded.top) * scale)
        width, height = round((box.right - max(0, box.left)) * scale), round((box.bottom - max(0, box.top)) * scale)
        return _edges(crop)[top : top + height, left : left + width]


def _edges(grey: NDArray[np.uint8]) -> Edges:
    import cv2

    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength = np.minimum(cv2.magnitude(across, down), MAX_STRENGTH)
    return np.asarray(cv2.GaussianBlur(strength, (0, 0), 0.7), np.float32)
