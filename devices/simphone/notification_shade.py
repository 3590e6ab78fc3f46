"""What a swipe down from the top opens: quick settings and notifications."""

from devices.simphone.components import avatar, row, scroll_column
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.widget_types import Group, Icon, Text, Widget

PACKAGE = "com.android.systemui"


TILES = (
    ("Wi-Fi", "wifi", "global", "wifi_on"),
    ("Bluetooth", "bluetooth", "global", "bluetooth_on"),
    ("Airplane mode", "airplane", "global", "airplane_mode_on"),
    ("Do Not Disturb", "moon", "global", "zen_mode"),
    ("Auto-rotate", "rotate", "system", "accelerometer_rotation"),
    ("Battery Saver", "battery", "global", "low_power"),
)


def unread(system: PhoneSystem) -> list[dict[str, str]]:
    """The unread messages, the latest first: the phone's notifications."""
    rows = [row_ for row_ in system.tables["sms"] if row_["read"] == "0" and row_["type"] == "1"]
    return sorted(rows, key=lambda row_: int(row_["date"]), reverse=True)


def _notice(system: PhoneSystem, row_: dict[str, str]) -> Widget:
    def read() -> None:
        system.covers.clear()
        system.launch("com.android.messaging", uri=f"smsto:{row_['address']}")

    words = Group(
        children=(
            Text(text="Messages", size=13, color="dim"),
            Text(text=row_["address"], size=16, bold=True, id="android:id/title"),
            Text(text=row_["body"], size=15, lines=2, id="android:id/text"),
        ),
        weight=1,
    )
    return Group(
        axis="across", children=(avatar(row_["address"]), words), gap=14, pad=(16, 12, 16, 12), fill="surface",
        radius=20, align="center", press=read,
    )  # fmt: skip


def shade() -> AppScreen:
    """The quick settings that a swipe down from the top opens."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        def tile(name: str, icon: str, space_: str, setting: str) -> Widget:
            on = system.is_on(space_, setting)
            ink = "on_primary" if on else "text"
            words = Text(text=name, size=14, color=ink, lines=2, weight=1)
            return Group(
                axis="across", children=(Icon(name=icon, color=ink, size=22), words), gap=10, weight=1, height=64,
                pad=(14, 6, 8, 6), align="center", fill="primary" if on else "surface", radius=22, checked=on,
                press=lambda: system.toggle(space_, setting), cls="android.widget.Switch", desc=name,
            )  # fmt: skip

        pairs = [row(tile(*a), tile(*b), gap=10) for a, b in zip(TILES[::2], TILES[1::2], strict=True)]
        now = system.now()
        date = Text(text=f"{now:%a}, {now.day} {now:%b}", size=16, bold=True)
        notices = [_notice(system, row_) for row_ in unread(system)]
        if not notices:
            notices = [Text(text="No notifications", size=15, color="dim", align="center", pad=(0, 24, 0, 0))]
        top = Group(children=(date, *pairs), gap=12, pad=(20, 12, 20, 12))
        return Group(children=(top, scroll_column(*notices, gap=10, pad=(20, 4, 20, 16))), fill="background")

    return AppScreen(PACKAGE, "NotificationShade", view)
