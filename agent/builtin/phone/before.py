"""What comes before any part on a phone: widgets that are not told yet, and a question in the way."""

from agent.builtin.instructions import ClickOn, OpenApplication
from agent.builtin.outcome import Act, Turn
from agent.builtin.parts import Part
from agent.builtin.phone.deeds import AnswerQuestion, InApp
from agent.builtin.phone.questions import ALLOW, DENY, answered, question
from agent.builtin.phone.widgets import alike, widgets
from agent.episode import Past
from devices import Wait

GLANCES = 3
"""How often a phone that told its widgets before is asked again, while its screen moves."""

TOLD = ("allowed, for", "denied, for")


def before_all(part: Part, goal: str, turn: Turn) -> Act | None:
    """Look again while no widgets are told; answer a question that the part itself is not about."""
    seen = turn.sight.seen
    if not widgets(seen):
        late = turn.past[-GLANCES:]
        asked = sum(isinstance(step.decision.move, Wait) and not widgets(step.seen) for step in late)
        told = not turn.past or any(widgets(step.seen) for step in turn.past)
        if told and asked < GLANCES:
            return Act(Wait(0.25), "the screen moves: its widgets are not told yet")
    asked_now = question(seen)
    if asked_now is None or isinstance(part, OpenApplication | InApp | AnswerQuestion):
        return None
    if isinstance(part, ClickOn) and any(alike(part.target.text, each) >= 95 for each in (*ALLOW, *DENY)):
        return None
    return answered(asked_now, goal)


def permissions_given(past: Past) -> tuple[str, ...]:
    """What was allowed or denied on the way, for the person."""
    thoughts = (step.decision.thought for step in past if not step.error)
    return tuple(f"{thought[0].upper()}{thought[1:]}" for thought in thoughts if thought.startswith(TOLD))
