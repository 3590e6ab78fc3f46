"""Sends away what comes up uncalled in the middle of a page: a question nobody asked for."""

import re

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act
from agent.builtin.targets import Sight, find
from agent.episode import Past, Step
from devices import Click, Wait

AWAY = ("Cancel", "No thanks", "Not now", "Dismiss", "Later", "Skip", "Close")
SENT_AWAY = "came up uncalled"


def interruption(goal: str, past: Past, sight: Sight) -> Act | None:
    """A click that sends away a question which the last click called up and the goal does not speak of.

    Only on a page, where there are no windows: a button of this kind that was not there before, beside another one.
    """
    done = [step for step in past if not isinstance(step.decision.move, Wait)]
    if not done or sight.seen.elements[1:] or not isinstance(done[-1].decision.move, Click):
        return None
    if done[-1].change is None or done[-1].change.box is None:
        return None
    for name in AWAY:
        if re.search(rf"\b{name}\b", goal, re.IGNORECASE):
            continue
        for place in find(Target(name, "button"), sight):
            framed = any(place.at in frame for frame in sight.text.frames)
            beside = sum(
                abs(f.center.y - place.at.y) < f.height / 2 and f.height < 3 * place.box.height
                for f in sight.text.frames
            )
            if place.score >= 95 and framed and beside >= 2 and place.at in done[-1].change.box:
                return Act(Click(place.at), f"a question with {name!r} {SENT_AWAY}") if "?" in str(sight.text) else None
    return None


def since_interrupted(tries: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps spent on a part since something was last sent away: what was done before may have been lost."""
    for number in range(len(tries) - 1, -1, -1):
        if SENT_AWAY in tries[number].decision.thought:
            return tries[number + 1 :]
    return tries
