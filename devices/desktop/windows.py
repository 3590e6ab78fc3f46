"""A desktop on Windows. Written from Microsoft's documentation and type-checked; never run by its authors."""

import ctypes
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

_KEY_UP, _UNICODE = 0x0002, 0x0004  # KEYEVENTF_...
_WHEEL, _HORIZONTAL_WHEEL, _NOTCH = 0x0800, 0x1000, 120  # MOUSEEVENTF_WHEEL, MOUSEEVENTF_HWHEEL, WHEEL_DELTA
_VIRTUAL_SCREEN = (76, 77, 78, 79)  # SM_XVIRTUALSCREEN and the three that follow it


class _KeyboardInput(ctypes.Structure):
    _fields_ = (
        ("wVk", ctypes.c_ushort),
        ("wScan", ctypes.c_ushort),
        ("dwFlags", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("dwExtraInfo", ctypes.c_void_p),
    )


class _Input(ctypes.Structure):
    # The union in Microsoft's INPUT is as large as its largest member, MOUSEINPUT: eight bytes longer than this one.
    _fields_ = (("type", ctypes.c_ulong), ("ki", _KeyboardInput), ("padding", ctypes.c_ubyte * 8))


class MicrosoftWindows:
    """The interactive session's desktop. A window of higher integrity (run as administrator) takes no input from us."""

    lost: tuple[type[Exception], ...] = (OSError,)
    display = ""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.environment = dict(os.environ)
        self._user32: Any = ctypes.CDLL("user32", use_last_error=True)

    def gui(self) -> Any:
        return import_pyautogui()

    def layout(self) -> Hashable:
        return tuple(int(self._user32.GetSystemMetrics(index)) for index in _VIRTUAL_SCREEN)

    def extent(self) -> tuple[int, int]:
        return int(self._user32.GetSystemMetrics(78)), int(self._user32.GetSystemMetrics(79))

    def pointer(self) -> tuple[int, int]:
        x, y = self.gui().position()
        return int(x), int(y)

    def reader_for_thread(self) -> PointerReader:
        return self

    def windows(self) -> tuple[Window, ...]:
        gui = self.gui()
        active = gui.getActiveWindow()
        return tuple(
            Window(
                one.title, one.left, one.top, one.width, one.height, active is not None and one._hWnd == active._hWnd
            )
            for one in gui.getAllWindows()  # EnumWindows goes from the front to the back
            if one.visible and not one.isMinimized and one.title
        )

    def accessibility(self, session: str) -> None:
        """This system's own interfaces are not spoken yet."""

    def key_names(self, chord: tuple[Key, ...]) -> tuple[str, ...]:
        return pyautogui_names(self.gui(), chord, {})

    def scroll(self, direction: Direction) -> None:
        # pyautogui's hscroll turns the vertical wheel here.
        forward = direction in ("up", "right")
        wheel = _WHEEL if direction in ("up", "down") else _HORIZONTAL_WHEEL
        self._user32.mouse_event(wheel, 0, 0, _NOTCH if forward else -_NOTCH, 0)

    def type(self, text: str, between: Callable[[], None]) -> None:
        """Each UTF-16 unit as a key event that carries it, whatever the layout; Enter and Tab as their keys."""
        type_each(text, self.gui(), self._send, between)

    def sync_input(self) -> None:
        """Windows offers no way to ask; `Settled` looks until the screen is still."""

    def new_window(self, start: Callable[[], object], seconds: float) -> bool:
        return window_appeared(self.windows, start, seconds, self._stop)

    def use_guard(self, guard: ReleaseGuard) -> None:
        """Nothing here holds keys on its own."""

    def close(self) -> None:
        """Nothing is held open."""

    def _send(self, character: str) -> None:
        units = memoryview(character.encode("utf-16-le")).cast("H").tolist()
        strokes = [(unit, flags) for flags in (0, _KEY_UP) for unit in units]
        inputs = (_Input * len(strokes))(
            *(_Input(1, _KeyboardInput(0, unit, _UNICODE | flags, 0, None)) for unit, flags in strokes)
        )
        if self._user32.SendInput(len(inputs), inputs, ctypes.sizeof(_Input)) != len(inputs):
            raise OSError(f"Windows took no key for {character!r}: a window of higher integrity may have the focus")
