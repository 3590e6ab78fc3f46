"""Locates text and drawn rectangles on a screenshot by edges and connected components, without a model.

Text of user interfaces is crisp, so every letter has a hard edge against its background; 12 ms at 1280x800. The result
depends on the pixels only, so that recognised pieces can be cached by their pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.screen.frames import (
    TALLEST,
    Ints,
    is_before_a_word,
    is_frame,
    is_in_a_word,
    is_pill,
    is_ring,
    is_round,
    sides,
)
from devices import Box
from devices.device import Pixels

EDGE = 24
"""Minimum difference of neighbouring pixels, of 255 in any channel, that counts as an edge."""

LEAST = 5
"""Minimum height and width, in pixels, of a picture on which a letter can be read."""


MOST_CHUNKS = 5000
"""Maximum number of connected chunks of ink that are grouped, the largest first: a page full of writing has 3,000."""


@dataclass(frozen=True, slots=True)
class TextLayout:
    """`pieces` hold one word or a few each, `frames` are drawn rectangles."""

    pieces: tuple[Box, ...]
    frames: tuple[Box, ...]


def layout_of(pixels: Pixels) -> TextLayout:
    """The layout of an RGB picture (height, width, 3)."""
    import cv2

    if min(pixels.shape[:2]) < LEAST:
        return TextLayout((), ())
    edges = (differences(pixels) > EDGE).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(edges, connectivity=8)
    left, top, width, height = (stats[:, column].astype(np.int64) for column in range(4))
    rule = ((height <= 3) & (width > 40)) | ((width <= 3) & (height > 40))
    rule |= sides(rule, left, top, width, height)
    ink = ~rule & (height <= TALLEST)
    # An outline with a gap in it, as at rounded corners, or a bar: no frame, and no letter is as wide and as thin.
    drawn = ink & (width > 40) & (height >= 4) & (stats[:, cv2.CC_STAT_AREA] < 3 * (width + height))
    ink[0] = drawn[0] = False
    for index in np.flatnonzero(ink & ~drawn & (width > 40) & (width >= 6 * height)):
        x, y, w, h = int(left[index]), int(top[index]), int(width[index]), int(height[index])
        rows = (labels[y : y + h, x : x + w] == index).mean(axis=1)
        drawn[index] = rows.max() > 0.8 and rows[h // 3 : h - h // 3].min() < 0.1  # a groove is hollow, letters are not
    outlines = np.zeros(edges.shape, np.uint8)
    frames: list[Box] = []
    for index in np.flatnonzero(((height > TALLEST) | ((width >= 10) & (height >= 10))) & ~rule)[1:]:
        x, y, w, h = int(left[index]), int(top[index]), int(width[index]), int(height[index])
        own = labels[y : y + h, x : x + w] == index
        in_word = is_round(own) and is_in_a_word(index, left, top, width, height)
        framed = is_pill(own) or (is_frame(own) and not in_word)
        if framed or (is_ring(own) and is_before_a_word(index, left, top, width, height)):
            frames.append(Box(x, y, x + w, y + h))
            if framed and own[3:-3, 3:-3].any():
                outlines[y + 3 : y + h - 3, x + 3 : x + w - 3] |= own[3:-3, 3:-3]
            ink[index] = False
        elif h > TALLEST:
            drawn[index] = True
    ink &= ~drawn
    for index in np.flatnonzero(drawn):  # they are few: faster than to look every pixel up
        x, y, w, h = int(left[index]), int(top[index]), int(width[index]), int(height[index])
        outlines[y : y + h, x : x + w] |= labels[y : y + h, x : x + w] == index
    letters = ink.astype(np.uint8)[labels] | _touching(cv2, outlines)
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, 4), np.uint8))
    _, _, chunks, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    walls: NDArray[np.uint8] = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones((23, 1), np.uint8)).astype(np.uint8)
    pieces = _one_line_each(_pieces(chunks[1:, :4].astype(np.int64), walls), letters)
    return TextLayout(pieces, tuple(frames))


def differences(pixels: Pixels) -> NDArray[np.uint8]:
    """How much each pixel differs from its left and its upper neighbour, in the channel that differs most."""
    import cv2

    most = np.zeros(pixels.shape[:2], np.uint8)
    most[:, 1:] = _largest(cv2.absdiff(pixels[:, 1:], pixels[:, :-1]))
    most[1:] = np.maximum(most[1:], _largest(cv2.absdiff(pixels[1:], pixels[:-1])))
    return most


def _largest(channels: Any) -> NDArray[np.uint8]:
    """The largest of three channels; numpy's own maximum along the last axis takes ten times as long."""
    largest: NDArray[np.uint8] = np.maximum(np.maximum(channels[..., 0], channels[..., 1]), channels[..., 2])
    return largest


