"""Reads the place of a word that was not found once more, enlarged, and compares it with the recorded word."""

import numpy as np

from agent.rerun.edge_match import local_scale, word_correlation
from agent.rerun.edges import EdgeImage
from agent.rerun.text_match import TextMatch, WordPair, misread_word, overlaps, same_word
from agent.screen.ocr import Reader
from agent.screen.text import Word, around
from devices import Box, Observation

MIN_SHARE = 0.6
"""Minimum share of the window, 0 to 1, that must match before single words are read again."""
HEIGHT = 40
"""Pixels of height that a word is enlarged to, at most `MAX_SCALE` times."""
MAX_SCALE = 3.0
MIN_UNSCALED, MIN_SCALED = 0.8, 0.6
"""Minimum correlation of edges, -1 to 1, to accept a word that may be misread: at the same size, and at another."""
MIN_UNREADABLE = 0.75
"""The same where nothing can be read."""


def reread_words(match: TextMatch, then: Observation, now: Observation, reader: Reader) -> TextMatch:
    """`match` with the lost words that are there after all: split otherwise, misread at another size, or no text.

    The recorded and the expected place of each are read again. It is there if both readings are the same word; if they
    may be and the edges agree; or, where nothing can be read, if the edges agree.
    """
    if match.share < MIN_SHARE:
        return match
    old, new = EdgeImage(then.pixels), EdgeImage(now.pixels)
    pairs, lost, extra = list(match.pairs), [], list(match.new)
    for word in match.lost:
        place = match.expected_box(word)
        there = [each for each in extra if overlaps(each.box, place)]
        box = around([each.box for each in there]) if there else place
        before, after = _read(then, word.box, reader), _read(now, place, reader)
        correlation = word_correlation(word, match, old, new)
        minimum = MIN_UNSCALED if abs(local_scale(word.box.center, match) - 1) < 0.02 else MIN_SCALED
        same = same_word(before, after) or _contains(after, before)
        misread = misread_word(before, after) and correlation >= minimum
        if same or misread or not (after or there or correlation < MIN_UNREADABLE):
            pairs.append(WordPair(word, Word(word.text, box, word.score), pairs[0].transform))
            extra = [each for each in extra if each not in there]
        else:
            lost.append(word)
    return TextMatch(tuple(pairs), tuple(lost), tuple(extra))


def _contains(reading: str, word: str) -> bool:
    """Whether `reading` is a word of letters, perhaps with its neighbours: its place is not known to the pixel."""
    return len(word) >= 3 and word.isalpha() and word.casefold() in reading.casefold()


def _read(seen: Observation, box: Box, reader: Reader) -> str:
    import cv2

    rows = slice(max(0, box.top - 3), max(1, box.bottom + 3))
    columns = slice(max(0, box.left - 4), max(1, box.right + 4))
    crop = seen.pixels[rows, columns]
    if min(crop.shape[:2]) < 4:
        return ""
    scale = min(MAX_SCALE, max(1.0, HEIGHT / crop.shape[0]))
    size = round(crop.shape[1] * scale), round(crop.shape[0] * scale)
    large = cv2.resize(crop, size, interpolation=cv2.INTER_CUBIC)
    framed = np.asarray(cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_REPLICATE), np.uint8)
    return "".join(word.text for word in reader.read(Observation(framed)).words)
