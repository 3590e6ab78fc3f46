"""Hands at work on the X display named as the first argument, until they are killed."""

import itertools
import sys

from devices import Action, Click, Drag, LongPress, Point, Press, Stop, TypeText
from devices.desktop import Desktop
from tests.test_desktop import NoApps

desktop = Desktop(Stop(), NoApps(), display_name=sys.argv[1], watch_pointer=False)
near, far = Point(700, 500), Point(900, 650)
work: tuple[Action, ...] = (
    Drag((near, far, near), 0.08, holding=("shift", "ctrl")),
    LongPress(near, 0.03),
    Press(("ctrl", "alt", "shift", "q")),
    Click(far, "right", 3, holding=("super",)),
    TypeText("SHIFTED text WITH é"),
    Drag((far, near), 0.05, "middle"),
)
desktop.perform(work[0])
print("ready", flush=True)  # noqa: T201 - the signal that there is something to kill
for action in itertools.cycle(work):
    desktop.perform(action)
