"""What a protocol is: a named, versioned rule that says how right a predicted move is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent.episode import Move, Unreadable
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.protocols.move_features import first_point
from devices import Click, LongPress, MoveTo, Point

Ask = Literal["goal", "step", "target"]
"""What a policy is asked at a recorded step: the goal; the step's own instruction; where the target is."""

ASKED_FOR: dict[Ask, str] = {"goal": "the goal", "step": "the step's instruction", "target": "the target"}
"""Each `Ask` in words, for people."""


@dataclass(frozen=True, slots=True)
class StepScore:
    """The score of one prediction: whether it has the type of the right move, and its value from 0 to 1."""

    same_type: bool
    value: float

    @property
    def exact(self) -> bool:
        """Whether it counts as an exact match."""
        return self.value >= 1


@dataclass(frozen=True, slots=True)
class Accepts:
    """The row of a protocol in the table of recordings/README.md: what it lets pass."""

    point: str
    text: str
    scroll: str
    other: str


Hits = Callable[[GoldAnswer, Gold, Point], bool | None]
"""Whether a click at a point does what the answer's click does; None where the rule does not apply."""

Judge = Callable[[GoldAnswer, Gold, Move], StepScore | None]
"""The score of a move against one answer; None where the rule does not apply to such an answer."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A rule, its version (raised whenever a score could change), and where it comes from.

    `ask` is what its data set asks for, and so what is asked unless somebody says otherwise.
    """

    name: str
    version: int
    source: str
    accepts: Accepts
    hits: Hits
    judge: Judge
    ask: Ask = "goal"

    @property
    def title(self) -> str:
        """What is printed beside every number: `aitw v1`."""
        return f"{self.name} v{self.version}"

    def score(self, gold: Gold, move: Move) -> StepScore | None:
        """The best score of `move` against any of the right answers; None where the rule applies to none of them."""
        if isinstance(gold.move, Unreadable):
            return None
        scores = [self.judge(answer, gold, move) for answer in gold.answers]
        return max((score for score in scores if score), key=lambda score: (score.value, score.same_type), default=None)

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
RIGHT, WRONG = StepScore(True, 1.0), StepScore(True, 0.0)
OTHER_TYPE = StepScore(False, 0.0)


def right_if(passed: bool) -> StepScore:
    """The score of a move of the right kind."""
    return RIGHT if passed else WRONG
