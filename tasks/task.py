"""A goal, and how to tell from the world that it was met."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices import Action, Observation, Probe


@dataclass(frozen=True, slots=True)
class Score:
    """`value` from 0 (not at all) to 1 (met), and why. A fault leaves no score at all; it is never a zero."""

    value: float
    reason: str

    @property
    def passed(self) -> bool:
        return self.value >= 1.0


class World(Protocol):
    """What a check may look at: the world and the answer, never the transcript."""

    @property
    def probe(self) -> Probe: ...
    @property
    def answer(self) -> str: ...
    def screen(self) -> Observation:
        """The screen as it is now."""
        ...

    def text_on_screen(self) -> str:
        """The screen's words as lines of text, read from its pixels."""
        ...


Check = Callable[[World], Score]


@dataclass(frozen=True, slots=True)
class Task:
    """A goal in plain words, what must be there before, how it is judged, and moves that are known to solve it.

    `oracle` holds low-level instructions of the embedded default's kind as actions, and `answer` what its finish says,
    so that a broken check is found before a policy is blamed for it.
    """

    name: str
    goal: str
    check: Check
    oracle: tuple[Action, ...]
    setup: Callable[[Probe], None] = lambda probe: None
    answer: str = ""
