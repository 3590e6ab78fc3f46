"""The simulated phone: its pixels, its input, and the state that checks read."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from devices.device import Box, Pixels
from devices.simphone import key_events, text_editing, ui_tree
from devices.simphone.apps import INSTALLED, home_screen
from devices.simphone.dialogs import permission_dialog
from devices.simphone.held_touch import HeldTouch
from devices.simphone.initial_data import ADB_KEYBOARD, LATIN
from devices.simphone.phone_system import Package, PhoneSystem
from devices.simphone.renderer import Renderer
from devices.simphone.touch_dispatch import dispatch_touch
from devices.simphone.ui_tree import UiNode


class Phone:
    """A small Android phone in memory. One lock (`self.lock`, an RLock); every call is atomic.

    `size` is (width, height) of its panel, upright, in pixels. `clock` drives animations, fingers and the stopwatch,
    `wall` (seconds since 1970, shown in UTC) the clock on the screen. With a `pin` the lock screen asks for it; a
    phone without one and not `locked` has no lock screen, waking it shows what was there. Texts, settings and rows
    may be read and written at any time; what is written shows in the next frame.
    """

    def __init__(
        self,
        size: tuple[int, int] = (1080, 2400),
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        pin: str = "",
        locked: bool = False,
        animations: bool = True,
    ) -> None:
        if min(size) < 240:
            raise ValueError(f"a phone's display needs at least 240 pixels each way; found {size[0]}x{size[1]}")
        self.lock = threading.RLock()
        self.input_log: list[str] = []
        self.packages: Mapping[str, Package] = {app.package.package: app.package for app in INSTALLED}
        self.imes = [LATIN, ADB_KEYBOARD]
        self._system = PhoneSystem(INSTALLED, home_screen.home, permission_dialog, size, clock, wall, pin)
        self._renderer = Renderer(self._system, clock, animations)
        self.held_touch = HeldTouch(self.lock, self._system, self._renderer, clock, self.input_log)
        self.settings, self.files = self._system.settings, self._system.files
        self.permissions = self._system.permissions
        key_events.fit_lock(self._system, shut=locked, wanted=locked or bool(pin))

    # -- output

    def frame(self) -> Pixels:
        """What the display shows now: (height, width, 3) uint8 RGB, read-only, upright as the phone is held.

        Black while asleep. A secure window's real pixels are in it: who captures must black them out.
        """
        with self.lock:
            if not self.awake:
                width, height = self.size
                return np.zeros((height, width, 3), np.uint8)
            return self._renderer.frame()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the frame now."""
        with self.lock:
            return self._system.frame_size

    @property
    def panel(self) -> tuple[int, int]:
        """(width, height) of the display itself, as the phone is held; not the frame's after `wm size`."""
        return self._system.panel[::-1] if self.rotation % 2 else self._system.panel

    @property
    def rotation(self) -> int:
        """Quarter turns, 0 to 3: the setting user_rotation, or `tilt` while accelerometer_rotation is on."""
        with self.lock:
            return self._system.rotation

    @property
    def tilt(self) -> int:
        """How the phone is held, in quarter turns; auto-rotate follows it."""
        return self._system.tilt

    @tilt.setter
    def tilt(self, turns: int) -> None:
        with self.lock:
            self._system.tilt = turns % 4

    @property
    def awake(self) -> bool:
        return self._system.awake

    @property
    def locked(self) -> bool:
        """Whether the lock screen is in the way."""
        return self._system.locked

    @property
    def secure(self) -> bool:
        """Whether a window on the display is FLAG_SECURE."""
        with self.lock:
            return any(layer.screen.secure for layer in self._renderer.scene().layers)

    @property
    def animating(self) -> bool:
        """Whether the picture is still moving; uiautomator finds no idle state then."""
        with self.lock:
            return self._renderer.animating

    @property
    def keyboard_shown(self) -> bool:
        with self.lock:
            return self._renderer.scene().keys is not None

    @property
    def key_boxes(self) -> dict[str, Box]:
        """The keys of the soft keyboard by what is written on them, and where they are; empty while it is hidden."""
        with self.lock:
            keys = self._renderer.scene().keys
            return {part.widget.desc: part.box for part in keys.walk() if part.widget.press} if keys else {}

    @property
    def notice(self) -> str:
        """The toast that is on the display, "" when there is none."""
        with self.lock:
            return self._system.toast_text if self._renderer.scene().toast else ""

    @property
    def front(self) -> tuple[str, str]:
        """(package, activity's full class name) of the window that has the focus."""
        with self.lock:
            return self._system.top.package, self._system.top.activity

    def tree(self) -> UiNode:
        """What uiautomator sees now: the window that has the focus, without bars and keyboard; empty while asleep."""
        with self.lock:
            if not self.awake:
                return UiNode("android.widget.FrameLayout", Box(0, 0, *self.size), self._system.top.package)
            return ui_tree.tree(self._renderer.scene())

    # -- input

    def touch(self, path: Sequence[tuple[float, int, int]]) -> None:
        """A whole stroke of one finger: (seconds since its start, x, y), down at the first point, up after the last.

        Nothing happens while the display is off. Raises `ValueError` for an empty path.
        """
        if not path:
            raise ValueError("a touch needs at least one point")
        (_, x, y), (end, last_x, last_y) = path[0], path[-1]
        with self.lock, self._renderer.change() as change:
            self.input_log.append(f"touch {x},{y} to {last_x},{last_y} in {end - path[0][0]:g} s")
            if self.awake:
                change.touched = dispatch_touch(self._system, self._renderer.scene(), path)

    def key(self, codes: tuple[int, ...]) -> None:
        """Press Android's key codes together: the last acts while the others are down."""
        if not codes:
            raise ValueError("a key press needs at least one code")
        with self.lock, self._renderer.change():
            self.input_log.append(f"key {'+'.join(map(str, codes))}")
            key_events.press(self._system, codes)

    def commit(self, text: str) -> None:
        """Text arrives at the focused field, as from an input method; without a focused field it is lost.

        A newline is Enter where the field has one line.
        """
        with self.lock, self._renderer.change():
            self.input_log.append(f"text {text!r}")
            for n, line in enumerate(text.split("\n") if self.awake else ()):
                if n:
                    self._renderer.scene()
                    text_editing.enter(self._system)
                if line:
                    text_editing.type_text(self._system, line)

    # -- applications and state

    def start(self, package: str, activity: str = "", uri: str = "") -> bool:
        """Open an application, or one of its activities (".Name" or the full class); False when there is none.

        A link opens the browser when no package is named.
        """
        if uri and not package:
            package = "com.android.browser"
        with self.lock, self._renderer.change():
            return self._system.launch(package, package + activity if activity.startswith(".") else activity, uri)

    def stop(self, package: str) -> None:
        """Close an application; nothing happens when it is not open."""
        with self.lock, self._renderer.change():
            self._system.end(package)

    def rows(self, uri: str) -> list[dict[str, str]]:
        """Copies of the rows at content://contacts, sms, notes or alarms, or of one, content://notes/2.

        Raises `KeyError` for another address.
        """
        table, identity = self._address(uri)
        with self.lock:
            return [dict(row) for row in self._system.tables[table] if identity in ("", row["_id"])]

    def insert(self, uri: str, row: dict[str, str]) -> None:
        """Add a row; it gets an `_id` when it has none. Raises `ValueError` for a column that the table lacks."""
        table, _ = self._address(uri)
        with self.lock, self._renderer.change():
            self._system.add(table, row)

    def delete(self, uri: str) -> None:
        """Remove the rows at `uri`: all of content://notes, or one, content://notes/2."""
        table, identity = self._address(uri)
        with self.lock, self._renderer.change():
            rows = self._system.tables[table]
            rows[:] = [row for row in rows if identity not in ("", row["_id"])]

    def _address(self, uri: str) -> tuple[str, str]:
        table, _, identity = uri.removeprefix("content://").partition("/")
        if table not in self._system.tables:
            known = ", ".join(f"content://{name}" for name in self._system.tables)
            raise KeyError(f"no rows at {uri}; there are {known}")
        return table, identity

    @property
    def clipboard(self) -> str:
        return self._system.clipboard

    @clipboard.setter
    def clipboard(self, text: str) -> None:
        with self.lock:
            self._system.clipboard = text

    @property
    def ime(self) -> str:
        """The id of the current input method."""
        return self.settings["secure"].get("default_input_method", "")

    @ime.setter
    def ime(self, identity: str) -> None:
        with self.lock:
            self.settings["secure"]["default_input_method"] = identity

    def toast(self, text: str) -> None:
        """Show `text` at the bottom for a few seconds, as an application's notice."""
        with self.lock, self._renderer.change():
            self._system.toast(text)
