"""The tasks of the desktop suite, and the moves that their oracles share."""

from collections.abc import Callable

from devices import Box, Drag, OpenApp, Point, Press, Probe, TypeText
from tasks.checks import (
    all_of,
    answer_contains,
    file_contains,
    file_equals,
    file_exists,
    file_missing,
    folder_exists,
    no_window_titled,
    screen_contains,
    window_titled,
)
from tasks.task import Check, Score, Task, World

CALCULATOR, EDITOR, FILES, TERMINAL = (
    OpenApp(name) for name in ("calculator", "text editor", "file manager", "terminal")
)
ENTER, TAB, OPEN, SAVE = Press(("enter",)), Press(("tab",)), Press(("ctrl", "o")), Press(("ctrl", "s"))
SELECT_ALL, END = Press(("ctrl", "a")), Press(("ctrl", "end"))


def with_files(files: dict[str, str]) -> Callable[[Probe], None]:
    """A setup that writes `files`, from path to text, before the task begins."""

    def setup(probe: Probe) -> None:
        for path, text in files.items():
            probe.write(path, text.encode())

    return setup


ROWS = "".join(f"Row number {row}\n" for row in range(1, 201))

EDITOR_TASKS = (
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
        with_files({"~/letter.txt": "Dear Ada,\n"}),
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
        with_files({"~/pets.txt": "My cat is asleep.\n"}),
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
        with_files({"~/poem.txt": "Violets are blue\nand so on\n"}),
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
        with_files({"~/capital.txt": "The capital of France is Lyon today.\n"}),
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
        with_files({"~/Reports/q0.txt": "Sales are flat\n"}),
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
        with_files({"~/rows.txt": ROWS}),
    ),
)

CALCULATOR_TASKS = (
    Task(
        "multiply-by-clicking",
        "Open the calculator. Click 7, click 8, click 9, click *, click 4, click 5, click 6, click =.",
        screen_contains("359784"),
        (CALCULATOR, TypeText("789*456"), ENTER),
    ),
    Task(
        "multiply-by-typing",
        "Open the calculator, type '128*964' and press enter.",
        screen_contains("123392"),
        (CALCULATOR, TypeText("128*964"), ENTER),
    ),
    Task(
        "answer-a-product",
        "Open the calculator, type '37*91', press Enter and tell me the result.",
        answer_contains("3367"),
        (CALCULATOR, TypeText("37*91"), ENTER),
        answer="3367",
    ),
)

TERMINAL_TASKS = (
    Task(
        "run-a-command",
        "Open a terminal, type 'echo hello world > greeting.txt' and press Enter.",
        file_equals("~/greeting.txt", "hello world"),
        (TERMINAL, TypeText("echo hello world > greeting.txt"), ENTER),
    ),
    Task(
        "sort-a-list",
        'Start XTerm, type "sort names.txt > sorted.txt" and press Enter.',
        file_equals("~/sorted.txt", "Ada\nCharles\nGrace"),
        (TERMINAL, TypeText("sort names.txt > sorted.txt"), ENTER),
        with_files({"~/names.txt": "Grace\nAda\nCharles\n"}),
    ),
    Task(
        "accents-in-a-terminal",
        "Open the terminal. Type \"echo 'Grüße aus Köln' > gruss.txt\". Press Enter.",
        file_equals("~/gruss.txt", "Grüße aus Köln"),
        (TERMINAL, TypeText("echo 'Grüße aus Köln' > gruss.txt"), ENTER),
    ),
)

FILES_TASKS = (
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
        with_files({"~/draft.txt": "the draft"}),
    ),
    Task(
        "delete-a-file",
        "Open the file manager, click old.txt, press the Delete key and click Yes.",
        all_of(file_missing("~/old.txt"), file_exists("~/Keep/this.txt")),
        (FILES, Press(("end",)), Press(("delete",)), ENTER),
        with_files({"~/old.txt": "old", "~/Keep/this.txt": "keep"}),
    ),
)

CENTER_OF_TITLE = Point(640, 225)  # of a calculator that opened alone in the middle of 1280 x 800 pixels


def _window_is(title: str, wanted: str, met: Callable[[Box], bool]) -> Check:
    def check(world: World) -> Score:
        boxes = [part.box for part in world.screen().elements if part.role == "window" and title in part.text.lower()]
        return Score(float(any(map(met, boxes))), f"{title} should {wanted}; its windows: {boxes}")

    return check


WINDOWS_TASKS = (
    Task(
        "two-applications",
        "Open the calculator, type '6*7' and press enter. Then open the text editor, type 'The answer is 42', "
        "press ctrl+s, type 'answer.txt' and press enter.",
        all_of(file_equals("~/answer.txt", "The answer is 42"), window_titled("galculator")),
        (
            *(CALCULATOR, TypeText("6*7"), ENTER),
            *(EDITOR, TypeText("The answer is 42"), SAVE, TypeText("answer.txt"), ENTER),
        ),
    ),
    Task(
        "close-a-window",
        "Open the calculator, then open the text editor. Press alt+f4.",
        all_of(window_titled("galculator"), no_window_titled("Mousepad")),
        (CALCULATOR, EDITOR, Press(("alt", "f4"))),
    ),
    Task(
        "enlarge-a-window",
        "Open the terminal and press super+up.",
        _window_is("xterm", "fill the screen", lambda box: box.width > 1200 and box.height > 700),
        (TERMINAL, Press(("super", "up"))),
    ),
    Task(
        "move-a-window",
        "Open the calculator and drag the title 'galculator' to (200, 20).",
        _window_is("galculator", "be at the top left", lambda box: box.left < 100 and box.top < 60),
        (CALCULATOR, Drag((CENTER_OF_TITLE, Point(400, 100), Point(200, 20)))),
    ),
)

TASKS = EDITOR_TASKS + CALCULATOR_TASKS + TERMINAL_TASKS + FILES_TASKS + WINDOWS_TASKS
