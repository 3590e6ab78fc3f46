"""Whether a window looks as it did, pixel by pixel."""

import numpy as np

from devices import Box, Observation, Point

CELL = 16
STEP = 24
"""Grey levels, of 255 in any colour, by which pixels may differ and still be taken for the same."""


def share_same(then: Observation, now: Observation, window: Box) -> float:
    """The share, 0 to 1, of the cells of `window` with anything drawn in them that look the same on both screens.

    Both screens have the same size. A cell is the same when at most 2 % of its pixels differ: a caret may blink.
    """
    one, two = (_crop(seen, window).astype(np.int16) for seen in (then, now))
    differs = _by_cell((np.abs(one - two) > STEP).any(axis=2)).mean(axis=(1, 3))
    drawn = np.maximum(_spread(one), _spread(two)) > STEP
    cells = int(np.count_nonzero(drawn | (differs > 0.02)))
    return 1.0 - np.count_nonzero(differs > 0.02) / cells if cells else 1.0


def same_around(then: Observation, now: Observation, point: Point, reach: int = 24) -> bool:
    """Whether the `reach` pixels around `point` look the same, but for what a caret takes: 2 x 18 pixels of 48 x 48."""
    rows = slice(max(0, point.y - reach), point.y + reach)
    columns = slice(max(0, point.x - reach), point.x + reach)
    one, two = (seen.pixels[rows, columns].astype(np.int16) for seen in (then, now))
    return bool((np.abs(one - two) > STEP).any(axis=2).mean() <= 0.016)


def _crop(seen: Observation, window: Box) -> np.ndarray:
    return seen.pixels[max(0, window.top) : window.bottom, max(0, window.left) : window.right]


def _by_cell(plane: np.ndarray) -> np.ndarray:
    height, width = plane.shape
    padded = np.pad(plane, ((0, -height % CELL), (0, -width % CELL)), mode="edge")
    return padded.reshape(padded.shape[0] // CELL, CELL, padded.shape[1] // CELL, CELL)


def _spread(pixels: np.ndarray) -> np.ndarray:
    """By how many grey levels the pixels of each cell differ among themselves."""
    cells = _by_cell(pixels.max(axis=2))
    return np.asarray(cells.max(axis=(1, 3)) - cells.min(axis=(1, 3)))
