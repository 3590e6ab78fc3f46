"""Draws a scene once, and animates the change from one picture to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from devices.device import Box, Pixels
from devices.simphone.canvas import Canvas
from devices.simphone.painter import Painter
from devices.simphone.scene import Scene
from devices.simphone.theme import Theme
from devices.simphone.touch_dispatch import TouchedWidget
from devices.simphone.widget_layout import PlacedWidget

SECONDS = {"open": 0.25, "close": 0.25, "fade": 0.2, "change": 0.12}
GLOW = 0.25  # seconds that a pressed widget glows
TOP, BOTTOM = (38, 70, 122), (108, 74, 130)  # the wallpaper's colours


@dataclass(frozen=True, slots=True)
class Motion:
    """A change of pictures: from `old`, since `start` on the clock."""

    old: Image.Image
    kind: str
    start: float


@cache
def wallpaper(width: int, height: int) -> Image.Image:
    """A gradient from one colour to the other."""
    ramp = np.linspace(np.array(TOP), np.array(BOTTOM), height).astype(np.uint8)
    return Image.fromarray(np.repeat(ramp[:, None, :], width, axis=1))


def draw(scene: Scene, theme: Theme) -> Image.Image:
    """The scene as a still picture."""
    width, height = scene.size
    canvas = Canvas(width, height, theme.color("background"))
    if scene.layers[0].screen.wallpaper:
        canvas.picture.paste(wallpaper(width, height))
    for layer in scene.layers:
        screen = layer.screen
        if screen.floating:
            canvas.shade(Box(0, 0, width, height), (0, 0, 0), 0.12 if screen.anchor else 0.45)
        Painter(canvas, theme, screen.buffers, screen.focus).paint(layer.placed)
    system = Painter(canvas, theme, {}, "")
    panels: list[PlacedWidget | None] = [scene.keys, *scene.bars, scene.toast]
    for panel in panels:
        if panel:
            system.paint(panel)
    return canvas.picture


class Compositor:
    """Keeps the last picture until something changed. With `animations` off every change is there at once."""

    def __init__(self, clock: Callable[[], float], animations: bool) -> None:
        self._clock, self._animations = clock, animations
        self._picture: Image.Image | None = None
        self._pixels: Pixels | None = None
        self._motion: Motion | None = None
        self._glow: tuple[TouchedWidget, float] | None = None

    def forget(self) -> None:
        """Something changed: the next frame is drawn anew."""
        self._pixels = None

    def move(self, kind: str, touched: TouchedWidget | None) -> None:
        """Show the change that just happened as a motion of `kind`, "" for none."""
        if not self._animations:
            return
        if touched:
            self._glow = (touched, self._clock())
        if kind and self._picture:
            self._motion = Motion(self._picture, kind, self._clock())

    @property
    def animating(self) -> bool:
        return self._progress() is not None or self._glowing() is not None

    def _progress(self) -> float | None:
        if self._motion is None:
            return None
        done = (self._clock() - self._motion.start) / SECONDS[self._motion.kind]
        if done >= 1:
            self._motion = None
            return None
        return max(done, 0.0)

    def _glowing(self) -> float | None:
        if self._glow is None:
            return None
        done = (self._clock() - self._glow[1]) / GLOW
        if done >= 1:
            self._glow = None
            return None
        return max(done, 0.0)

    def frame(self, scene: Scene, theme: Theme) -> Pixels:
        """The current pixels, read-only, the same array as before when nothing changed."""
        if self._pixels is None or self._picture is None:
            self._picture = draw(scene, theme)
            self._pixels = np.asarray(self._picture)
            self._pixels.setflags(write=False)
        done, glow = self._progress(), self._glowing()
        if done is None and glow is None:
            return self._pixels
        picture = self._picture
        if done is not None and self._motion and self._motion.old.size == picture.size:
            picture = _between(self._motion, picture, done)
        if glow is not None and self._glow:
            shown = Canvas(1, 1, (0, 0, 0))
            shown.picture = picture.copy()
            shown.shade(self._glow[0].box, theme.color("text"), 0.16 * (1 - glow))
            picture = shown.picture
        pixels = np.asarray(picture)
        pixels.setflags(write=False)
        return pixels


def _between(motion: Motion, new: Image.Image, done: float) -> Image.Image:
    """The picture at `done` of the way, 0 to 1: a new screen slides in while it appears."""
    eased = 1 - (1 - done) ** 3
    if motion.kind in ("fade", "change"):
        return Image.blend(motion.old, new, eased)
    way = round(new.width * 0.25 * (1 - eased))
    shifted = motion.old.copy()
    shifted.paste(new, (way if motion.kind == "open" else -way, 0))
    return Image.blend(motion.old, shifted, eased)
