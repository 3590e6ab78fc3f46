"""Single letters and digits of any colour and size, read as a row of black signs on white."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agent.builtin.screen_text import ScreenText
from devices import Box, Observation

if TYPE_CHECKING:
    from agent.builtin.targets import Sight

HEIGHT = 26
"""How high a sign is drawn for reading."""

CELL = 64
"""How far apart the middles of two signs are: too far for them to be one word."""


def read_signs(signs: Sequence[NDArray[np.bool_]], read: Callable[[Observation], ScreenText]) -> tuple[str, ...]:
    """The character of each sign, given as where its ink is; "" where it cannot be read."""
    import cv2

    if not signs:
        return ()
    across = 10
    rows = (len(signs) + across - 1) // across
    sheet = np.full((rows * CELL, across * CELL, 3), 255, np.uint8)
    for number, ink in enumerate(signs):
        factor = HEIGHT / max(ink.shape[0], 0.7 * ink.shape[1])
        size = (max(2, round(ink.shape[1] * factor)), max(2, round(ink.shape[0] * factor)))
        drawn = cv2.resize((ink * 255).astype(np.uint8), size, interpolation=cv2.INTER_AREA)
        top = number // across * CELL + (CELL - size[1]) // 2
        left = number % across * CELL + (CELL - size[0]) // 2
        sheet[top : top + size[1], left : left + size[0]] = 255 - drawn[..., None]
    words = read(Observation(sheet)).words
    found = []
    for number in range(len(signs)):
        column, row = number % across, number // across
        mine = [w.text for w in words if w.box.center.x // CELL == column and w.box.center.y // CELL == row]
        found.append("".join(mine))
    return tuple(found)


def signs_on(sight: "Sight") -> list[tuple[Box, str]]:
    """Lone signs on grounds of any colour, with what each says; those that cannot be read are left out."""
    scale, pixels = sight.text.scale, sight.seen.pixels
    boxes, signs = [], []
    for region in sight.regions:
        box = region.box
        if not (5 * scale <= box.height <= 26 * scale and 2 * scale <= box.width <= 26 * scale and region.holes < 0.7):
            continue
        left, top = max(0, box.left - 2), max(0, box.top - 2)
        part = pixels[top : box.bottom + 2, left : box.right + 2].astype(np.int16)
        boxes.append(box)
        signs.append(np.abs(part - np.array(region.colour, np.int16)).max(axis=2) < 70)
    chars = read_signs(signs[:60], sight.read)
    return [(box, char) for box, char in zip(boxes, chars, strict=False) if len(char) == 1]
