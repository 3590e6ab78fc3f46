"""The tasks of the phone suite, and the moves that their oracles share."""

from devices import Click, LongPress, OpenApp, Point, Press, Probe, Scroll, TypeText
from tasks.checks import all_of, answer_contains
from tasks.suites.android.phone_checks import has_no_row, has_row, lies_on_its_side, setting_equals
from tasks.task import Task

SETTINGS, CONTACTS, NOTES, MESSAGES, CLOCK, BROWSER = (
    OpenApp(name) for name in ("Settings", "Contacts", "Notes", "Messages", "Clock", "Browser")
)
SELECT_ALL = Press(("ctrl", "a"))


def tap(x: int, y: int) -> Click:
    return Click(Point(x, y))


def long_press(x: int, y: int) -> LongPress:
    return LongPress(Point(x, y))


ALLOW = tap(540, 1271)
"""The first answer of a question for a permission."""

SAVE = tap(923, 174)
PLUS = tap(930, 2118)
"""The round button at the lower right."""

DISPLAY = tap(603, 1879)
"""The page of that name, in Settings."""

TO_THE_END = Scroll(Point(540, 1200), "down", 90)


SETTINGS_TASKS = (
    Task(
        "wifi-off",
        "Turn off Wi-Fi.",
        setting_equals("global", "wifi_on", "0"),
        (SETTINGS, tap(603, 507), tap(540, 342)),
    ),
    Task(
        "dark-theme",
        "Turn on the dark theme.",
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
        "Open Settings, scroll down to 'Developer options' and tap 'Developer options'. Then turn on 'Stay awake'.",
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


def _let_them_be_read(probe: Probe) -> None:
    probe.run(("pm", "grant", "com.android.contacts", "android.permission.READ_CONTACTS"))


CONTACTS_TASKS = (
    Task(
        "add-a-contact",
        "Open Contacts, allow access, tap 'Create contact', type 'Ada' into 'First name', 'Lovelace' into 'Last name' "
        "and '5550199' into 'Phone', and tap 'Save'.",
        has_row("contacts", first="Ada", last="Lovelace", phone="5550199"),
        (
            *(CONTACTS, ALLOW, PLUS, tap(540, 391), TypeText("Ada")),
            *(tap(540, 609), TypeText("Lovelace"), tap(540, 827), TypeText("5550199"), SAVE),
        ),
    ),
    Task(
        "change-a-number",
        "Open Contacts, tap 'Grace Hopper', tap 'Edit contact', type '5550142' into 'Phone' and tap 'Save'.",
        all_of(
            has_row("contacts", first="Grace", last="Hopper", phone="5550142"),
            has_no_row("contacts", phone="+1 202 555 0106"),
        ),
        (CONTACTS, tap(540, 1494), tap(852, 174), tap(540, 827), SELECT_ALL, TypeText("5550142"), SAVE),
        _let_them_be_read,
    ),
    Task(
        "delete-a-contact",
        "Open Contacts, long press 'Hedy Lamarr', tap 'Delete', then tap 'Delete'.",
        all_of(has_no_row("contacts", first="Hedy"), has_row("contacts", first="Emmy")),
        (CONTACTS, long_press(540, 1686), tap(741, 1936), tap(792, 1325)),
        _let_them_be_read,
    ),
    Task(
        "allow-and-look-up",
        "Open Contacts and allow it to access the contacts. Then tap 'Donald Knuth' and read 'Phone'.",
        answer_contains("+1 650 555 0103"),
        (CONTACTS, ALLOW, tap(540, 918)),
        answer="+1 650 555 0103",
    ),
)

NOTES_TASKS = (
    Task(
        "write-a-note",
        "Open Notes, tap 'New note', type 'Harbour walk' into 'Title' and 'Bring the old map' into 'Note', "
        "and tap 'Save'.",
        has_row("notes", title="Harbour walk", body="Bring the old map"),
        (NOTES, PLUS, tap(540, 385), TypeText("Harbour walk"), tap(540, 910), TypeText("Bring the old map"), SAVE),
    ),
    Task(
        "delete-a-note",
        "Open Notes, long press 'Books to read', tap 'Delete', then tap 'Delete'.",
        all_of(has_no_row("notes", title="Books to read"), has_row("notes", title="Shopping list")),
        (NOTES, long_press(540, 858), tap(741, 958), tap(792, 1293)),
    ),
)

SEND = tap(984, 1494)

MESSAGES_TASKS = (
    Task(
        "send-a-message",
        "Open Messages, tap 'Grace Hopper', type 'The moth is in the log book' into 'Text message' "
        "and tap 'Send message'.",
        has_row("sms", address="Grace Hopper", body="The moth is in the log book", type="2"),
        (MESSAGES, tap(627, 975), tap(474, 2172), TypeText("The moth is in the log book"), SEND),
    ),
    Task(
        "write-to-somebody-new",
        "Open Messages, tap 'Start chat', type 'Katherine' into 'To', tap 'Katherine Johnson', "
        "type 'Orbit confirmed' into 'Text message' and tap 'Send message'.",
        has_row("sms", address="Katherine Johnson", body="Orbit confirmed", type="2"),
        (
            *(MESSAGES, PLUS, TypeText("Katherine"), tap(540, 722)),
            *(tap(474, 2172), TypeText("Orbit confirmed"), SEND),
        ),
    ),
)

CLOCK_TASKS = (
    Task(
        "set-an-alarm",
        "Open Clock, tap 'Add alarm', type '7' into 'Hour', '45' into 'Minute' and 'Gym' into 'Label', and tap 'OK'.",
        has_row("alarms", hour="7", minutes="45", label="Gym", enabled="1"),
        (
            *(CLOCK, tap(930, 1914), tap(319, 1057), TypeText("7"), tap(761, 718), TypeText("45")),
            *(tap(540, 974), TypeText("Gym"), tap(839, 1161)),
        ),
    ),
)

TASKS = SETTINGS_TASKS + CONTACTS_TASKS + NOTES_TASKS + MESSAGES_TASKS + CLOCK_TASKS
