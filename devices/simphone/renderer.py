"""Lays out and draws the phone's state, again only after a change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.device import Pixels
from devices.simphone.compositor import Compositor
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.scene import Scene, scene
from devices.simphone.touch_dispatch import TouchedWidget, reveal


@dataclass
class TouchFeedback:
    """What one call pressed, for the animation."""

    touched: TouchedWidget | None = None


class Renderer:
    """Lays out and draws only what changed. The caller holds the phone's lock."""

    def __init__(self, system: PhoneSystem, clock: Callable[[], float], animations: bool) -> None:
        self._system = system
        self._display = Compositor(clock, animations)
        self._scene: Scene | None = None
        self._drawn_state: object = None
        self._size = (0, 0)

    @property
    def animating(self) -> bool:
        return self._display.animating

    def frame(self) -> Pixels:
        """The current pixels, read-only."""
        return self._display.frame(self.scene(), self._system.theme)

    def scene(self) -> Scene:
        """The scene as the state is now, laid out again only when something changed."""
        system = self._system
        top = system.top
        state = (
            tuple(tuple(table.items()) for table in system.settings.values()),
            tuple(frozenset(granted) for granted in system.permissions.values()),
            system.now().strftime("%F %H:%M"),
            system.clock() < system.toast_until,
            system.tilt,
            int(system.clock() * 10) if top.live else 0,
            tuple((path, len(data)) for path, data in system.files.items()),
        )
        if self._scene is None or state != self._drawn_state:
            fresh = scene(system)
            if fresh.keys and fresh.size != self._size and reveal(system, fresh):
                fresh = scene(system)
            self._scene, self._drawn_state, self._size = fresh, state, fresh.size
            self._display.forget()
        return self._scene

    @contextmanager
    def change(self) -> Iterator[TouchFeedback]:
        """Whatever is changed in this block is laid out anew and animated after it."""
        system, change = self._system, TouchFeedback()
        shown, focus = self.scene().keys is not None, (system.top, system.top.focus)
        system.transition = ""
        try:
            yield change
        finally:
            self._scene = None
        now = self.scene()
        if now.keys and (not shown or focus != (system.top, system.top.focus)) and reveal(system, now):
            self._scene = None  # what the keyboard would cover is scrolled from under it
        touched = change.touched
        quiet = "" if touched is None or touched.key else "change"
        self._display.move(system.transition or quiet, touched)
