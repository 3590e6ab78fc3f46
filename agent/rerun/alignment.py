"""Where one picture may lie in another, scaled and moved: guesses by features and by template."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.rerun.edges import Sheet
from devices import Box

Points = NDArray[np.float32]

SCALES = tuple(float(s) for s in np.geomspace(0.5, 2.0, 29))
"""Scales tried for a whole window, 5 % apart."""
COARSE = 200
"""The longer side of a window, in pixels, while it is looked for as a whole."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A pixel (x, y) of the recorded screen is at (scale x + right, scale y + down) today."""

    scale: float
    right: float
    down: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.scale * x + self.right, self.scale * y + self.down

    def box(self, box: Box) -> Box:
        (left, top), (right, bottom) = self(box.left, box.top), self(box.right, box.bottom)
        return Box(round(left), round(top), round(right), round(bottom))


UNMOVED = Alignment(1.0, 0.0, 0.0)


def by_features(then: Sheet, window: Box, now: Sheet) -> Iterator[Alignment]:
    """By SIFT features (Lowe 2004) and the similarity without rotation that most of them agree on; also for inverted
    colours, because a feature on a dark theme points the other way."""
    import cv2

    sift = cv2.SIFT_create(1000)  # type: ignore[attr-defined]  # the stubs of OpenCV 5 have forgotten it
    crop = then.grey[window.top : window.bottom, window.left : window.right]
    points, features = sift.detectAndCompute(crop, None)
    if features is None or len(points) < 4:
        return
    for grey in (now.grey, 255 - now.grey):
        others, other_features = sift.detectAndCompute(grey, None)
        if other_features is None or len(others) < 4:
            continue
        pairs = cv2.BFMatcher().knnMatch(features, other_features, k=2)
        good = [two[0] for two in pairs if len(two) == 2 and two[0].distance < 0.8 * two[1].distance]
        if len(good) < 4:
            continue
        source = np.array([points[match.queryIdx].pt for match in good], np.float32)
        source += np.array([window.left, window.top], np.float32)
        target = np.array([others[match.trainIdx].pt for match in good], np.float32)
        if (found := _agreed(source, target)) is not None:
            yield found


def _agreed(source: Points, target: Points) -> Alignment | None:
    """The scale and shift that most pairs of points agree on: RANSAC, seeded, two pairs at a time."""
    random = np.random.default_rng(0)
    one, two = random.integers(0, len(source), (2, 800))
    apart = np.linalg.norm(source[one] - source[two], axis=1)
    one, two, apart = one[apart >= 30], two[apart >= 30], apart[apart >= 30]
    scales = np.linalg.norm(target[one] - target[two], axis=1) / apart
    possible = (scales >= SCALES[0]) & (scales <= SCALES[-1])
    one, scales = one[possible], scales[possible]
    if not len(one):
        return None
    shifts = target[one] - scales[:, None] * source[one]
    off = np.abs(scales[:, None, None] * source[None] + shifts[:, None] - target[None]).max(axis=2)
    votes = (off < 6).sum(axis=1)
    best = off[int(votes.argmax())] < 6
    if best.sum() < 4:
        return None
    mean_source, mean_target = source[best].mean(axis=0), target[best].mean(axis=0)
    away = source[best] - mean_source
    scale = float((away * (target[best] - mean_target)).sum() / max(float((away * away).sum()), 1e-6))
    right, down = mean_target - scale * mean_source
    return Alignment(scale, float(right), float(down)) if SCALES[0] <= scale <= SCALES[-1] else None


def by_template(then: Sheet, window: Box, now: Sheet) -> Iterator[Alignment]:
    """By the window as a whole, made small and looked for at every scale: the two best places."""
    import cv2

    small = min(1.0, COARSE / max(window.width, window.height))
    screen = cv2.resize(now.ink, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
    crop = then.ink[window.top : window.bottom, window.left : window.right]
    found = []
    for scale in SCALES:
        part = cv2.resize(crop, None, fx=small * scale, fy=small * scale, interpolation=cv2.INTER_AREA)
        margin = max(part.shape[0] - screen.shape[0], part.shape[1] - screen.shape[1], 0) + 8
        padded = cv2.copyMakeBorder(screen, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
        if part.shape[0] > padded.shape[0] or part.shape[1] > padded.shape[1]:
            continue
        _, peak, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(padded, part, cv2.TM_CCOEFF_NORMED))
        left, top = (x - margin) / small, (y - margin) / small
        found.append((peak, Alignment(scale, left - scale * window.left, top - scale * window.top)))
    found.sort(key=lambda pair: -pair[0])
    yield from (alignment for _, alignment in found[:2])
