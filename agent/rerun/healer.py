"""Asks another policy for the one recorded action whose target is not on the screen."""

from collections.abc import Callable

from agent.episode import Decision, NonAction
from agent.policy import NotUnderstood, Policy
from agent.rerun.policy import Healer, RecordedAction
from devices import Observation, Wait
from devices.actions import describe


def policy_healer(policy: Policy, prompt: Callable[[str, RecordedAction], str]) -> Healer:
    """Asks `policy` with `prompt` on the current screen; a finish, a wait or an unreadable reply heals nothing."""

    def heal(goal: str, recorded: RecordedAction, seen: Observation) -> Decision | None:
        if not (words := prompt(goal, recorded)):
            return None
        try:
            decision = policy.decide(words, (), seen)
        except NotUnderstood:
            return None
        return None if isinstance(decision.move, NonAction | Wait) else decision

    return heal


def model_prompt(goal: str, recorded: RecordedAction) -> str:
    """The prompt for a model that plans."""
    action, screen = describe(recorded.action), recorded.step.seen
    return (
        f"Do exactly one step and nothing else: {recorded.instruction or action}. When this was recorded it was done "
        f"by: {action}, on a screen of {screen.width} x {screen.height} pixels that looked otherwise. "
        f"The whole work is: {goal}"
    )


def builtin_prompt(goal: str, recorded: RecordedAction) -> str:
    """The instruction that the action served, for the embedded default, which plans nothing; "" where none is known."""
    return recorded.instruction
