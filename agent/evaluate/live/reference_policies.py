"""Policies that prove a suite: one that plays the moves known to solve a task, one that does nothing."""

from collections.abc import Iterable

from agent.episode import Decision, Finish, Move, Past
from agent.policy import Scripted
from devices import Action, Observation


class Oracle:
    """Plays `moves`, each found when it is needed and not before, then finishes with `answer`."""

    name = "oracle"

    def __init__(self, moves: Iterable[Action], answer: str) -> None:
        self._found: list[Move] = []
        self._moves, self._answer = iter(moves), answer

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        while len(self._found) <= len(past):
            self._found.append(next(self._moves, Finish(succeeded=True, answer=self._answer)))
        return Decision(self._found[len(past)])


IDLE = Scripted((), "idle")
"""Claims success at once: whatever it passes proves nothing."""
