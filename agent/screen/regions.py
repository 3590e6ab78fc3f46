"""Flat regions of a screenshot that are as convex as a control: fills of buttons and fields, knobs, whole panels.

A control is drawn in one colour, or in one that hardly changes from pixel to pixel, and differs from what is around,
if only by a few levels. So a region between pixels that differ is found whatever its outline, its corners, its scale
and its contrast, in light themes and in dark ones.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.screen.overlap import edges_of, intersection_over_union
from agent.screen.text_layout import differences
from devices import Box
from devices.device import Pixels

FLAT = 3
"""Maximum difference of neighbouring pixels within a region, of 255 in any channel: gradients stay below."""

MOST = 1500
"""Maximum number of regions, the largest first; noise has hundreds of thousands."""

COARSE = 0.02
"""Minimum share of the screen for a region that is looked at coarsely: its shape is a panel's, not a control's."""

PANEL = 4.2
"""Minimum width and height in units of a region on which others are drawn."""

LARGEST_FIGURE = 30
"""Maximum width in units, and three times the height, of a shape that is found by its panel."""


@dataclass(frozen=True, slots=True)
class Region:
    """A flat region: its box, its colour, how much of the box it spans (an ellipse 0.79, a rectangle 1), its own share.

    `solid` is the share of the box that has the region's own pixels: what is written or drawn in it is missing.
    `bordered`: whether a line in a third colour lies around it. `around` is the colour outside of that.
    """

    box: Box
    colour: tuple[int, int, int]
    extent: float
    solid: float
    bordered: bool
    around: tuple[int, int, int]

    @property
    def contrast(self) -> int:
        """How much the fill differs from what is around, in the channel that differs most."""
        return max(abs(one - other) for one, other in zip(self.colour, self.around, strict=True))


def regions_of(pixels: Pixels, unit: int) -> tuple[Region, ...]:
    """The regions of an RGB picture from the largest to the smallest; at most `MOST`.

    `unit` is the height of the usual line of text, in pixels. Boxes reach to the outside of the border. A shape on a
    panel that is no region because of what is drawn across it, as a tick, is found as what is not the panel.
    """
    import cv2

    if min(pixels.shape[:2]) < 3:
        return ()
    flat = (differences(pixels) <= FLAT).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=4)
    regions = _regions(pixels, labels, stats, unit)
    ground = (stats[:, cv2.CC_STAT_WIDTH] > PANEL * unit) & (stats[:, cv2.CC_STAT_HEIGHT] > PANEL * unit)
    ground[0] = False
    figures = (~ground).astype(np.uint8)[labels]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(figures, connectivity=8)
    known = edges_of([region.box for region in regions])
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT] * 3) < LARGEST_FIGURE * unit
    shapes = _regions(pixels, labels, np.where(small[:, None], stats, 0), unit)
    new = (s for s in shapes if not len(known) or intersection_over_union(s.box, known).max() < 0.7)
    return tuple(sorted((*regions, *new), key=lambda region: -region.box.area))[:MOST]


def _regions(pixels: Pixels, labels: Any, stats: Any, unit: int) -> list[Region]:
    """The components of `labels` that are convex and neither dust nor, unless long, thinner than a sixth of a line."""
    width, height, area = (stats[:, column].astype(np.int64) for column in (2, 3, 4))
    size = width * height
    thin = (np.maximum(width, height) >= 1.5 * unit) & (area >= 0.9 * size)  # the groove of a slider
    kept = (np.minimum(width, height) >= max(2, unit // 6)) & (np.maximum(width, height) >= 0.4 * unit) | thin
    kept &= (area >= 0.3 * size) & (size > 0)
    kept[0] = False
    chosen = np.flatnonzero(kept)
    chosen = chosen[np.argsort(-size[chosen], kind="stable")][:MOST]
    found = (_region(pixels, labels, int(index), stats[index], unit) for index in chosen)
    return [region for region in found if region is not None]


def _region(pixels: Pixels, labels: Any, index: int, stats: Any, unit: int) -> Region | None:
    """The region with this label; None where it is an L, a ring with a gap, or the room between letters."""
    x, y, w, h, area = (int(number) for number in stats[:5])
    high, wide = pixels.shape[:2]
    coarse = 4 if w * h > COARSE * high * wide and min(w, h) > 40 else 1
    own = labels[y : y + h : coarse, x : x + w : coarse] == index
    across, down = _span(own), _span(own.T)
    extent = min(across, down) / max(1, own.size)
    if extent < 0.68:
        return None
    middle = slice(x + w // 4, x + w - w // 4), slice(y + h // 4, y + h - h // 4)
    colour = _colour(pixels[y : y + h : coarse, x : x + w : coarse][own][:: max(1, own.sum() // 200)])
    far = max(4, unit // 3)
    below = pixels[min(high - 1, y + h), middle[0]]
    outside = [pixels[min(high - 1, y + h + far), middle[0]], pixels[max(0, y - far - 1), middle[0]]]
    outside += [pixels[middle[1], max(0, x - far - 1)], pixels[middle[1], min(wide - 1, x + w + far)]]
    # What lies below may be another control; three sides of four are outvoted by none.
    around = _colour(np.concatenate(outside)) if w and h else colour
    line = _colour(below)
    bordered = _differs(line, colour) > FLAT and _differs(line, _colour(outside[0])) > 2 * FLAT
    left, top = max(0, x - (2 if bordered else 1)), max(0, y - (2 if bordered else 1))
    right, bottom = min(wide, x + w + bordered), min(high, y + h + bordered)
    return Region(Box(left, top, right, bottom), colour, extent, area / (w * h), bordered, around)


def _span(own: NDArray[np.bool_]) -> int:
    """How many pixels lie between the first and the last of each row, both included, in all rows."""
    some = own.any(axis=1)
    first, last = own.argmax(axis=1), own.shape[1] - own[:, ::-1].argmax(axis=1)
    return int((last - first)[some].sum())


def _colour(part: NDArray[np.uint8]) -> tuple[int, int, int]:
    if not len(part):
        return 0, 0, 0
    plain = part.reshape(-1, 3)
    red, green, blue = np.median(plain[:: max(1, len(plain) // 150)], axis=0)
    return int(red), int(green), int(blue)


def _differs(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
