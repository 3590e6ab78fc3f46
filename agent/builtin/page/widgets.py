"""The widgets of a web page as they look: what is drawn flat, framed, and of the usual size."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from agent.builtin.page.regions import Region, regions
from agent.builtin.screen_text import ScreenText, TextLine
from devices import Box
from devices.device import Pixels

Kind = Literal["checkbox", "radio", "button", "field", "area", "list"]


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget: what is written on it or beside it, and whether it is ticked.

    An "area" is a field of several lines, a "list" one with an arrow that drops down.
    """

    kind: Kind
    box: Box
    text: str = ""
    ticked: bool = False


def widgets(pixels: Pixels, text: ScreenText) -> tuple[Widget, ...]:
    """The widgets of a picture, in reading order: rows from top to bottom, each from left to right."""
    return widgets_among(regions(pixels, least=8 * text.scale**2), pixels, text)


def widgets_among(found: Sequence[Region], pixels: Pixels, text: ScreenText) -> tuple[Widget, ...]:
    """The widgets among the regions of a picture."""
    scale = text.scale
    every = [widget for region in found if (widget := _widget(region, found, pixels, text)) is not None]
    return in_reading_order([each for each in every if not _within_another(each, every)], 5 * scale)


KINDS: dict[str, tuple[Kind, ...]] = {
    "checkbox": ("checkbox",), "radio": ("radio",), "button": ("button",), "field": ("field", "area"),
    "area": ("area",), "list": ("list",),
}  # fmt: skip
"""Which widgets a word for an element means."""


def of_kind(kind: str, every: Sequence[Widget]) -> tuple[Widget, ...]:
    """The widgets that a word for an element means."""
    return tuple(widget for widget in every if widget.kind in KINDS.get(kind, ()))


def beside(label: Box, kind: str, every: Sequence[Widget], scale: int) -> Widget | None:
    """The widget of this kind that a label belongs to: it is written on it, left of a field, right of a tick box."""
    mine = of_kind(kind, every)
    around = [widget for widget in mine if label.center in widget.box]
    if around:
        return around[0]
    level = [w for w in mine if w.box.top - 4 * scale <= label.center.y < w.box.bottom + 4 * scale]
    if kind in ("checkbox", "radio"):
        left = [w for w in level if -2 <= label.left - w.box.right < 16 * scale]
        if left:
            return max(left, key=lambda w: w.box.right)
    right = [w for w in level if -2 <= w.box.left - label.right < 130 * scale]
    if right:
        return min(right, key=lambda w: w.box.left)
    below = [
        w
        for w in mine
        if -6 <= w.box.top - label.bottom < 14 * scale and w.box.left < label.right and w.box.right > label.left
    ]
    return min(below, key=lambda w: w.box.top) if below and kind in ("field", "area", "list") else None


def in_reading_order(every: Sequence[Widget], slack: int) -> tuple[Widget, ...]:
    """Rows from top to bottom, each from left to right; middles `slack` pixels apart are still one row."""
    rows: list[list[Widget]] = []
    for widget in sorted(every, key=lambda each: each.box.center.y):
        if rows and widget.box.center.y - rows[-1][0].box.center.y <= slack:
            rows[-1].append(widget)
        else:
            rows.append([widget])
    return tuple(widget for row in rows for widget in sorted(row, key=lambda each: each.box.left))


def _widget(region: Region, found: Sequence[Region], pixels: Pixels, text: ScreenText) -> Widget | None:
    scale, box = text.scale, region.box
    width, height = box.width / scale, box.height / scale
    lines = tuple(line for line in text.within(box).lines if re.search(r"[^\W_]|[▼▾+×-]", line.text))
    light = min(region.colour) >= 250
    if any(len(word.text) > 1 and _inside(box, word.box) for word in text.words):
        return None  # the inside of a letter
    if 7 <= height <= 18 and region.square and region.outline == "ellipse":
        blue = region.colour[2] > 180 and region.colour[0] < 80
        if blue and region.holes > 0.2:
            return Widget("radio", box, _label(box, text), True)
        ringed = light and _ringed(region, pixels, scale)
        return Widget("radio", box, _label(box, text), region.holes > 0.15) if ringed else None
    if region.outline != "rectangle" or not (height >= 10 and width >= 8):
        return None
    accent = region.colour[2] > 180 and region.colour[0] < 80 and 0.08 < region.holes < 0.6
    empty = not lines and light and _ringed(region, pixels, scale)
    if height <= 18 and region.square and (accent or empty):
        return Widget("checkbox", box, _label(box, text), accent or region.holes > 0.12)
    written = " ".join(line.text for line in lines)
    if region.holes > 0.5 or (region.holes > 0.3 and not lines):
        return None  # a frame
    white = min(region.colour) >= 250
    if white and width >= 16 and height >= 14 and _ringed(region, pixels, scale):
        if grip(box, pixels, scale):
            return Widget("area", box, written)
        if width > 1.6 * height and height <= 40:
            if _arrow(box, found, pixels, scale):
                return Widget("list", box, written)
            centred = bool(lines) and _centred(box, lines, scale)
            return Widget("button" if centred else "field", box, written)
        return Widget("area", box, written) if height <= 120 and width <= 170 and not lines else None
    if lines and 12 <= height <= 140 and width <= 240 and len(lines) <= 3 and min(region.colour) < 250:
        return Widget("list" if written.strip() in ("▼", "▾", "v") else "button", box, written)
    return None


