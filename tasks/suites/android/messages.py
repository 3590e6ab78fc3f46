"""Tasks with messages: to somebody who wrote before, and to somebody new."""

from devices import TypeText
from tasks.suites.android.moves import MESSAGES, PLUS, tap
from tasks.suites.android.state import has_row
from tasks.task import Task

SEND = tap(984, 1494)

TASKS = (
    Task(
        "send-a-message",
        "Send 'The moth is in the log book' to Grace Hopper.",
        has_row("sms", address="Grace Hopper", body="The moth is in the log book", type="2"),
        (MESSAGES, tap(627, 975), tap(474, 2172), TypeText("The moth is in the log book"), SEND),
    ),
    Task(
        "write-to-somebody-new",
        "Write a message to Katherine Johnson: 'Orbit confirmed'.",
        has_row("sms", address="Katherine Johnson", body="Orbit confirmed", type="2"),
        (
            *(MESSAGES, PLUS, TypeText("Katherine"), tap(540, 722)),
            *(tap(474, 2172), TypeText("Orbit confirmed"), SEND),
        ),
    ),
)
