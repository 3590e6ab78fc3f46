"""Hands in what a page asked for: where the page itself repeats the goal, its only button to submit ends the work."""

from collections.abc import Callable

from agent.builtin.matching import tidy
from agent.builtin.outcome import Act, Turn
from agent.builtin.page.goal_text import goal_lines
from agent.builtin.page.reading import SENT
from agent.builtin.screen_text import ScreenText
from devices import Click, Drag, Observation

HANDED_IN = "the page asks for this, and hands it in with"


def hand_in(goal: str, turn: Turn, read: Callable[[Observation], ScreenText]) -> Act | None:
    """The press on the only button that submits, when nothing pressed it yet; None where the page asked nothing.

    A page that does not repeat the goal is somebody's page: nothing is submitted there that nobody asked to submit.
    """
    moves = [step.decision.move for step in turn.past if not step.error]
    looked = "drawn" in vars(turn.sight) or any(isinstance(move, Click | Drag) for move in moves)
    if not looked or any(step.decision.thought.startswith(HANDED_IN) for step in turn.past):
        return None
    if not goal_lines(goal, read(turn.sight.seen)):
        return None
    sending = [w for w in turn.sight.widgets if w.kind == "button" and tidy(w.text) in SENT]
    if len(sending) != 1 or any(isinstance(move, Click) and move.at in sending[0].box for move in moves[-1:]):
        return None
    return Act(Click(sending[0].box.center), f"{HANDED_IN} {sending[0].text!r}")
