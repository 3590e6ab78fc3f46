"""Compares a window on two screens of one size pixel by pixel."""

import numpy as np

from devices import Box, Observation, Point

CELL = 16
"""Pixels of the side of a cell."""
TOLERANCE = 24
"""Grey levels, of 255 in any colour, by which pixels may differ and still be equal."""
CELL_TOLERANCE = 0.02
"""The share of a cell's pixels that may differ: a caret may blink."""
CARET_SHARE = 0.016
"""The share of 48 x 48 pixels that a caret of 2 x 18 takes."""


def equal_share(then: Observation, now: Observation, window: Box) -> float:
    """The share, 0 to 1, of the cells of `window` with anything drawn in them that are equal on both screens."""
    one, two = (_crop(seen, window).astype(np.int16) for seen in (then, now))
    differs = _cells((np.abs(one - two) > TOLERANCE).any(axis=2)).mean(axis=(1, 3)) > CELL_TOLERANCE
    drawn = np.maximum(_contrast(one), _contrast(two)) > TOLERANCE
    cells = int(np.count_nonzero(drawn | differs))
    return 1.0 - np.count_nonzero(differs) / cells if cells else 1.0


def equal_around(then: Observation, now: Observation, point: Point, radius: int = 24) -> bool:
    """Whether the pixels within `radius` of `point` are equal, but for as many as a caret takes."""
    rows = slice(max(0, point.y - radius), point.y + radius)
    columns = slice(max(0, point.x - radius), point.x + radius)
    one, two = (seen.pixels[rows, columns].astype(np.int16) for seen in (then, now))
    return bool((np.abs(one - two) > TOLERANCE).any(axis=2).mean() <= CARET_SHARE)


def _crop(seen: Observation, window: Box) -> np.ndarray:
    return seen.pixels[max(0, window.top) : window.bottom, max(0, window.left) : window.right]


def _cells(plane: np.ndarray) -> np.ndarray:
    """`plane` cut into cells: (rows, `CELL`, columns, `CELL`)."""
    height, width = plane.shape
    padded = np.pad(plane, ((0, -height % CELL), (0, -width % CELL)), mode="edge")
    return padded.reshape(padded.shape[0] // CELL, CELL, padded.shape[1] // CELL, CELL)


def _contrast(pixels: np.ndarray) -> np.ndarray:
    """The range of grey levels within each cell."""
    cells = _cells(pixels.max(axis=2))
    return np.asarray(cells.max(axis=(1, 3)) - cells.min(axis=(1, 3)))
