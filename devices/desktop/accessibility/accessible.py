"""A desktop's observations with what its applications say, and a click refused when its target has left."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from devices.actions import Point
from devices.desktop.accessibility.elements import Part
from devices.desktop.accessibility.looks import Looks, alike
from devices.desktop.geometry import Geometry
from devices.desktop.top_level import Window
from devices.device import ActionRefused, Element, Observation, Pixels, Refusal

Frame = Callable[[], tuple[Observation, Geometry]]

_ATTEMPTS = 2  # to find a screen as it was before its look; a caret blinks once in half a second


class Accessible:
    """Adds to each frame that `frame` captures the elements that `looks` reads; both cost nothing but their time."""

    def __init__(self, frame: Frame, looks: Looks) -> None:
        self._frame, self._looks = frame, looks
        self._before: Pixels | None = None
        self._parts: list[tuple[Part, Element]] = []
        self._refused: Point | None = None

    def glance(self) -> tuple[Observation, Geometry]:
        """A frame without elements. What is in one that looks like the frame before it is asked in the meantime."""
        before = self._before
        seen, geometry = self._capture()
        if alike(before, seen.pixels):
            self._looks.begin(seen.pixels)
        return seen, geometry

    def observe(self) -> tuple[Observation, Geometry]:
        """A frame with the elements that belong to it: none of its pixels changed while they were read.

        Where some always do, the elements may be of another moment, and the observation is `partial`.
        """
        seen, geometry = self.glance()
        if self._looks.begin(seen.pixels):
            return self._with_elements(seen, geometry), geometry
        for _ in range(_ATTEMPTS):
            self._looks.result()
            seen, geometry = self._capture()
            if self._looks.belongs_to(seen.pixels):
                return self._with_elements(seen, geometry), geometry
            self._looks.begin(seen.pixels)
        return replace(self._with_elements(seen, geometry), partial=True), geometry

    def refuse_moved(self, point: Point, at: tuple[int, int]) -> None:
        """Ask the element at `point`, in pointer units `at`, whether it is there still. Raises `ActionRefused`.

        The same point is not refused twice: some programs give their elements new names whenever they are asked.
        """
        known = [(part, element) for part, element in self._parts if point in element.box]
        if point == self._refused or not known:
            self._refused = None
            return
        part, element = min(known, key=lambda each: each[1].box.area)
        if self._looks.has_left(part, *at):
            self._refused = point
            raise ActionRefused(f"{element.text or element.role!r} is no longer at {point}: look again", Refusal.STALE)

    def act(self) -> None:
        """An action was carried out."""
        self._looks.forget()
        self._parts = []

    def close(self) -> None:
        """Let go of the applications."""
        self._looks.close()

    def _capture(self) -> tuple[Observation, Geometry]:
        """A frame; one that equals the frame before it shares its pixels, so that nobody compares them again."""
        seen, geometry = self._frame()
        if self._before is not None and np.array_equal(self._before, seen.pixels):
            seen = replace(seen, pixels=self._before)
        self._before = seen.pixels
        return seen, geometry

    def _with_elements(self, seen: Observation, geometry: Geometry) -> Observation:
        """`seen` with the parts of the look that was begun last, each before the window it is in."""
        look = self._looks.result()
        self._parts = []
        for part in look.parts:
            box = part.element.box
            if shown := geometry.box_of(box.left, box.top, box.width, box.height):
                self._parts.append((part, replace(part.element, box=shown)))
        elements = [element for part, element in self._parts if part.place.window.popup]
        for window in seen.elements:
            of_it = [
                element
                for part, element in self._parts
                if not part.place.window.popup and _is(part.place.window.window, window, geometry)
            ]
            elements += [*of_it, window]
        return replace(seen, elements=tuple(elements), partial=look.cut)


def _is(window: Window, element: Element, geometry: Geometry) -> bool:
    """Whether `element` is that window."""
    box = geometry.box_of(window.left, window.top, window.width, window.height)
    return (window.title, box) == (element.text, element.box)
