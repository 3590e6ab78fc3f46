"""Antialiased shapes over a picture: drawn on a layer three times as large that is scaled down."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from PIL import Image, ImageDraw

from agent.playback.fonts import Font

SUPERSAMPLING = 3
XY = tuple[float, float]
Colour = tuple[int, int, int, int]

MARK: Colour = (225, 29, 72, 255)
WHITE: Colour = (255, 255, 255, 255)
DARK: Colour = (15, 23, 42, 255)


def with_opacity(colour: Colour, share: float) -> Colour:
    """`colour`, that much of it opaque."""
    return (*colour[:3], round(colour[3] * min(max(share, 0.0), 1.0)))


class Overlay:
    """A transparent layer over (left, top, right, bottom) of a picture, drawn on in the picture's own coordinates."""

    def __init__(self, picture: Image.Image, around: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = around
        self._picture = picture
        self._left, self._top = max(0, int(left)), max(0, int(top))
        width = min(picture.width, int(right) + 1) - self._left
        height = min(picture.height, int(bottom) + 1) - self._top
        self._layer = Image.new("RGBA", (max(1, width) * SUPERSAMPLING, max(1, height) * SUPERSAMPLING))
        self._draw = ImageDraw.Draw(self._layer)

    def paste(self) -> None:
        """Paste the layer on the picture, which is RGB."""
        small = self._layer.reduce(SUPERSAMPLING)
        self._picture.paste(small, (self._left, self._top), small)

    def disc(self, at: XY, radius: float, colour: Colour) -> None:
        self._draw.ellipse(self._around(at, radius), colour)

    def ring(self, at: XY, radius: float, width: float, colour: Colour) -> None:
        self._draw.ellipse(self._around(at, radius), None, colour, max(1, round(width * SUPERSAMPLING)))

    def line(self, points: Sequence[XY], width: float, colour: Colour) -> None:
        """A line with round joints and ends."""
        self._draw.line([self._at(each) for each in points], colour, round(width * SUPERSAMPLING), "curve")
        for each in (points[0], points[-1]):
            self.disc(each, width / 2, colour)

    def head(self, tip: XY, way: XY, size: float, colour: Colour) -> None:
        """The head of an arrow at `tip` that comes along `way`."""
        angle = atan2(way[1], way[0])
        wings = [
            (tip[0] + size * cos(angle + turn), tip[1] + size * sin(angle + turn)) for turn in (0.8 * pi, -0.8 * pi)
        ]
        front = (tip[0] + 0.45 * size * cos(angle), tip[1] + 0.45 * size * sin(angle))
        self.shape([front, *wings], colour)

    def shape(self, corners: Sequence[XY], colour: Colour) -> None:
        self._draw.polygon([self._at(each) for each in corners], colour)

    def plate(self, box: tuple[float, float, float, float], radius: float, fill: Colour, edge: Colour | None) -> None:
        """A rectangle with round corners, with a thin edge where one is given."""
        corners = (*self._at(box[:2]), *self._at(box[2:]))
        self._draw.rounded_rectangle(corners, radius * SUPERSAMPLING, fill, edge, SUPERSAMPLING if edge else 0)

    def _around(self, at: XY, radius: float) -> tuple[float, float, float, float]:
        return (*self._at((at[0] - radius, at[1] - radius)), *self._at((at[0] + radius, at[1] + radius)))

    def _at(self, at: XY) -> XY:
        return (at[0] - self._left + 0.5) * SUPERSAMPLING, (at[1] - self._top + 0.5) * SUPERSAMPLING


def draw_text(picture: Image.Image, at: XY, text: str, font: Font, colour: Colour) -> None:
    """Write `text` on `picture` with the middle of its left edge at `at`."""
    ImageDraw.Draw(picture).text(at, text, colour[:3], font, anchor="lm")


def partial_path(path: Sequence[XY], share: float) -> list[XY]:
    """The first `share` of `path` by its length: at least two points."""
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path)]
    left = sum(legs) * min(max(share, 0.0), 1.0)
    part = [path[0]]
    for (start, end), length in zip(pairwise(path), legs, strict=True):
        if left < length:
            s = left / length
            return [*part, (start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s)]
        left -= length
        part.append(end)
    return part if len(part) > 1 else part * 2
