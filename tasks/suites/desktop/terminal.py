"""Tasks in a terminal: run a command that leaves something behind."""

from devices import TypeText
from tasks.checks import file_equals
from tasks.suites.desktop.moves import ENTER, TERMINAL, holding
from tasks.task import Task

TASKS = (
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
        holding({"~/names.txt": "Grace\nAda\nCharles\n"}),
    ),
    Task(
        "accents-in-a-terminal",
        "Open the terminal. Type \"echo 'Grüße aus Köln' > gruss.txt\". Press Enter.",
        file_equals("~/gruss.txt", "Grüße aus Köln"),
        (TERMINAL, TypeText("echo 'Grüße aus Köln' > gruss.txt"), ENTER),
    ),
)