def _touching(cv2: Any, drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Letters that touch a frame and form one component with it: the rest when straight lines are removed."""
    across = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((1, 31), np.uint8))
    down = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((23, 1), np.uint8))
    rest = drawn & ~(across | down)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    # Rounded corners are left over as well; they are smaller than any letter.
    letter = (height >= 7) & (height <= TALLEST) & (width >= 2) & ((width > 3) | (height < 16))
    letter[0] = False
    if not letter.any():
        return np.zeros_like(drawn)
    kept: NDArray[np.uint8] = letter.astype(np.uint8)[labels]
    return kept


def _pieces(boxes: Ints, walls: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Groups connected components into pieces of one line each, never across the edge of a window."""
    if len(boxes) > MOST_CHUNKS:
        boxes = boxes[np.argsort(-boxes[:, 2] * boxes[:, 3], kind="stable")[:MOST_CHUNKS]]
    order = np.argsort(boxes[:, 0], kind="stable")
    left, top, width, height = (boxes[order, column] for column in range(4))
    right, bottom = left + width, top + height
    parent = list(range(len(order)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for index in range(len(order)):
        end = int(np.searchsorted(left, right[index] + 0.6 * TALLEST))
        if end <= index + 1:
            continue
        near = slice(index + 1, end)
        gap = left[near] - right[index]
        overlap = np.minimum(bottom[near], bottom[index]) - np.maximum(top[near], top[index])
        taller, lower = np.maximum(height[near], height[index]), np.minimum(height[near], height[index])
        beside = (overlap >= 0.5 * lower) & (gap <= np.maximum(5, 0.6 * taller)) & (taller < 2.6 * np.maximum(lower, 6))
        # The dot of an i and the strokes of "=" and ":" lie above one another.
        dot = (lower <= np.maximum(5, 0.25 * taller)) & (width[near] <= 20)
        stacked = (gap < 0) & dot & (overlap <= 0) & (-overlap <= np.maximum(3, 1.2 * np.minimum(lower, 8)))
        within = (right[near] <= right[index]) & (overlap == height[near])
        middle = (top[index] + bottom[index]) // 2
        for other in np.flatnonzero(beside | stacked | within) + index + 1:
            if not walls[middle, right[index] : left[other]].any():
                parent[root(int(other))] = root(index)
    groups: dict[int, list[int]] = {}
    for index in range(len(order)):
        groups.setdefault(root(index), []).append(index)
    found = [
        Box(int(left[g].min()), int(top[g].min()), int(right[g].max()), int(bottom[g].max())) for g in groups.values()
    ]
    return tuple(sorted((box for box in found if box.height <= TALLEST), key=lambda box: (box.top, box.left)))


def _one_line_each(pieces: tuple[Box, ...], letters: NDArray[np.uint8]) -> tuple[Box, ...]:
    """`pieces`, with two lines joined by a dot or a descender split at the row with the least ink."""
    usual = usual_height(pieces)
    found: list[Box] = []
    for piece in pieces:
        if piece.height < 1.6 * usual or piece.width < 2 * piece.height or usual < 7:
            found.append(piece)
            continue
        ink = letters[piece.top : piece.bottom, piece.left : piece.right].sum(axis=1)
        third = piece.height // 3
        cut = third + int(np.argmin(ink[third : piece.height - third]))
        if ink[cut] > 0.2 * ink.max():
            found.append(piece)
            continue
        for first, last in ((0, cut), (cut, piece.height)):
            rows = np.flatnonzero(ink[first:last] > 0.03 * ink.max())
            if len(rows):
                top = piece.top + first
                found.append(Box(piece.left, top + int(rows[0]), piece.right, top + int(rows[-1]) + 1))
    return tuple(sorted(found, key=lambda box: (box.top, box.left)))


def usual_height(pieces: Sequence[Box]) -> int:
    """The median height of the pieces that are as long as words, in pixels; `TALLEST` where there are none."""
    heights = sorted(piece.height for piece in pieces if piece.width > 2 * piece.height)
    return heights[len(heights) // 2] if heights else TALLEST


def apart(piece: Box, crop: Pixels) -> tuple[Box, ...]:
    """The drawings side by side in `piece`, whose pixels are `crop`: two icons stand further apart than strokes."""
    across = np.abs(crop.astype(np.int16) - crop[0, 0]).max(axis=(0, 2)) > EDGE
    inked = np.flatnonzero(across)
    gap = max(3, 0.25 * piece.height)
    if len(inked) == 0 or piece.width < 1.5 * piece.height:
        return (piece,)
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > gap) + 1)
    left = piece.right - crop.shape[1] + 2
    return tuple(Box(left + int(run[0]), piece.top, left + int(run[-1]) + 1, piece.bottom) for run in runs)
