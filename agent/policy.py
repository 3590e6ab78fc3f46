"""The protocol of a policy, and a policy that plays given moves."""

from dataclasses import dataclass
from typing import Protocol

from agent.episode import Decision, Finish, Move, Past
from devices import Observation


class NotUnderstood(Exception):
    """The goal cannot be read; nothing was touched. The text names the words and says what to do instead."""


class PolicyFailed(Exception):
    """The policy cannot answer and asking again will not help: only a person can mend it."""


class Policy(Protocol):
    """Decides one move at a time. Stateless by contract: its memory is `past`, so any step can be asked again alone."""

    @property
    def name(self) -> str: ...

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        """The next move towards `goal` on the screen `seen`, after the steps in `past`.

        Raises `NotUnderstood` or `PolicyFailed`. What a model can mend is no exception: it is an `Unreadable` move.
        """
        ...


@dataclass(frozen=True, slots=True)
class Scripted:
    """Plays `moves` in order whatever it sees, then finishes."""

    moves: tuple[Move, ...]
    name: str = "scripted"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        move = self.moves[len(past)] if len(past) < len(self.moves) else Finish(succeeded=True)
        return Decision(move)
