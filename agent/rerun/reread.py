"""A word that was not found again, looked at once more: both pictures of it enlarged alike, and read, and compared."""

import numpy as np

from agent.builtin.ocr import Reader
from agent.builtin.screen_text import Word, around
from agent.rerun.edge_match import drawn_again, growth
from agent.rerun.edges import Sheet
from agent.rerun.text_match import Pair, Wording, alike, near, overlaps
from devices import Box, Observation

WORTH = 0.6
"""With a smaller share than this of the window there, its other words do not matter any more."""
TALL = 40
"""Pixels of height that a word is enlarged to, at most three times."""
MUCH, FAIRLY = 0.8, 0.6
"""Correlation of its edges that counts for a word that is read nearly alike: of the same size, and of another."""
SOME = 0.75
"""The same for one that cannot be read."""


def looked_again(wording: Wording, then: Observation, now: Observation, reader: Reader) -> Wording:
    """With the words that are there after all: cut otherwise, read badly at another size, or signs that are no text.

    What is in the place of each is read anew. It is the same word if both readings are alike; if they are nearly alike
    and the drawings are too; or, where nothing can be read, if the drawings are.
    """
    if wording.share < WORTH:
        return wording
    old, new = Sheet(then.pixels), Sheet(now.pixels)
    pairs, lost, extra = list(wording.pairs), [], list(wording.new)
    for word in wording.lost:
        place = wording.expected(word)
        there = [each for each in extra if overlaps(each.box, place)]
        box = around([each.box for each in there]) if there else place
        before, after = _read(then, word.box, reader), _read(now, place, reader)
        ink = drawn_again(word, wording, old, new)
        like_enough = MUCH if abs(growth(word.box.center, wording) - 1) < 0.02 else FAIRLY
        read_again = alike(before, after) or _stands_in(before, after)
        if read_again or (near(before, after) and ink >= like_enough) or not (after or there or ink < SOME):
            pairs.append(Pair(word, Word(word.text, box, word.score), pairs[0].way))
            extra = [each for each in extra if each not in there]
        else:
            lost.append(word)
    return Wording(tuple(pairs), tuple(lost), tuple(extra))


def _stands_in(word: str, reading: str) -> bool:
    """Whether a word of letters was read, with some of its neighbours perhaps: its place is not known to the pixel."""
    return len(word) >= 3 and word.isalpha() and word.casefold() in reading.casefold()


def _read(seen: Observation, box: Box, reader: Reader) -> str:
    import cv2

    rows = slice(max(0, box.top - 3), max(1, box.bottom + 3))
    columns = slice(max(0, box.left - 4), max(1, box.right + 4))
    crop = seen.pixels[rows, columns]
    if min(crop.shape[:2]) < 4:
        return ""
    growth = min(3.0, max(1.0, TALL / crop.shape[0]))
    size = round(crop.shape[1] * growth), round(crop.shape[0] * growth)
    large = cv2.resize(crop, size, interpolation=cv2.INTER_CUBIC)
    framed = np.asarray(cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_REPLICATE), np.uint8)
    return "".join(word.text for word in reader.read(Observation(framed)).words)
