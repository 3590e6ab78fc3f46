"""What changed since an earlier comparison, step by step, and which of the changes are for the worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Literal

from agent.evaluate.comparison_file import Comparison
from agent.evaluate.protocols import ASKED_FOR, Ask, Protocol
from agent.evaluate.scoring import ScoredPrediction
from agent.moves import describe_move, read_move

Kind = Literal["regression", "drift", "fault", "gone", "improvement", "other move", "new"]
WORSE: tuple[Kind, ...] = ("regression", "drift", "fault", "gone")


@dataclass(frozen=True, slots=True)
class Difference:
    """One step that came out differently: of which kind, and in words what it was and what it is."""

    episode: str
    step: int
    kind: Kind
    detail: str

    @property
    def worse(self) -> bool:
        """Whether a build should fail for it."""
        return self.kind in WORSE

    def __str__(self) -> str:
        return f"{self.kind}: {self.episode} step {self.step + 1}: {self.detail}"


@dataclass(frozen=True, slots=True)
class _OldStep:
    right: bool | None
    pixels: float | None
    fault: str
    move: str


class ComparisonDiff:
    """Compares new steps with those of an earlier comparison as they come, and lists in the end which never came.

    A step is a *regression* when it was right and no longer is, a *fault* when it could be asked and no longer can, and
    a *drift* when it points further from the recorded point than before, by more than `tolerance` of the picture's
    diagonal: a scale or an offset that is slightly wrong shows there long before anything is missed. Raises
    `ValueError` for a comparison under another protocol, which has to be scored again first, and for one that was asked
    something else than `ask`, where both are known; and `Untrusted`.
    """

    def __init__(
        self, old: Comparison, protocol: Protocol, tolerance: float = 0.005, ask: Ask | Literal[""] = ""
    ) -> None:
        rule = old.header.protocol
        if (rule.name, rule.version) != (protocol.name, protocol.version):
            raise ValueError(
                f"the old comparison was scored under {rule.name} v{rule.version}, this one under "
                f"{protocol.title}; score the old one anew: "
                f"screenhand score OLD.json --protocol {protocol.name} --rescore NEW.json"
            )
        asked = old.header.ask
        if asked and ask and asked != ask:
            raise ValueError(
                f"the old comparison asked for {ASKED_FOR[asked]}, this one asks for {ASKED_FOR[ask]}: the answers are "
                f"to different questions; ask with --ask {asked}"
            )
        self.tolerance = tolerance
        self._old_steps: dict[tuple[str, int], _OldStep] = {}
        for step in old.steps:
            move = (
                "the policy could not be asked" if step.predicted is None else describe_move(read_move(step.predicted))
            )
            self._old_steps[step.episode, step.step] = _OldStep(step.right, step.pixels, step.fault, move)

    def compare(self, scored: ScoredPrediction) -> Difference | None:
        """The difference at this step; None where it came out as before."""
        prediction, score = scored.prediction, scored.score
        old = self._old_steps.pop(scored.key, None)
        move = prediction.fault or (describe_move(prediction.move) if prediction.move else "")
        if old is None:
            return Difference(*scored.key, "new", move)
        detail = f"was {old.move}, is {move}; right would be {describe_move(prediction.gold.move)}"
        right = score.exact if score else None
        if prediction.fault and not old.fault:
            return Difference(*scored.key, "fault", prediction.fault)
        if old.right and not right:
            return Difference(*scored.key, "regression", detail)
        if right and old.right is False:
            return Difference(*scored.key, "improvement", detail)
        if old.pixels is not None and scored.distance is not None:
            further = scored.distance - old.pixels
            if further > self.tolerance * hypot(*prediction.gold.size):
                return Difference(*scored.key, "drift", f"{further:.1f} px further off: {detail}")
        return Difference(*scored.key, "other move", detail) if move != old.move else None

    def missing(self) -> Iterator[Difference]:
        """The steps that were right in the old comparison and were not asked now."""
        for (episode, step), old in self._old_steps.items():
            if old.right:
                yield Difference(episode, step, "gone", f"was right ({old.move}) and was not asked")
