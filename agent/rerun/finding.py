"""Finds the window that a recorded move worked in on today's screen, with the points it touched, or says why not."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.builtin.ocr import Reader
from agent.builtin.screen_text import Word
from agent.rerun.by_elements import laid_by_elements
from agent.rerun.by_pixels import fitted
from agent.rerun.edge_match import DRAWN, VERY, look_alike
from agent.rerun.edges import Sheet
from agent.rerun.pixel_match import same_around, share_same
from agent.rerun.reread import looked_again
from agent.rerun.text_match import Wording, compared, distance, moved, weight
from devices import Box, Element, Observation, Point

How = Literal["same", "restyled", "moved", "scaled", "elements", "healed"]

LEAST = 0.85
"""How much of the recorded window must be there again before anything is touched."""
NUMBER = re.compile(r"\d+([.,]\d+)?")
BYTES = re.compile(r"(\d+([.,]\d+)?)?([KkMGT]?i?B|bytes)")
FEW = 3
"""With fewer words than this a window is known by its drawing alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """The recorded points as they are today, how they were found, and how much of the window is there again."""

    points: tuple[Point, ...]
    how: How
    alike: float


@dataclass(frozen=True, slots=True)
class Unlike:
    """Today's screen is not the one that was recorded, or that is doubtful: why, and how much of it is there."""

    why: str
    alike: float


class Finder:
    """Lays a recorded screen over today's. `least` is the share of its window that must be there again.

    `free` says of a word, then or now, that it may well be another one: it comes from a text that was replaced.
    """

    def __init__(self, reader: Reader, least: float = LEAST, free: Callable[[str], bool] = lambda word: False) -> None:
        self._reader, self._least, self._free = reader, least, free

    def find(self, then: Observation, points: tuple[Point, ...], now: Observation) -> Found | Unlike:
        """Where the recorded `points` of `then` are on `now`; without points, whether keys would reach that window."""
        window = worked_window(then, points)
        if then.size == now.size and share_same(then, now, window) == 1.0 and _keys_go(then, now, points):
            return Found(points, "same", 1.0)
        if (wording := laid_by_elements(then, now)) is not None:
            return self._judged(then, points, window, now, self._freed(wording), by_elements=True)
        recorded = self._words(then, window)
        if len(recorded) < FEW:
            return self._drawn(then, points, window, now)
        best: Unlike | Found = Unlike("no window of today has the focus", 0.0)
        for today in _windows_now(then, window, points, now):
            found = self._laid(then, points, window, now, today)
            if isinstance(found, Found):
                return found
            best = max(best, found, key=lambda each: each.alike)
        return best

    def _laid(
        self, then: Observation, points: tuple[Point, ...], window: Box, now: Observation, today: Box
    ) -> Found | Unlike:
        wording = compared(self._words(then, window), self._words(now, today))
        if len(wording.pairs) < 2:
            return Unlike("hardly a word of the recorded window is there", wording.share)
        wording = looked_again(wording.mended(), then, now, self._reader)
        return self._judged(then, points, window, now, wording)

    def _judged(
        self,
        then: Observation,
        points: tuple[Point, ...],
        window: Box,
        now: Observation,
        wording: Wording,
        *,
        by_elements: bool = False,
    ) -> Found | Unlike:
        """What is found by a wording; nothing where too little is there, or something else, or not at a point."""
        share = wording.share
        if share < self._least or not wording.pairs:
            return Unlike(_missing(wording), share)
        if others := wording.contradictions():
            gone, come = others[0]
            return Unlike(f"{come.text!r} stands where {gone.text!r} stood", share)
        old, new = Sheet(then.pixels), Sheet(now.pixels)
        landed = []
        for point in points:
            spot = self._spot(point, wording, old, new) if point in window else _on_the_desktop(point, then, now)
            if spot is None or spot not in now.box:
                return Unlike(f"what was at {point} is not there", share)
            landed.append(spot)
        how = "elements" if by_elements else _how(then, now, points, tuple(landed), wording)
        return Found(tuple(landed), how, share)

    def _freed(self, wording: Wording) -> Wording:
        """Without the words that may well be others."""
        lost = tuple(word for word in wording.lost if not any(map(self._free, word.text.split())))
        return Wording(wording.pairs, lost, tuple(w for w in wording.new if not any(map(self._free, w.text.split()))))

    def _spot(self, point: Point, wording: Wording, old: Sheet, new: Sheet) -> Point | None:
        """Where `point` is today; None where something else is drawn, or the word that it lay on is gone."""
        x, y = moved(point, wording)
        spot = Point(round(x), round(y))
        others = [word.text for word in wording.lost if _beside(point, word.box)]
        others += [word.text for word in wording.new if _beside(spot, word.box)]
        if any(text.isdigit() or (len(text) > 1 and any(map(str.isalnum, text))) for text in others):
            return None
        if any(distance(point, pair.then.box) == 0 for pair in wording.pairs):
            return spot
        # An icon is read as a letter now and then: its drawing decides, and has to be the very same.
        return look_alike(point, (x, y), wording, old, new, VERY if others else DRAWN)

    def _drawn(self, then: Observation, points: tuple[Point, ...], window: Box, now: Observation) -> Found | Unlike:
        """The same for a window with next to nothing written in it, by its drawing."""
        if not points and any(each.focused for each in _windows(then)) > any(each.focused for each in _windows(now)):
            return Unlike("no window has the focus", 0.0)
        fit = fitted(Sheet(then.pixels), window, Sheet(now.pixels), self._least)
        if fit is None or fit.share < self._least:
            return Unlike("nothing is drawn as it was recorded", fit.share if fit else 0.0)
        landed = tuple(Point(*(round(v) for v in fit.alignment(p.x, p.y))) for p in points)
        if any(point not in now.box for point in landed):
            return Unlike("what was recorded lies outside the screen", fit.share)
        scaled = abs(fit.alignment.scale - 1) > 0.01
        return Found(landed, "scaled" if scaled else "moved" if landed != points else "restyled", fit.share)

    def _words(self, seen: Observation, window: Box) -> tuple[Word, ...]:
        """What is written in `window` where no other window lies over it, less what may be anything."""
        text = self._reader.read(seen).within(window)
        over = []
        for each in _windows(seen):
            if each.box == window:
                break
            over.append(each.box)
        words = (word for line in text.lines for word in _lasting(line.words))
        return tuple(
            word for word in words if not self._free(word.text) and not any(word.box.center in box for box in over)
        )


