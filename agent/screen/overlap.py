"""Overlaps of many boxes at once, as arrays: what lies in what, and what is the same place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from devices import Box, Element, Point

Edges = NDArray[np.int64]
"""Boxes as rows of left, top, right, bottom."""


def edges_of(boxes: Sequence[Box]) -> Edges:
    """The boxes as an array of shape (count, 4)."""
    rows = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(rows, np.int64).reshape(len(rows), 4)


def shared(box: Box, edges: Edges) -> NDArray[np.int64]:
    """The area that `box` has in common with each of `edges`, in pixels."""
    across = np.minimum(edges[:, 2], box.right) - np.maximum(edges[:, 0], box.left)
    down = np.minimum(edges[:, 3], box.bottom) - np.maximum(edges[:, 1], box.top)
    area: NDArray[np.int64] = np.maximum(across, 0) * np.maximum(down, 0)
    return area


def areas(edges: Edges) -> NDArray[np.int64]:
    area: NDArray[np.int64] = np.maximum(edges[:, 2] - edges[:, 0], 0) * np.maximum(edges[:, 3] - edges[:, 1], 0)
    return area


def covering(point: Point, edges: Edges) -> NDArray[np.bool_]:
    """Which of `edges` hold `point`."""
    over: NDArray[np.bool_] = (
        (edges[:, 0] <= point.x) & (point.x < edges[:, 2]) & (edges[:, 1] <= point.y) & (point.y < edges[:, 3])
    )
    return over


def centred_in(box: Box, edges: Edges) -> NDArray[np.bool_]:
    """Which of `edges` have their middle in `box`."""
    x, y = (edges[:, 0] + edges[:, 2]) // 2, (edges[:, 1] + edges[:, 3]) // 2
    inside: NDArray[np.bool_] = (box.left <= x) & (x < box.right) & (box.top <= y) & (y < box.bottom)
    return inside


def holding(box: Box, edges: Edges, share: float = 0.5) -> NDArray[np.intp]:
    """Which of `edges` hold the middle of `box` and at least `share` of it, the smallest first."""
    found = np.flatnonzero(covering(box.center, edges) & (shared(box, edges) >= share * box.area))
    return found[np.argsort(areas(edges[found]), kind="stable")]


def intersection_over_union(box: Box, edges: Edges) -> NDArray[np.float64]:
    """How much `box` is each of `edges`: 1 for the same box, 0 for one elsewhere."""
    both = shared(box, edges)
    share: NDArray[np.float64] = both / np.maximum(1, areas(edges) + box.area - both)
    return share


def outermost(found: Sequence[Element]) -> tuple[Element, ...]:
    """`found` without what lies in another: the knob of a switch, the arrow of a choice, a border drawn twice."""
    roomy = {"field", "item"}
    order = sorted(found, key=lambda each: -each.box.area)
    edges = edges_of([each.box for each in order])
    size, kept = areas(edges), np.zeros(len(order), np.bool_)
    for index, each in enumerate(order):
        around_it = np.flatnonzero(kept & covering(each.box.center, edges) & (each.box.area < size * 1.01)).tolist()
        large = 2 * each.box.area
        rings = [i for i in around_it if each.text and _is_bare(order[i]) and order[i].box.area < large]
        kept[rings] = False  # what is drawn around a button that has the focus
        others = (order[i] for i in around_it if kept[i])
        kept[index] = all(other.role in roomy and other.box.height > 3 * each.box.height for other in others)
    return tuple(order[index] for index in np.flatnonzero(kept).tolist())


def _is_bare(element: Element) -> bool:
    return (element.role, element.text) == ("button", "")
