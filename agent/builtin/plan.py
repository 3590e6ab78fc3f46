"""The commands of a goal in order, and how far the past steps have come in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from agent.builtin.commands import Command, describe
from agent.builtin.instructions import Instruction
from agent.episode import Decision, Move, Past, PlanStep, Step
from devices import Box, Element, Wait


@dataclass(frozen=True, slots=True)
class PlannedCommand:
    """A command and its place in the plan."""

    command: Command
    place: PlanStep

    def decision(self, move: Move, why: str, target: Element | None = None) -> Decision:
        """`move` as a decision that serves this command."""
        return Decision(move, describe(self.command), why, plan_step=self.place, target=target)

    def served_by(self, step: Step) -> bool:
        """Whether `step` was spent on this command; old recordings do not say how many parts an instruction has."""
        place = step.decision.plan_step
        return place is not None and (place == self.place or place == replace(self.place, parts=0))


def plan_of(
    asked: Sequence[Instruction], commands: Callable[[Instruction], tuple[Command, ...]]
) -> tuple[PlannedCommand, ...]:
    """The commands of all instructions, in order."""
    return tuple(
        PlannedCommand(command, PlanStep(number, len(asked), part, len(own)))
        for number, own in enumerate(map(commands, asked), 1)
        for part, command in enumerate(own, 1)
    )


def index_of(plan: Sequence[PlannedCommand], step: Step) -> int | None:
    """The index of the command of `plan` that `step` was spent on; None if it was decided otherwise or elsewhere."""
    return next((index for index, planned in enumerate(plan) if planned.served_by(step)), None)


def progress(plan: Sequence[PlannedCommand], past: Past) -> tuple[int, tuple[Step, ...]]:
    """Index of the current command and the steps spent on it; steps of other policies are passed over."""
    own = [(index, step) for step in past if (index := index_of(plan, step)) is not None]
    if not own:
        return 0, ()
    at = own[-1][0]
    tries = [step for _, step in takewhile(lambda each: each[0] == at, reversed(own))]
    return at, tuple(reversed(tries))


def fresh(past: Past) -> Box | None:
    """The area that the last action changed; waits that changed nothing are passed over."""
    for step in reversed(past):
        if step.change is not None and step.change.box is not None:
            return step.change.box
        if not isinstance(step.decision.move, Wait):
            return None
    return None
