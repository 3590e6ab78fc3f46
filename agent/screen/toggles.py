"""Tick boxes, radio buttons and switches: small square, round and long shapes, and whether they are on."""

from collections.abc import Sequence

import numpy as np

from agent.screen.regions import Region
from agent.screen.text import Word
from devices import Box, Element
from devices.device import Pixels

GLYPHS = frozenset("Oo0QCDcVvXx✓✔√□☐☑☒○●◯◎口日回OvIl|/·•.-–—✗✕×@©®")
"""What a tick box, a radio button, or the mark in it, is misread as, alone."""


CERTAIN = 0.98
"""Confidence from which one letter that no drawing looks like is a word: the article in a heading."""

ROUND = 0.87
"""Extent below which a small region is a circle: a circle's is 0.79, that of a square with rounded corners 0.95."""


def is_toggle_glyph(word: Word) -> bool:
    """Whether `word` may be a small drawing that was taken for one letter, or for two."""
    unsure = len(word.text) == 1 and word.score < 0.9
    return unsure or (len(word.text) <= 2 and all(letter in GLYPHS for letter in word.text))


def toggle_of(region: Region, written_on: bool, words: Sequence[Word], pixels: Pixels, unit: int) -> Element | None:
    """The tick box or radio button that `region` is: square or round, as high as a line, with words beside it."""
    box = region.box
    if written_on or not (
        max(9, 0.78 * unit) < min(box.width, box.height) and max(box.width, box.height) <= 2.3 * unit
    ):
        return None
    if not 0.85 <= box.width / box.height <= 1.18 or (not region.bordered and region.contrast <= 8):
        return None
    part_of_word = any(_overlaps(box, word.box) and not _is_drawing(word, box) for word in words)
    if part_of_word or not _has_label(box, words, unit):
        return None
    role = "radio" if region.extent < ROUND else "checkbox"
    return Element(role, "", box, checked=is_checked(box, region, pixels), source="drawn")


def is_checked(box: Box, region: Region, pixels: Pixels) -> bool:
    """Whether a tick is drawn in a square or a dot in the middle of a circle, or the fill is of an accent's colour."""
    share = 0.36 if region.extent < ROUND else 0.22
    inset_x, inset_y = max(2, round(share * box.width)), max(2, round(share * box.height))
    inside = pixels[box.top + inset_y : box.bottom - inset_y, box.left + inset_x : box.right - inset_x]
    if inside.size == 0:
        return False
    part = np.concatenate((inside.reshape(-1, 3), np.array([region.colour]))).astype(np.int16)
    return int((part.max(axis=0) - part.min(axis=0)).max()) > 70 or max(region.colour) - min(region.colour) > 90


def switch_knob(region: Region, inner: Sequence[Region], unit: int) -> Box | None:
    """The knob of a switch: a round or square region at one end of a long one; None when `region` is no switch."""
    box = region.box
    if not (0.8 * unit <= box.height <= 3.2 * unit and 1.45 <= box.width / box.height <= 2.8):
        return None
    for each in inner:
        knob = each.box
        inset = min(knob.left - box.left, box.right - knob.right)
        far = max(knob.left - box.left, box.right - knob.right)
        like = 0.5 * box.height <= knob.height and 0.6 <= knob.width / knob.height <= 1.6 and each.solid > 0.65
        like = like and knob.area > 0.25 * box.area
        level = abs(2 * knob.center.y - 2 * box.center.y) <= 0.3 * box.height
        if like and level and inset <= 0.35 * box.height and far >= 0.3 * box.width:
            return knob
    return None


def _has_label(box: Box, words: Sequence[Word], unit: int) -> bool:
    """Whether a word begins right of the box, or ends left of it, in the same row."""
    level = (word.box for word in words if word.box.top <= box.center.y < word.box.bottom and _is_label(word))
    return any(-2 <= b.left - box.right <= 2.2 * unit or -2 <= box.left - b.right <= 2.2 * unit for b in level)


def _is_label(word: Word) -> bool:
    return not is_toggle_glyph(word) and any(letter.isalnum() for letter in word.text)


def _is_drawing(word: Word, box: Box) -> bool:
    """Whether `word` is what is drawn in `box`, misread; a letter that is read for certain is none."""
    letter = word.score > CERTAIN and word.text.isalnum()
    return is_toggle_glyph(word) or (len(word.text) == 1 and word.box.center in box and not letter)


def _overlaps(box: Box, other: Box) -> bool:
    across = min(box.right, other.right) - max(box.left, other.left)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    return across > 1 and down > 1
