"""Regions of one colour on a picture: the insides of widgets, and the shapes that are drawn."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agent.builtin.page.colours import Rgb
from devices import Box
from devices.device import Pixels

LEAST_AREA = 30
"""Fewer pixels of one colour are an edge, not a region."""

MOST_REGIONS = 2000
"""So many are looked at, the largest first: a photograph has no regions that mean anything."""

Outline = Literal["rectangle", "ellipse", "triangle", "other"]


@dataclass(frozen=True)
class Region:
    """Touching pixels of one `colour`. `area` counts them; `outer` is the area of all that its outline encloses.

    `corners` is how many corners the outline has when small steps are smoothed away.
    """

    box: Box
    colour: Rgb
    area: int
    outer: float
    outline: Outline
    corners: int

    @cached_property
    def holes(self) -> float:
        """Which share of what it encloses is not of its colour: the text on a button, the inside of a ring."""
        return max(0.0, 1 - self.area / max(self.outer, 1.0))

    @property
    def square(self) -> bool:
        return 0.8 < self.box.width / max(self.box.height, 1) < 1.25


def regions(pixels: Pixels, within: Box | None = None, least: int = LEAST_AREA) -> tuple[Region, ...]:
    """The regions of an RGB picture (height, width, 3), or of a part of it, in reading order."""
    import cv2

    left, top = (within.left, within.top) if within else (0, 0)
    part = pixels[top : within.bottom, left : within.right] if within else pixels
    flat = np.ones(part.shape[:2], np.uint8)
    flat[:, 1:] &= (part[:, 1:] == part[:, :-1]).all(axis=2)
    flat[1:] &= (part[1:] == part[:-1]).all(axis=2)
    # A pixel unlike the one to its left or above begins another region: what is left hangs together by colour.
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=4)
    found: list[Region] = []
    order = np.argsort(-stats[1:, cv2.CC_STAT_AREA])[:MOST_REGIONS] + 1
    for label in order:
        x, y, w, h, area = (int(number) for number in stats[label])
        if area < least:
            break
        own = (labels[y : y + h, x : x + w] == label).astype(np.uint8)
        row, column = divmod(int(own.argmax()), w)
        red, green, blue = (int(value) for value in part[y + row, x + column])
        own = np.pad(own, ((int(y > 0), 0), (int(x > 0), 0)))
        own[:, :-1] |= own[:, 1:]
        own[:-1] |= own[1:]
        x, y, (h, w) = max(0, x - 1), max(0, y - 1), own.shape
        if w < 4 or h < 4:
            continue
        outer, outline, corners = _outline(cv2, own)
        box = Box(left + x, top + y, left + x + w, top + y + h)
        found.append(Region(box, (red, green, blue), int(own.sum()), outer, outline, corners))
    return tuple(sorted(found, key=lambda region: (region.box.top, region.box.left)))


def _outline(cv2: Any, own: NDArray[np.uint8]) -> tuple[float, Outline, int]:
    """The area that the outer outline of these pixels encloses, its kind, and its corners."""
    height, width = own.shape
    contours, _ = cv2.findContours(np.pad(own, 1), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = max(contours, key=cv2.contourArea)
    # A contour runs through the middles of the outermost pixels: half a pixel is missing all around.
    around = float(cv2.arcLength(contour, True))
    outer = float(cv2.contourArea(contour)) + around / 2 + 1
    hull = cv2.convexHull(contour)
    solid = float(cv2.contourArea(contour)) / max(float(cv2.contourArea(hull)), 1.0)
    corners = len(cv2.approxPolyDP(hull, 0.035 * cv2.arcLength(hull, True), True))
    extent = outer / (width * height)
    if solid < 0.9:
        return outer, "other", corners
    if extent > 0.9:
        return outer, "rectangle", 4
    if _is_ellipse(cv2, contour, width, height):
        return outer, "ellipse", 0
    if corners == 3 or (extent < 0.6 and corners <= 4 and _triangle_fill(cv2, hull) > 0.85):
        return outer, "triangle", 3
    return outer, "other", corners


def _is_ellipse(cv2: Any, contour: Any, width: int, height: int) -> bool:
    """Whether every point of the outline lies where the ellipse of its box has it."""
    points = contour[:, 0, :].astype(np.float64)
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    half = np.array([max(width - 1, 1) / 2, max(height - 1, 1) / 2])
    radius = np.sqrt((((points - middle) / half) ** 2).sum(axis=1))
    return bool(np.abs(radius - 1).max() < max(0.12, 1.6 / min(half)))


def _triangle_fill(cv2: Any, hull: Any) -> float:
    area, _ = cv2.minEnclosingTriangle(hull)
    return float(cv2.contourArea(hull)) / max(float(area), 1.0)
