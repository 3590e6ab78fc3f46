"""Somebody else asked for the one recorded step whose target is not found."""

import re
from collections.abc import Callable

from agent.episode import Decision, Finish, Step, Unreadable
from agent.moves import describe_move
from agent.policy import NotUnderstood, Policy
from devices import Observation, Wait

Healer = Callable[[str, Step, Observation], Decision | None]
"""Given the goal, the recorded step and today's screen: what to do instead, or None for nothing."""

NUMBER = re.compile(r"^[\d.]+/\d+ ")
"""What the embedded default writes before an instruction: which of how many it is."""


def asking(policy: Policy, question: Callable[[str, Step], str]) -> Healer:
    """Asks `policy` the `question`, on today's screen alone; a finish, a wait or an unreadable reply heals nothing."""

    def heal(goal: str, recorded: Step, seen: Observation) -> Decision | None:
        if not (asked := question(goal, recorded)):
            return None
        try:
            decision = policy.decide(asked, (), seen)
        except NotUnderstood:
            return None
        return None if isinstance(decision.move, Finish | Unreadable | Wait) else decision

    return heal


def for_a_model(goal: str, recorded: Step) -> str:
    """The question for a model that plans."""
    told = NUMBER.sub("", recorded.decision.instruction) or describe_move(recorded.decision.move)
    return (
        f"Do exactly one step and nothing else: {told}. When this was recorded it was done by: "
        f"{describe_move(recorded.decision.move)}, on a screen of {recorded.seen.width} x {recorded.seen.height} "
        f"pixels that looked otherwise. The whole work is: {goal}"
    )


def for_the_builtin(goal: str, recorded: Step) -> str:
    """The instruction that the step served, for the embedded default, which plans nothing; "" where none is known."""
    return NUMBER.sub("", recorded.decision.instruction)
