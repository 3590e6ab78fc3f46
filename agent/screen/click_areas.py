"""The area that takes a click on what is drawn without an outline: the words of a bar, and icons.

A toolkit lays out a bar without room between its menus, so that each reaches to the middle of the gap to the next, and
is two lines high. An icon stands in the middle of a square with half a line of room around it, as toolbars have it.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.screen.overlap import Edges, edges_of
from devices import Box, Element


def with_click_areas(elements: Sequence[Element], screen: Box, unit: int) -> tuple[Element, ...]:
    """`elements` with the boxes of menus, tabs and icons as large as what takes the click, up to half of each gap."""
    edges = edges_of([each.box for each in elements])
    grown = []
    for each in elements:
        box = each.box
        if each.role in ("menu", "tab") and each.source == "text":
            # The first of a bar and the last have as much room outside as inside.
            each = replace(each, box=_grown(box, min(*_gaps(box, edges), 4 * unit) // 2, unit - box.height // 2, edges))
        elif each.role == "icon" and each.source == "drawn":
            side = max(box.width, box.height) + unit
            each = replace(each, box=_grown(box, (side - box.width) // 2, (side - box.height) // 2, edges))
        grown.append(each if each.box is box else replace(each, box=clipped(each.box, screen)))
    return tuple(grown)


def clipped(box: Box, screen: Box) -> Box:
    """The part of `box` on the screen; of no area where it lies outside."""
    left, top = max(box.left, screen.left), max(box.top, screen.top)
    right, bottom = min(box.right, screen.right), min(box.bottom, screen.bottom)
    if (left, top, right, bottom) == (box.left, box.top, box.right, box.bottom):
        return box
    return Box(left, top, max(left, right), max(top, bottom))


def _grown(box: Box, across: int, down: int, edges: Edges) -> Box:
    """`box` with so much room at its sides, and above and below; at most half of the way to the nearest of `edges`."""
    before, after = (min(across, gap // 2) for gap in _gaps(box, edges))
    turned = Box(box.top, box.left, box.bottom, box.right)
    above, below = (min(max(0, down), gap // 2) for gap in _gaps(turned, edges[:, [1, 0, 3, 2]]))
    return Box(box.left - before, box.top - above, box.right + after, box.bottom + below)


def _gaps(box: Box, edges: Edges) -> tuple[int, int]:
    """How far it is to the nearest of `edges` left of `box` and right of it, in the same row; far where is none."""
    level = (edges[:, 1] < box.bottom) & (edges[:, 3] > box.top)
    before, after = box.left - edges[level, 2], edges[level, 0] - box.right
    far = 1 << 16
    return int(before[before >= 0].min(initial=far)), int(after[after >= 0].min(initial=far))
