"""A picture as the edges drawn on it: what stays when a screen is moved, scaled or given other colours."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agent.builtin.layout import Layout, layout_of
from devices import Box
from devices.device import Pixels

Ink = NDArray[np.float32]

STRONGEST = 300.0
"""Sobel's response to a step of 75 grey levels, of 255: a starker edge counts no more, so that themes compare."""

FAINT = 40.0
"""Weaker edges than this are shades of a background."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A picture, its edges, and where its words and frames are; each found when somebody asks."""

    pixels: Pixels

    @cached_property
    def grey(self) -> NDArray[np.uint8]:
        import cv2

        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def ink(self) -> Ink:
        return _edges(self.grey)

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.pixels)

    def scaled(self, scale: float) -> Ink:
        """The edges of the picture drawn `scale` times as large."""
        import cv2

        if scale == 1.0:
            return self.ink
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        return _edges(np.asarray(cv2.resize(self.grey, None, fx=scale, fy=scale, interpolation=how), np.uint8))

    def pieces(self, within: Box) -> tuple[Box, ...]:
        """The words, or runs of them, whose middle lies in `within`; lines drawn and dust are none."""
        return tuple(piece for piece in self.layout.pieces if piece.center in within and self._is_written(piece))

    def _is_written(self, piece: Box) -> bool:
        if min(piece.width, piece.height) <= 4:
            return False
        own = self.ink[piece.top : piece.bottom, piece.left : piece.right]
        return piece.width <= 3 * piece.height or bool((own > FAINT).mean() > 0.15)


def _edges(grey: NDArray[np.uint8]) -> Ink:
    import cv2

    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength = np.minimum(cv2.magnitude(across, down), STRONGEST)
    return np.asarray(cv2.GaussianBlur(strength, (0, 0), 0.7), np.float32)
