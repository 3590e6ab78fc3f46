"""The coordinate space that explains a model's answers best, and its residual."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from agent.calibration.candidate_spaces import TRAINED, describe_space, downscaled_spaces
from agent.dialects.sizes import Size
from agent.dialects.spaces import Space
from devices import Point

TOO_FAR = 0.01
"""Of the diagonal: answers that lie further off, half of them, say nothing of any space (22 px at 1920x1080)."""

ENOUGH = 5
"""Answers a picture: with fewer, one that is beside the point counts too much."""


class CalibrationFailed(Exception):
    """No space explains the answers; the text says what they were like and what to do."""


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """One answer: `numbers` are the model's own for the pixel `at` of a picture of size `sent`."""

    what: str
    sent: Size
    at: Point
    numbers: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SpaceFit:
    """`residual` is the median distance in pixels of the picture sent; `astray` the answers far from their target.

    `rivals` are other trained spaces that explain the answers about as well: the noise hides which it is.
    """

    space: Space
    residual: float
    astray: tuple[PointAnswer, ...]
    rivals: tuple[Space, ...]


def fit_space(answers: Sequence[PointAnswer], expected: Space) -> SpaceFit:
    """The space that explains `answers` best; `expected` where it does so about as well as any other.

    Raises `CalibrationFailed` when there are too few of them, or none explains them.
    """
    by_size = {size: [each for each in answers if each.sent == size] for size in {each.sent for each in answers}}
    if len(by_size) < 2 or min(map(len, by_size.values())) < ENOUGH:
        counts = ", ".join(f"{len(found)} on {size[0]}x{size[1]}" for size, found in sorted(by_size.items()))
        raise CalibrationFailed(f"wanted at least {ENOUGH} points on each of two pictures; found {counts or 'none'}")
    trained = list(dict.fromkeys((expected, *TRAINED)))
    spaces = [*trained, *downscaled_spaces({size: _extent(found) for size, found in by_size.items()})]
    costs = [_cost(_distances(answers, space)) for space in spaces]
    good_enough = 1.3 * min(costs) + 0.3
    space = next(space for space, cost in zip(spaces, costs, strict=True) if cost <= good_enough)
    distances = _distances(answers, space)
    residual = float(np.median(distances))
    limit = TOO_FAR * max(float(np.hypot(*size)) for size in by_size)
    if residual > limit:
        raise CalibrationFailed(
            f"the answers fit no space: at best, as {describe_space(space)}, half of them lie more than "
            f"{residual:.0f} px from where the crosses are, and {limit:.0f} px is the most that is let pass. "
            "Either the model cannot point, or its server changes pictures in a way of its own: "
            "send smaller ones with --max-tokens"
        )
    same = {size: space.extent(size) for size in by_size}
    rivals = [
        other
        for other, cost in zip(trained, costs, strict=False)
        if cost <= good_enough and {size: other.extent(size) for size in by_size} != same
    ]
    far = distances > max(limit, 4 * residual)
    return SpaceFit(
        space, residual, tuple(each for each, lost in zip(answers, far, strict=True) if lost), tuple(rivals)
    )


def _distances(answers: Sequence[PointAnswer], space: Space) -> NDArray[np.float64]:
    """How far from its target each answer lies if it was given in `space`, in pixels of the picture sent."""
    extents = np.array([space.extent(each.sent) for each in answers])
    numbers = np.array([each.numbers for each in answers]) + (0.5 if space.whole_pixels else 0.0)
    wanted = np.array([(each.at.x + 0.5, each.at.y + 0.5) for each in answers])
    sizes = np.array([each.sent for each in answers])
    return np.asarray(np.hypot(*(numbers * sizes / extents - wanted).T))


def _cost(distances: NDArray[np.float64]) -> float:
    """The mean of the nearer three quarters: it uses most answers, and those that are beside the point not at all."""
    return float(np.sort(distances)[: max(1, len(distances) * 3 // 4)].mean())


def _extent(answers: Sequence[PointAnswer]) -> tuple[float, float]:
    """What the far edges seem to be called: the median slope of all pairs (Theil and Sen), times the size."""
    at = np.array([(each.at.x, each.at.y) for each in answers], float)
    numbers = np.array([each.numbers for each in answers])
    pairs = np.array(list(combinations(range(len(at)), 2)))
    run, rise = at[pairs[:, 1]] - at[pairs[:, 0]], numbers[pairs[:, 1]] - numbers[pairs[:, 0]]
    size = answers[0].sent
    slopes = [np.median(rise[apart, axis] / run[apart, axis]) for axis in (0, 1) if (apart := run[:, axis] != 0).any()]
    return (float(slopes[0] * size[0]), float(slopes[1] * size[1])) if len(slopes) == 2 else (0.0, 0.0)
