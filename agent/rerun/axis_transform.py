"""Estimates the scale per axis and the shift between two screens from words that may be the same, by RANSAC."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices import Box

MIN_SCALE, MAX_SCALE = 0.5, 2.2
"""The scales accepted along either axis."""
MAX_ANISOTROPY = 1.45
"""The largest ratio accepted between the scales of the two axes."""
ITERATIONS = 600
UNSCALED_TOLERANCE, TOLERANCE = 8.0, 34.0
"""Pixels that a word may lie off: where nothing was scaled, and where margins do not scale with the text."""
MIN_BASELINE = 40
"""Two words fewer pixels apart along an axis say nothing of the scale along it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordCandidate:
    """A recorded word and a current one that may be the same: their indices and boxes, and what a match weighs."""

    then: int
    now: int
    old: Box
    new: Box
    weight: float


@dataclass(frozen=True, slots=True)
class AxisTransform:
    """x now = scale_x * x then + shift_x, and so for y: text may grow more in width than its rows move apart."""

    scale_x: float
    shift_x: float
    scale_y: float
    shift_y: float

    @property
    def tolerance(self) -> float:
        """How many pixels a word may lie off its transformed place."""
        unscaled = max(abs(self.scale_x - 1), abs(self.scale_y - 1)) < 0.01
        return UNSCALED_TOLERANCE if unscaled else TOLERANCE

    def residual(self, candidate: WordCandidate) -> float:
        """How many pixels, along the worse axis, the current word lies off the transformed recorded one."""
        (x, y), (now_x, now_y) = _center(candidate.old), _center(candidate.new)
        return max(abs(self.scale_x * x + self.shift_x - now_x), abs(self.scale_y * y + self.shift_y - now_y))


def estimate_axis_transform(candidates: Sequence[WordCandidate]) -> AxisTransform | None:
    """The transform that most words agree on, from two candidates at a time; None where no two agree.

    The sampling is seeded. OpenCV's estimators do not fit here: they have one scale for both axes, or shear, and cannot
    count a word once that has several candidates.
    """
    source = np.array([_center(c.old) for c in candidates])
    target = np.array([_center(c.new) for c in candidates])
    heights = np.array([c.new.height / c.old.height for c in candidates])
    words, weights = np.array([c.then for c in candidates]), np.array([c.weight for c in candidates])
    one, two = np.random.default_rng(0).integers(0, len(candidates), (2, ITERATIONS))
    scales = _scales(source[one] - source[two], target[one] - target[two], heights[one])
    least, most = scales.min(axis=1), scales.max(axis=1)
    valid = (words[one] != words[two]) & (least > MIN_SCALE) & (most < MAX_SCALE) & (most < MAX_ANISOTROPY * least)
    one, scales = one[valid], scales[valid]
    if not len(one):
        return None
    shifts = target[one] - scales * source[one]
    residuals = np.abs(scales[:, None] * source[None] + shifts[:, None] - target[None]).max(axis=2)
    inlier_weights = np.clip(1 - residuals / TOLERANCE, 0, None) * weights
    score = np.zeros(len(one))
    for word in np.unique(words):  # a word counts once, by its best candidate
        score += inlier_weights[:, words == word].max(axis=1)
    best = int(score.argmax())
    (scale_x, scale_y), (shift_x, shift_y) = scales[best], shifts[best]
    return AxisTransform(float(scale_x), float(shift_x), float(scale_y), float(shift_y))


def _scales(then: Floats, now: Floats, heights: Floats) -> Floats:
    """The scale along x and y from the distance of two words `then` and `now`; 0 where they have changed sides.

    Along an axis on which they are too close it is the other axis's, or else the ratio of their `heights`.
    """
    far = np.abs(then) >= MIN_BASELINE
    scales = np.where(far, now / np.where(far, then, 1.0), np.nan)
    other = np.where(np.isnan(scales[:, ::-1]), heights[:, None], scales[:, ::-1])
    scales = np.where(np.isnan(scales), other, scales)
    swapped = (then * now < 0) & (np.abs(now) > 12)
    scales[swapped.any(axis=1)] = 0.0
    return np.asarray(scales, np.float64)


def _center(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
