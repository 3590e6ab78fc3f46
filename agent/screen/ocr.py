"""Reads the text on a screenshot; pieces are cached by their pixels, so that only new ones are recognised."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import blake2b

import numpy as np

from agent.screen.reading_size import in_pixels_of, reading_of
from agent.screen.recogniser import HEIGHT, Glyph, Recogniser
from agent.screen.text import ScreenText, Word, lines_of
from agent.screen.text_layout import TextLayout, apart, usual_height
from devices import Box, Observation
from devices.device import Pixels

SURE = 0.5
"""Minimum mean confidence, 0 to 1, to keep a piece of text; icons read as text stay below."""

MOST_WIDTH = 60_000
"""Maximum width in pixels, at the recogniser's height, that is read of one screen, from the top: 5 s of one core.

Pages full of writing have 35,000; specks and stripes could have any number. What is left out is not on the screen.
"""

REMEMBERED = 6000
"""Size of the cache in pieces of about 600 bytes."""

ICON_CATEGORIES = ("No", "So", "Co")
"""Unicode's other numbers and other symbols, as the circled ones: alone they are icons, unless they are on a key."""

KEY_SIGNS = "+-*/=.%<>()^!?#±×÷√−,:"
"""Signs on keys, kept whatever the confidence: the model is never sure of a single sign."""


class Reader:
    """Reads screens. Its cache only saves time: any screen reads the same with an empty one.

    The model is loaded on another thread; the first `read` waits for it.
    """

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="screenhand-ocr")
        self._recogniser: Future[Recogniser] = self._workers.submit(Recogniser)
        self._memory: dict[bytes, tuple[Glyph, ...]] = {}
        self._last: tuple[Pixels, ScreenText] | None = None

    def emptied(self) -> "Reader":
        """A reader with the same model that remembers nothing."""
        other = Reader.__new__(Reader)
        other.__dict__.update(self.__dict__, _memory={}, _last=None)
        return other

    def read(self, seen: Observation) -> ScreenText:
        """All text on `seen`. Raises `PolicyFailed` when the model is not installed."""
        if self._last is not None and np.array_equal(self._last[0], seen.pixels):
            return self._last[1]
        pixels, layout = reading_of(seen.pixels)
        text = in_pixels_of(seen.pixels, pixels, self._text_on(pixels, layout))
        self._last = (seen.pixels, text)
        return text

    def _text_on(self, pixels: Pixels, layout: TextLayout) -> ScreenText:
        """The text in the pieces of `layout`; pieces without any are marks."""
        keys = [frame for frame in layout.frames if frame.width <= 200 and frame.height <= 100]
        pieces = [(piece, any(piece.center in key for key in keys)) for piece in layout.pieces]
        pieces = [(piece, on_key) for piece, on_key in pieces if on_key or not _is_speck(piece)]
        spent = np.cumsum([max(90, HEIGHT * piece.width / (piece.height + 4)) for piece, _ in pieces])
        most = int(np.searchsorted(spent, MOST_WIDTH))
        crops = [_crop(pixels, piece) for piece, _ in pieces[:most]]
        read = self._recognised([crop for crop, _ in crops])
        words: list[Word] = []
        marks: list[Box] = []
        usual = usual_height(layout.pieces)
        for (piece, on_key), (crop, box), glyphs in zip(pieces[:most], crops, read, strict=True):
            said = () if _is_icon(glyphs, piece, usual) and not on_key else tuple(_words(glyphs, box, piece, on_key))
            words += said
            marks += () if said else apart(piece, crop)
        return ScreenText(lines_of(words), tuple(marks), cut=most < len(pieces))

    def _recognised(self, crops: list[Pixels]) -> list[tuple[Glyph, ...]]:
        """The glyphs of each crop; the model is only given crops that are not in the cache."""
        keys = [blake2b(b"%d:" % crop.shape[1] + crop.tobytes(), digest_size=16).digest() for crop in crops]
        new = {key: crop for key, crop in zip(keys, crops, strict=True) if key not in self._memory}
        if len(self._memory) + len(new) > REMEMBERED:
            self._memory.clear()
            new = dict(zip(keys, crops, strict=True))
        if new:
            recogniser = self._recogniser.result()
            # The longest first, so that no core is left alone with the last of them.
            order = sorted(new, key=lambda key: -new[key].shape[1] / new[key].shape[0])
            found = self._workers.map(recogniser, (new[key] for key in order))
            self._memory.update(zip(order, found, strict=True))
        return [self._memory[key] for key in keys]


