"""A touch in progress: lists and sliders follow it as it moves, and its gesture is carried out when it is lifted."""

from collections.abc import Callable
from threading import RLock

from devices.actions import Point
from devices.simphone.gesture_classifier import Swipe, classify_gesture
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.renderer import Renderer
from devices.simphone.scene import Scene
from devices.simphone.system_bars import STATUS
from devices.simphone.touch_dispatch import TouchedWidget, dispatch_touch, scroll, slide


class HeldTouch:
    """The one finger of a phone; `input_log` gets a line for each stroke that was finished.

    A finger that is not down neither moves nor is lifted; one that goes down again begins anew.
    """

    def __init__(
        self, lock: RLock, system: PhoneSystem, stage: Renderer, clock: Callable[[], float], input_log: list[str]
    ) -> None:
        self._lock, self._system, self._renderer = lock, system, stage
        self._clock, self._input_log = clock, input_log
        self._began = 0.0
        self._path: list[tuple[float, int, int]] = []
        self._followed: int | None = None  # how far down the screen what lies under it has come along

    @property
    def is_down(self) -> bool:
        return bool(self._path)

    def down(self, x: int, y: int) -> None:
        with self._lock:
            self._began, self._followed = self._clock(), None
            self._path = [(0.0, x, y)]

    def move(self, x: int, y: int) -> None:
        if self.is_down:
            with self._lock, self._renderer.change():
                self._path.append((self._clock() - self._began, x, y))
                self._follow(self._renderer.scene())

    def up(self, x: int, y: int) -> None:
        self.move(x, y)
        if self.is_down:
            with self._lock, self._renderer.change() as change:
                (_, start_x, start_y), (end, _, _) = self._path[0], self._path[-1]
                self._input_log.append(f"touch {start_x},{start_y} to {x},{y} in {end:g} s")
                change.touched = self._lift(self._renderer.scene())
        self.cancel()

    def cancel(self) -> None:
        """Take it away without its meaning anything more."""
        self._path = []

    def _follow(self, scene: Scene) -> None:
        """Let a list or a slider's knob keep up with it, once it has moved too far to be a tap."""
        stroke = classify_gesture(self._path, self._system.theme.density)
        if not isinstance(stroke, Swipe) or not self._in_an_application(stroke, scene):
            return
        layer, start, (_, x, y) = scene.layers[-1], Point(stroke.x, stroke.y), self._path[-1]
        upright = self._followed is not None or (abs(stroke.dy) >= abs(stroke.dx) and not stroke.held)
        before = stroke.y if self._followed is None else self._followed
        if slide(self._system, layer, start, x) or (upright and scroll(self._system, layer, start, y - before)):
            self._followed = y

    def _lift(self, scene: Scene) -> TouchedWidget | None:
        """What followed goes on by itself; else the whole stroke is done now: the widget that was pressed, if any."""
        if not self._system.awake:
            return None
        if self._followed is None:
            return dispatch_touch(self._system, scene, self._path)
        stroke = classify_gesture(self._path, self._system.theme.density)
        if isinstance(stroke, Swipe) and stroke.coast:
            scroll(self._system, scene.layers[-1], Point(stroke.x, stroke.y), stroke.coast)
        return None

    def _in_an_application(self, stroke: Swipe, scene: Scene) -> bool:
        """Whether it began, on a screen that is on, neither on the keyboard nor on the status bar."""
        on_keys = scene.keys is not None and Point(stroke.x, stroke.y) in scene.keys.box
        on_bar = stroke.y < self._system.theme.density * STATUS and not self._system.locked
        return self._system.awake and not on_keys and not on_bar
