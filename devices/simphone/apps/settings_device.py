"""The pages of Settings about the phone itself: applications, storage, time, names."""

from collections.abc import Sequence
from functools import partial

from devices.simphone.apps.settings_rows import settings_page, toggle
from devices.simphone.components import button, item, row, section, space
from devices.simphone.dialogs import ask_text, confirm
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.widget_types import Text, Widget


def apps(system: PhoneSystem, screen: AppScreen) -> Widget:
    lines = (
        item(app.package.label, app.package.package, icon=app.icon, press=partial(system.push, app_screen(name)))
        for name, app in sorted(system.apps.items(), key=lambda pair: pair[1].package.label)
    )
    return settings_page(system, "Apps", *lines)


def app_screen(package: str) -> AppScreen:
    """The page of one application: stop it, and what it may do."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        app = system.apps[package]
        granted = system.permissions[package]
        running = any(task.package == package for task in system.tasks)
        open_it = button("Open", lambda: _launch(system, package), weight=1)
        stop = button("Force stop", lambda: _stop(system, package), filled=False, weight=1, enabled=running)
        lines: list[Widget] = [item(app.package.label, app.package.package, icon=app.icon)]
        lines.append(row(open_it, stop, gap=12, pad=(20, 8, 20, 8)))
        if app.asks[0]:
            name = app.asks[0]
            allowed = partial(_grant, granted, name)
            lines += [section("Permissions"), item(f"Allow to {app.asks[1]}", on=name in granted, press=allowed)]
        return settings_page(system, "App info", *lines)

    return AppScreen("com.android.settings", "com.android.settings.applications.InstalledAppDetails", view)


def _launch(system: PhoneSystem, package: str) -> None:
    system.launch(package)


def _stop(system: PhoneSystem, package: str) -> None:
    confirm(system, "Force stop?", "If you force stop an app, it may misbehave.", "OK", lambda: system.end(package))


def _grant(granted: set[str], name: str) -> None:
    granted ^= {name}


def storage(system: PhoneSystem, screen: AppScreen) -> Widget:
    used = (
        ("Apps", "21 GB"),
        ("Images", "14 GB"),
        ("Videos", "9.6 GB"),
        ("Audio", "3.2 GB"),
        ("System", "2.2 GB"),
    )
    total = Text(text="50 GB of 128 GB used", size=20, pad=(20, 16, 20, 12))
    return settings_page(system, "Storage", total, *(item(*pair, icon="storage") for pair in used))


def security(system: PhoneSystem, screen: AppScreen) -> Widget:
    kind = "PIN" if system.pin else "None" if system.is_on("secure", "lockscreen.disabled") else "Swipe"
    return settings_page(
        system, "Security", item("Screen lock", kind, icon="lock"), item("Encryption", "Encrypted", icon="shield")
    )


def date_and_time(system: PhoneSystem, screen: AppScreen) -> Widget:
    hours_24 = system.settings["system"].get("time_12_24") != "12"
    now = system.now()
    flip = partial(system.put, "system", "time_12_24", "12" if hours_24 else "24")
    return settings_page(
        system,
        "Date & time",
        toggle(system, "Set time automatically", "global", "auto_time"),
        item("Date", f"{now:%B} {now.day}, {now.year}"),
        item("Time", system.time_of_day(now.hour, now.minute)),
        item("Time zone", "GMT+00:00 Coordinated Universal Time"),
        item("Use 24-hour format", on=hours_24, press=flip),
    )  # fmt: skip


def languages(system: PhoneSystem, screen: AppScreen) -> Widget:
    lines = (item("Languages", "English (United States)"), item("On-screen keyboard", "Android Keyboard"))
    return settings_page(system, "Languages & input", *lines)


def developer(system: PhoneSystem, screen: AppScreen) -> Widget:
    return settings_page(
        system,
        "Developer options",
        toggle(system, "Use developer options", "global", "development_settings_enabled"),
        toggle(system, "Stay awake", "global", "stay_on_while_plugged_in", "Screen will never sleep while charging"),
    )


def about(system: PhoneSystem, screen: AppScreen) -> Widget:
    facts: Sequence[tuple[str, str]] = (
        ("Phone number", "+49 151 555 0100"),
        ("Model", "SimPhone 1"),
        ("Android version", "14"),
        ("IP address", "192.168.178.42" if system.is_on("global", "wifi_on") else "Unavailable"),
        ("Wi-Fi MAC address", "02:00:5e:10:00:07"),
        ("Serial number", "SIM0471142"),
        ("Kernel version", "6.1.75-android14"),
        ("Build number", "SCREENHAND.26"),
    )

    def rename() -> None:
        ask_text(
            system,
            "Device name",
            system.settings["global"].get("device_name", ""),
            partial(system.put, "global", "device_name"),
        )

    name = item("Device name", system.settings["global"].get("device_name", ""), press=rename)
    return settings_page(system, "About phone", name, *(item(*fact) for fact in facts), space(8))
