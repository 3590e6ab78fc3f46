"""Tasks with notes: write one, delete one."""

from devices import TypeText
from tasks.checks import all_of
from tasks.suites.android.moves import NOTES, PLUS, SAVE, hold, tap
from tasks.suites.android.state import has_no_row, has_row
from tasks.task import Task

TASKS = (
    Task(
        "write-a-note",
        "Create a note titled 'Harbour walk' that says 'Bring the old map'.",
        has_row("notes", title="Harbour walk", body="Bring the old map"),
        (NOTES, PLUS, tap(540, 385), TypeText("Harbour walk"), tap(540, 910), TypeText("Bring the old map"), SAVE),
    ),
    Task(
        "delete-a-note",
        "Delete the note 'Books to read'.",
        all_of(has_no_row("notes", title="Books to read"), has_row("notes", title="Shopping list")),
        (NOTES, hold(540, 858), tap(741, 958), tap(792, 1293)),
    ),
)
