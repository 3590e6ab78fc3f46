"""At which part of a plan the past has arrived."""

import re

from agent.episode import Past, Step
from devices import Box, Wait

PLACE = re.compile(r"(\d+)(?:\.(\d+))?/\d+ ")
"""How a decision names its instruction: "2/5 " for the second of five, "2.3/5 " for the third part of it."""


def place_of(labels: list[str], step: Step) -> int | None:
    found = PLACE.match(step.decision.instruction)
    label = found[0].strip() if found else ""
    return labels.index(label) if label in labels else None


def progress(labels: list[str], past: Past) -> tuple[int, tuple[Step, ...]]:
    """At which part we are, and the steps already spent on it; other policies' steps are passed over."""
    own = [(place, step) for step in past if (place := place_of(labels, step)) is not None]
    if not own:
        return 0, ()
    at = own[-1][0]
    tries: list[Step] = []
    for place, step in reversed(own):
        if place != at:
            break
        tries.insert(0, step)
    return at, tuple(tries)


def fresh(past: Past) -> Box | None:
    """What the last action changed; waits that changed nothing are passed over."""
    for step in reversed(past):
        if step.change is not None and step.change.box is not None:
            return step.change.box
        if not isinstance(step.decision.move, Wait):
            return None
    return None
