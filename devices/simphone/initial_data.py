"""The settings, rows and files of a new phone."""

# the columns of each table, with their default values
COLUMNS: dict[str, dict[str, str]] = {
    "contacts": {"first": "", "last": "", "phone": "", "email": ""},
    "sms": {"address": "", "body": "", "type": "1", "date": "0", "read": "0"},
    "notes": {"title": "", "body": ""},
    "alarms": {"hour": "0", "minutes": "0", "label": "", "enabled": "1"},
}
NUMBERS = {"type", "date", "read", "hour", "minutes", "enabled"}
LATIN = "com.android.inputmethod.latin/.LatinIME"
ADB_KEYBOARD = "com.android.adbkeyboard/.AdbIME"


def settings() -> dict[str, dict[str, str]]:
    """Android's three tables of settings."""
    return {
        "system": {
            "screen_brightness": "140",
            "screen_brightness_mode": "0",
            "accelerometer_rotation": "0",
            "user_rotation": "0",
            "font_scale": "1.0",
            "screen_off_timeout": "60000",
            "time_12_24": "24",
            "volume_music": "8",
            "volume_ring": "5",
            "volume_alarm": "6",
            "vibrate_when_ringing": "0",
            "haptic_feedback_enabled": "1",
            "sound_effects_enabled": "1",
            "show_battery_percent": "0",
        },
        "secure": {
            "ui_night_mode": "1",
            "default_input_method": LATIN,
            "enabled_input_methods": f"{LATIN}:{ADB_KEYBOARD}",
            "location_mode": "3",
            "lock_screen_show_notifications": "1",
            "lockscreen.disabled": "1",
            "accessibility_display_inversion_enabled": "0",
            "android_id": "5172616e64686e64",
        },
        "global": {
            "wifi_on": "1",
            "bluetooth_on": "0",
            "airplane_mode_on": "0",
            "mobile_data": "1",
            "data_roaming": "0",
            "auto_time": "1",
            "low_power": "0",
            "zen_mode": "0",
            "stay_on_while_plugged_in": "0",
            "development_settings_enabled": "0",
            "device_name": "SimPhone",
            "wifi_network": "Lighthouse",
        },
    }


def _contact(first: str, last: str, phone: str, email: str = "") -> dict[str, str]:
    return {"first": first, "last": last, "phone": phone, "email": email}


def _message(address: str, body: str, sent: bool, date: int) -> dict[str, str]:
    return {"address": address, "body": body, "type": "2" if sent else "1", "date": str(date), "read": "1"}


def tables() -> dict[str, list[dict[str, str]]]:
    """The rows of each content address, `_id` counted from 1."""
    contents = {
        "contacts": [
            _contact("Alan", "Turing", "+44 20 7946 0101", "alan@bletchley.example"),
            _contact("Barbara", "Liskov", "+1 617 555 0102", "barbara@mit.example"),
            _contact("Donald", "Knuth", "+1 650 555 0103", "don@literate.example"),
            _contact("Edsger", "Dijkstra", "+31 20 555 0104"),
            _contact("Emmy", "Noether", "+49 551 555 0105", "emmy@goettingen.example"),
            _contact("Grace", "Hopper", "+1 202 555 0106", "grace@navy.example"),
            _contact("Hedy", "Lamarr", "+43 1 555 0107"),
            _contact("John", "von Neumann", "+1 609 555 0108"),
            _contact("Katherine", "Johnson", "+1 757 555 0109", "katherine@nasa.example"),
            _contact("Margaret", "Hamilton", "+1 617 555 0110"),
            _contact("Niklaus", "Wirth", "+41 44 555 0111"),
            _contact("Radia", "Perlman", "+1 978 555 0112", "radia@bridges.example"),
            _contact("Tim", "Berners-Lee", "+41 22 555 0113"),
            _contact("Zuse", "Konrad", "+49 30 555 0114"),
        ],
        "sms": [
            _message("Grace Hopper", "Did the moth come out of the relay?", False, 1_750_000_000),
            _message("Grace Hopper", "Yes. It is taped into the log book now.", True, 1_750_000_300),
            _message("Grace Hopper", "Good. See you at the harbour at noon.", False, 1_750_000_600),
            _message("Alan Turing", "The library closes at six today.", False, 1_750_050_000),
            _message("Alan Turing", "Thanks, I will hurry!", True, 1_750_050_200),
            _message("Parcel Post", "Your parcel 4711 arrives on Friday between 9 and 12.", False, 1_750_100_000),
            _message("Emmy Noether", "Every symmetry keeps something.", False, 1_750_150_000),
        ],
        "notes": [
            {"title": "Shopping list", "body": "Milk\nBread\nTomatoes\nCoffee"},
            {"title": "Books to read", "body": "The Mezzanine\nInvisible Cities\nThe Dispossessed"},
            {"title": "Meeting on Monday", "body": "Room 204 at 10:30, bring the drawings."},
        ],
        "alarms": [
            {"hour": "6", "minutes": "30", "label": "AppTask", "enabled": "1"},
            {"hour": "8", "minutes": "0", "label": "Weekend", "enabled": "0"},
            {"hour": "9", "minutes": "15", "label": "Piano lesson", "enabled": "0"},
        ],
    }
    return {name: [{"_id": str(n), **row} for n, row in enumerate(rows, 1)] for name, rows in contents.items()}


def files() -> dict[str, bytes]:
    """What lies on the shared storage."""
    return {
        "/sdcard/Download/readme.txt": b"This is the storage of a simulated phone.\n",
        "/sdcard/Documents/packing.txt": b"passport\ncharger\numbrella\n",
    }