def _lasting(line: Sequence[Word]) -> Iterator[Word]:
    """The words of a line without amounts of bytes: the free space of a disk changes by itself."""
    for word, after in zip(line, (*line[1:], None), strict=True):
        if BYTES.fullmatch(word.text) or (after and NUMBER.fullmatch(word.text) and BYTES.fullmatch(after.text)):
            continue
        yield word


def _beside(point: Point, box: Box) -> bool:
    """Whether `point` lies on a word or so close to it that it belongs to the same label."""
    return distance(point, box) <= 0.6 * box.height


def worked_window(seen: Observation, points: Sequence[Point]) -> Box:
    """The window that a move worked in: the foremost one around its first point, or the one with the focus."""
    windows = _windows(seen)
    if points:
        windows = [each for each in windows if points[0] in each.box]
    else:
        windows = [each for each in windows if each.focused]
    return windows[0].box if windows else seen.box


def _windows(seen: Observation) -> list[Element]:
    return [each for each in seen.elements if each.role == "window"]


def _keys_go(then: Observation, now: Observation, points: Sequence[Point]) -> bool:
    """Whether keys would reach what they reached: always true of a move with points."""
    return bool(points) or not _windows(then) or worked_window(then, ()) == worked_window(now, ())


def _windows_now(then: Observation, window: Box, points: Sequence[Point], now: Observation) -> Iterator[Box]:
    """Today's windows that may be the recorded one, the likeliest first; for keys only the one with the focus."""
    title = next((each.text for each in _windows(then) if each.box == window), None)
    windows = sorted(_windows(now), key=lambda each: (each.text != title, not each.focused))
    if title is None or not windows:
        yield now.box
    elif points:
        yield from (each.box for each in windows)
    else:
        yield from (each.box for each in windows if each.focused)


def _missing(wording: Wording) -> str:
    lost = sorted(wording.lost, key=lambda word: -weight(word))
    new = sorted(wording.new, key=lambda word: -weight(word))
    told = ", ".join(repr(word.text) for word in lost[:3])
    if told:
        return f"of the recorded window {told} {'is' if len(lost) == 1 else 'are'} not there"
    return f"there is also {', '.join(repr(word.text) for word in new[:3])}"


def _on_the_desktop(point: Point, then: Observation, now: Observation) -> Point:
    """A point outside the window: a place of the screen, at the same share of its width and height."""
    return Point(point.x * now.width // then.width, point.y * now.height // then.height)


def _how(
    then: Observation, now: Observation, points: tuple[Point, ...], landed: tuple[Point, ...], wording: Wording
) -> How:
    grown = [pair.now.box.width / pair.then.box.width for pair in wording.pairs if pair.then.box.width >= 20]
    middle = sorted(grown)[len(grown) // 2] if grown else 1.0
    if not 0.97 < middle < 1.03:
        return "scaled"
    pair = wording.pairs[0]
    away = max(abs(pair.now.box.left - pair.then.box.left), abs(pair.now.box.top - pair.then.box.top))
    if away > 2 or any(abs(a.x - b.x) + abs(a.y - b.y) > 3 for a, b in zip(points, landed, strict=True)):
        return "moved"
    same = then.size == now.size and share_same(then, now, worked_window(then, points)) >= 0.8
    return "same" if same and all(same_around(then, now, point) for point in points) else "restyled"