def _ringed(region: Region, pixels: Pixels, scale: int) -> bool:
    """Whether a line of another colour runs around the region, and what lies beyond it is no more of that line."""
    box, colour = region.box, np.array(region.colour, np.int16)
    middle_x, middle_y = box.center.x, box.center.y
    near, far = scale // 2 + 1, 2 * scale + 1
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        edge_x = box.left if dx < 0 else box.right - 1 if dx > 0 else middle_x
        edge_y = box.top if dy < 0 else box.bottom - 1 if dy > 0 else middle_y
        one, two = (_at(pixels, edge_x + dx * step, edge_y + dy * step) for step in (near, far))
        if one is None or np.abs(one - colour).max() < 20:
            return False
        if two is not None and np.abs(two - one).max() < 12:
            return False
    return True


def _at(pixels: Pixels, x: int, y: int) -> "np.ndarray[tuple[int], np.dtype[np.int16]] | None":
    inside = 0 <= x < pixels.shape[1] and 0 <= y < pixels.shape[0]
    return pixels[y, x].astype(np.int16) if inside else None


def grip(box: Box, pixels: Pixels, scale: int) -> Box | None:
    """The corner by which a field of several lines is made larger, where slanted strokes are drawn in it."""
    size = 8 * scale
    corner = Box(box.right - size, box.bottom - size, box.right, box.bottom)
    if corner.left <= box.left or corner.top <= box.top:
        return None
    part = pixels[corner.top : corner.bottom, corner.left : corner.right].astype(np.int16)
    drawn = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > 30
    ys, xs = np.nonzero(drawn)
    if len(xs) < 4 * scale:
        return None
    diagonal = np.abs(xs + ys - (xs + ys).mean()) / size
    return corner if diagonal.mean() < 0.3 and xs.max() - xs.min() >= 3 * scale else None


def _arrow(box: Box, found: Sequence[Region], pixels: Pixels, scale: int) -> bool:
    """Whether an arrow that points down is drawn at the right end."""
    del found
    width = 16 * scale
    part = pixels[box.top + 2 : box.bottom - 2, max(box.left, box.right - width) : box.right - 1].astype(np.int16)
    drawn = np.abs(part - part[0, 0]).max(axis=2) > 40
    ys, xs = np.nonzero(drawn)
    if len(xs) < 4 * scale or np.ptp(xs) > 12 * scale or np.ptp(ys) > 9 * scale or np.ptp(xs) < np.ptp(ys):
        return False
    top, bottom = xs[ys <= ys.min() + scale], xs[ys >= ys.max() - scale]
    return bool(np.ptp(top) > 1.5 * max(1, np.ptp(bottom)))


def _centred(box: Box, lines: Sequence[TextLine], scale: int) -> bool:
    left, right = lines[0].box.left - box.left, box.right - lines[0].box.right
    return left > 8 * scale and abs(left - right) <= 4 * scale


def _label(box: Box, text: ScreenText) -> str:
    """What is written right of a tick box, else right before it."""
    scale = text.scale
    # A word that is as tall as two lines is no label but several that were read as one.
    level = [
        w
        for w in text.words
        if w.box.top < box.bottom + scale and w.box.bottom > box.center.y and w.box.height < 1.6 * box.height
    ]
    near = box.right
    label: list[str] = []
    for word in sorted(level, key=lambda word: word.box.left):
        if word.box.center.x > box.right + 2 * scale and word.box.left - near < (14 if not label else 8) * scale:
            label.append(word.text)
            near = word.box.right
    if label:
        return " ".join(label)
    before = [w for w in level if 0 <= box.left - w.box.right + 2 < 14 * scale]
    return max(before, key=lambda word: word.box.right).text if before else ""


def _inside(box: Box, outer: Box) -> bool:
    """Whether `box` lies in `outer`, which is not much taller than it: a letter's inside in its word."""
    return (
        box.center in outer
        and box.left >= outer.left
        and box.right <= outer.right
        and box.height < outer.height < 2 * box.height
    )


def _within_another(widget: Widget, every: Sequence[Widget]) -> bool:
    """Whether it is a part of a smaller kind of thing: the white of a tick box inside a button."""
    return any(
        other is not widget
        and widget.kind == other.kind
        and widget.box.center in other.box
        and other.box.width * other.box.height > widget.box.width * widget.box.height
        for other in every
    )
