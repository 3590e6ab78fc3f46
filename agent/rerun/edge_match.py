"""How much of a recorded window is on today's screen, piece by piece, and where each piece is."""

from dataclasses import dataclass

import numpy as np

from agent.builtin.screen_text import Word
from agent.rerun.alignment import Alignment
from agent.rerun.edges import FAINT, Ink, Sheet
from agent.rerun.text_match import Wording, distance
from devices import Box, Point

THERE = 0.6
"""The least correlation of edges at which a block of a drawing is taken to be there."""
DRAWN = 0.5
"""The least correlation of the edges around a point that is on no word: an icon, a tick box, a slider."""
VERY = 0.8
"""The same where the reader takes the icon for a letter."""
REACH = 18
"""Pixels around such a point that are compared."""
BLOCK = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the middle of a piece is today, how alike it is (-1 to 1), and how alike its worst stretch."""

    x: float
    y: float
    alike: float
    worst: float


def drawn_again(word: Word, wording: Wording, then: Sheet, now: Sheet) -> float:
    """How much what is drawn where `word` should be today resembles how it was drawn, -1 to 1, in its worst stretch."""
    scale = growth(word.box.center, wording)
    at = _centred(word.box, wording.expected(word), scale)
    anchor = _anchor(then, word.box, now.ink, at, max(6, word.box.height // 2))
    return min(anchor.alike, anchor.worst) if anchor else -1.0


def look_alike(
    point: Point, near: tuple[float, float], wording: Wording, then: Sheet, now: Sheet, least: float
) -> Point | None:
    """Where what is drawn around `point`, which is no word, is drawn today; `near` if nothing is, None if else."""
    patch = Box(point.x - REACH, point.y - REACH, point.x + REACH, point.y + REACH)
    own = then.ink[max(0, patch.top) : patch.bottom, max(0, patch.left) : patch.right]
    if own.max() < FAINT:
        return Point(round(near[0]), round(near[1]))
    best: Anchor | None = None
    for scale in {1.0, round(growth(point, wording), 3)}:
        place = Box(*(round(v) for v in (near[0] - 1, near[1] - 1, near[0] + 1, near[1] + 1)))
        anchor = _anchor(then, patch, now.ink, _centred(patch, place, scale), 10)
        if anchor is not None and (best is None or anchor.alike > best.alike):
            best = anchor
    if best is None or best.alike < least:
        return None
    return Point(round(best.x), round(best.y))


def block_share(then: Sheet, window: Box, now: Sheet, alignment: Alignment) -> float | None:
    """The share of the drawn blocks of `window` that are drawn today where `alignment` has them; None if none is."""
    blocks = [
        Box(left, top, min(left + BLOCK, window.right), min(top + BLOCK, window.bottom))
        for top in range(window.top, window.bottom - BLOCK // 2, BLOCK)
        for left in range(window.left, window.right - BLOCK // 2, BLOCK)
    ]
    there = total = 0
    for block in blocks:
        if then.ink[block.top : block.bottom, block.left : block.right].max() >= FAINT:
            total += 1
            anchor = _anchor(then, block, now.ink, alignment, 4)
            there += anchor is not None and anchor.alike >= THERE
    return there / total if total else None


def growth(point: Point, wording: Wording) -> float:
    """How much larger text near `point` is drawn today: the median of the five nearest words."""
    wide = [pair for pair in wording.pairs if pair.then.box.width >= 12]
    nearest = sorted(wide or wording.pairs, key=lambda pair: distance(point, pair.then.box))[:5]
    grown = sorted(pair.now.box.width / pair.then.box.width for pair in nearest)[len(nearest) // 2]
    return min(max(grown, 0.5), 2.2) if abs(grown - 1) > 0.02 else 1.0


def _centred(box: Box, place: Box, scale: float) -> Alignment:
    """The alignment that lays the middle of `box` on the middle of `place`."""
    right = (place.left + place.right) / 2 - scale * (box.left + box.right) / 2
    return Alignment(scale, right, (place.top + place.bottom) / 2 - scale * (box.top + box.bottom) / 2)


def _anchor(then: Sheet, piece: Box, screen: Ink, alignment: Alignment, reach: int) -> Anchor | None:
    """Where `piece` resembles today's screen most, within `reach` pixels of where `alignment` has it; None for dust."""
    import cv2

    grown = Box(max(0, piece.left - 2), max(0, piece.top - 2), piece.right + 2, piece.bottom + 2)
    part = then.part(grown, alignment.scale)
    if min(part.shape) < 4:
        return None
    left, top = round(alignment.scale * grown.left), round(alignment.scale * grown.top)
    x, y = round(left + alignment.right), round(top + alignment.down)
    field_left, field_top = max(0, x - reach), max(0, y - reach)
    field = screen[field_top : max(0, y + part.shape[0] + reach), field_left : max(0, x + part.shape[1] + reach)]
    if field.shape[0] < part.shape[0] or field.shape[1] < part.shape[1]:
        return Anchor(x + part.shape[1] / 2, y + part.shape[0] / 2, -1.0, -1.0)
    scores = np.asarray(cv2.matchTemplate(field, part, cv2.TM_CCOEFF_NORMED), np.float32)
    _, peak, _, (at_x, at_y) = cv2.minMaxLoc(_nearer_first(scores, reach))
    peak = float(scores[at_y, at_x])
    own = field[at_y : at_y + part.shape[0], at_x : at_x + part.shape[1]]
    if own.std() < 0.2 * part.std():  # next to nothing is drawn there; its correlation would mean as little
        peak = -1.0
    worst = _worst_stretch(part, field, at_x, at_y)
    return Anchor(
        field_left + at_x + (part.shape[1]) / 2,
        field_top + at_y + (part.shape[0]) / 2,
        peak,
        worst,
    )


def _nearer_first(scores: Ink, reach: int) -> Ink:
    """`scores` less a little for every pixel of distance from the middle: of two alike, the nearer one."""
    height, width = scores.shape
    ys, xs = np.ogrid[:height, :width]
    away = np.maximum(np.abs(ys - height // 2), np.abs(xs - width // 2)) / max(reach, 1)
    return np.asarray(scores - 0.15 * away, np.float32)


def _worst_stretch(part: Ink, field: Ink, x: int, y: int) -> float:
    """The least correlation of a stretch of `part`, each allowed three pixels of play, for letters set anew."""
    import cv2

    height, width = part.shape
    span = max(height, 14)
    if width < 1.6 * span:
        return float(cv2.matchTemplate(field[y : y + height, x : x + width], part, cv2.TM_CCOEFF_NORMED)[0, 0])
    worst = 1.0
    for left in np.linspace(0, width - span, max(2, round(1.5 * width / span))).astype(int):
        stretch = part[:, left : left + span]
        if stretch.max() < 60:
            continue
        around = field[max(0, y - 2) : y + height + 2, max(0, x + left - 3) : x + left + span + 3]
        if around.shape[0] < stretch.shape[0] or around.shape[1] < stretch.shape[1]:
            continue
        drawn = around.std() > 0.2 * stretch.std()
        worst = min(worst, float(cv2.matchTemplate(around, stretch, cv2.TM_CCOEFF_NORMED).max()) if drawn else -1.0)
    return worst
