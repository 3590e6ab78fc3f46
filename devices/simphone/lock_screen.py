"""The lock screen: a swipe opens it, or the PIN."""

from collections.abc import Callable
from dataclasses import replace

from devices.simphone.components import column, row, space
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.widget_types import Group, Icon, Text, Widget

PACKAGE = "com.android.systemui"


def big_clock(system: PhoneSystem) -> Widget:
    now = system.now()
    time = Text(text=system.time_of_day(now.hour, now.minute), size=64, color="#ffffff", align="center")
    date = Text(text=f"{now:%A}, {now.day} {now:%B}", size=17, color="#ffffff", align="center")
    return column(replace(time, id=f"{PACKAGE}:id/lock_clock"), date, gap=2)


def unlock(system: PhoneSystem) -> None:
    system.locked = False
    system.covers.clear()
    system.transition = "fade"


def lock_screen(system: PhoneSystem) -> AppScreen:
    """Time and a hint; a swipe up opens the phone, or asks for the PIN."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        hint = Text(text="Swipe up to unlock", size=16, color="#ffffff", align="center")
        mark = Group(children=(Icon(name="lock", size=26, color="#ffffff"),), align="center")
        return Group(children=(space(48), big_clock(system), space(weight=1), mark, space(8), hint, space(36)))

    def swiped(direction: str) -> None:
        if direction == "up" and system.pin:
            system.push(_pin_pad())
        elif direction == "up":
            unlock(system)

    return AppScreen(PACKAGE, "NotificationShade", view, wallpaper=True, swipe=swiped)


def _pin_pad() -> AppScreen:
    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
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

    return AppScreen(PACKAGE, "NotificationShade", view, wallpaper=True)
