"""What the system itself shows: bars, toast, lock screen, recent applications, quick settings."""

from collections.abc import Callable
from dataclasses import replace

from devices.simphone.parts import avatar, column, icon_button, row, scrolling, space
from devices.simphone.screen import Screen, Work
from devices.simphone.system import System
from devices.simphone.widgets import FILL, Group, Icon, Text, Widget

PACKAGE = "com.android.systemui"
STATUS, NAVIGATION = 28, 44  # dp


def status_bar(system: System, ink: str) -> Widget:
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
    waiting = (Icon(name="message", size=14, color=ink),) if _unread(system) else ()
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


def big_clock(system: System) -> Widget:
    now = system.now()
    time = Text(text=system.time_of_day(now.hour, now.minute), size=64, color="#ffffff", align="center")
    date = Text(text=f"{now:%A}, {now.day} {now:%B}", size=17, color="#ffffff", align="center")
    return column(replace(time, id=f"{PACKAGE}:id/lock_clock"), date, gap=2)


def unlock(system: System) -> None:
    system.locked = False
    system.covers.clear()
    system.moved = "fade"


def lock_screen(system: System) -> Screen:
    """Time and a hint; a swipe up opens the phone, or asks for the PIN."""

    def view(system: System, screen: Screen) -> Widget:
        hint = Text(text="Swipe up to unlock", size=16, color="#ffffff", align="center")
        mark = Group(children=(Icon(name="lock", size=26, color="#ffffff"),), align="center")
        return Group(children=(space(48), big_clock(system), space(weight=1), mark, space(8), hint, space(36)))

    def swiped(direction: str) -> None:
        if direction == "up" and system.pin:
            system.push(_pin_pad())
        elif direction == "up":
            unlock(system)

    return Screen(PACKAGE, "NotificationShade", view, wallpaper=True, swipe=swiped)


def _pin_pad() -> Screen:
    def view(system: System, screen: Screen) -> Widget:
        typed = screen.extra.get("pin", "")

        def press(char: str) -> None:
            before = screen.extra.get("pin", "")
            if char == "\n" and before == system.pin:
                unlock(system)
            elif char == "\n":
                screen.extra.update(pin="", hint="Wrong PIN")
            else:
                after = before[:-1] if char == "\b" else (before + char)[:16]
                screen.extra.update(pin=after, hint="")

        screen.typed = press

        def key(face: Widget, desc: str, act: Callable[[], None], fill: str) -> Widget:
            return Group(
                axis="over", children=(face,), width=64, height=64, radius=32, fill=fill, align="center",
                justify="center", press=act, desc=desc, cls="android.widget.Button",
            )  # fmt: skip

        def digit(char: str) -> Widget:
            return key(Text(text=char, size=26, color="#ffffff"), char, lambda: press(char), "#33507c")

        rows = [row(*map(digit, chars), gap=22) for chars in ("123", "456", "789")]
        erasing = key(Icon(name="backspace", color="#ffffff"), "Delete", lambda: press("\b"), "")
        done = key(Icon(name="enter", color="#0b2a5b"), "Enter", lambda: press("\n"), "#a8c7fa")
        rows.append(row(erasing, digit("0"), done, gap=22))
        words = Text(text=screen.extra.get("hint") or "Enter your PIN", size=18, color="#ffffff", align="center")
        dots = Text(text="•" * len(typed) or " ", size=30, color="#ffffff", align="center", id=f"{PACKAGE}:id/pinEntry")
        pad = Group(children=tuple(rows), gap=12, align="center")
        return Group(children=(space(weight=1), words, dots, space(8), pad, space(weight=1)))

    return Screen(PACKAGE, "NotificationShade", view, wallpaper=True)


def recents(system: System) -> Screen:
    """The open applications as cards, the latest first; a press goes there, a cross closes."""

    def card(work: Work) -> Widget:
        app = system.apps[work.package]

        def close() -> None:
            system.end(work.package)

        cross = icon_button("close", f"Close {app.package.label}", close)
        name = Text(text=app.package.label, size=19, bold=True, weight=1)
        line = row(avatar(app.package.label), name, cross, gap=14, pad=(16, 12, 8, 12))
        return Group(children=(line,), fill="raised", radius=18, press=lambda: _open(system, work.package))

    def clear() -> None:
        for work in [work for work in system.works if work is not system.home]:
            system.end(work.package)
        system.go_home()

    def view(system: System, screen: Screen) -> Widget:
        works = [work for work in reversed(system.works) if work is not system.home]
        if not works:
            nothing = Text(text="No recent items", size=18, color="dim", align="center")
            return Group(children=(space(weight=1), nothing, space(weight=1)), fill="background")
        all_of_them = Text(text="Clear all", size=17, color="primary", align="center", bold=True)
        last = Group(children=(all_of_them,), press=clear, pad=(0, 14, 0, 14), cls="android.widget.Button")
        cards = scrolling(*map(card, works), last, gap=14, pad=(20, 20, 20, 20))
        return Group(children=(cards,), fill="background")

    return Screen("com.android.launcher3", "com.android.quickstep.RecentsActivity", view)


def _open(system: System, package: str) -> None:
    system.covers.clear()
    system.launch(package)


def _unread(system: System) -> list[dict[str, str]]:
    """The messages that nobody has read, the latest first: the phone's notifications."""
    rows = [row_ for row_ in system.tables["sms"] if row_["read"] == "0" and row_["type"] == "1"]
    return sorted(rows, key=lambda row_: int(row_["date"]), reverse=True)


def _notice(system: System, row_: dict[str, str]) -> Widget:
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


TILES = (
    ("Wi-Fi", "wifi", "global", "wifi_on"),
    ("Bluetooth", "bluetooth", "global", "bluetooth_on"),
    ("Airplane mode", "airplane", "global", "airplane_mode_on"),
    ("Do Not Disturb", "moon", "global", "zen_mode"),
    ("Auto-rotate", "rotate", "system", "accelerometer_rotation"),
    ("Battery Saver", "battery", "global", "low_power"),
)


def shade() -> Screen:
    """The quick settings that a swipe down from the top opens."""

    def view(system: System, screen: Screen) -> Widget:
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
        notices = [_notice(system, row_) for row_ in _unread(system)]
        if not notices:
            notices = [Text(text="No notifications", size=15, color="dim", align="center", pad=(0, 24, 0, 0))]
        top = Group(children=(date, *pairs), gap=12, pad=(20, 12, 20, 12))
        return Group(children=(top, scrolling(*notices, gap=10, pad=(20, 4, 20, 16))), fill="background")

    return Screen(PACKAGE, "NotificationShade", view)
