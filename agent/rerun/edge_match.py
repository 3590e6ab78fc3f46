"""How well pieces of a recorded window match the current screen by their edges, and where each piece is now."""

from dataclasses import dataclass

import numpy as np

from agent.rerun.edges import MIN_STRENGTH, EdgeImage, Edges
from agent.rerun.text_match import TextMatch, distance
from agent.screen.text import Word
from devices import Box, Point

MIN_BLOCK = 0.6
"""Minimum correlation of edges, -1 to 1, to accept a block of a drawing as there."""
MIN_ICON = 0.5
"""Minimum correlation of the edges around a point that is on no word: an icon, a tick box, a slider."""
MIN_LETTER_LIKE = 0.8
"""The same where the text reader takes the icon for a letter."""
ICON_RADIUS = 18
"""Pixels around such a point that are compared."""
BLOCK = 32
"""Pixels of a block's side."""
DISTANCE_PENALTY = 0.15
"""Correlation that a match loses at the edge of the searched area: of two equal matches the nearer one wins."""
MIN_CONTRAST = 0.2
"""The least deviation of edge strength, as a share of the template's, at which a correlation means anything."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A pixel (x, y) of the recorded screen is now at (scale x + shift_x, scale y + shift_y)."""

    scale: float
    shift_x: float
    shift_y: float

    def __call__(self, point: Point) -> Point:
        return Point(round(self.scale * point.x + self.shift_x), round(self.scale * point.y + self.shift_y))


