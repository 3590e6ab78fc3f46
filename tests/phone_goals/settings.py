"""Switches, choices, sliders and names in the settings."""

from devices.simphone.phone import Phone
from tests.phone_goals.goal import Goal, between, every, finished, same, setting


def _dark(phone: Phone) -> None:
    phone.settings["secure"]["ui_night_mode"] = "2"


def _loud(phone: Phone) -> None:
    phone.settings["system"]["volume_music"] = "14"


GOALS = (
    Goal("Turn on airplane mode.", setting("global", "airplane_mode_on", "1")),
    Goal("Could you enable Bluetooth for me?", setting("global", "bluetooth_on", "1")),
    Goal("Switch off location services please", setting("secure", "location_mode", "0")),
    Goal("I don't want to be disturbed, turn on Do Not Disturb", setting("global", "zen_mode", "1")),
    Goal("battery saver on", setting("global", "low_power", "1")),
    Goal("make the screen rotate automatically", setting("system", "accelerometer_rotation", "1")),
    Goal("Disable mobile data", setting("global", "mobile_data", "0")),
    Goal("Show the battery percentage in the status bar", setting("system", "show_battery_percent", "1")),
    Goal("Invert the colours of the screen", setting("secure", "accessibility_display_inversion_enabled", "1")),
    Goal("Turn the touch sounds off", setting("system", "sound_effects_enabled", "0")),
    Goal("Stop the phone from vibrating when I touch it", setting("system", "haptic_feedback_enabled", "0")),
    Goal("Hide notifications on the lock screen", setting("secure", "lock_screen_show_notifications", "0")),
    Goal(
        "Enable developer options and stay awake",
        every(
            setting("global", "development_settings_enabled", "1"),
            setting("global", "stay_on_while_plugged_in", "1"),
        ),
    ),
    Goal("Allow data roaming", setting("global", "data_roaming", "1")),
    Goal("I prefer a 12 hour clock", setting("system", "time_12_24", "12")),
    Goal("Use 12-hour time", setting("system", "time_12_24", "12")),
    Goal("Don't set the time automatically", setting("global", "auto_time", "0")),
    Goal("Activate adaptive brightness", setting("system", "screen_brightness_mode", "1")),
    Goal("Vibrate when somebody calls", setting("system", "vibrate_when_ringing", "1")),
    Goal("Please turn on Wi-Fi", every(finished, same("settings"))),
    Goal("Toggle Bluetooth", setting("global", "bluetooth_on", "1")),
    Goal("Set the brightness to 100%", between("system", "screen_brightness", 250, 255)),
    Goal("Turn the brightness all the way down", between("system", "screen_brightness", 0, 5)),
    Goal("set media volume to 50 percent", between("system", "volume_music", 7, 8), _loud),
    Goal("Mute the alarm volume", setting("system", "volume_alarm", "0")),
    Goal("Put the ringer at full volume", setting("system", "volume_ring", "7")),
    Goal("Make the text bigger", setting("system", "font_scale", "1.15", "1.3")),
    Goal("Change the font size to Largest", setting("system", "font_scale", "1.3")),
    Goal("The screen should turn off after 30 seconds", setting("system", "screen_off_timeout", "30000")),
    Goal("Keep the screen on for 10 minutes before it sleeps", setting("system", "screen_off_timeout", "600000")),
    Goal("set display timeout to 15s", setting("system", "screen_off_timeout", "15000")),
    Goal("Rename my phone to “Lighthouse Keeper”", setting("global", "device_name", "Lighthouse Keeper")),
    Goal("Give this phone the name Ernie", setting("global", "device_name", "Ernie")),
    Goal("connect to the Library wifi", setting("global", "wifi_network", "Library")),
    Goal("Join the network 'Cafe Central'", setting("global", "wifi_network", "Cafe Central")),
    Goal("Increase the brightness", between("system", "screen_brightness", 150, 255)),
    Goal("Turn the volume up", between("system", "volume_music", 9, 15)),
    Goal("Lower the ring volume a bit", between("system", "volume_ring", 1, 4)),
    Goal("set the brightness to a quarter", between("system", "screen_brightness", 55, 73)),
    Goal("Switch to the light theme", setting("secure", "ui_night_mode", "1"), _dark),
    Goal("wifi off", setting("global", "wifi_on", "0")),
    Goal("dark mode", setting("secure", "ui_night_mode", "2")),
    Goal("brightness 30%", between("system", "screen_brightness", 68, 85)),
    Goal("My eyes hurt, make the screen darker", between("system", "screen_brightness", 0, 130)),
    Goal(
        "Turn off Bluetooth and Wi-Fi, then switch on flight mode",
        every(
            setting("global", "wifi_on", "0"),
            setting("global", "airplane_mode_on", "1"),
        ),
    ),
    Goal(
        "Turn on dark theme, set the font size to large and then go home",
        every(
            setting("secure", "ui_night_mode", "2"),
            setting("system", "font_scale", "1.15"),
        ),
    ),
)
