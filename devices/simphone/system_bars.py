"""The bars at the top and the bottom of the display, and the toast."""

from collections.abc import Callable

from devices.simphone.components import row, space
from devices.simphone.notification_shade import unread
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.widget_types import FILL, Group, Icon, Text, Widget

PACKAGE = "com.android.systemui"
STATUS, NAVIGATION = 28, 44  # dp


def status_bar(system: PhoneSystem, ink: str) -> Widget:
    """The clock at the left; radios and battery at the right."""
    now = system.now()
    names = [
        *(["moon"] if system.is_on("global", "zen_mode") else []),
        *(["bluetooth"] if system.is_on("global", "bluetooth_on") else []),
        *(["airplane"] if system.is_on("global", "airplane_mode_on") else []),
        *(["wifi"] if system.is_on("global", "wifi_on") else []),
        "battery",
    ]
    clock = Text(text=system.time_of_day(now.hour, now.minute), size=14, bold=True, color=ink, id=f"{PACKAGE}:id/clock")
    icons = (Icon(name=name, size=15, color=ink) for name in names)
    waiting = (Icon(name="message", size=14, color=ink),) if unread(system) else ()
    return row(clock, *waiting, space(weight=1), *icons, gap=7, pad=(18, 0, 14, 0), height=STATUS)


def navigation_bar(back: Callable[[], None], home: Callable[[], None], recent: Callable[[], None], ink: str) -> Widget:
    """Back, home and recents, as on a phone with three buttons."""
    buttons = (("back", "Back", back), ("home", "Home", home), ("recents", "Overview", recent))
    keys = (
        Group(
            axis="over", children=(Icon(name=f"nav_{name}", size=20, color=ink),), weight=1, align="center",
            justify="center", press=press, desc=desc, id=f"{PACKAGE}:id/{name}", height=FILL,
        )
        for name, desc, press in buttons
    )  # fmt: skip
    return row(*keys, pad=(24, 0, 24, 0), height=NAVIGATION)


def toast_bubble(text: str) -> Widget:
    words = Text(text=text, size=15, color="on_toast", lines=2, id="android:id/message")
    return Group(children=(words,), fill="toast", radius=22, pad=(20, 10, 20, 10))
