"""Tells frames from letters, by the edge pixels of each connected component."""

import numpy as np
from numpy.typing import NDArray

TALLEST = 72
"""Maximum height of a line of text, in pixels; anything taller is a picture or a frame."""

SMALL_FRAME = 26
"""Maximum size of a checkbox, in pixels; round letters of large text are as large."""

Ints = NDArray[np.int64]


def is_frame(own: NDArray[np.bool_]) -> bool:
    """Whether these pixels cover all four sides of their box and leave its inside nearly empty."""
    height, width = own.shape
    tick_box = height >= 12 and width <= SMALL_FRAME and 0.8 < width / height < 1.25
    return bool(
        own[:2].any(axis=0).mean() > 0.7
        and own[-2:].any(axis=0).mean() > 0.7
        and own[:, :2].any(axis=1).mean() > 0.55
        and own[:, -2:].any(axis=1).mean() > 0.55
        # Round letters have no corners; a tick box has, rounded as they may be. No letter is as wide as a field.
        and (min(own.shape) > 32 or width > 2.5 * height or all(corner.any() for corner in _corners(own)))
        and (own[4:-4, 4:-4].mean() if min(own.shape) > 8 else 1.0) < (0.6 if tick_box else 0.12)
    )


def is_pill(own: NDArray[np.bool_]) -> bool:
    """Whether these pixels are the outline, or a few in each other, of something long with round ends."""
    height, width = own.shape
    if height < 20 or width < 1.3 * height:
        return False
    columns, rows = own[:, 3 * width // 8 : 5 * width // 8], own[3 * height // 8 : 5 * height // 8]
    edges = columns[:3].any(axis=0), columns[-3:].any(axis=0), rows[:, :3].any(axis=1), rows[:, -3:].any(axis=1)
    inner = own[height // 4 : -(height // 4), height // 2 : -(height // 2)]
    return bool(all(edge.mean() > 0.9 for edge in edges) and inner.mean() < 0.05)


def is_round(own: NDArray[np.bool_]) -> bool:
    """Whether this is small and one of its sides is incomplete: an e, a c."""
    sides = own[:2].any(axis=0), own[-2:].any(axis=0), own[:, :2].any(axis=1), own[:, -2:].any(axis=1)
    return max(own.shape) <= SMALL_FRAME and any(side.mean() <= 0.9 for side in sides)


def sides(rule: NDArray[np.bool_], left: Ints, top: Ints, width: Ints, height: Ints) -> NDArray[np.bool_]:
    """The left and right sides of frames with rounded corners: thin, from one long line to another below it."""
    sides = np.zeros(len(rule), np.bool_)
    lines = np.flatnonzero(rule & (width > 40))[:2000]
    for index in np.flatnonzero((width <= 10) & (height >= 12) & (height <= TALLEST))[:2000]:
        x, y, bottom = left[index], top[index], top[index] + height[index]
        ends = np.minimum(np.abs(left[lines] - x), np.abs(left[lines] + width[lines] - x)) <= 8
        sides[index] = (ends & (np.abs(top[lines] - y) <= 6)).any() and (
            ends & (np.abs(top[lines] - bottom) <= 6)
        ).any()
    return sides


def is_ring(own: NDArray[np.bool_]) -> bool:
    """Whether these pixels form a circle, or a circle around a dot: a radio button, or the letter O."""
    height, width = own.shape
    if not (10 <= height <= TALLEST and 0.9 <= width / height <= 1.1):
        return False
    rows, columns = np.nonzero(own)
    away = np.hypot(2 * rows - height + 1, 2 * columns - width + 1) / height
    rim = away > 0.72
    angles = np.histogram(np.arctan2(2 * rows - height + 1, 2 * columns - width + 1)[rim], 16, (-np.pi, np.pi))[0]
    return bool((angles > 0).all() and away.max() < 1.13 and ((away > 0.6) & ~rim).sum() <= 0.3 * rim.sum())


def is_before_a_word(index: int, left: Ints, top: Ints, width: Ints, height: Ints) -> bool:
    """Whether writing begins right of this, further away than the next letter of a word and no further than a label."""
    x, y, w, h = int(left[index]), int(top[index]), int(width[index]), int(height[index])
    gap, level = left - (x + w), np.minimum(top + height, y + h) - np.maximum(top, y)
    letters = (height >= 0.4 * h) & (height <= 1.7 * h) & (level >= 0.4 * h) & (width <= 6 * h)
    near = gap[letters & (left > x + w // 2)]
    before = letters & (left < x) & (x - (left + width) < 0.4 * h)
    return bool(len(near) and 0.2 * h < near.min() <= 1.6 * h and not before.any())


def is_in_a_word(index: int, left: Ints, top: Ints, width: Ints, height: Ints) -> bool:
    """Whether another letter stands right beside this round one: nearer than a label to its checkbox."""
    x, y, w, h = int(left[index]), int(top[index]), int(width[index]), int(height[index])
    gap = np.maximum(left - (x + w), x - (left + width))
    level = np.minimum(top + height, y + h) - np.maximum(top, y)
    like = (height >= 0.7 * h) & (height <= 2 * h) & (width >= 2) & (width <= 8 * w)  # letters may touch
    return bool((like & (gap >= -1) & (gap <= h // 4) & (level >= 0.7 * h)).any())


def _corners(own: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    return own[:2, :2], own[:2, -2:], own[-2:, :2], own[-2:, -2:]
