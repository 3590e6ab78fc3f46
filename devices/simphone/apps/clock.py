"""Clock: alarms with switches, and a stopwatch."""

from functools import partial

from devices.simphone.components import app_bar, button, field, floating_button, over, page, row, scroll_column, space
from devices.simphone.dialogs import button_row, dialog, menu, sheet
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Field, Group, Icon, Switch, Text, Widget

PACKAGE = "com.android.deskclock"
TABS = (("Alarm", "alarm"), ("Stopwatch", "clock"))


def clock(system: PhoneSystem, screen: AppScreen) -> Widget:
    """The tab that was chosen last, and the tabs below it."""
    tab = screen.extra.get("tab", "Alarm")
    screen.live = tab == "Stopwatch" and "started" in system.memory
    body = {"Alarm": _alarms, "Stopwatch": _stopwatch}[tab](system, screen)
    tabs = tuple(_tab(screen, name, icon, name == tab) for name, icon in TABS)
    return page(app_bar(tab), body, Group(axis="across", children=tabs, height=68, fill="surface"))


def _tab(screen: AppScreen, name: str, icon: str, chosen: bool) -> Widget:
    def choose() -> None:
        screen.extra["tab"] = name

    color = "primary" if chosen else "dim"
    words = Text(text=name, size=13, bold=chosen, color=color, align="center")
    return Group(
        children=(Icon(name=icon, color=color), words), gap=2, weight=1, height=-1, justify="center", press=choose,
        selected=chosen, align="center",
    )  # fmt: skip


def _alarms(system: PhoneSystem, screen: AppScreen) -> Widget:
    rows = sorted(system.tables["alarms"], key=lambda row: (int(row["hour"]), int(row["minutes"])))
    cards = [_alarm(system, row) for row in rows]
    plus = floating_button("plus", "Add alarm", lambda: _edit(system, None))
    return over(scroll_column(*cards, gap=12, pad=(16, 8, 16, 90)), plus)


def _alarm(system: PhoneSystem, row: dict[str, str]) -> Widget:
    on = row.get("enabled") == "1"
    time = system.time_of_day(int(row["hour"]), int(row["minutes"]))

    def flip() -> None:
        row["enabled"] = "0" if on else "1"
        system.toast(f"Alarm {'off' if on else 'set'} for {time}")

    def remove() -> None:
        system.remove("alarms", row["_id"])
        system.toast("Alarm deleted")

    def held() -> None:
        menu(system, [("Edit", partial(_edit, system, row)), ("Delete", remove)])

    words = Group(
        children=(
            Text(text=time, size=38, color="text" if on else "dim", id=f"{PACKAGE}:id/digital_clock"),
            Text(text=row.get("label") or "Alarm", size=15, color="dim", id=f"{PACKAGE}:id/label"),
        ),
        weight=1,
    )
    switch = Switch(
        on=on, checked=on, press=flip, desc=f"{row.get('label') or 'Alarm'} {time}", id=f"{PACKAGE}:id/onoff",
        cls="android.widget.Switch", width=60, height=48,
    )  # fmt: skip
    return Group(
        axis="across", children=(words, switch), pad=(20, 12, 14, 14), fill="surface", radius=18, align="center",
        press=partial(_edit, system, row), hold=held,
    )  # fmt: skip


def _edit(system: PhoneSystem, old: dict[str, str] | None) -> None:
    """A dialog with hour, minute and label; OK keeps the alarm and turns it on."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        hour, minute = screen.text("hour"), screen.text("minute")

        def done() -> None:
            if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
                screen.extra["wrong"] = "Enter a valid time"
                return
            new = {"hour": str(int(hour)), "minutes": str(int(minute)), "label": screen.text("label"), "enabled": "1"}
            system.pop()
            if old:
                old.update(new)
            else:
                system.add("alarms", new)
            system.toast(f"Alarm set for {system.time_of_day(int(hour), int(minute))}")

        def erase() -> None:
            system.pop()
            system.remove("alarms", old["_id"] if old else "")
            system.toast("Alarm deleted")

        def number(key: str, hint: str) -> Widget:
            return Group(
                children=(Field(key=key, hint=hint, numeric=True, size=26, id=f"{PACKAGE}:id/{key}"),), weight=1
            )

        times = row(number("hour", "Hour"), Text(text=":", size=32), number("minute", "Minute"), gap=10)
        wrong = (Text(text=screen.extra["wrong"], size=14, color="danger"),) if "wrong" in screen.extra else ()
        remove = (button("Delete", erase, filled=False, color="danger"),) if old else ()
        return sheet(
            Text(text="Edit alarm" if old else "Set alarm", size=21, bold=True, id="android:id/alertTitle"),
            space(2),
            times,
            *wrong,
            space(2),
            field("label", "Label", submit=done, id=f"{PACKAGE}:id/label"),
            button_row(
                *remove,
                button("Cancel", system.pop, filled=False, id="android:id/button2"),
                button("OK", done, filled=False, id="android:id/button1"),
            ),
        )

    screen = dialog(system, view)
    screen.buffer("hour", old["hour"] if old else "")
    screen.buffer("minute", f"{int(old['minutes']):02d}" if old else "")
    screen.buffer("label", old.get("label", "") if old else "")
    system.push(screen)


def _stopwatch(system: PhoneSystem, screen: AppScreen) -> Widget:
    started, before = system.memory.get("started"), float(system.memory.get("elapsed", "0"))
    elapsed = before + (system.clock() - float(started) if started else 0.0)

    def start_or_stop() -> None:
        if started:
            system.memory["elapsed"] = str(elapsed)
            del system.memory["started"]
        else:
            system.memory["started"] = str(system.clock())

    def reset() -> None:
        system.memory.pop("started", None)
        system.memory.pop("elapsed", None)

    tenths = int(elapsed * 10)
    face = f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"
    big = Text(text=face, size=54, align="center", id=f"{PACKAGE}:id/stopwatch_time_text")
    label = "Pause" if started else "Resume" if elapsed else "Start"
    go = button(label, start_or_stop, weight=1)
    clear = button("Reset", reset, filled=False, weight=1, enabled=bool(started or elapsed))
    below = row(clear, go, gap=16, pad=(28, 0, 28, 28))
    return Group(children=(space(weight=1), big, space(weight=1), below), weight=1)


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    return AppScreen(PACKAGE, activity, clock) if activity == APP.package.activity else None


APP = App(Package("Clock", PACKAGE, f"{PACKAGE}.DeskClock"), "clock", "#334a7d", open_screen)
