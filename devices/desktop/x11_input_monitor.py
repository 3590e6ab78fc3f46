"""Records what a person does on an X display: screenshots and input events, without sending any input."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TypeVar

from devices.actions import Point
from devices.demonstration import HumanAction
from devices.desktop.capture import Capture
from devices.desktop.desktop import observation_of
from devices.desktop.geometry import Geometry
from devices.desktop.linux import Linux
from devices.desktop.x11 import X11
from devices.desktop.x11_event_tap import BUTTON_UP, KEY_DOWN, KEY_UP, MOVE, EventTap, InputEvent
from devices.desktop.x11_key_decoder import END, HOME, KeyDecoder, held_in
from devices.desktop.x11_keymap import ALT, CONTROL, Keymap
from devices.device import DeviceLost, Observation
from devices.frame_buffer import FrameBuffer
from devices.gesture_decoder import GestureDecoder
from devices.stop import Stop

T = TypeVar("T")

MOMENT = 0.02
"""Seconds between two reads of the event tap."""
_LOCKS = (0, 2, 16, 18)
"""Caps Lock and Num Lock, on or off: a grabbed key is grabbed for each."""


class X11InputMonitor:
    """An `InputMonitor` at the display `display_name`, $DISPLAY by default; only its display number `display` is seen.

    The key that ends it is kept from all programs, and with `private` the one for private text too: what is typed
    between two presses of that is recorded as "{password}", and no screenshot is taken meanwhile. Raises `DeviceLost`
    where input cannot be recorded: macOS, Windows, Wayland.
    """

    def __init__(
        self,
        stop: Stop,
        *,
        display_name: str | None = None,
        display: int = 0,
        private: bool = False,
        name: str = "desktop",
    ) -> None:
        if sys.platform in ("darwin", "win32"):
            system = "macOS" if sys.platform == "darwin" else "Windows"
            raise DeviceLost(
                f"a demonstration can be recorded on X11 and on phones, not on {system} yet: input events cannot "
                "be read there; record on a phone (--device android), or on Linux with X11"
            )
        self._name, self._stop = name, stop
        self._elsewhere: tuple[str, ...] = ()
        self._system = Linux(display_name, stop)
        with ExitStack() as undo:
            undo.callback(self.close)
            self._capture = Capture(stop, self._system.layout, self._system.display, display)
            self._keyboard = X11(self._system.display)
            keymap = Keymap(self._keyboard)
            self._grab_keys(keymap, (END, HOME) if private else (END,))
            self._gestures = GestureDecoder()
            self._keys = KeyDecoder(keymap, self._gestures, private=private)
            self._frames = FrameBuffer(self.observe)
            self._geometry: Geometry | None = None
            self._frames.capture_if_due()
            self._tap = EventTap(self._system.display)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._name

    @property
    def over(self) -> bool:
        return self._keys.over

    @property
    def missed(self) -> tuple[str, ...]:
        """What was done and could not be recorded, in words."""
        return (*self._keys.unnamed, *self._elsewhere)

    def observe(self) -> Observation:
        return self._surely(self._look)

    def watch(self) -> list[HumanAction]:
        self._stop.wait(MOMENT)
        actions = self._surely(self._decode)
        if not self._keys.private:
            self._surely(self._frames.capture_if_due)
        return [*actions, *self._gestures.settle(monotonic())]

    def flush(self) -> list[HumanAction]:
        return [*self._surely(self._decode), *self._gestures.flush()]

    def close(self) -> None:
        for part in ("_tap", "_keyboard", "_capture", "_system"):
            if (held := getattr(self, part, None)) is not None:
                held.close()

    def _look(self) -> Observation:
        seen, self._geometry = observation_of(self._capture, self._system)
        return seen

    def _decode(self) -> list[HumanAction]:
        return [action for event in self._tap.events() for action in self._take(event)]

    def _take(self, event: InputEvent) -> list[HumanAction]:
        if event.kind == MOVE and self._gestures.idle:
            return []
        before = self._frames.before(event.at)
        if event.kind == KEY_DOWN:
            return self._keys.key_down(event, before)
        if event.kind == KEY_UP:
            return self._keys.key_up(event)
        at = self._pixel(event)
        self._keys.other()
        if event.kind == MOVE:
            self._gestures.moved(at)
        elif event.kind == BUTTON_UP:
            return self._gestures.button_up(event.detail, at, event.at)
        elif at in before.seen.box:
            return self._gestures.button_down(event.detail, at, held_in(event.state), before, event.at)
        else:
            self._elsewhere = ("what was done on another display was not recorded",)
        return []

    def _pixel(self, event: InputEvent) -> Point:
        """The pixel of the picture under the pointer; outside of it where the pointer is on another display."""
        area = self._geometry
        assert area is not None  # noqa: S101 - the first screenshot comes before the event tap
        width, height = area.size
        return Point((event.x - area.left) * width // area.width, (event.y - area.top) * height // area.height)

    def _grab_keys(self, keymap: Keymap, symbols: tuple[int, ...]) -> None:
        """Grab these keys with Ctrl and Alt for this client alone; one that is grabbed already is only recorded."""
        from Xlib import X, error

        refused = error.CatchError(error.BadAccess)
        for code in (code for symbol in symbols for code in keymap.codes(symbol)):
            for locks in _LOCKS:
                self._keyboard.root.grab_key(
                    code, CONTROL | ALT | locks, True, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
                )
        self._keyboard.display.sync()

    def _surely(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except self._system.lost as gone:
            raise DeviceLost(f"the display is gone: {type(gone).__name__} {gone}".strip()) from gone
