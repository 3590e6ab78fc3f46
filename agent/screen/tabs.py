"""Tabs: labels side by side of which exactly one is set off, by its fill, by a line along it, or by a missing one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from devices import Box, Element
from devices.device import Pixels
from devices.roles import TOGGLES

ALIKE = 8
"""Maximum difference of two colours, of 255 in any channel, that are the same."""

LABELS = frozenset({"text", "link", "menu", "button", "field"})
"""What a tab is found as before its neighbours are looked at."""


def with_tabs(elements: Sequence[Element], pixels: Pixels, unit: int) -> tuple[Element, ...]:
    """`elements` with the role "tab" for the labels of tab strips, and which is selected."""
    drawn = (_as_label(each, unit) for each in elements if each.role in LABELS and each.source != "device")
    labels = [each for each in drawn if _is_short(each, unit)]
    toggles = [each.box for each in elements if each.role in TOGGLES]
    labels = [each for each in labels if not any(_is_beside(box, each.box, unit) for box in toggles)]
    tabs: dict[Element, Element] = {}
    for row in _rows(labels, unit):
        middle = sorted(each.box.center.y for each in row)[len(row) // 2]
        odd = _set_off([_band(each.box, middle, pixels, unit) for each in row], row[0].role == "menu")
        if odd is None:
            continue
        roles = [each.role for each in row]
        alone = roles[odd] == "button" and roles.count("button") == 1
        if not alone and roles.count("field") == (roles[odd] == "field"):
            tabs |= {each: _tab(each, selected=index == odd) for index, each in enumerate(row)}
    return tuple(tabs.get(_as_label(each, unit), each) for each in elements)


def _tab(label: Element, *, selected: bool) -> Element:
    return replace(label, role="tab", selected=selected, value="", editable=False)


def _as_label(each: Element, unit: int) -> Element:
    """A tab in the colour of paper looks like a field that is no wider than its text."""
    snug = each.role == "field" and each.box.width <= 0.65 * unit * len(each.value) + 5 * unit
    return replace(each, text=each.value if snug else "") if each.role == "field" else each


def _set_off(bands: Sequence[NDArray[np.int16]], is_bar: bool) -> int | None:
    """Which band differs from all others, which are alike. An open menu of a bar is filled from top to bottom."""
    every = np.stack(bands)
    plain = (every[..., 3] > 0).all(axis=0)
    colours = every[:, plain, :3]
    far = np.abs(colours[:, None] - colours[None]).max(axis=3, initial=0) > ALIKE
    differs = far.sum(axis=2) >= 2
    odd = np.flatnonzero(differs.sum(axis=1) == len(bands) - 1)
    if len(odd) != 1 or differs.sum() != 2 * len(bands) - 2 or (is_bar and far[odd[0], odd[0] - 1].mean() > 0.8):
        return None
    return int(odd[0])


def _is_beside(toggle: Box, label: Box, unit: int) -> bool:
    return -2 <= label.left - toggle.right <= unit and toggle.top <= label.center.y < toggle.bottom


def _is_short(each: Element, unit: int) -> bool:
    words = each.text.split()
    lettered = len(each.text) > 1 and all(any(letter.isalpha() for letter in word) for word in words)
    return lettered and 0 < len(words) <= 3 and each.box.height <= 4 * unit and each.box.width <= 20 * unit


def _rows(labels: Sequence[Element], unit: int) -> Iterator[list[Element]]:
    """Runs of three labels and more of one height, no further apart than tabs are."""
    row: list[Element] = []
    ordered = sorted(labels, key=lambda each: (round(each.box.center.y / (0.7 * unit)), each.box.left))
    for before, each in pairwise((*ordered, None)):
        row.append(before)  # type: ignore[arg-type]
        gap = each.box.left - before.box.right if each and before else -1
        level = each and before and abs(each.box.center.y - before.box.center.y) <= 0.45 * unit
        if not level or not -2 <= gap <= 5 * unit:
            if len(row) >= 3:
                yield row
            row = []


def _band(box: Box, middle: int, pixels: Pixels, unit: int) -> NDArray[np.int16]:
    """Red, green, blue of each row of pixels above and below a label, and 1 where the row is of one colour, else 0.

    The rows of the writing itself are left out: other words have other letters.
    """
    reach, half = round(1.6 * unit), round(0.75 * unit)
    rows = [*range(middle - reach, middle - half), *range(middle + half + 1, middle + reach)]
    part = pixels[np.clip(rows, 0, len(pixels) - 1), max(0, box.left + 2) : max(1, box.right - 2)].astype(np.int16)
    colour = np.median(part, axis=1).astype(np.int16)
    plain = (np.abs(part - colour[:, None]).max(axis=2) <= ALIKE).mean(axis=1) > 0.9
    return np.column_stack((colour, plain.astype(np.int16)))
