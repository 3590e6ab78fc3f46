"""A run that will be killed: drags and held modifiers on a real display, recorded; it says each step it has done."""

import random
import sys
from pathlib import Path

from agent.episode import Decision, Limits, Past, Step
from agent.loop import run_episode
from agent.recordings.writer import Recorder
from devices import Action, ActionRefused, Click, Drag, Observation, Point, Press, Stop, TypeText
from devices.desktop import Desktop
from devices.wrappers import Fresh


class NoApps:
    def start(self, name: str) -> None:
        raise ActionRefused(f"no application called {name!r} here")


class Restless:
    """Drags, chords and clicks with keys held, for as long as it is let."""

    name = "restless"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        draw = random.Random(len(past))
        path = tuple(Point(draw.randrange(1280), draw.randrange(800)) for _ in range(4))
        actions: tuple[Action, ...] = (
            Drag(path, 0.08, holding=("shift", "ctrl")),
            Drag(path, 0.05, "right"),
            Click(path[0], "middle", 2, ("alt",)),
            Press(("ctrl", "shift", "a")),
            TypeText("Held Shift, released Shift"),
        )
        return Decision(actions[len(past) % len(actions)])


def say(step: Step) -> None:
    sys.stdout.write(f"{step.index}\n")
    sys.stdout.flush()


folder, display = sys.argv[1:]
stop = Stop()
device = Fresh(Desktop(stop, NoApps(), display_name=display, watch_pointer=False))
recorder = Recorder(Path(folder), "be killed", device="desktop", agent=Restless.name)
limits = Limits(steps=10**6, stuck=10**6)
run_episode("be killed", device, Restless(), limits=limits, journal=recorder, watchers=[say], stop=stop)
