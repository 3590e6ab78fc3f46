"""What is drawn on the empty ground of a page: circles, rectangles, triangles, and lone signs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from agent.builtin.page.colours import Rgb, likeness
from agent.builtin.page.deeds_of_widgets import Looks
from agent.builtin.page.glyphs import read_signs
from agent.builtin.page.regions import Region
from agent.builtin.page.widgets import Widget
from agent.builtin.screen_text import ScreenText
from devices import Box, Observation
from devices.device import Pixels

LARGE = 14.0
"""From which size on, in a plain screen's pixels, a shape is large."""

SAME_COLOUR = 90.0
"""Up to which distance two colours are called the same."""

NAMES = {"ellipse": "circle", "rectangle": "rectangle", "triangle": "triangle"}


@dataclass(frozen=True, slots=True)
class Figure:
    """Something drawn: `shape` is "circle", "rectangle", "triangle" or the sign itself; `size` in plain pixels."""

    box: Box
    colour: Rgb
    shape: str
    size: float

    @property
    def is_sign(self) -> bool:
        return len(self.shape) <= 1


def ground_of(found: Sequence[Region]) -> Region | None:
    """The ground that things are drawn on: the largest light region."""
    light = [region for region in found if min(region.colour) >= 200]
    return max(light, key=lambda region: region.area, default=None)


def figures(
    pixels: Pixels,
    found: Sequence[Region],
    widgets: Sequence[Widget],
    scale: int,
    read: Callable[[Observation], ScreenText] | None = None,
) -> tuple[Figure, ...]:
    """The figures on the ground, in reading order; signs are left out where nothing can `read` them."""
    ground = ground_of(found)
    if ground is None:
        return ()
    solid = [r for r in found if r is not ground and _is_solid(r, ground, scale) and not _in_any(r.box, widgets, scale)]
    shapes = [Figure(r.box, r.colour, NAMES[r.outline], max(r.box.width, r.box.height) / scale) for r in solid]
    signs = _signs(pixels, ground, solid, widgets, scale, read) if read else []
    return tuple(sorted([*shapes, *signs], key=lambda each: (each.box.top, each.box.left)))


def looking_like(looks: Looks, every: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures that look so, those of the closest colour first."""
    kept = [f for f in every if _has_shape(f, looks.shape) and (not looks.size or looks.size == _size_of(f))]
    if looks.colour:
        near = [(likeness(looks.colour, f.colour), f) for f in kept]
        kept = [f for far, f in sorted(near, key=lambda pair: pair[0]) if far < SAME_COLOUR]
    return tuple(kept)


def _has_shape(figure: Figure, shape: str) -> bool:
    match shape:
        case "":
            return True
        case "letter":
            return figure.is_sign and figure.shape.isalpha()
        case "digit":
            return figure.is_sign and figure.shape.isdigit()
        case _:
            return figure.shape == shape


def _size_of(figure: Figure) -> str:
    """ "large" or "small": a sign by the size of its font, which its height tells once it is known which it is."""
    if not figure.is_sign:
        return "large" if figure.size >= LARGE else "small"
    height = figure.size
    low = "acemnorsuvwxz"
    share = 0.53 if figure.shape in low else 0.74 if figure.shape in "gpqy" else 0.94 if figure.shape == "j" else 0.72
    return "large" if height / share >= 17.2 else "small"


def _is_solid(region: Region, ground: Region, scale: int) -> bool:
    if region.outline not in NAMES or region.holes > 0.25 or region.box.width < 5 * scale:
        return False
    inside = region.box.center in ground.box and region.box.width < 0.9 * ground.box.width
    as_ground = region.colour == ground.colour
    return inside and (not as_ground or (region.outline == "rectangle" and region.box.width >= 12 * scale))


def _in_any(box: Box, widgets: Sequence[Widget], scale: int) -> bool:
    meant = [w for w in widgets if w.kind == "field" or (w.text and w.kind in ("button", "area", "list"))]
    return any(box.center in _grown(w.box, 3 * scale) for w in meant)


def _grown(box: Box, by: int) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _signs(
    pixels: Pixels,
    ground: Region,
    solid: Sequence[Region],
    widgets: Sequence[Widget],
    scale: int,
    read: Callable[[Observation], ScreenText],
) -> list[Figure]:
    import cv2

    arena = ground.box
    part = pixels[arena.top : arena.bottom, arena.left : arena.right].astype(np.int16)
    ink = (np.abs(part - np.array(ground.colour, np.int16)).max(axis=2) > 60).astype(np.uint8)
    for box in [r.box for r in solid] + [w.box for w in widgets if w.kind == "button"]:
        own = _grown(box, 2 * scale)
        ink[
            max(0, own.top - arena.top) : own.bottom - arena.top, max(0, own.left - arena.left) : own.right - arena.left
        ] = 0
    # The dot of an i belongs to what stands below it.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((4 * scale, 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes, signs, colours = [], [], []
    for label, (x, y, w, h, _) in enumerate(stats.tolist()):
        if label and 5 * scale <= h <= 26 * scale and w <= 26 * scale and w * h >= 12 * scale**2:
            own_ink = (labels[y : y + h, x : x + w] == label) & (ink[y : y + h, x : x + w] > 0)
            dark = part[y : y + h, x : x + w][own_ink]
            far = np.abs(dark - np.array(ground.colour, np.int16)).max(axis=1)
            core = np.median(dark[far >= 0.9 * far.max()], axis=0)
            boxes.append(Box(arena.left + x, arena.top + y, arena.left + x + w, arena.top + y + h))
            signs.append(own_ink)
            colours.append((int(core[0]), int(core[1]), int(core[2])))
    chars = read_signs(signs, read)
    return [
        Figure(box, colour, char if len(char) == 1 else "", box.height / scale)
        for box, colour, char in zip(boxes, colours, chars, strict=True)
    ]
