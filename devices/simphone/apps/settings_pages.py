"""The pages of Settings."""

from collections.abc import Callable, Sequence
from functools import partial

from devices.simphone.dialogs import ask_text, choice_dialog
from devices.simphone.parts import app_bar, button, item, line, page, row, scrolling, section, slider_row, space
from devices.simphone.screen import Screen
from devices.simphone.system import System
from devices.simphone.widgets import Group, Icon, Slider, Text, Widget

NETWORKS = ("Lighthouse", "Cafe Central", "Harbour Guest", "Library", "Neighbour 5G")
SIZES = {"Small": "0.85", "Default": "1.0", "Large": "1.15", "Largest": "1.3"}
TIMEOUTS = {
    "15 seconds": "15000",
    "30 seconds": "30000",
    "1 minute": "60000",
    "5 minutes": "300000",
    "10 minutes": "600000",
}


def _page(system: System, title: str, *lines: Widget) -> Group:
    return page(app_bar(title, back=system.pop), scrolling(*lines))


def toggle(
    system: System, title: str, space_: str, name: str, summary: str = "", icon: str = "", enabled: bool = True
) -> Widget:  # noqa: E501 - one signature
    """A line with a switch that is the setting `name`."""
    on = system.is_on(space_, name)
    return item(title, summary, icon=icon, on=on, press=lambda: system.toggle(space_, name), enabled=enabled)


def choose(system: System, title: str, space_: str, name: str, choices: dict[str, str], icon: str = "") -> Widget:
    """A line that opens a list of choices for the setting `name`."""
    values = {value: label for label, value in choices.items()}
    chosen = values.get(system.settings[space_].get(name, ""), "Custom")

    def put(label: str) -> None:
        system.put(space_, name, choices[label])

    def ask() -> None:
        system.push(choice_dialog(system, title, list(choices), chosen, put))

    return item(title, chosen, icon=icon, press=ask)


def level(system: System, title: str, space_: str, name: str, top: int) -> Widget:
    """A slider that is the setting `name`, from 0 to `top`."""
    text = system.settings[space_].get(name, "0")
    value = int(text) if text.isdigit() else 0

    def slide(to: float) -> None:
        system.put(space_, name, str(round(to * top)))

    return slider_row(title, Slider(value=value / top, slide=slide, desc=title))


def _open(system: System, activity: str, view: Callable[[System, Screen], Widget]) -> None:
    system.push(Screen("com.android.settings", f"com.android.settings.{activity}", view))


def network(system: System, screen: Screen) -> Widget:
    wifi_on = system.is_on("global", "wifi_on")
    summary = system.settings["global"].get("wifi_network", "") if wifi_on else "Off"
    return _page(
        system,
        "Network & internet",
        item("Wi-Fi", summary or "Not connected", icon="wifi", press=partial(_open, system, "Settings$WifiSettingsActivity", wifi)),
        toggle(system, "Airplane mode", "global", "airplane_mode_on", icon="airplane"),
        toggle(system, "Mobile data", "global", "mobile_data", "Sim Mobile", icon="phone"),
        toggle(system, "Roaming", "global", "data_roaming", "Connect to data services abroad", icon="globe"),
    )  # fmt: skip


def wifi(system: System, screen: Screen) -> Widget:
    on = system.is_on("global", "wifi_on")
    lines: list[Widget] = [toggle(system, "Use Wi-Fi", "global", "wifi_on")]
    if on:
        joined = system.settings["global"].get("wifi_network", "")
        lines.append(section("Networks"))
        for name in sorted(NETWORKS, key=lambda name: name != joined):
            state = "Connected" if name == joined else "Saved" if name == "Library" else ""
            lock = () if name == "Library" else (Icon(name="lock", size=18, color="dim"),)
            join = partial(system.put, "global", "wifi_network", name)
            lines.append(item(name, state, icon="wifi", trailing=lock, press=join))
    else:
        lines.append(Text(text="To see available networks, turn on Wi-Fi.", color="dim", pad=(20, 20, 20, 20)))
    return _page(system, "Wi-Fi", *lines)


def bluetooth(system: System, screen: Screen) -> Widget:
    on = system.is_on("global", "bluetooth_on")
    lines: list[Widget] = [toggle(system, "Use Bluetooth", "global", "bluetooth_on")]
    if on:
        paired = screen.extra.get("paired", "Headphones")
        lines += [section("Paired devices"), item(paired, "Connected", icon="volume"), section("Other devices")]
        lines += [item(name, icon="bluetooth", press=partial(system.toast, f"Pairing with {name}...")) for name in ("Car radio", "Keyboard K4", "Kitchen speaker")]  # fmt: skip
    else:
        lines.append(
            Text(text="When Bluetooth is on, your phone can talk to devices nearby.", color="dim", pad=(20, 20, 20, 20))
        )
    return _page(system, "Bluetooth", *lines)


def apps(system: System, screen: Screen) -> Widget:
    lines = (
        item(app.package.label, app.package.package, icon=app.icon, press=partial(system.push, app_screen(name)))
        for name, app in sorted(system.apps.items(), key=lambda pair: pair[1].package.label)
    )
    return _page(system, "Apps", *lines)


