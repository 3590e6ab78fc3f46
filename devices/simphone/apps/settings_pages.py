"""The pages of Settings that people change most: radios, sound, display."""

from functools import partial

from devices.simphone.apps.settings_rows import choose, level, settings_page, toggle
from devices.simphone.components import item, line, section
from devices.simphone.phone_system import AppScreen, PhoneSystem
from devices.simphone.widget_types import Icon, Text, Widget

NETWORKS = ("Lighthouse", "Cafe Central", "Harbour Guest", "Library", "Neighbour 5G")
NEARBY = ("Car radio", "Keyboard K4", "Kitchen speaker")
SIZES = {"Small": "0.85", "Default": "1.0", "Large": "1.15", "Largest": "1.3"}
TIMEOUTS = {
    "15 seconds": "15000",
    "30 seconds": "30000",
    "1 minute": "60000",
    "5 minutes": "300000",
    "10 minutes": "600000",
}


def mobile(system: PhoneSystem, screen: AppScreen) -> Widget:
    return settings_page(
        system,
        "Mobile network",
        toggle(system, "Mobile data", "global", "mobile_data", "Sim Mobile"),
        toggle(system, "Roaming", "global", "data_roaming", "Connect to data services abroad"),
    )


def wifi_state(system: PhoneSystem) -> str:
    """The network that Wi-Fi is connected to, or why it is not."""
    if not system.is_on("global", "wifi_on"):
        return "Off"
    return system.settings["global"].get("wifi_network", "") or "Not connected"


def wifi(system: PhoneSystem, screen: AppScreen) -> Widget:
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
    return settings_page(system, "Wi-Fi", *lines)


def bluetooth(system: PhoneSystem, screen: AppScreen) -> Widget:
    on = system.is_on("global", "bluetooth_on")
    lines: list[Widget] = [toggle(system, "Use Bluetooth", "global", "bluetooth_on")]
    if on:
        paired = screen.extra.get("paired", "Headphones")
        lines += [section("Paired devices"), item(paired, "Connected", icon="volume"), section("Other devices")]
        lines += [
            item(name, icon="bluetooth", press=partial(system.toast, f"Pairing with {name}...")) for name in NEARBY
        ]
    else:
        lines.append(
            Text(text="When Bluetooth is on, your phone can talk to devices nearby.", color="dim", pad=(20, 20, 20, 20))
        )
    return settings_page(system, "Bluetooth", *lines)


def notifications(system: PhoneSystem, screen: AppScreen) -> Widget:
    return settings_page(
        system,
        "Notifications",
        toggle(system, "Do Not Disturb", "global", "zen_mode", "No sounds, no vibration", icon="moon"),
        toggle(system, "Notifications on lock screen", "secure", "lock_screen_show_notifications", icon="lock"),
    )


def battery(system: PhoneSystem, screen: AppScreen) -> Widget:
    big = Text(text="82%", size=52, pad=(20, 16, 20, 0))
    return settings_page(
        system,
        "Battery",
        big,
        Text(text="About 1 day, 9 hours left", color="dim", pad=(20, 0, 20, 12)),
        toggle(system, "Battery Saver", "global", "low_power", "Extend battery life"),
        toggle(system, "Battery percentage", "system", "show_battery_percent", "Show percentage in status bar"),
    )


def sound(system: PhoneSystem, screen: AppScreen) -> Widget:
    return settings_page(
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


def display(system: PhoneSystem, screen: AppScreen) -> Widget:
    dark = system.settings["secure"].get("ui_night_mode") == "2"
    flip = partial(system.put, "secure", "ui_night_mode", "1" if dark else "2")
    return settings_page(
        system,
        "Display",
        level(system, "Brightness level", "system", "screen_brightness", 255),
        toggle(system, "Adaptive brightness", "system", "screen_brightness_mode"),
        item("Dark theme", on=dark, press=flip),
        choose(system, "Font size", "system", "font_scale", SIZES),
        choose(system, "Screen timeout", "system", "screen_off_timeout", TIMEOUTS),
        toggle(system, "Auto-rotate screen", "system", "accelerometer_rotation"),
    )


def location(system: PhoneSystem, screen: AppScreen) -> Widget:
    on = system.is_on("secure", "location_mode")
    flip = partial(system.put, "secure", "location_mode", "0" if on else "3")
    return settings_page(
        system, "Location", item("Use location", on=on, press=flip), item("App location permissions", "0 apps")
    )


def accessibility(system: PhoneSystem, screen: AppScreen) -> Widget:
    return settings_page(
        system,
        "Accessibility",
        choose(system, "Font size", "system", "font_scale", SIZES),
        toggle(system, "Color inversion", "secure", "accessibility_display_inversion_enabled"),
    )
