"""Getting about: applications, pages, keys, permissions, the shade, the browser."""

from devices.simphone.phone import Phone
from tests.phone_goals.goal import After, Goal, between, every, finished, granted, in_front, setting, shows

CONTACTS, SETTINGS, LAUNCHER = "com.android.contacts", "com.android.settings", "com.android.launcher3"
READ = "android.permission.READ_CONTACTS"


def _display_page(phone: Phone) -> None:
    phone.start(SETTINGS)
    phone.start(SETTINGS, f"{SETTINGS}.Settings$DisplaySettingsActivity")


def _browsing(phone: Phone) -> None:
    phone.start("com.android.browser")


def _three_open(phone: Phone) -> None:
    for package in ("com.android.browser", SETTINGS, "com.android.deskclock"):
        phone.start(package)


def _unread(phone: Phone) -> None:
    phone.insert(
        "content://sms",
        {"address": "Grace Hopper", "body": "Where are you?", "type": "1", "read": "0", "date": "1760000000"},
    )


def may_read(after: After) -> bool:
    return READ in after.phone.permissions[CONTACTS]


def may_not_read(after: After) -> bool:
    return finished(after) and not may_read(after) and after.phone.front[0] in (CONTACTS, SETTINGS)


GOALS = (
    Goal("Open the Settings app", in_front(SETTINGS)),
    Goal("bluetooth settings", in_front(SETTINGS, "Bluetooth")),
    Goal("Take me to the sound settings", in_front(SETTINGS, "Sound")),
    Goal("Open Settings, then About phone", in_front(SETTINGS, "MyDeviceInfo")),
    Goal("In Settings, go to Languages & input", in_front(SETTINGS, "LanguageAndInput")),
    Goal("open date and time settings", in_front(SETTINGS, "DateTime")),
    Goal("Launch the clock", in_front("com.android.deskclock")),
    Goal("open the clock app then go back to the home screen", in_front(LAUNCHER), _browsing),
    Goal("Go back", lambda after: after.phone.front == (SETTINGS, f"{SETTINGS}.Settings"), _display_page),
    Goal("Go to the home screen", in_front(LAUNCHER, "Launcher"), _browsing),
    Goal("Show recent apps", in_front(LAUNCHER, "Recents"), _browsing),
    Goal("Switch to the browser", in_front("com.android.browser"), _three_open),
    Goal("Close all apps", in_front(LAUNCHER), _three_open),
    Goal("press volume up twice", setting("system", "volume_music", "10")),
    Goal("Press the volume down button three times", setting("system", "volume_music", "5")),
    Goal("Pull down the notification shade", in_front("com.android.systemui", "NotificationShade")),
    Goal("Swipe down from the top and turn on Bluetooth there", setting("global", "bluetooth_on", "1")),
    Goal(
        "Open my notifications and tap the message from Grace Hopper",
        every(in_front("com.android.messaging", "Conversation"), shows("Where are you?")),
        _unread,
    ),
    Goal("Open Contacts and deny the permission", may_not_read),
    Goal("Open the Contacts app. If it asks for access, say no.", may_not_read),
    Goal("Open Contacts, allow access, and open Alan Turing", every(may_read, shows("alan@bletchley.example"))),
    Goal("Take away the permission of the Contacts app to access my contacts", may_not_read, granted),
    Goal("Force stop the Browser", lambda after: "com.android.browser" not in str(after.phone.front), _browsing),
    Goal("Open the app info of Notes", every(in_front(SETTINGS, "InstalledAppDetails"), shows("org.simphone.notes"))),
    Goal("Open weather.example in the browser", shows("Weather at the harbour", "Rain from noon")),
    Goal("Open the browser, go to ferry.example/timetable", shows("Ferry timetable", "The crossing takes 50 minutes")),
    Goal("Open the page about lighthouses in the browser and scroll down to 'Keepers'", shows("Keepers")),
    Goal("Open the browser and tap on Weather at the harbour", shows("Rain from noon")),
    Goal(
        "In the browser, open the Lighthouses article and follow the link to the Fresnel lens",
        shows("A Fresnel lens does the work"),
    ),
    Goal(
        "Press and hold the Notes icon and choose App info",
        every(in_front(SETTINGS, "InstalledAppDetails"), shows("org.simphone.notes")),
    ),
    Goal("Tap on the Display entry in the settings and scroll to the end", in_front(SETTINGS, "Display")),
    Goal("drag the brightness slider to the maximum", between("system", "screen_brightness", 250, 255)),
    Goal("Search the settings for battery", shows("Battery Saver, usage")),
)
