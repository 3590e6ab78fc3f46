"""What differs between two observations of the screen."""

from dataclasses import dataclass

import numpy as np

from devices.actions import Point
from devices.device import Box, Observation


@dataclass(frozen=True, slots=True)
class Change:
    """`share` of all pixels that differ (0 to 1), and the smallest `box` around them; None when nothing differs.

    Another screen size counts as everything changed.
    """

    share: float
    box: Box | None

    @property
    def nothing(self) -> bool:
        return self.box is None

    def __str__(self) -> str:
        if self.nothing:
            return "nothing changed"
        return f"{self.share:.2%} of the screen changed" if self.share >= 0.0001 else "a few pixels changed"


def change_between(before: Observation, after: Observation) -> Change:
    """What differs from `before` to `after`; 0.2 ms at 1280x800 when nothing does, 3 ms otherwise."""
    if before.size != after.size:
        return Change(1.0, after.box)
    if before.pixels is after.pixels or np.array_equal(before.pixels, after.pixels):
        return Change(0.0, None)
    differs = (before.pixels != after.pixels).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return Change(float(np.count_nonzero(differs)) / differs.size, box)


def share_changed(before: Observation, after: Observation, around: Point, reach: int) -> float:
    """Which share (0 to 1) of the pixels up to `reach` from a point differ; the screens must be of one size."""
    down = slice(max(0, around.y - reach), around.y + reach)
    across = slice(max(0, around.x - reach), around.x + reach)
    differs = (before.pixels[down, across] != after.pixels[down, across]).any(axis=2)
    return float(differs.mean()) if differs.size else 0.0
