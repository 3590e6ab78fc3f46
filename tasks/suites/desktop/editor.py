"""Tasks in a text editor: write, open, change and save."""

from devices import Press, TypeText
from tasks.checks import file_contains, file_equals, screen_contains
from tasks.suites.desktop.moves import EDITOR, END, ENTER, OPEN, SAVE, SELECT_ALL, TAB, holding
from tasks.task import Task

ROWS = "".join(f"Row number {row}\n" for row in range(1, 201))

TASKS = (
    Task(
        "write-a-note",
        "Open the text editor, type 'Milk, bread and eggs', press ctrl+s, type 'shopping.txt' and press enter.",
        file_equals("~/shopping.txt", "Milk, bread and eggs"),
        (EDITOR, TypeText("Milk, bread and eggs"), SAVE, TypeText("shopping.txt"), ENTER),
    ),
    Task(
        "two-lines-with-accents",
        "Start Mousepad. Type 'Crème brûlée', press Enter and type 'déjà vu, 12 €'. "
        "Then press Ctrl+S, type 'menu.txt' and hit Enter.",
        file_equals("~/menu.txt", "Crème brûlée\ndéjà vu, 12 €"),
        (EDITOR, TypeText("Crème brûlée\ndéjà vu, 12 €"), SAVE, TypeText("menu.txt"), ENTER),
    ),
    Task(
        "open-through-the-menu",
        "Launch the text editor. Click File, then click 'Open...'. Double-click letter.txt. "
        "Press ctrl+end, type 'Yours, Charles' and press ctrl+s.",
        file_equals("~/letter.txt", "Dear Ada,\nYours, Charles"),
        (EDITOR, OPEN, TypeText("~/letter.txt"), ENTER, END, TypeText("Yours, Charles"), SAVE),
        holding({"~/letter.txt": "Dear Ada,\n"}),
    ),
    Task(
        "replace-a-word",
        "Open Mousepad, press ctrl+o, type '~/pets.txt' and press enter. Click Search, then 'Find and Replace...'. "
        "Type 'cat', press tab, type 'dog', click Replace, click Close and press ctrl+s.",
        file_equals("~/pets.txt", "My dog is asleep.\n"),
        (
            *(EDITOR, OPEN, TypeText("~/pets.txt"), ENTER, Press(("ctrl", "r"))),
            *(TypeText("cat"), TAB, TypeText("dog"), Press(("alt", "r")), Press(("esc",)), SAVE),
        ),
        holding({"~/pets.txt": "My cat is asleep.\n"}),
    ),
    Task(
        "retype-everything",
        "Open the editor; press ctrl+o; type '~/poem.txt'; press enter; press ctrl+a; press delete; "
        "type 'Roses are red'; press ctrl+s.",
        file_equals("~/poem.txt", "Roses are red"),
        (
            *(EDITOR, OPEN, TypeText("~/poem.txt"), ENTER),
            *(SELECT_ALL, Press(("delete",)), TypeText("Roses are red"), SAVE),
        ),
        holding({"~/poem.txt": "Violets are blue\nand so on\n"}),
    ),
    Task(
        "correct-a-word",
        "Open the text editor, press ctrl+o, type '~/capital.txt' and press enter. "
        "Double-click Lyon, type 'Paris' and press ctrl+s.",
        file_equals("~/capital.txt", "The capital of France is Paris today."),
        (
            *(EDITOR, OPEN, TypeText("~/capital.txt"), ENTER, SELECT_ALL),
            *(TypeText("The capital of France is Paris today."), SAVE),
        ),
        holding({"~/capital.txt": "The capital of France is Lyon today.\n"}),
    ),
    Task(
        "copy-and-paste",
        "Open the text editor and type 'again '. Press ctrl+a, press ctrl+c, press ctrl+end and press ctrl+v twice. "
        "Press ctrl+s, type 'echo.txt', press enter.",
        file_equals("~/echo.txt", "again again again "),
        (
            *(EDITOR, TypeText("again "), SELECT_ALL, Press(("ctrl", "c")), END),
            *(Press(("ctrl", "v")), Press(("ctrl", "v")), SAVE, TypeText("echo.txt"), ENTER),
        ),
    ),
    Task(
        "save-in-a-folder",
        'Please open the text editor, write "Sales are up" and press ctrl+s. Then type "Reports/q1.txt", press Enter.',
        file_equals("~/Reports/q1.txt", "Sales are up"),
        (EDITOR, TypeText("Sales are up"), SAVE, TypeText("Reports/q1.txt"), ENTER),
        holding({"~/Reports/q0.txt": "Sales are flat\n"}),
    ),
    Task(
        "show-line-numbers",
        "Open Mousepad, click View and click 'Line Numbers'.",
        file_contains("~/.config/glib-2.0/settings/keyfile", "show-line-numbers=true"),
        (EDITOR, Press(("alt", "v")), Press(("down",)), Press(("down",)), ENTER),
    ),
    Task(
        "scroll-to-the-end",
        "Open the text editor, press ctrl+o, type '~/rows.txt' and press enter. "
        "Scroll down until 'Row number 200' is visible.",
        screen_contains("Row number 200"),
        (EDITOR, OPEN, TypeText("~/rows.txt"), ENTER, END),
        holding({"~/rows.txt": ROWS}),
    ),
)
