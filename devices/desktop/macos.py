"""A desktop on macOS. Written from Apple's documentation and type-checked; never run by its authors."""

import ctypes
import ctypes.util
import os
from collections.abc import Callable, Hashable
from typing import Any

from devices.actions import Direction
from devices.desktop.keys import Key
from devices.desktop.pointer_watch import PointerReader
from devices.desktop.release_guard import ReleaseGuard
from devices.desktop.system import import_pyautogui, pyautogui_names, type_each, window_appeared
from devices.desktop.top_level import Window
from devices.stop import Stop

_KEYS = {"win": "command", "winleft": "command", "winright": "command", "altright": "optionright"}
_ON_SCREEN_ONLY, _NO_DESKTOP = 1, 16  # kCGWindowListOption...


class MacOS:
    """The main session's desktop. The terminal needs Accessibility and Screen Recording in Privacy & Security."""

    lost: tuple[type[Exception], ...] = (OSError,)
    display = ""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.environment = dict(os.environ)
        self._quartz: Any = None

    def gui(self) -> Any:
        return import_pyautogui()

    def layout(self) -> Hashable:
        return self.extent()

    def extent(self) -> tuple[int, int]:
        width, height = self.gui().size()
        return int(width), int(height)

    def pointer(self) -> tuple[int, int]:
        x, y = self.gui().position()
        return int(x), int(y)

    def reader_for_thread(self) -> PointerReader:
        return self

    def windows(self) -> tuple[Window, ...]:
        import AppKit
        import Quartz

        front = AppKit.NSWorkspace.sharedWorkspace().frontmostApplication()
        active = int(front.processIdentifier()) if front is not None else -1
        seen: list[Window] = []
        for window in Quartz.CGWindowListCopyWindowInfo(_ON_SCREEN_ONLY | _NO_DESKTOP, 0):
            if window.get("kCGWindowLayer", 0) != 0:
                continue
            area = window["kCGWindowBounds"]
            title = str(window.get("kCGWindowName") or window.get("kCGWindowOwnerName") or "")
            focused = window["kCGWindowOwnerPID"] == active and not any(one.focused for one in seen)
            left, top, width, height = (int(area[side]) for side in ("X", "Y", "Width", "Height"))
            seen.append(Window(title, left, top, width, height, focused))
        return tuple(seen)

    def accessibility(self, session: str) -> None:
        """This system's own interfaces are not spoken yet."""

    def key_names(self, chord: tuple[Key, ...]) -> tuple[str, ...]:
        return pyautogui_names(self.gui(), chord, _KEYS)

    def scroll(self, direction: Direction) -> None:
        # Quartz: positive is up and to the left (CGEventCreateScrollWheelEvent2).
        gui = self.gui()
        if direction in ("up", "down"):
            gui.vscroll(1 if direction == "up" else -1)
        else:
            gui.hscroll(1 if direction == "left" else -1)

    def type(self, text: str, between: Callable[[], None]) -> None:
        """Each character as a key event that carries it, whatever the layout; Enter and Tab as their keys."""
        type_each(text, self.gui(), self._post, between)

    def sync_input(self) -> None:
        """macOS offers no way to ask; `Settled` looks until the screen is still."""

    def new_window(self, start: Callable[[], object], seconds: float) -> bool:
        return window_appeared(self.windows, start, seconds, self._stop)

    def use_guard(self, guard: ReleaseGuard) -> None:
        """Nothing here presses keys on its own."""

    def close(self) -> None:
        """Nothing is held open."""

    def _post(self, character: str) -> None:
        units = character.encode("utf-16-le")
        graphics = self._graphics()
        for down in (True, False):
            event = graphics.CGEventCreateKeyboardEvent(None, 0, down)
            graphics.CGEventKeyboardSetUnicodeString(event, len(units) // 2, units)
            graphics.CGEventPost(0, event)
            graphics.CFRelease(event)

    def _graphics(self) -> Any:
        if self._quartz is None:
            path = ctypes.util.find_library("ApplicationServices")
            if path is None:
                raise OSError("the ApplicationServices framework is not there")
            library = ctypes.CDLL(path)
            library.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
            library.CGEventCreateKeyboardEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool]
            library.CGEventKeyboardSetUnicodeString.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_char_p]
            library.CGEventPost.argtypes = [ctypes.c_uint32, ctypes.c_void_p]
            library.CFRelease.argtypes = [ctypes.c_void_p]
            self._quartz = library
        return self._quartz
