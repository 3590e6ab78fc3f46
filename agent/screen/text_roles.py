"""Lines of text in no control: links by colour or underline, the words of a menu bar, and plain text."""

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from agent.screen.text import TextLine
from devices import Box, Element
from devices.device import Pixels

INK = 0.6
"""Share of the largest contrast from which a pixel is ink: the middle of a stroke, not its edge."""


def text_elements(lines: Sequence[TextLine], windows: Sequence[Box], pixels: Pixels, unit: int) -> tuple[Element, ...]:
    """An element for every line; for each run of words in it where some are a link and others are not."""
    menus = _menu_bars(lines, windows, unit)
    found: list[Element] = []
    for index, line in enumerate(lines):
        if index in menus:
            found.append(Element("menu", line.text, line.box, source="text"))
            continue
        for link, run in groupby(line.words, key=lambda word: is_link(word.box, pixels)):
            part = TextLine(tuple(run))
            found.append(Element("link" if link else "text", part.text, part.box, source="text"))
    return tuple(found)


def is_link(box: Box, pixels: Pixels) -> bool:
    """Whether the ink in `box` is blue or purple, as links are by custom, or underlined from end to end."""
    top, bottom, left = max(0, box.top), min(len(pixels), box.bottom + 3), max(0, box.left)
    part = pixels[top:bottom, left : box.right].astype(np.int16)
    if not part.size:
        return False
    plain = part.reshape(-1, 3)
    background = np.median(plain[:: max(1, len(plain) // 400)], axis=0)
    contrast = np.abs(part - background.astype(np.int16)).max(axis=2)
    if contrast.max() <= 60:
        return False
    ink = contrast > INK * contrast.max()
    red, green, blue = part[ink].mean(axis=0)
    if blue - green > 50 and blue - red > 40:
        return True
    rows = ink[len(ink) * 2 // 3 :].mean(axis=1)
    line = np.flatnonzero(rows > 0.85)
    if not len(line) or line[-1] - line[0] > 0.25 * box.height or not (rows[line[-1] + 1 :] < 0.3).any():
        return False
    # The border of a field below goes on beyond the word.
    row = pixels[top + len(ink) * 2 // 3 + int(line[0])].astype(np.int16)
    beyond = np.concatenate((row[max(0, left - 8) : max(0, left - 5)], row[box.right + 5 : box.right + 8]))
    return bool((np.abs(beyond - background).max(axis=1) < 0.5 * contrast.max()).all())


def _menu_bars(lines: Sequence[TextLine], windows: Sequence[Box], unit: int) -> set[int]:
    """Which of `lines` are menus: three or more short labels side by side along the top of a window."""
    found: set[int] = set()
    for window in windows:
        top = [
            (line.box.left, index)
            for index, line in enumerate(lines)
            if line.box.center in window and line.box.top < window.top + 6 * unit and len(line.words) <= 2
        ]
        rows: dict[int, list[int]] = {}
        for _, index in sorted(top):
            middle = lines[index].box.center.y
            height = next((key for key in rows if abs(key - middle) <= 0.4 * unit), middle)
            rows.setdefault(height, []).append(index)
        for row in rows.values():
            bar = row[:1] if lines[row[0]].box.left - window.left <= 3 * unit else []
            for before, index in pairwise(row):
                gap = lines[index].box.left - lines[before].box.right
                if not bar or bar[-1] != before or not 0.5 * unit <= gap <= 3.2 * unit:
                    break
                bar.append(index)
            if len(bar) >= 3:
                found |= set(bar)
                break
    return found
