"""A desktop in memory with coloured buttons: one layout a seed, and it counts what was hit and what was missed."""

import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from devices import Action, ActionRefused, Box, Click, DeviceLost, MoveTo, Observation, Point, Wait
from devices.actions import describe
from devices.validity import refuse_invalid
from tasks.task import Score

COLOURS = {
    "red": "#dc2626",
    "green": "#16a34a",
    "blue": "#2563eb",
    "yellow": "#facc15",
    "purple": "#9333ea",
    "orange": "#f97316",
    "cyan": "#22d3ee",
    "black": "#111111",
}
DESKTOPS = ("#eef1f5", "#d7dde4", "#c9c4bb", "#e9e4d8", "#b9c4c9", "#f8f8f8")
PLACES_TRIED = 400


class Buttons:
    """Two to five buttons, each named by its colour, on a screen of any size; `goal` asks for one of them.

    The named button jumps to a new place each time it is hit and is gone after `hits_wanted` hits. Any other click is a
    miss. Layouts of equal seed and size are equal.
    """

    def __init__(self, seed: int, size: tuple[int, int] = (640, 480), hits_wanted: int = 1) -> None:
        self.name = "buttons"
        self.size = size
        self.hits = self.misses = 0
        self.hits_wanted = hits_wanted
        self._random = Random(seed)
        self._desktop = self._random.choice(DESKTOPS)
        self._open = True
        self.boxes: dict[str, Box] = {}
        for colour in self._random.sample(sorted(COLOURS), self._random.randint(2, 5)):
            if box := self._free_place():
                self.boxes[colour] = box
        self.colour = next(iter(self.boxes))
        self.goal = f"Click the {self.colour} button"

    @property
    def unit(self) -> float:
        """A length in pixels that has the same share of every screen: an eighth of the side of an equal square."""
        return math.sqrt(self.size[0] * self.size[1]) / 8

    def observe(self) -> Observation:
        if not self._open:
            raise DeviceLost("the buttons were closed; make new ones")
        width, height = self.size
        picture = Image.new("RGB", self.size, self._desktop)
        draw, bar = ImageDraw.Draw(picture), round(self.unit / 3)
        font = ImageFont.load_default(max(6, self.unit / 5))
        draw.rectangle((0, 0, width, bar), "#39424e")
        draw.text((bar, bar // 6), "Buttons", "white", font)
        draw.rectangle((width - bar, bar // 4, width - bar // 4, bar * 3 // 4), "#f8fafc")
        draw.rectangle((0, height - bar, width, height), "#8b95a1")
        draw.text((bar, height - bar), f"hits {self.hits}, misses {self.misses}", "white", font)
        for colour, box in self.boxes.items():
            draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), COLOURS[colour])
            ink = "#111111" if colour in {"yellow", "cyan"} else "white"
            draw.text((box.center.x, box.center.y), colour, ink, font, anchor="mm")
        return Observation(np.asarray(picture), "Buttons", float(self.hits + self.misses))

    def perform(self, action: Action) -> None:
        if not self._open:
            raise DeviceLost("the buttons were closed; make new ones")
        refuse_invalid(action, self.size)
        match action:
            case Click(at, "left", 1, ()):
                self._clicked(at)
            case MoveTo() | Wait():
                pass
            case _:
                raise ActionRefused(f"the buttons take single left clicks; found: {describe(action)}")

    def close(self) -> None:
        self._open = False

    def score(self) -> Score:
        """The world's own check: the named button was hit as often as wanted, and nothing else was clicked."""
        met = self.hits == self.hits_wanted and self.misses == 0
        return Score(float(met), f"{self.hits} of {self.hits_wanted} hits on {self.colour}, {self.misses} misses")

    def _clicked(self, at: Point) -> None:
        box = self.boxes.get(self.colour)
        if box is None or at not in box:
            self.misses += 1
            return
        self.hits += 1
        place = self._free_place() if self.hits < self.hits_wanted else None
        del self.boxes[self.colour]
        if self.hits < self.hits_wanted:
            self.boxes[self.colour] = place or box

    def _free_place(self) -> Box | None:
        """A box that keeps clear of the bars and the other buttons; None when the screen is too full for one."""
        width, height = self.size
        gap, bar = round(self.unit / 6), round(self.unit / 2)
        for _ in range(PLACES_TRIED):
            wide = round(self.unit * self._random.uniform(1.3, 2.2))
            high = round(self.unit * self._random.uniform(0.8, 1.3))
            left = self._random.randint(gap, width - gap - wide)
            top = self._random.randint(bar, height - bar - high)
            box = Box(left, top, left + wide, top + high)
            if all(_apart(box, other, gap) for other in self.boxes.values()):
                return box
        return None


def _apart(one: Box, other: Box, gap: int) -> bool:
    return (
        one.right + gap <= other.left
        or other.right + gap <= one.left
        or one.bottom + gap <= other.top
        or other.bottom + gap <= one.top
    )
