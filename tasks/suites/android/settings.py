"""Tasks in the settings: switches, choices, a name, and a page that has to be scrolled to."""

from devices import TypeText
from tasks.checks import all_of
from tasks.suites.android.moves import DISPLAY, SELECT_ALL, SETTINGS, TO_THE_END, tap
from tasks.suites.android.state import lies_on_its_side, setting_equals
from tasks.task import Task

TASKS = (
    Task(
        "wifi-off",
        "Turn off Wi-Fi.",
        setting_equals("global", "wifi_on", "0"),
        (SETTINGS, tap(603, 507), tap(540, 342)),
    ),
    Task(
        "dark-theme",
        "Switch the phone to the dark theme.",
        setting_equals("secure", "ui_night_mode", "2"),
        (SETTINGS, DISPLAY, tap(540, 750)),
    ),
    Task(
        "screen-timeout",
        "Set the screen timeout to 5 minutes.",
        setting_equals("system", "screen_off_timeout", "300000"),
        (SETTINGS, DISPLAY, tap(540, 1093), tap(540, 1304)),
    ),
    Task(
        "name-the-phone",
        "Change the device name to 'Beacon 7'.",
        setting_equals("global", "device_name", "Beacon 7"),
        (SETTINGS, TO_THE_END, tap(603, 2093), tap(540, 333), SELECT_ALL, TypeText("Beacon 7"), tap(839, 1002)),
    ),
    Task(
        "scroll-to-a-page",
        "Open Settings, scroll down to 'Developer options' and tap it. Then turn on 'Stay awake'.",
        setting_equals("global", "stay_on_while_plugged_in", "1"),
        (SETTINGS, TO_THE_END, tap(603, 1897), tap(441, 489)),
    ),
    Task(
        "the-screen-turns",
        "Turn on auto-rotate and then the dark theme.",
        all_of(setting_equals("secure", "ui_night_mode", "2"), lies_on_its_side()),
        (SETTINGS, DISPLAY, tap(540, 1298), tap(1200, 750)),
    ),
)
