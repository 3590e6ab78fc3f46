"""Tasks with a calculator: by its buttons, by its keys, and with an answer."""

from devices import TypeText
from tasks.checks import answer_contains, screen_contains
from tasks.suites.desktop.moves import CALCULATOR, ENTER
from tasks.task import Task

TASKS = (
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
