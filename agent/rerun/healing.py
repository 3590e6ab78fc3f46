"""Another policy asked for the one recorded step whose target is not found."""

from collections.abc import Callable

from agent.episode import Decision, Finish, Step, Unreadable
from agent.policy import NotUnderstood, Policy
from agent.report.page import title_of
from devices import Observation, Wait

Healer = Callable[[str, Step, Observation], Decision | None]
"""Given the goal, the recorded step and today's screen: what to do instead, or None for nothing."""


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
    words = recorded.decision.instruction or title_of(recorded.decision.move)
    return (
        f"Do exactly one step and nothing else: {words}. When this was recorded it was done by: "
        f"{title_of(recorded.decision.move)}, on a screen of {recorded.seen.width} x {recorded.seen.height} pixels "
        f"that looked otherwise. The whole work is: {goal}"
    )


def for_the_builtin(goal: str, recorded: Step) -> str:
    """The instruction that the step served, for the embedded default, which plans nothing; "" where none is known."""
    return recorded.decision.instruction
