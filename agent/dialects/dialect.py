"""What a dialect is: one model family's way of being shown a screen, asked for a move, and understood."""

from dataclasses import dataclass
from typing import Protocol

from agent.dialects.fit import Fit
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Space
from agent.episode import Decision, Past
from agent.models.chat import Grammar, Message, Picture
from devices import Box, Observation, Point


@dataclass(frozen=True, slots=True)
class Query:
    """A question to a model, and the `fit` that maps its answer back to the screen."""

    messages: tuple[Message, ...]
    grammar: Grammar | None
    fit: Fit


@dataclass(frozen=True, slots=True)
class Detection:
    """What a model pointed at, in pixels of the picture it was asked about; `box` is None where it gave a point."""

    label: str
    at: Point
    box: Box | None = None


class Dialect(Protocol):
    """A model family. Stateless: everything an answer depends on is in the arguments."""

    @property
    def name(self) -> str: ...

    @property
    def sizes(self) -> Sizes:
        """How large its pictures are."""
        ...

    @property
    def space(self) -> Space:
        """Which numbers it points with."""
        ...

    def fit(self, picture: tuple[int, int]) -> Fit:
        """How a picture of that (width, height) is shown: the same for every use of this dialect."""
        ...

    def ask(self, goal: str, past: Past, seen: Observation) -> Query:
        """The question for the next move: system, goal, text history that only grows, current screenshot last."""
        ...

    def read(self, text: str, fit: Fit, past: Past) -> Decision:
        """The move in a finished reply; `Unreadable` with the reason where there is none. Raises nothing.

        `past` tells where the pointer is, for families whose drag or scroll begins "here".
        """
        ...

    def ask_where(self, what: str, picture: Picture, fit: Fit, *, boxes: bool) -> Query:
        """The question where `what` is on `picture`, which already has the size of `fit.picture`."""
        ...

    def read_where(self, text: str, fit: Fit) -> tuple[Detection, ...]:
        """What a finished reply points at, in pixels of `fit.screen`; () when it says that there is nothing.

        Raises `ValueError`, saying what was wanted and what was found, when it cannot be read.
        """
        ...
