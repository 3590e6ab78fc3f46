"""The functions that families were trained to call: which actions they have, and how these become moves and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects import computer_use as computer
from agent.dialects import mobile_use as mobile
from agent.dialects.fit import Fit
from agent.dialects.reply_parts import Part
from agent.episode import Move, Step
from devices import Point, Wait

NOTE = "pause_and_memorize_fact"  # the verb of tools that can only remember something


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a family was trained to call: `verbs` with the fields of each, and moves from and to them."""

    name: str
    verbs: Mapping[str, Sequence[str]]
    read: Callable[[Mapping[str, Any], Fit, Point | None], Sequence[Part]]
    write: Callable[[Move, Fit], dict[str, Any] | None]
    buttons: Sequence[str] = ()

    def write_step(self, step: Step, fit: Fit) -> dict[str, Any] | None:
        """What a past step called: its note where it only noted something, else its move; None where it cannot."""
        if step.decision.note and step.decision.move == Wait(0.0) and NOTE in self.verbs:
            return {"action": NOTE, self.verbs[NOTE][0]: step.decision.note}
        return self.write(step.decision.move, fit)


def computer_use(*verbs: str) -> Tool:
    return Tool("computer_use", {verb: computer.VERBS[verb] for verb in verbs}, _computer_parts, computer.write)


def mobile_use(*verbs: str) -> Tool:
    fields = {verb: mobile.VERBS[verb] for verb in verbs}
    return Tool("mobile_use", fields, _mobile_parts, mobile.write, mobile.BUTTONS)


def _computer_parts(fields: Mapping[str, Any], fit: Fit, pointer: Point | None) -> Sequence[Part]:
    return (computer.read(fields, fit, pointer),)


def _mobile_parts(fields: Mapping[str, Any], fit: Fit, pointer: Point | None) -> Sequence[Part]:
    return (mobile.read(fields, fit, pointer),)
