"""What a protocol is: a named, versioned rule that says how right a predicted move is."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.episode import Move, Unreadable
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.protocols.move_features import first_point
from devices import Click, LongPress, MoveTo, Point


@dataclass(frozen=True, slots=True)
class Mark:
    """What a protocol says of one prediction: is it the right kind of move, and how right is it, from 0 to 1."""

    kind: bool
    score: float

    @property
    def right(self) -> bool:
        """Whether it counts as an exact match."""
        return self.score >= 1


@dataclass(frozen=True, slots=True)
class Accepts:
    """The row of a protocol in the table of recordings/README.md: what it lets pass."""

    point: str
    text: str
    scroll: str
    other: str


Hits = Callable[[GoldAnswer, Gold, Point], bool | None]
"""Whether a click at a point does what the answer's click does; None where the rule does not apply."""

Judge = Callable[[GoldAnswer, Gold, Move], Mark | None]
"""The mark of a move against one answer; None where the rule does not apply to such an answer."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A rule, its version (raised whenever a score could change), and where it comes from."""

    name: str
    version: int
    source: str
    accepts: Accepts
    hits: Hits
    judge: Judge

    @property
    def title(self) -> str:
        """What is printed beside every number: `aitw v1`."""
        return f"{self.name} v{self.version}"

    def mark(self, gold: Gold, move: Move) -> Mark | None:
        """The best mark that `move` gets against any of the right answers; None where none of them can be judged."""
        if isinstance(gold.move, Unreadable):
            return None
        marks = [self.judge(answer, gold, move) for answer in gold.answers]
        return max((mark for mark in marks if mark), key=lambda mark: (mark.score, mark.kind), default=None)

    def grounded(self, gold: Gold, move: Move) -> bool | None:
        """Whether `move` points at the target of a recorded click or long press, whatever it does there.

        None where the step has no such target, or the rule does not apply to it; False for a move that does not point.
        """
        if not isinstance(gold.move, Click | LongPress):
            return None
        point = first_point(move) if isinstance(move, Click | LongPress | MoveTo) else None
        verdicts = [
            self.hits(answer, gold, point or NOWHERE)
            for answer in gold.answers
            if isinstance(answer.move, Click | LongPress)
        ]
        judged = [verdict for verdict in verdicts if verdict is not None]
        return (any(judged) and point is not None) if judged else None


NOWHERE = Point(-(10**9), -(10**9))
RIGHT, WRONG = Mark(True, 1.0), Mark(True, 0.0)
OTHER_KIND = Mark(False, 0.0)


def graded(passed: bool) -> Mark:
    """The mark of a move of the right kind."""
    return RIGHT if passed else WRONG
