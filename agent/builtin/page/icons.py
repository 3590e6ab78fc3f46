"""Icons by their looks: what is small, drawn, and has the outline of something that has a name."""

import numpy as np
from numpy.typing import NDArray

from agent.builtin.targets import Sight
from devices import Box
from devices.device import Pixels

SIZE = 12
FAINT = 18
"""How far from its ground, of 255, the ink of an icon is at least; icons are often drawn pale."""

ALIKE = 0.62
"""The least share of their common ground that two outlines must have in common to be the same icon."""

OUTLINES: dict[str, tuple[str, ...]] = {
    "star": ("060", "060", "0f0", "0f0", "fff", "7fe", "3fc", "1f8", "1f8", "3fc", "39c", "000"),
    "trash": ("1e0", "7f8", "7f8", "3f0", "3f0", "3f0", "3c0", "3bc", "3be", "3fe", "3be", "01c"),
    "reply": ("000", "000", "100", "300", "7fc", "ffe", "7ff", "30f", "103", "003", "001", "000"),
    "forward": ("020", "030", "038", "ffc", "ffe", "fff", "fff", "ffe", "ffc", "038", "030", "020"),
    "send": ("000", "c00", "f00", "fc0", "ff8", "0fe", "0fe", "ff8", "fc0", "f00", "c00", "000"),
    "like": ("108", "7fe", "fff", "fff", "fff", "fff", "7fe", "7fe", "3fc", "0f0", "060", "000"),
    "share": ("00e", "01e", "01e", "016", "7c0", "700", "700", "7c0", "016", "01e", "01e", "00e"),
    "retweet": ("000", "000", "000", "33c", "784", "704", "20e", "21e", "3cc", "000", "000", "000"),
    "more": ("000", "000", "000", "000", "000", "000", "ff7", "ff7", "000", "000", "000", "000"),
}  # fmt: skip
"""Filled outlines in a square of 12 by 12, a row to a number: three hexadecimal figures of four points each."""

SAME = {"important": "star", "delete": "trash", "bin": "trash", "heart": "like", "favourite": "star"}


def find_icon(name: str, within: Box, sight: Sight) -> Box | None:
    """The icon in `within` that looks most like a `name`; None when none does, or nobody knows how one looks."""
    wanted = OUTLINES.get(SAME.get(name.lower(), name.lower()))
    if wanted is None:
        return None
    rated = [
        (likeness(outline, drawn(wanted)), box) for box, outline in icons(within, sight.seen.pixels, sight.text.scale)
    ]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def icons(within: Box, pixels: Pixels, unit: int) -> list[tuple[Box, NDArray[np.bool_]]]:
    """What is drawn in `within` and as small as an icon, each with its filled outline in a square of 12 by 12."""
    import cv2

    part = pixels[max(0, within.top) : within.bottom, max(0, within.left) : within.right].astype(np.int16)
    if part.size == 0:
        return []
    ink = (np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > FAINT).astype(np.uint8)
    near = cv2.dilate(ink, np.ones((2 * unit + 1, 2 * unit + 1), np.uint8))
    count, labels = cv2.connectedComponents(near)
    found = []
    for label in range(1, count):
        rows, columns = np.nonzero(ink * (labels == label))
        left, right, top, bottom = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
        width, height = int(right - left), int(bottom - top)
        if 7 * unit <= max(width, height) <= 24 * unit and min(width, height) >= 2 * unit:
            own = np.ascontiguousarray((ink * (labels == label))[top:bottom, left:right]).astype(np.uint8)
            edges, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
            filled = np.zeros_like(own)
            cv2.drawContours(filled, edges, -1, (1,), -1)
            x, y = max(0, within.left) + int(left), max(0, within.top) + int(top)
            found.append((Box(x, y, x + width, y + height), squared(filled)))
    return found


def squared(shape: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """A shape in the middle of a square of 12 by 12, as large as it fits."""
    import cv2

    height, width = shape.shape
    side = max(height, width)
    square = np.zeros((side, side), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = shape
    return np.asarray(cv2.resize(square, (SIZE, SIZE), interpolation=cv2.INTER_AREA) > 0.45)


def drawn(outline: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([[int(row, 16) >> (SIZE - 1 - at) & 1 for at in range(SIZE)] for row in outline], np.bool_)


def likeness(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """From 0 to 1: what two outlines have in common, of what either has; a point aside counts as the same place."""
    best = 0.0
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            moved = np.roll(one, (down, across), (0, 1))
            best = max(best, float((moved & other).sum()) / max(1, int((moved | other).sum())))
    return best
