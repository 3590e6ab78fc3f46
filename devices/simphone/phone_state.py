"""The phone's state apart from its screens: settings, rows, files, permissions, how it is held and drawn."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from devices.simphone import initial_data
from devices.simphone.theme import Theme

TOAST = 3.5  # seconds, Android's long one


class PhoneState:
    """Settings, tables and files, and what follows from them. The caller holds the phone's lock.

    `tilt` is how the phone is held, in quarter turns. `memory` is what applications keep between their screens.
    """

    def __init__(
        self, packages: Iterable[str], size: tuple[int, int], clock: Callable[[], float], wall: Callable[[], float]
    ) -> None:
        self.panel, self.clock, self._wall = size, clock, wall
        self.settings, self.tables, self.files = initial_data.settings(), initial_data.tables(), initial_data.files()
        self.permissions: dict[str, set[str]] = {package: set() for package in packages}
        self.clipboard = ""
        self.memory: dict[str, str] = {}
        self.tilt = 0
        self.toast_text, self.toast_until = "", float("-inf")

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
        rows, columns = self.tables[table], initial_data.COLUMNS[table]
        for name, value in row.items():
            if name not in columns and name != "_id":
                raise ValueError(f"{table} has the columns {', '.join(columns)}; found {name!r}")
            if name in initial_data.NUMBERS and not value.isdecimal():
                raise ValueError(f"{table}.{name} is a number; found {value!r}")
        identity = row.get("_id") or str(max((int(old["_id"]) for old in rows if old["_id"].isdigit()), default=0) + 1)
        rows.append({"_id": identity, **columns, **row})
        return identity

    def row(self, table: str, identity: str) -> dict[str, str] | None:
        return next((row for row in self.tables[table] if row["_id"] == identity), None)

    def remove(self, table: str, identity: str) -> None:
        self.tables[table][:] = [row for row in self.tables[table] if row["_id"] != identity]

    def toast(self, text: str) -> None:
        """Show `text` at the bottom for `TOAST` seconds."""
        self.toast_text, self.toast_until = text, self.clock() + TOAST
