"""A task that begins with an application by its name: an alarm in the clock."""

from devices import TypeText
from tasks.suites.android.moves import CLOCK, tap
from tasks.suites.android.state import has_row
from tasks.task import Task

TASKS = (
    Task(
        "set-an-alarm",
        "Open the Clock and add an alarm for 7:45 with the label 'Gym'.",
        has_row("alarms", hour="7", minutes="45", label="Gym", enabled="1"),
        (
            *(CLOCK, tap(930, 1914), tap(319, 1057), TypeText("7"), tap(761, 718), TypeText("45")),
            *(tap(540, 974), TypeText("Gym"), tap(839, 1161)),
        ),
    ),
)
