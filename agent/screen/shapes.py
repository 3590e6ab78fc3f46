"""Classifies drawn frames as fields, buttons and tick boxes, by their size and the text in them."""

import numpy as np

from agent.screen.text import ScreenText
from devices import Box
from devices.device import Pixels


def is_tick_box(frame: Box, scale: int = 1) -> bool:
    """Whether a frame has the size of a checkbox or radio button, on a screen drawn `scale` times as large."""
    most = 28 * scale
    return 9 <= frame.width <= most and 9 <= frame.height <= most and 0.75 < frame.width / frame.height < 1.34


def is_field(frame: Box, scale: int = 1) -> bool:
    """Whether a frame has the size of a field of one line, on a screen drawn `scale` times as large."""
    return frame.width >= 50 and 15 <= frame.height <= 70 * scale and frame.width > 2 * frame.height


def boxes_of_kind(kind: str, text: ScreenText) -> tuple[Box, ...]:
    """Frames that may be of this kind, in reading order; lines of text for links and menu items."""
    scale = text.scale
    frames = sorted(text.frames, key=lambda frame: (frame.top // 8, frame.left))
    match kind:
        case "checkbox" | "radio" | "switch":
            ticks, words = [f for f in frames if is_tick_box(f, scale)], [word.box for word in text.words]
            return tuple(f for f in ticks if any(_row(f, b) and 0 <= b.left - f.right < 30 * scale for b in words))
        case "field" | "choice" | "list":
            fields = tuple(f for f in frames if is_field(f, scale))
            return tuple(f for f in fields if not _centred(f, text)) or fields
        case "button":
            buttons = (f for f in frames if 14 <= f.height <= 70 * scale and f.width <= 400 * scale)
            return tuple(f for f in buttons if text.within(f).lines)
        case "link" | "item" | "menuitem" | "text" | "line" | "tab":
            return tuple(line.box for line in text.lines)
        case "word":
            return tuple(word.box for word in text.words)
        case _:
            return ()


def field_beside(label: Box, text: ScreenText) -> Box | None:
    """The field that `label` names: around it, to its right in the same row, or right below it."""
    scale = text.scale
    fields = [f for f in text.frames if is_field(f, scale)]
    around = [f for f in fields if label.center in f]
    if around:
        return min(around, key=lambda f: f.area)
    right = [f for f in fields if -4 <= f.left - label.right < 400 * scale and f.top <= label.center.y < f.bottom]
    if right:
        return min(right, key=lambda f: f.left)
    areas = [f for f in text.frames if f.width >= 50 and f.height > 70 * scale]
    below = [
        f
        for f in (*fields, *areas)
        if -6 <= f.top - label.bottom < 40 * scale and f.left < label.right + 20 and f.right > label.left
    ]
    return min(below, key=lambda f: (f.top, abs(f.left - label.left))) if below else None


def tick_box_beside(label: Box, text: ScreenText) -> Box | None:
    """The checkbox or radio button of `label`: usually to its left."""
    scale = text.scale
    ticks = [f for f in text.frames if is_tick_box(f, scale) and _row(f, label)]
    left = [f for f in ticks if -2 <= label.left - f.right < 40 * scale]
    right = [f for f in ticks if -2 <= f.left - label.right < 60 * scale]
    if left:
        return max(left, key=lambda f: f.right)
    return min(right, key=lambda f: f.left) if right else None


def is_ticked(box: Box, pixels: Pixels) -> bool:
    """Whether something is drawn inside a tick box: a tick, or a fill that differs from what is around it."""
    inside = pixels[box.top + 3 : box.bottom - 3, box.left + 3 : box.right - 3].astype(np.int16)
    if inside.size == 0:
        return False
    spread = float(inside.max(axis=(0, 1)).max() - inside.min(axis=(0, 1)).min())
    return spread > 90


def is_link(box: Box, pixels: Pixels) -> bool:
    """Whether the ink in `box` is blue or purple, as links are by custom."""
    part = pixels[max(0, box.top) : box.bottom, max(0, box.left) : box.right].reshape(-1, 3).astype(np.int16)
    if not len(part):
        return False
    background = np.median(part, axis=0)
    contrast = np.abs(part - background).max(axis=1)
    ink = part[contrast > 0.6 * max(1, int(contrast.max()))]
    red, green, blue = ink.mean(axis=0)
    return bool(blue - green > 60 and blue - red > 40 and contrast.max() > 60)


def _row(one: Box, other: Box) -> bool:
    return one.top <= other.center.y < one.bottom or other.top <= one.center.y < other.bottom


def _centred(frame: Box, text: ScreenText) -> bool:
    """Whether the text in a frame is centred, as on a button and not as in a field."""
    lines = text.within(frame).lines
    if not lines:
        return False
    left, right = lines[0].box.left - frame.left, frame.right - lines[-1].box.right
    return left > 12 and abs(left - right) <= 6
