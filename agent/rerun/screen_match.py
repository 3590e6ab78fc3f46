"""Finds the window and the points of a recorded action on the current screen, or says why they are not there."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.rerun.edge_match import MIN_ICON, MIN_LETTER_LIKE, locate_icon
from agent.rerun.edges import EdgeImage
from agent.rerun.element_match import element_at, match_elements
from agent.rerun.pixel_match import equal_around, equal_share
from agent.rerun.recorded_target import RecordedTarget, candidate_windows, same_focus, worked_window
from agent.rerun.reread import reread_words
from agent.rerun.text_match import TextMatch, distance, match_text, weight
from agent.rerun.window_alignment import fit_window
from agent.screen.ocr import Reader
from agent.screen.text import Word
from agent.screen.windows import windows
from devices import Box, Observation, Point
from devices.roles import CONTROLS, FIELDS

MatchKind = Literal["same", "restyled", "moved", "scaled", "elements", "healed"]

MIN_SHARE = 0.85
"""Minimum share of the recorded window, 0 to 1, that must be on the screen before anything is touched."""
MIN_WORDS = 3
"""A window with fewer words is matched by its drawing alone."""
NUMBER = re.compile(r"\d+([.,]\d+)?")
BYTES = re.compile(r"(\d+([.,]\d+)?)?([KkMGT]?i?B|bytes)")


@dataclass(frozen=True, slots=True)
class ScreenMatch:
    """The recorded points as they are now, how they were found, and the share of the window that is there."""

    points: tuple[Point, ...]
    kind: MatchKind
    share: float


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The current screen is not the recorded one, or it is doubtful: why, and the share of the window that is there."""

    reason: str
    share: float


class ScreenMatcher:
    """Matches a recorded screen with the current one; `min_share` is the share of its window that must be there.

    `is_variable` says of a word, then or now, that it may be another one: it comes from a text that was replaced.
    """

    def __init__(
        self, reader: Reader, min_share: float = MIN_SHARE, is_variable: Callable[[str], bool] = lambda word: False
    ) -> None:
        self._reader, self._min_share, self._is_variable = reader, min_share, is_variable

    def match(self, then: Observation, points: tuple[Point, ...], now: Observation) -> ScreenMatch | Mismatch:
        """Where the recorded `points` of `then` are on `now`; without points, whether keys would reach their window.

        Elements, text and drawing are three witnesses: the first that knows the window says where, and none that knows
        the target may say that it is something else.
        """
        target = RecordedTarget(then, points, worked_window(then, points))
        if then.size == now.size and equal_share(then, now, target.window) == 1.0 and same_focus(then, now, points):
            return ScreenMatch(points, "same", 1.0)
        found = self._by_elements(target, now)
        if then.surface == "computer" and not isinstance(found, ScreenMatch):
            found = self._by_pixels(target, now)
        if isinstance(found, ScreenMatch) and (other := _other_target(target, found.points, now, self._is_variable)):
            return Mismatch(other, found.share)
        return found

    def _by_elements(self, target: RecordedTarget, now: Observation) -> ScreenMatch | Mismatch:
        """The best match of the elements that both devices list."""
        best: ScreenMatch | Mismatch = Mismatch("the devices list no elements", 0.0)
        for area in candidate_windows(target, now):
            match = match_elements(target.then, target.window, now, area)
            if match is None or (len(match.pairs) < MIN_WORDS and target.then.surface == "computer"):
                continue
            found = self._by_match(target, now, self._without_variables(match), by_elements=True)
            if isinstance(found, ScreenMatch):
                return found
            best = max(best, found, key=lambda each: each.share)
        return best

    def _by_pixels(self, target: RecordedTarget, now: Observation) -> ScreenMatch | Mismatch:
        """By the words that are read in the window; where it has next to none, by its drawing."""
        recorded = self._words(target.then, target.window)
        if len(recorded) < MIN_WORDS:
            return self._by_drawing(target, now)
        best = Mismatch("no window of today has the focus", 0.0)
        for candidate in candidate_windows(target, now):
            match = match_text(recorded, self._words(now, candidate))
            if len(match.pairs) < 2:
                result: ScreenMatch | Mismatch = Mismatch("hardly a word of the recorded window is there", match.share)
            else:
                result = self._by_match(target, now, reread_words(match.resegmented(), target.then, now, self._reader))
            if isinstance(result, ScreenMatch):
                return result
            best = max(best, result, key=lambda each: each.share)
        return best

    def _by_match(
        self, target: RecordedTarget, now: Observation, match: TextMatch, *, by_elements: bool = False
    ) -> ScreenMatch | Mismatch:
        """The points by a match; a mismatch if too little of it or something else is there, or nothing at a point."""
        share = match.share
        if share < self._min_share or not match.pairs:
            return Mismatch(_difference(match), share)
        if contradictions := match.contradictions():
            lost, new = contradictions[0]
            return Mismatch(f"{new.text!r} stands where {lost.text!r} stood", share)
        old, new_image = EdgeImage(target.then.pixels), EdgeImage(now.pixels)
        located = []
        for point in target.points:
            inside = point in target.window
            spot = self._spot(point, match, old, new_image) if inside else _scaled_to_screen(point, target.then, now)
            if spot is None or spot not in now.box:
                return Mismatch(f"what was at {point} is not there", share)
            located.append(spot)
        kind = "elements" if by_elements else _kind(target, now, tuple(located), match)
        return ScreenMatch(tuple(located), kind, share)

    def _without_variables(self, match: TextMatch) -> TextMatch:
        lost, new = (
            tuple(word for word in words if not any(map(self._is_variable, word.text.split())))
            for words in (match.lost, match.new)
        )
        return TextMatch(match.pairs, lost, new)

    def _spot(self, point: Point, match: TextMatch, old: EdgeImage, new: EdgeImage) -> Point | None:
        """Where `point` is now; None where something else is drawn, or the word that it lay on is gone."""
        x, y = match.place(point)
        spot = Point(round(x), round(y))
        changed = [word.text for word in match.lost if _is_beside(point, word.box)]
        changed += [word.text for word in match.new if _is_beside(spot, word.box)]
        if any(text.isdigit() or (len(text) > 1 and any(map(str.isalnum, text))) for text in changed):
            return None
        if any(distance(point, pair.then.box) == 0 for pair in match.pairs):
            return spot
        # An icon is read as a letter now and then: its drawing decides, and has to be the very same.
        return locate_icon(point, (x, y), match, old, new, MIN_LETTER_LIKE if changed else MIN_ICON)

    def _by_drawing(self, target: RecordedTarget, now: Observation) -> ScreenMatch | Mismatch:
        """The recorded points in a window with next to no text, by its edges."""
        then, points = target.then, target.points
        if not points and any(each.focused for each in windows(then)) > any(each.focused for each in windows(now)):
            return Mismatch("no window has the focus", 0.0)
        fit = fit_window(EdgeImage(then.pixels), target.window, EdgeImage(now.pixels), self._min_share)
        if fit is None or fit.share < self._min_share:
            return Mismatch("nothing is drawn as it was recorded", fit.share if fit else 0.0)
        located = tuple(map(fit.alignment, points))
        if any(point not in now.box for point in located):
            return Mismatch("what was recorded lies outside the screen", fit.share)
        scaled = abs(fit.alignment.scale - 1) > 0.01
        return ScreenMatch(located, "scaled" if scaled else "moved" if located != points else "restyled", fit.share)

    def _words(self, seen: Observation, window: Box) -> tuple[Word, ...]:
        """The words in `window` that no other window covers, without variables and amounts of bytes."""
        text = self._reader.read(seen).within(window)
        covering = []
        for each in windows(seen):
            if each.box == window:
                break
            covering.append(each.box)
        words = (word for line in text.lines for word in _without_bytes(line.words))
        return tuple(
            word
            for word in words
            if not self._is_variable(word.text) and not any(word.box.center in box for box in covering)
        )


