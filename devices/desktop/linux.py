"""A desktop on X11: pyautogui made to work on any display, with exact keys and text beside it."""

import os
from collections.abc import Callable, Hashable
from typing import Any

from devices.actions import Direction
from devices.desktop.accessibility.tree import AccessibilityTree
from devices.desktop.keys import Key, key_named
from devices.desktop.pointer_watch import PointerReader
from devices.desktop.release_guard import ReleaseGuard
from devices.desktop.system import import_pyautogui
from devices.desktop.top_level import Window
from devices.desktop.x11 import X11, authority, display_name, environment
from devices.desktop.x11_sync import InputSync
from devices.desktop.x11_text import BRIEFLY, Typist
from devices.desktop.x11_windows import WindowList
from devices.stop import Stop

_CLICKS: dict[Direction, int] = {"up": 1, "down": -1, "left": -1, "right": 1}


class Linux:
    """One X display."""

    def __init__(self, name: str | None, stop: Stop) -> None:
        from Xlib import error

        self.display = display_name(name)
        self.environment = {**os.environ, "DISPLAY": self.display, **authority()}
        self.lost: tuple[type[Exception], ...] = (error.ConnectionClosedError,)
        self._x11 = X11(self.display)
        self._windows = WindowList(self._x11, stop)
        self._sync = InputSync(self._x11, self._windows, stop)
        self._stop = stop
        self._other: X11 | None = None
        self._third: X11 | None = None
        self._typist: Typist | None = None
        self._gui: Any = None

    def use_guard(self, guard: ReleaseGuard) -> None:
        self._typist = Typist(self._x11, self._windows, self._sync, guard)

    def gui(self) -> Any:
        if self._gui is None:
            with environment(DISPLAY=self.display, **authority()):
                self._gui = import_pyautogui()
        # pyautogui sends through one connection of its own, for ever the one of its import: give it ours.
        inner = self._gui._pyautogui_x11
        if "keycode 8" not in inner.keyboardMapping:
            inner._display.close()
            # Its table of keys is the layout of its import, with holes it says nothing of: we find keys ourselves.
            inner.keyboardMapping.update({f"keycode {code}": code for code in range(8, 256)})
        inner._display = self._x11.display
        return self._gui

    def layout(self) -> Hashable:
        return self._x11.layout()

    def extent(self) -> tuple[int, int]:
        return self._x11.extent()

    def pointer(self) -> tuple[int, int]:
        return self._x11.pointer()

    def reader_for_thread(self) -> PointerReader:
        self._other = X11(self.display)
        return self._other

    def windows(self) -> tuple[Window, ...]:
        return self._windows.seen()

    def accessibility(self, session: str) -> AccessibilityTree | None:
        own = self.environment.get("DBUS_SESSION_BUS_ADDRESS") if self.display == os.environ.get("DISPLAY") else None
        if not (session or own):
            return None
        self._third = X11(self.display)
        return AccessibilityTree(session or own or "", WindowList(self._third, self._stop).stack)

    def key_names(self, chord: tuple[Key, ...]) -> tuple[str, ...]:
        shift = key_named("shift")
        keys = chord if shift in chord else (shift, *chord)
        strokes = dict(zip(keys, self._keys().strokes([k.keysym for k in keys], [k.name for k in keys]), strict=True))
        shifted = any(strokes[key].shift for key in chord)
        return tuple(f"keycode {strokes[key].code}" for key in (keys if shifted else chord))

    def scroll(self, direction: Direction) -> None:
        gui = self.gui()
        (gui.hscroll if direction in ("left", "right") else gui.vscroll)(_CLICKS[direction])

    def type(self, text: str, between: Callable[[], None]) -> None:
        self._keys().type(text, between)

    def sync_input(self) -> None:
        self._sync.windows_in_front(BRIEFLY)

    def new_window(self, start: Callable[[], object], seconds: float) -> bool:
        before, titles = self._windows.ids(), self._windows.titles()
        start()
        return self._windows.changed(before, titles, seconds)

    def close(self) -> None:
        for x11 in (self._x11, self._other, self._third):
            if x11 is not None:
                x11.close()

    def _keys(self) -> Typist:
        assert self._typist is not None  # noqa: S101 - nothing is pressed before there is a guard
        return self._typist
