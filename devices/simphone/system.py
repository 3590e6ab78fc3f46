"""What runs on the phone: its settings, its data, and which screens are open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from devices.device import Box
from devices.simphone import seeds
from devices.simphone.dialogs import confirm_dialog, menu_dialog, permission_dialog
from devices.simphone.screen import App, Screen, Work
from devices.simphone.theme import Theme
from devices.simphone.widgets import Widget

TOAST = 3.5  # seconds, Android's long one


class System:
    """State, and the few ways to change which screen is in front. The caller holds the phone's lock.

    `moved` says how the last change of screens is to be shown: "open", "close", "fade", or "" for none.
    """

    def __init__(
        self,
        apps: Sequence[App],
        home: Callable[["System", Screen], Widget],
        size: tuple[int, int],
        clock: Callable[[], float],
        wall: Callable[[], float],
        pin: str,
    ) -> None:
        self.apps: Mapping[str, App] = {app.package.package: app for app in apps}
        self.panel, self.clock, self.pin, self._wall = size, clock, pin, wall
        self.settings, self.tables, self.files = seeds.settings(), seeds.tables(), seeds.files()
        self.permissions: dict[str, set[str]] = {package: set() for package in self.apps}
        self.clipboard = ""
        self.memory: dict[str, str] = {}
        self.home = Work(
            "com.android.launcher3",
            [Screen("com.android.launcher3", "com.android.launcher3.Launcher", home, wallpaper=True)],
        )
        self.works = [self.home]
        self.awake, self.locked, self.covers = True, False, list[Screen]()
        self.tilt = 0
        self.keyboard_up = False
        self.key_page, self.shift = "letters", 0
        self.moved = ""
        self.toast_text, self.toast_until = "", float("-inf")
        self.shifted_at = float("-inf")
        self.finger: Box | None = None

    # -- what is shown

    @property
    def work(self) -> Work:
        return self.works[-1]

    @property
    def top(self) -> Screen:
        """The screen that has the focus: a cover of the system (lock screen, recents) or the front application's."""
        return self.covers[-1] if self.covers else self.work.screens[-1]

    @property
    def rotation(self) -> int:
        if self.is_on("system", "accelerometer_rotation"):
            return self.tilt
        wanted = self.settings["system"].get("user_rotation", "0")
        return int(wanted) if wanted in ("0", "1", "2", "3") else 0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) upright that is drawn at: the panel's own, unless `wm size` has set another one."""
        wide, _, high = self.settings["global"].get("display_size_forced", "").partition(",")
        return (int(wide), int(high)) if wide.isdecimal() and high.isdecimal() else self.panel

    @property
    def frame_size(self) -> tuple[int, int]:
        width, height = self.size
        return (height, width) if self.rotation % 2 else (width, height)

    @property
    def theme(self) -> Theme:
        try:
            scale = min(max(float(self.settings["system"].get("font_scale", "1.0")), 0.5), 2.0)
        except ValueError:
            scale = 1.0
        return Theme(min(self.size) / 360, scale, self.settings["secure"].get("ui_night_mode") == "2")

    def now(self) -> datetime:
        """The time on the phone's clock; its time zone is UTC."""
        return datetime.fromtimestamp(self._wall(), UTC)

    def time_of_day(self, hour: int, minute: int) -> str:
        if self.settings["system"].get("time_12_24") == "12":
            return f"{(hour + 11) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
        return f"{hour:02d}:{minute:02d}"

    # -- settings and data

    def is_on(self, space: str, name: str) -> bool:
        return self.settings[space].get(name, "0") not in ("0", "")

    def number(self, space: str, name: str) -> int:
        """A setting that is a whole number; 0 where it is not."""
        text = self.settings[space].get(name, "0")
        return int(text) if text.isdecimal() else 0

    def toggle(self, space: str, name: str) -> None:
        self.put(space, name, "0" if self.is_on(space, name) else "1")

    def put(self, space: str, name: str, value: str) -> None:
        """Write a setting as the phone's own screens do: airplane mode takes Wi-Fi and Bluetooth along."""
        self.settings[space][name] = value
        if name == "airplane_mode_on":
            radios = ("wifi_on", "bluetooth_on")
            if value == "1":
                self.memory["radios"] = ",".join(radio for radio in radios if self.is_on("global", radio))
            before = self.memory.get("radios", "").split(",")
            for radio in radios:
                self.settings["global"][radio] = "1" if value == "0" and radio in before else "0"
        if name == "accelerometer_rotation" and value == "0":
            self.settings["system"]["user_rotation"] = str(self.tilt)

    def add(self, table: str, row: Mapping[str, str]) -> str:
        """Add a row and return its `_id`, counted on when it has none; other columns not given get their usual value.

        Raises `ValueError` for a column that the table lacks, and for words where a number belongs.
        """
        rows, columns = self.tables[table], seeds.COLUMNS[table]
        for name, value in row.items():
            if name not in columns and name != "_id":
                raise ValueError(f"{table} has the columns {', '.join(columns)}; found {name!r}")
            if name in seeds.NUMBERS and not value.isdecimal():
                raise ValueError(f"{table}.{name} is a number; found {value!r}")
        identity = row.get("_id") or str(max((int(old["_id"]) for old in rows if old["_id"].isdigit()), default=0) + 1)
        rows.append({"_id": identity, **columns, **row})
        return identity

    def row(self, table: str, identity: str) -> dict[str, str] | None:
        return next((row for row in self.tables[table] if row["_id"] == identity), None)

    def remove(self, table: str, identity: str) -> None:
        self.tables[table][:] = [row for row in self.tables[table] if row["_id"] != identity]

    # -- screens

    def push(self, screen: Screen) -> None:
        """Open `screen` over the one in front."""
        (self.covers if self.covers else self.work.screens).append(screen)
        self.keyboard_up = False
        self.moved = "fade" if screen.floating else "open"
        if screen.focus:
            self.focus(screen.focus)

    def pop(self) -> None:
        """Close the screen in front; an application's last goes to the home screen, which never closes."""
        closed = self.top
        if self.covers:
            self.covers.pop()
        elif self.work is not self.home:
            self.work.screens.pop()
            if not self.work.screens:
                self.works.pop()
                self.works.append(self.works.pop(self.works.index(self.home)))
        elif len(self.home.screens) > 1:
            self.home.screens.pop()
        else:
            return
        self.keyboard_up = False
        self.moved = "fade" if closed.floating else "close"

    def go_home(self) -> None:
        if not self.locked:
            self.covers.clear()
        del self.home.screens[1:]
        self._to_front(self.home)
        self.moved = "close"

    def _to_front(self, work: Work) -> None:
        self.works.remove(work)
        self.works.append(work)
        self.keyboard_up = False

    def launch(self, package: str, activity: str = "", uri: str = "") -> bool:
        """Bring an application to the front; False when there is none, or no such screen in it."""
        if package == self.home.package:
            self.go_home()
            return True
        app = self.apps.get(package)
        if app is None:
            return False
        running = next((work for work in self.works if work.package == package), None)
        main = activity in ("", app.package.activity)
        screen = None
        if running is None or not main or uri:
            screen = app.open(self, activity or app.package.activity, uri)
            if screen is None:
                return False
        if not self.locked:
            self.covers.clear()
        if running is None:
            running = Work(package, [])
            self.works.append(running)
        self._to_front(running)
        if screen is not None:
            running.screens.append(screen)
        permission, words = app.asks
        if permission and permission not in self.permissions[package] and len(running.screens) == 1:
            running.screens.append(permission_dialog(self, app, permission, words))
        self.moved = "open"
        return True

    def end(self, package: str) -> None:
        """Stop an application: its screens close."""
        work = next((work for work in self.works if work.package == package and work is not self.home), None)
        if work is None:
            return
        if work is self.work:
            self._to_front(self.home)
            self.moved = "" if self.covers else "close"
        self.works.remove(work)

    # -- the finger's consequences

    def focus(self, key: str) -> None:
        """Give the field `key` of the front screen the focus and show the keyboard."""
        self.top.focus = key
        self.top.entry(key)
        self.keyboard_up = True
        self.key_page, self.shift = "letters", 0

    def toast(self, text: str) -> None:
        self.toast_text, self.toast_until = text, self.clock() + TOAST

    def menu(self, items: Sequence[tuple[str, Callable[[], None]]], anchor: Box | None = None) -> None:
        """A small list to choose from, near `anchor` or where the finger was; choosing closes it."""
        self.push(menu_dialog(self, items, anchor or self.finger))

    def confirm(self, title: str, message: str, label: str, act: Callable[[], None]) -> None:
        """A dialog with Cancel and `label`; `act` is called after it closed."""
        self.push(confirm_dialog(self, title, message, label, act))
