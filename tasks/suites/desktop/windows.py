"""Tasks about windows: several at once, closed, enlarged and moved."""

from collections.abc import Callable

from devices import Box, Drag, Point, Press, TypeText
from tasks.checks import all_of, file_equals, no_window_titled, window_titled
from tasks.suites.desktop.moves import CALCULATOR, EDITOR, ENTER, SAVE, TERMINAL
from tasks.task import Check, Score, Task, World

CENTER_OF_TITLE = Point(640, 225)  # of a calculator that opened alone in the middle of 1280 x 800 pixels


def _window_is(title: str, wanted: str, met: Callable[[Box], bool]) -> Check:
    def check(world: World) -> Score:
        boxes = [part.box for part in world.screen().elements if part.role == "window" and title in part.text.lower()]
        return Score(float(any(map(met, boxes))), f"{title} should {wanted}; its windows: {boxes}")

    return check


TASKS = (
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
