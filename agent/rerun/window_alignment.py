"""Aligns a window with hardly a word in it to the current screen by what is drawn: template matching, then SIFT."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from agent.rerun.edge_match import UNMOVED, Alignment, block_share
from agent.rerun.edges import EdgeImage
from devices import Box

SCALES = tuple(float(s) for s in np.geomspace(0.5, 2.0, 29))
"""Scales tried for a whole window, 5 % apart."""
TEMPLATE_SIDE = 200
"""The longer side of a window, in pixels, as it is searched for by template."""
MIN_MATCHES = 4
"""The fewest feature matches that an alignment is estimated from."""


@dataclass(frozen=True, slots=True)
class WindowFit:
    """Where a window lies on the current screen, and the share of its drawn blocks that are there, 0 to 1."""

    alignment: Alignment
    share: float


def fit_window(then: EdgeImage, window: Box, now: EdgeImage, min_share: float) -> WindowFit | None:
    """The best fit of the recorded `window`, or the first of at least `min_share`; None if nothing is drawn in it."""
    best: WindowFit | None = None
    for alignment in _alignments(then, window, now):
        share = block_share(then, window, now, alignment)
        if share is None:
            return None
        if best is None or share > best.share:
            best = WindowFit(alignment, share)
        if best.share >= min_share:
            break
    return best


def _alignments(then: EdgeImage, window: Box, now: EdgeImage) -> Iterator[Alignment]:
    if then.pixels.shape == now.pixels.shape:
        yield UNMOVED
    yield from _by_template(then, window, now)
    yield from _by_features(then, window, now)


def _by_template(then: EdgeImage, window: Box, now: EdgeImage) -> Iterator[Alignment]:
    """The two best positions of the whole window, made small, over all scales."""
    import cv2

    small = min(1.0, TEMPLATE_SIDE / max(window.width, window.height))
    screen = cv2.resize(now.edges, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
    crop = then.edges[window.top : window.bottom, window.left : window.right]
    peaks = []
    for scale in SCALES:
        template = cv2.resize(crop, None, fx=small * scale, fy=small * scale, interpolation=cv2.INTER_AREA)
        margin = max(template.shape[0] - screen.shape[0], template.shape[1] - screen.shape[1], 0) + 8
        padded = cv2.copyMakeBorder(screen, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
        if template.shape[0] > padded.shape[0] or template.shape[1] > padded.shape[1]:
            continue
        _, peak, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(padded, template, cv2.TM_CCOEFF_NORMED))
        left, top = (x - margin) / small, (y - margin) / small
        peaks.append((peak, Alignment(scale, left - scale * window.left, top - scale * window.top)))
    peaks.sort(key=lambda pair: -pair[0])
    yield from (alignment for _, alignment in peaks[:2])


def _by_features(then: EdgeImage, window: Box, now: EdgeImage) -> Iterator[Alignment]:
    """By SIFT features (Lowe 2004) and the similarity that most of them agree on, found by RANSAC.

    Also against the inverted screen, because a feature on a dark theme points the other way.
    """
    import cv2

    sift = cv2.SIFT_create(1000)  # type: ignore[attr-defined]  # the stubs of OpenCV 5 have forgotten it
    crop = then.grey[window.top : window.bottom, window.left : window.right]
    old_points, old_features = sift.detectAndCompute(crop, None)
    if len(old_points) < MIN_MATCHES:
        return
    for grey in (now.grey, 255 - now.grey):
        new_points, new_features = sift.detectAndCompute(grey, None)
        if len(new_points) < MIN_MATCHES:
            continue
        neighbours = cv2.BFMatcher().knnMatch(old_features, new_features, k=2)
        matches = [two[0] for two in neighbours if len(two) == 2 and two[0].distance < 0.8 * two[1].distance]
        if len(matches) < MIN_MATCHES:
            continue
        source = np.array([old_points[match.queryIdx].pt for match in matches])
        source += np.array([window.left, window.top])
        target = np.array([new_points[match.trainIdx].pt for match in matches])
        matrix, inliers = cv2.estimateAffinePartial2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=6)
        if matrix is None or np.count_nonzero(inliers) < MIN_MATCHES:
            continue
        scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
        kept = inliers.ravel() == 1
        shift_x, shift_y = np.median(target[kept] - scale * source[kept], axis=0)  # a screen is never rotated
        if SCALES[0] <= scale <= SCALES[-1]:
            yield Alignment(scale, float(shift_x), float(shift_y))
