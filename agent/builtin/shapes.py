"""What frames on the screen are: fields, buttons, tick boxes; told from their size and from what is written in them."""

import numpy as np

from agent.builtin.screen_text import ScreenText
from devices import Box
from devices.device import Pixels


def is_tick_box(frame: Box) -> bool:
    return 9 <= frame.width <= 28 and 9 <= frame.height <= 28 and 0.75 < frame.width / frame.height < 1.34


def is_field(frame: Box) -> bool:
    return frame.width >= 50 and 15 <= frame.height <= 70 and frame.width > 2 * frame.height


def boxes_of_kind(kind: str, text: ScreenText) -> tuple[Box, ...]:
    """Frames that may be of this kind, in reading order; lines of text for links and menu items."""
    frames = sorted(text.frames, key=lambda frame: (frame.top // 8, frame.left))
    match kind:
        case "checkbox" | "radio":
            beside = [word.box for word in text.words]
            return tuple(
                f for f in frames if is_tick_box(f) and any(_row(f, b) and 0 <= b.left - f.right < 30 for b in beside)
            )
        case "field" | "list":
            return tuple(f for f in frames if is_field(f) and not _centred(f, text)) or tuple(
                f for f in frames if is_field(f)
            )
        case "button":
            return tuple(f for f in frames if 14 <= f.height <= 70 and f.width <= 400 and text.within(f).lines)
        case "link" | "item" | "text" | "line" | "tab":
            return tuple(line.box for line in text.lines)
        case "word":
            return tuple(word.box for word in text.words)
        case _:
            return ()


def field_beside(label: Box, text: ScreenText) -> Box | None:
    """The field that `label` names: around it, to its right in the same row, or right below it."""
    fields = [frame for frame in text.frames if is_field(frame) or (frame.width >= 50 and frame.height > 70)]
    around = [f for f in fields if label.center in f and is_field(f)]
    if around:
        return min(around, key=lambda f: f.width * f.height)
    right = [
        f for f in fields if is_field(f) and -4 <= f.left - label.right < 400 and f.top <= label.center.y < f.bottom
    ]
    if right:
        return min(right, key=lambda f: f.left)
    below = [
        f for f in fields if -6 <= f.top - label.bottom < 40 and f.left < label.right + 20 and f.right > label.left
    ]
    return min(below, key=lambda f: (f.top, abs(f.left - label.left))) if below else None


def tick_box_beside(label: Box, text: ScreenText) -> Box | None:
    """The tick box of `label`: usually to its left."""
    ticks = [f for f in text.frames if is_tick_box(f) and _row(f, label)]
    left = [f for f in ticks if -2 <= label.left - f.right < 40]
    right = [f for f in ticks if -2 <= f.left - label.right < 60]
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


def empty_place(inside: Box, text: ScreenText, pixels: Pixels) -> Box | None:
    """A spot inside `inside` on which nothing is drawn, as far from words as can be; None when all is full."""
    best, farthest = None, 20.0
    for y in range(inside.top + 30, inside.bottom - 20, 24):
        for x in range(inside.left + 30, inside.right - 20, 24):
            patch = pixels[y - 12 : y + 12, x - 12 : x + 12]
            if patch.size == 0 or any(np.ptp(patch[:, :, channel]) for channel in range(3)):
                continue
            gaps = (
                max(box.left - x, x - box.right, 0) + max(box.top - y, y - box.bottom, 0)
                for box in (line.box for line in text.lines)
            )
            distance = min(min(gaps, default=200), y - inside.top, inside.right - x, inside.bottom - y)
            if distance > farthest:
                best, farthest = Box(x - 8, y - 8, x + 8, y + 8), distance
    return best


def _row(one: Box, other: Box) -> bool:
    return one.top <= other.center.y < one.bottom or other.top <= one.center.y < other.bottom


def _centred(frame: Box, text: ScreenText) -> bool:
    """Whether the text in a frame is centred, as on a button and not as in a field."""
    lines = text.within(frame).lines
    if not lines:
        return False
    left, right = lines[0].box.left - frame.left, frame.right - lines[-1].box.right
    return left > 12 and abs(left - right) <= 6