UNMOVED = Alignment(1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class EdgePeak:
    """Where the centre of a piece is now, its correlation (-1 to 1), and that of its worst segment."""

    x: float
    y: float
    correlation: float
    worst: float


def word_correlation(word: Word, match: TextMatch, then: EdgeImage, now: EdgeImage) -> float:
    """How well the place where `word` is expected now matches it as it was drawn, -1 to 1, by its worst segment."""
    scale = local_scale(word.box.center, match)
    alignment = _centred(word.box, match.expected_box(word), scale)
    peak = _peak(then, word.box, now.edges, alignment, max(6, word.box.height // 2))
    return min(peak.correlation, peak.worst) if peak else -1.0


def locate_icon(
    point: Point, expected: tuple[float, float], match: TextMatch, then: EdgeImage, now: EdgeImage, minimum: float
) -> Point | None:
    """Where what is drawn around `point` is now; `expected` if nothing is drawn there, None if nothing matches it."""
    patch = Box(point.x - ICON_RADIUS, point.y - ICON_RADIUS, point.x + ICON_RADIUS, point.y + ICON_RADIUS)
    own = then.edges[max(0, patch.top) : patch.bottom, max(0, patch.left) : patch.right]
    if own.max() < MIN_STRENGTH:
        return Point(round(expected[0]), round(expected[1]))
    x, y = expected
    place = Box(*(round(v) for v in (x - 1, y - 1, x + 1, y + 1)))
    best: EdgePeak | None = None
    for scale in {1.0, round(local_scale(point, match), 3)}:
        peak = _peak(then, patch, now.edges, _centred(patch, place, scale), 10)
        if peak is not None and (best is None or peak.correlation > best.correlation):
            best = peak
    if best is None or best.correlation < minimum:
        return None
    return Point(round(best.x), round(best.y))


def block_share(then: EdgeImage, window: Box, now: EdgeImage, alignment: Alignment) -> float | None:
    """The share of the drawn blocks of `window` that match where `alignment` puts them; None if no block is drawn."""
    blocks = [
        Box(left, top, min(left + BLOCK, window.right), min(top + BLOCK, window.bottom))
        for top in range(window.top, window.bottom - BLOCK // 2, BLOCK)
        for left in range(window.left, window.right - BLOCK // 2, BLOCK)
    ]
    matched = total = 0
    for block in blocks:
        if then.edges[block.top : block.bottom, block.left : block.right].max() >= MIN_STRENGTH:
            total += 1
            peak = _peak(then, block, now.edges, alignment, 4)
            matched += peak is not None and peak.correlation >= MIN_BLOCK
    return matched / total if total else None


def local_scale(point: Point, match: TextMatch) -> float:
    """How much larger text near `point` is drawn now: the median of the five nearest words."""
    wide = [pair for pair in match.pairs if pair.then.box.width >= 12]
    nearest = sorted(wide or match.pairs, key=lambda pair: distance(point, pair.then.box))[:5]
    scale = sorted(pair.now.box.width / pair.then.box.width for pair in nearest)[len(nearest) // 2]
    return min(max(scale, 0.5), 2.2) if abs(scale - 1) > 0.02 else 1.0


def _centred(box: Box, place: Box, scale: float) -> Alignment:
    """The alignment that puts the centre of `box` on the centre of `place`."""
    shift_x = (place.left + place.right) / 2 - scale * (box.left + box.right) / 2
    return Alignment(scale, shift_x, (place.top + place.bottom) / 2 - scale * (box.top + box.bottom) / 2)


def _peak(then: EdgeImage, piece: Box, screen: Edges, alignment: Alignment, radius: int) -> EdgePeak | None:
    """Where `piece` matches `screen` best, within `radius` pixels of where `alignment` puts it; None if too small."""
    import cv2

    padded = Box(max(0, piece.left - 2), max(0, piece.top - 2), piece.right + 2, piece.bottom + 2)
    template = then.scaled_edges(padded, alignment.scale)
    height, width = template.shape
    if min(height, width) < 4:
        return None
    x = round(round(alignment.scale * padded.left) + alignment.shift_x)
    y = round(round(alignment.scale * padded.top) + alignment.shift_y)
    left, top = max(0, x - radius), max(0, y - radius)
    area = screen[top : max(0, y + height + radius), left : max(0, x + width + radius)]
    if area.shape[0] < height or area.shape[1] < width:
        return EdgePeak(x + width / 2, y + height / 2, -1.0, -1.0)
    scores = np.asarray(cv2.matchTemplate(area, template, cv2.TM_CCOEFF_NORMED), np.float32)
    _, _, _, (at_x, at_y) = cv2.minMaxLoc(_penalised(scores, radius))
    there = area[at_y : at_y + height, at_x : at_x + width]
    correlation = float(scores[at_y, at_x]) if there.std() >= MIN_CONTRAST * template.std() else -1.0
    worst = _worst_segment(template, area, at_x, at_y)
    return EdgePeak(left + at_x + width / 2, top + at_y + height / 2, correlation, worst)


def _penalised(scores: Edges, radius: int) -> Edges:
    """`scores` less `DISTANCE_PENALTY` in proportion to the distance from the centre."""
    height, width = scores.shape
    ys, xs = np.ogrid[:height, :width]
    away = np.maximum(np.abs(ys - height // 2), np.abs(xs - width // 2)) / max(radius, 1)
    return np.asarray(scores - DISTANCE_PENALTY * away, np.float32)


def _worst_segment(template: Edges, area: Edges, x: int, y: int) -> float:
    """The least correlation of a segment of `template`, each shifted by up to three pixels: fonts are hinted anew."""
    import cv2

    height, width = template.shape
    span = max(height, 14)
    if width < 1.6 * span:
        return float(cv2.matchTemplate(area[y : y + height, x : x + width], template, cv2.TM_CCOEFF_NORMED)[0, 0])
    worst = 1.0
    for left in np.linspace(0, width - span, max(2, round(1.5 * width / span))).astype(int):
        segment = template[:, left : left + span]
        if segment.max() < 60:
            continue
        near = area[max(0, y - 2) : y + height + 2, max(0, x + left - 3) : x + left + span + 3]
        if near.shape[0] < segment.shape[0] or near.shape[1] < segment.shape[1]:
            continue
        drawn = near.std() > MIN_CONTRAST * segment.std()
        worst = min(worst, float(cv2.matchTemplate(near, segment, cv2.TM_CCOEFF_NORMED).max()) if drawn else -1.0)
    return worst