def app_screen(package: str) -> Screen:
    """The page of one application: stop it, and what it may do."""

    def view(system: System, screen: Screen) -> Widget:
        app = system.apps[package]
        granted = system.permissions[package]
        running = any(work.package == package for work in system.works)
        open_it = button("Open", lambda: _launch(system, package), weight=1)
        stop = button("Force stop", lambda: _stop(system, package), filled=False, weight=1, enabled=running)
        lines: list[Widget] = [item(app.package.label, app.package.package, icon=app.icon)]
        lines.append(row(open_it, stop, gap=12, pad=(20, 8, 20, 8)))
        if app.asks[0]:
            name = app.asks[0]
            allowed = partial(_grant, granted, name)
            lines += [section("Permissions"), item(f"Allow to {app.asks[1]}", on=name in granted, press=allowed)]
        return _page(system, "App info", *lines)

    return Screen("com.android.settings", "com.android.settings.applications.InstalledAppDetails", view)


def _launch(system: System, package: str) -> None:
    system.launch(package)


def _stop(system: System, package: str) -> None:
    system.confirm("Force stop?", "If you force stop an app, it may misbehave.", "OK", lambda: system.end(package))


def _grant(granted: set[str], name: str) -> None:
    granted ^= {name}


def notifications(system: System, screen: Screen) -> Widget:
    return _page(
        system,
        "Notifications",
        toggle(system, "Do Not Disturb", "global", "zen_mode", "No sounds, no vibration", icon="moon"),
        toggle(system, "Notifications on lock screen", "secure", "lock_screen_show_notifications", icon="lock"),
    )


def battery(system: System, screen: Screen) -> Widget:
    big = Text(text="82%", size=52, pad=(20, 16, 20, 0))
    return _page(
        system,
        "Battery",
        big,
        Text(text="About 1 day, 9 hours left", color="dim", pad=(20, 0, 20, 12)),
        toggle(system, "Battery Saver", "global", "low_power", "Extend battery life"),
        toggle(system, "Battery percentage", "system", "show_battery_percent", "Show percentage in status bar"),
    )


def storage(system: System, screen: Screen) -> Widget:
    used = (("Apps", "21 GB"), ("Images", "14 GB"), ("Videos", "9.6 GB"), ("Audio", "3.2 GB"), ("System", "2.2 GB"))
    return _page(system, "Storage", Text(text="50 GB of 128 GB used", size=20, pad=(20, 16, 20, 12)), *(item(*pair, icon="storage") for pair in used))  # fmt: skip


def sound(system: System, screen: Screen) -> Widget:
    return _page(
        system,
        "Sound & vibration",
        level(system, "Media volume", "system", "volume_music", 15),
        level(system, "Ring volume", "system", "volume_ring", 7),
        level(system, "Alarm volume", "system", "volume_alarm", 7),
        line(),
        toggle(system, "Do Not Disturb", "global", "zen_mode"),
        toggle(system, "Vibrate for calls", "system", "vibrate_when_ringing"),
        toggle(system, "Touch sounds", "system", "sound_effects_enabled"),
        toggle(system, "Touch vibration", "system", "haptic_feedback_enabled"),
    )


def display(system: System, screen: Screen) -> Widget:
    dark = system.settings["secure"].get("ui_night_mode") == "2"
    flip = partial(system.put, "secure", "ui_night_mode", "1" if dark else "2")
    return _page(
        system,
        "Display",
        level(system, "Brightness level", "system", "screen_brightness", 255),
        toggle(system, "Adaptive brightness", "system", "screen_brightness_mode"),
        item("Dark theme", on=dark, press=flip),
        choose(system, "Font size", "system", "font_scale", SIZES),
        choose(system, "Screen timeout", "system", "screen_off_timeout", TIMEOUTS),
        toggle(system, "Auto-rotate screen", "system", "accelerometer_rotation"),
    )


def security(system: System, screen: Screen) -> Widget:
    kind = "PIN" if system.pin else "None" if system.is_on("secure", "lockscreen.disabled") else "Swipe"
    return _page(
        system, "Security", item("Screen lock", kind, icon="lock"), item("Encryption", "Encrypted", icon="shield")
    )


def location(system: System, screen: Screen) -> Widget:
    on = system.is_on("secure", "location_mode")
    flip = partial(system.put, "secure", "location_mode", "0" if on else "3")
    return _page(
        system, "Location", item("Use location", on=on, press=flip), item("App location permissions", "0 apps")
    )


def accessibility(system: System, screen: Screen) -> Widget:
    return _page(
        system,
        "Accessibility",
        choose(system, "Font size", "system", "font_scale", SIZES),
        toggle(system, "Color inversion", "secure", "accessibility_display_inversion_enabled"),
    )


def date_and_time(system: System, screen: Screen) -> Widget:
    hours_24 = system.settings["system"].get("time_12_24") != "12"
    now = system.now()
    return _page(
        system,
        "Date & time",
        toggle(system, "Set time automatically", "global", "auto_time"),
        item("Date", f"{now:%B} {now.day}, {now.year}"),
        item("Time", system.time_of_day(now.hour, now.minute)),
        item("Time zone", "GMT+00:00 Coordinated Universal Time"),
        item("Use 24-hour format", on=hours_24, press=partial(system.put, "system", "time_12_24", "12" if hours_24 else "24")),
    )  # fmt: skip


def languages(system: System, screen: Screen) -> Widget:
    return _page(system, "Languages & input", item("Languages", "English (United States)"), item("On-screen keyboard", "Android Keyboard"))  # fmt: skip


def developer(system: System, screen: Screen) -> Widget:
    return _page(
        system,
        "Developer options",
        toggle(system, "Use developer options", "global", "development_settings_enabled"),
        toggle(system, "Stay awake", "global", "stay_on_while_plugged_in", "Screen will never sleep while charging"),
    )


def about(system: System, screen: Screen) -> Widget:
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
    return _page(system, "About phone", name, *(item(*fact) for fact in facts), space(8))
