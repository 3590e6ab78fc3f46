"""A policy that asks an oracle for each next move, after the one before was carried out."""

from collections.abc import Iterable, Iterator

from agent.episode import Decision, Finish, Past
from devices import Action, Observation


class Following:
    """Plays the moves of one oracle, once, and then finishes with `answer`."""

    name = "oracle"

    def __init__(self, oracle: Iterable[Action], answer: str = "") -> None:
        self._moves: Iterator[Action] = iter(oracle)
        self._answer = answer

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        return Decision(next(self._moves, None) or Finish(succeeded=True, answer=self._answer))
