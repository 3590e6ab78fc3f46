"""A prediction at one recorded step, and its score under a protocol."""

from dataclasses import dataclass
from math import hypot

from agent.episode import NO_USAGE, Move, Unreadable, Usage
from agent.evaluate.gold import Gold
from agent.evaluate.protocols import Protocol, StepScore
from agent.evaluate.protocols.hit_test import clamp
from agent.evaluate.protocols.move_features import first_point
from devices import Click, LongPress, MoveTo, Observation

StepKey = tuple[str, int]
"""A step of a comparison: the name of its episode, and its index."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The move that a policy predicts at one step, and what is right there.

    `episode` names the `recording`, which is its folder; `length` is how many of its steps can be judged; `seen` is the
    screen. `fault` says why the policy could not be asked; where it is "", there is a `move`.
    """

    episode: str
    step: int
    length: int
    gold: Gold
    move: Move | None
    fault: str = ""
    usage: Usage = NO_USAGE
    seconds: float = 0.0
    recording: str = ""
    seen: Observation | None = None


@dataclass(frozen=True, slots=True)
class ScoredPrediction:
    """A prediction with its `score`, None where the protocol does not apply to the step or there is a fault.

    `grounded` and `distance` are of the recorded click's target: hit or not, and how many pixels from the recorded
    point; None where none was recorded, or none predicted.
    """

    prediction: Prediction
    score: StepScore | None
    grounded: bool | None
    distance: float | None

    @property
    def key(self) -> StepKey:
        return self.prediction.episode, self.prediction.step

    @property
    def unreadable(self) -> bool:
        return isinstance(self.prediction.move, Unreadable)


def score(prediction: Prediction, protocol: Protocol) -> ScoredPrediction:
    """`prediction` under `protocol`."""
    gold, move = prediction.gold, prediction.move
    if move is None:
        return ScoredPrediction(prediction, None, None, None)
    step_score, grounded = protocol.score(gold, move), protocol.grounded(gold, move)
    return ScoredPrediction(prediction, step_score, grounded, _distance(gold, move) if grounded is not None else None)


def can_judge(gold: Gold, protocol: Protocol) -> bool:
    """Whether the protocol has a say on the step: it must have one on the recorded move itself."""
    return protocol.score(gold, gold.move) is not None


def _distance(gold: Gold, move: Move) -> float | None:
    wanted, predicted = first_point(gold.move), first_point(move)
    if wanted is None or predicted is None or not isinstance(move, Click | LongPress | MoveTo):
        return None
    return hypot(clamp(wanted.x - predicted.x), clamp(wanted.y - predicted.y))
