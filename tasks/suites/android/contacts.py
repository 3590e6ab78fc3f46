"""Tasks with contacts: add, change, delete, and the permission that the application asks for."""

from devices import Probe, TypeText
from tasks.checks import all_of, answer_contains
from tasks.suites.android.moves import ALLOW, CONTACTS, PLUS, SAVE, SELECT_ALL, hold, tap
from tasks.suites.android.state import has_no_row, has_row
from tasks.task import Task


def _let_them_be_read(probe: Probe) -> None:
    probe.run(("pm", "grant", "com.android.contacts", "android.permission.READ_CONTACTS"))


TASKS = (
    Task(
        "add-a-contact",
        "Add a contact named Ada Lovelace with the phone number 5550199.",
        has_row("contacts", first="Ada", last="Lovelace", phone="5550199"),
        (
            *(CONTACTS, ALLOW, PLUS, tap(540, 391), TypeText("Ada")),
            *(tap(540, 609), TypeText("Lovelace"), tap(540, 827), TypeText("5550199"), SAVE),
        ),
    ),
    Task(
        "change-a-number",
        "Change the phone number of Grace Hopper to 5550142.",
        all_of(
            has_row("contacts", first="Grace", last="Hopper", phone="5550142"),
            has_no_row("contacts", phone="+1 202 555 0106"),
        ),
        (CONTACTS, tap(540, 1494), tap(852, 174), tap(540, 827), SELECT_ALL, TypeText("5550142"), SAVE),
        _let_them_be_read,
    ),
    Task(
        "delete-a-contact",
        "Delete the contact Hedy Lamarr.",
        all_of(has_no_row("contacts", first="Hedy"), has_row("contacts", first="Emmy")),
        (CONTACTS, hold(540, 1686), tap(741, 1936), tap(792, 1325)),
        _let_them_be_read,
    ),
    Task(
        "allow-and-look-up",
        "Open Contacts and allow it to access the contacts. Then open Donald Knuth and tell me his phone number.",
        answer_contains("+1 650 555 0103"),
        (CONTACTS, ALLOW, tap(540, 918)),
        answer="+1 650 555 0103",
    ),
)
