"""By how much a part of a window has grown and moved, found from words that are on both screens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices import Box

LEAST, MOST = 0.5, 2.2
"""The growth that is thought possible, along either axis."""
ROUNDS = 600

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordPair:
    """A recorded word and one of today's that may be the same, by their numbers and boxes."""

    then: int
    now: int
    old: Box
    new: Box
    weight: float


@dataclass(frozen=True, slots=True)
class Stretched:
    """x today = across x + right, y today = along y + down: text may grow more across than its rows move apart.

    `play` is how many pixels a word may lie beside that: margins do not grow with the text between them.
    """

    across: float
    right: float
    along: float
    down: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.across * x + self.right, self.along * y + self.down

    @property
    def play(self) -> float:
        return 8.0 if max(abs(self.across - 1), abs(self.along - 1)) < 0.01 else 34.0

    def off(self, candidate: WordPair) -> float:
        """By how many pixels a candidate lies beside where this has it."""
        (x, y), (to_x, to_y) = _middle(candidate.old), _middle(candidate.new)
        at_x, at_y = self(x, y)
        return max(abs(at_x - to_x), abs(at_y - to_y))


def stretched(candidates: Sequence[WordPair]) -> Stretched | None:
    """The stretch that most words agree on: RANSAC, seeded, two candidates at a time; None where no two agree."""
    source = np.array([_middle(c.old) for c in candidates])
    target = np.array([_middle(c.new) for c in candidates])
    grown = np.array([c.new.height / c.old.height for c in candidates])
    words, weights = np.array([c.then for c in candidates]), np.array([c.weight for c in candidates])
    one, two = np.random.default_rng(0).integers(0, len(candidates), (2, ROUNDS))
    factor = _factors(source[one] - source[two], target[one] - target[two], grown[one])
    least, most = factor.min(axis=1), factor.max(axis=1)
    good = (words[one] != words[two]) & (least > LEAST) & (most < MOST) & (most < 1.45 * least)
    one, factor = one[good], factor[good]
    if not len(one):
        return None
    shift = target[one] - factor * source[one]
    off = np.abs(factor[:, None] * source[None] + shift[:, None] - target[None]).max(axis=2)
    worth = np.clip(1 - off / 34.0, 0, None) * weights
    score = np.zeros(len(one))
    for word in np.unique(words):  # a word counts once, by its best candidate
        score += worth[:, words == word].max(axis=1)
    best = int(score.argmax())
    (across, along), (right, down) = factor[best], shift[best]
    return Stretched(float(across), float(right), float(along), float(down))


def _factors(apart: Floats, wide: Floats, grown: Floats) -> Floats:
    """Growth across and down by two words; where they are near along an axis, by the other axis or their letters.

    Zero, which is no growth, where the two have changed sides.
    """
    far = np.abs(apart) >= 40
    factor = np.where(far, wide / np.where(far, apart, 1.0), np.nan)
    other = np.where(np.isnan(factor[:, ::-1]), grown[:, None], factor[:, ::-1])
    factor = np.where(np.isnan(factor), other, factor)
    swapped = (apart * wide < 0) & (np.abs(wide) > 12)
    factor[swapped.any(axis=1)] = 0.0
    return np.asarray(factor, np.float64)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
