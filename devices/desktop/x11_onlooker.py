"""Looks at an X display and listens to it while a person works there; nothing is moved and nothing is pressed."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TypeVar

from devices.actions import Point
from devices.demonstration import HumanAction
from devices.desktop.eyes import Eyes
from devices.desktop.geometry import Geometry
from devices.desktop.linux import Linux
from devices.desktop.looking import seen_by
from devices.desktop.x11 import X11
from devices.desktop.x11_layout import ALT, CONTROL, Layout
from devices.desktop.x11_listening import BUTTON_UP, KEY_DOWN, KEY_UP, MOVE, Heard, Listening
from devices.desktop.x11_typing import END, HOME, Typing, held_in
from devices.device import DeviceLost, Observation
from devices.frame_buffer import FrameBuffer
from devices.gesture_decoder import GestureDecoder
from devices.stop import Stop

T = TypeVar("T")

MOMENT = 0.02
"""Seconds between two times that it is asked what was heard."""
_LOCKS = (0, 2, 16, 18)
"""Caps Lock and Num Lock, on or off: a grabbed key is grabbed for each."""


class X11InputMonitor:
    """An `InputMonitor` at the display `display_name`, $DISPLAY by default; only its display number `display` is seen.

    The key that ends it is kept from all programs, and with `private` the one for private text too: what is typed
    between two presses of that is told as "{password}", and nothing is looked at meanwhile. Raises `DeviceLost` where
    nobody may look on: macOS, Windows, Wayland.
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
                f"a demonstration can be recorded on X11 and on phones, not on {system} yet: nobody hears the keys and "
                "the pointer there for us; record on a phone (--device android), or on Linux with X11"
            )
        self._name, self._stop = name, stop
        self._elsewhere: tuple[str, ...] = ()
        self._system = Linux(display_name, stop)
        with ExitStack() as undo:
            undo.callback(self.close)
            self._eyes = Eyes(stop, self._system.layout, self._system.display, display)
            self._keyboard = X11(self._system.display)
            layout = Layout(self._keyboard)
            self._keep_keys(layout, (END, HOME) if private else (END,))
            self._strokes = GestureDecoder()
            self._typing = Typing(layout, self._strokes, private=private)
            self._glances = FrameBuffer(self.observe)
            self._geometry: Geometry | None = None
            self._glances.capture_if_due()
            self._listening = Listening(self._system.display)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._name

    @property
    def over(self) -> bool:
        return self._typing.over

    @property
    def missed(self) -> tuple[str, ...]:
        """What was done and could not be recorded, in words."""
        return (*self._typing.unnamed, *self._elsewhere)

    def observe(self) -> Observation:
        return self._surely(self._look)

    def watch(self) -> list[HumanAction]:
        self._stop.wait(MOMENT)
        found = self._surely(self._hear)
        if not self._typing.private:
            self._surely(self._glances.capture_if_due)
        return [*found, *self._strokes.settle(monotonic())]

    def flush(self) -> list[HumanAction]:
        return [*self._surely(self._hear), *self._strokes.flush()]

    def close(self) -> None:
        for part in ("_listening", "_keyboard", "_eyes", "_system"):
            if (held := getattr(self, part, None)) is not None:
                held.close()

    def _look(self) -> Observation:
        seen, self._geometry = seen_by(self._eyes, self._system)
        return seen

    def _hear(self) -> list[HumanAction]:
        return [deed for event in self._listening.heard() for deed in self._take(event)]

    def _take(self, event: Heard) -> list[HumanAction]:
        if event.kind == MOVE and self._strokes.idle:
            return []
        before = self._glances.before(event.at)
        if event.kind == KEY_DOWN:
            return self._typing.key_down(event, before)
        if event.kind == KEY_UP:
            return self._typing.key_up(event)
        at = self._pixel(event)
        self._typing.other()
        if event.kind == MOVE:
            self._strokes.moved(at)
        elif event.kind == BUTTON_UP:
            return self._strokes.button_up(event.detail, at, event.at)
        elif at in before.seen.box:
            return self._strokes.button_down(event.detail, at, held_in(event.state), before, event.at)
        else:
            self._elsewhere = ("what was done on another display was not recorded",)
        return []

    def _pixel(self, event: Heard) -> Point:
        """The pixel of the picture under the pointer; outside of it where the pointer is on another display."""
        lies = self._geometry
        assert lies is not None  # noqa: S101 - the first look comes before anything is heard
        wide, high = lies.size
        return Point((event.x - lies.left) * wide // lies.width, (event.y - lies.top) * high // lies.height)

    def _keep_keys(self, layout: Layout, symbols: tuple[int, ...]) -> None:
        """Ask the server to give these keys, with Ctrl and Alt, to nobody but us; one that is taken is only heard."""
        from Xlib import X, error

        taken = error.CatchError(error.BadAccess)
        for code in (code for symbol in symbols for code in layout.codes(symbol)):
            for locks in _LOCKS:
                self._keyboard.root.grab_key(
                    code, CONTROL | ALT | locks, True, X.GrabModeAsync, X.GrabModeAsync, onerror=taken
                )
        self._keyboard.display.sync()

    def _surely(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except self._system.lost as gone:
            raise DeviceLost(f"the display is gone: {type(gone).__name__} {gone}".strip()) from gone