def _certainty(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.score for glyph in glyphs) / len(glyphs)


def read_text(seen: Observation, reader: Reader | None = None) -> str:
    """The text on `seen`, line by line from top to bottom. A reader that is kept saves time.

    Raises `PolicyFailed` when the model is not installed.
    """
    return str((reader or Reader()).read(seen))


def _is_icon(glyphs: tuple[Glyph, ...], piece: Box, usual: int) -> bool:
    """Whether a piece higher than the usual line is a row of icons: read without confidence."""
    return piece.height >= 1.25 * usual and len(glyphs) > 1 and _certainty(glyphs) < 0.75


def _is_speck(piece: Box) -> bool:
    """Dust, grips, and lone dots and dashes, which mean something on a key only."""
    return min(piece.width, piece.height) <= 4 and piece.width < 20 and piece.height < 6


def _words(glyphs: tuple[Glyph, ...], box: Box, piece: Box, on_key: bool) -> Iterator[Word]:
    """The words of `piece`, recognised as `glyphs` across `box`; none when the confidence is too low."""
    lone = "".join(glyph.text for glyph in glyphs).strip()
    if len(lone) == 1 and on_key and piece.height <= 5 and lone not in "=÷:~":
        yield Word("-" if piece.width >= 1.7 * piece.height else ".", piece, 0.9)
    elif len(lone) == 1 and on_key and lone in KEY_SIGNS:
        yield Word(lone, piece, max(0.6, glyphs[0].score))
    elif len(lone) == 1 and unicodedata.category(lone) in ICON_CATEGORIES:
        return
    elif glyphs and _certainty(glyphs) >= SURE:
        yield from _split(glyphs, box, piece)


def _crop(pixels: Pixels, piece: Box) -> tuple[Pixels, Box]:
    """The pixels to recognise `piece` in, and the box they stand for."""
    height, width = pixels.shape[:2]
    top, bottom = max(0, piece.top - 2), min(height, piece.bottom + 2)
    left, right = max(0, piece.left - 3), min(width, piece.right + 2)
    crop = pixels[top:bottom, left:right]
    # A bar as tall as the picture could be anything; on a line of usual height it is a dash. Long words are read as
    # well a little smaller, in less time.
    missing = (18 if piece.width >= 40 else 16) - crop.shape[0]
    if missing > 0:
        crop = np.pad(crop, ((missing // 2, missing - missing // 2), (0, 0), (0, 0)), mode="edge")
    return np.ascontiguousarray(crop), Box(left, top, right, bottom)


def _split(glyphs: tuple[Glyph, ...], box: Box, piece: Box) -> Iterator[Word]:
    """The words of a piece: glyphs between spaces."""
    half = 0.5 / max(len(glyphs), 1)
    run: list[Glyph] = []
    for glyph in (*glyphs, Glyph(" ", 1.0, 1.0)):
        if glyph.text != " ":
            run.append(glyph)
            continue
        if run:
            left = box.left + round((run[0].at - half) * box.width)
            right = box.left + round((run[-1].at + half) * box.width)
            inside = Box(max(piece.left, left), piece.top, max(piece.left + 1, min(piece.right, right)), piece.bottom)
            yield Word("".join(glyph.text for glyph in run), inside, round(_certainty(run), 3))
        run = []
