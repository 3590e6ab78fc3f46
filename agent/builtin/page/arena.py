"""What is drawn on the ground of a page and is no widget: outlines of the ink, and the boxes to put things in."""

import numpy as np
from numpy.typing import NDArray

from agent.builtin.page.figures import ground_of
from agent.builtin.page.regions import Region
from agent.builtin.targets import Sight
from devices import Box, Point


def ground_box(sight: Sight) -> Box:
    """Where things are drawn; the whole screen where there is no ground."""
    ground = ground_of(sight.regions)
    return ground.box if ground else sight.seen.box


def ink_of(sight: Sight) -> NDArray[np.uint8]:
    """1 where something is drawn on the ground that is no widget, on the whole screen."""
    ground = ground_of(sight.regions)
    ink = np.zeros(sight.seen.pixels.shape[:2], np.uint8)
    if ground is None:
        return ink
    box = ground.box
    part = sight.seen.pixels[box.top : box.bottom, box.left : box.right].astype(np.int16)
    drawn = np.abs(part - np.array(ground.colour, np.int16)).max(axis=2) > 60
    ink[box.top : box.bottom, box.left : box.right] = drawn
    edge = 3 * sight.text.scale
    for widget in sight.widgets:
        if widget.kind != "checkbox" and widget.text:
            own = widget.box
            ink[max(0, own.top - edge) : own.bottom + edge, max(0, own.left - edge) : own.right + edge] = 0
    return ink


def outlines(sight: Sight) -> list[Box]:
    """The boxes around what is drawn, the largest first."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink_of(sight), connectivity=8)
    least = 4 * sight.text.scale
    boxes = [Box(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist() if w >= least and h >= least]
    return sorted(boxes, key=lambda box: -box.width * box.height)


def containers(sight: Sight) -> list[Region]:
    """Empty boxes with a dark frame that things can be dragged into, from left to right."""
    scale, ground = sight.text.scale, ground_of(sight.regions)
    if ground is None:
        return []
    inner = [
        region
        for region in sight.regions
        if region.colour == ground.colour
        and region is not ground
        and region.outer > 1200 * scale**2
        and region.box.center in ground.box
        and region.box.width < 0.9 * ground.box.width
    ]
    return sorted(inner, key=lambda region: region.box.left)


def spot(box: Box, number: int) -> Point:
    """The place of the `number`th thing in a box: near its middle, not one on the other."""
    across, down = ((0.3, 0.35), (0.7, 0.35), (0.3, 0.65), (0.7, 0.65), (0.5, 0.5), (0.5, 0.3))[number % 6]
    return Point(round(box.left + across * box.width), round(box.top + down * box.height))
