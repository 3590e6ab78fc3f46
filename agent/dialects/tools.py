"""The functions that families were trained to call: which actions they have, and how these become moves and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects import computer_use as computer
from agent.dialects import mobile_use as mobile
from agent.dialects.fit import Fit
from agent.episode import Move
from devices import Point


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a family was trained to call: `verbs` with the fields of each, and moves from and to them."""

    name: str
    verbs: Mapping[str, Sequence[str]]
    read: Callable[[Mapping[str, Any], Fit, Point | None], Move]
    write: Callable[[Move, Fit], dict[str, Any] | None]
    buttons: Sequence[str] = ()


def computer_use(*verbs: str) -> Tool:
    return Tool("computer_use", {verb: computer.VERBS[verb] for verb in verbs}, computer.read, computer.write)


def mobile_use(*verbs: str) -> Tool:
    fields = {verb: mobile.VERBS[verb] for verb in verbs}
    return Tool("mobile_use", fields, mobile.read, mobile.write, mobile.BUTTONS)