def _without_bytes(line: Sequence[Word]) -> Iterator[Word]:
    """The words of a line without amounts of bytes: the free space of a disk changes by itself."""
    for word, after in zip(line, (*line[1:], None), strict=True):
        if BYTES.fullmatch(word.text) or (after and NUMBER.fullmatch(word.text) and BYTES.fullmatch(after.text)):
            continue
        yield word


def _is_beside(point: Point, box: Box) -> bool:
    """Whether `point` lies on a word or so close to it that it belongs to the same label."""
    return distance(point, box) <= 0.6 * box.height


def _other_target(
    target: RecordedTarget, located: Sequence[Point], now: Observation, is_variable: Callable[[str], bool]
) -> str:
    """Why what is listed at a `located` point is not what was worked on; "" where it is, or nothing is listed."""
    for point, spot in zip(target.points, located, strict=True):
        old, new = element_at(point, target.then), element_at(spot, now)
        if old is None or new is None or old.role not in CONTROLS or new.role not in CONTROLS:
            continue
        renamed = old.text != new.text and not any(map(is_variable, f"{old.text} {new.text}".split()))
        if (old.role, old.checked) != (new.role, new.checked) or (renamed and old.role not in FIELDS):
            return f"the {old.role} {old.text!r} is now the {new.role} {new.text!r}"
    return ""


def _difference(match: TextMatch) -> str:
    lost, new = (
        ", ".join(repr(word.text) for word in sorted(words, key=lambda word: -weight(word))[:3])
        for words in (match.lost, match.new)
    )
    if lost:
        return f"of the recorded window {lost} {'is' if len(match.lost) == 1 else 'are'} not there"
    return f"there is also {new}"


def _scaled_to_screen(point: Point, then: Observation, now: Observation) -> Point:
    """A point outside the window: at the same share of the screen's width and height."""
    return Point(point.x * now.width // then.width, point.y * now.height // then.height)


def _kind(target: RecordedTarget, now: Observation, located: tuple[Point, ...], match: TextMatch) -> MatchKind:
    then, points = target.then, target.points
    scales = [pair.now.box.width / pair.then.box.width for pair in match.pairs if pair.then.box.width >= 20]
    median = sorted(scales)[len(scales) // 2] if scales else 1.0
    if not 0.97 < median < 1.03:
        return "scaled"
    pair = match.pairs[0]
    away = max(abs(pair.now.box.left - pair.then.box.left), abs(pair.now.box.top - pair.then.box.top))
    if away > 2 or any(abs(a.x - b.x) + abs(a.y - b.y) > 3 for a, b in zip(points, located, strict=True)):
        return "moved"
    same = then.size == now.size and equal_share(then, now, target.window) >= 0.8
    return "same" if same and all(equal_around(then, now, point) for point in points) else "restyled"
