"""Tasks in a file manager: make, rename and delete."""

from devices import Press, TypeText
from tasks.checks import all_of, file_equals, file_exists, file_missing, folder_exists
from tasks.suites.desktop.moves import ENTER, FILES, SELECT_ALL, holding
from tasks.task import Task

TASKS = (
    Task(
        "make-a-folder",
        "Open the file manager, press ctrl+shift+n, type 'Holiday' and press enter.",
        folder_exists("~/Holiday"),
        (FILES, Press(("ctrl", "shift", "n")), TypeText("Holiday"), ENTER),
    ),
    Task(
        "rename-a-file",
        "Open the file manager. Click draft.txt, press F2, press ctrl+a, type 'final.txt' and press Enter.",
        all_of(file_equals("~/final.txt", "the draft"), file_missing("~/draft.txt")),
        (FILES, SELECT_ALL, Press(("f2",)), SELECT_ALL, TypeText("final.txt"), ENTER),
        holding({"~/draft.txt": "the draft"}),
    ),
    Task(
        "delete-a-file",
        "Open the file manager, click old.txt, press the Delete key and click Yes.",
        all_of(file_missing("~/old.txt"), file_exists("~/Keep/this.txt")),
        (FILES, Press(("end",)), Press(("delete",)), ENTER),
        holding({"~/old.txt": "old", "~/Keep/this.txt": "keep"}),
    ),
)
