"""The area that takes a click on what is drawn without an outline: the words of a bar, and icons.

A toolkit lays out a bar without room between its menus, so that each reaches to the middle of the gap to the next.
An icon stands in the middle of a square with half a line of room around it, as toolbars of all toolkits have.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.screen.overlap import Edges, edges_of
from devices import Box, Element

ROOM = 0.5
"""Room in units above and below a label, and on each side of an icon."""

BAR = frozenset({"menu", "tab"})


def with_click_areas(elements: Sequence[Element], unit: int) -> tuple[Element, ...]:
    """`elements` with the boxes of menus, tabs and icons as large as what takes the click, overlapping nothing new."""
    edges = edges_of([each.box for each in elements])
    room = round(ROOM * unit)
    grown = []
    for each in elements:
        box = each.box
        if each.role in BAR and each.source == "text":
            bar = edges[[other.role in BAR for other in elements]]
            before, after = _gaps(box, bar)
            # The first and the last of a bar have as much room outside as inside.
            inside = min(before, after, 4 * unit) // 2
            left, right = (gap // 2 if gap < 4 * unit else inside for gap in (before, after))
            top = box.center.y - unit // 2 - room
            each = replace(each, box=Box(box.left - left, top, box.right + right, top + unit + 2 * room))
        elif each.role == "icon" and each.source == "drawn":
            side = max(box.width, box.height) + 2 * room
            across, down = (side - box.width) // 2, (side - box.height) // 2
            before, after = _gaps(box, edges)
            above, below = _gaps(_turned(box), edges[:, [1, 0, 3, 2]])
            each = replace(
                each,
                box=Box(
                    box.left - min(across, before // 2),
                    box.top - min(down, above // 2),
                    box.right + min(across, after // 2),
                    box.bottom + min(down, below // 2),
                ),
            )
        grown.append(each)
    return tuple(grown)


def _gaps(box: Box, edges: Edges) -> tuple[int, int]:
    """How far it is to the nearest of `edges` left of `box` and right of it, in the same row; far where is none."""
    level = (edges[:, 1] < box.bottom) & (edges[:, 3] > box.top)
    before, after = box.left - edges[level, 2], edges[level, 0] - box.right
    far = 1 << 16
    return int(before[before >= 0].min(initial=far)), int(after[after >= 0].min(initial=far))


def _turned(box: Box) -> Box:
    """`box` with rows for columns."""
    return Box(box.top, box.left, box.bottom, box.right)
