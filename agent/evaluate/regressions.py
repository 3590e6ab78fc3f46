"""What changed since an earlier comparison, step by step, and what of that is for the worse."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Literal

from agent.evaluate.comparison_file import KeptComparison
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Scored
from agent.moves import read_move
from agent.report.page import title_of

Kind = Literal["regression", "drift", "fault", "gone", "improvement", "other move", "new"]
WORSE: tuple[Kind, ...] = ("regression", "drift", "fault", "gone")


@dataclass(frozen=True, slots=True)
class Difference:
    """One step that came out otherwise: what it is, and in words how it was and how it is."""

    episode: str
    step: int
    kind: Kind
    told: str

    @property
    def worse(self) -> bool:
        """Whether a build should fail for it."""
        return self.kind in WORSE

    def __str__(self) -> str:
        return f"{self.kind}: {self.episode} step {self.step + 1}: {self.told}"


@dataclass(frozen=True, slots=True)
class _Before:
    right: bool | None
    pixels: float | None
    fault: str
    did: str


@dataclass(slots=True)
class Against:
    """An earlier comparison. Show it the new steps as they come; in the end it tells which never came.

    A step is a *regression* when it was right and no longer is, a *fault* when it could be asked and no longer can, and
    a *drift* when it points further from the recorded point than before, by more than `tolerance` of the picture's
    diagonal: a scale or an offset that is slightly wrong shows there long before anything is missed. Raises
    `ValueError` for a comparison under another protocol: score that one anew first.
    """

    old: KeptComparison
    protocol: Protocol
    tolerance: float = 0.005
    _before: dict[tuple[str, int], _Before] = field(default_factory=dict)

    def __post_init__(self) -> None:
        then = self.old.protocol
        if (then.name, then.version) != (self.protocol.name, self.protocol.version):
            raise ValueError(
                f"the old comparison was scored under {then.name} v{then.version}, this one under "
                f"{self.protocol.title}; score the old one anew: "
                f"screenhand score OLD.json --protocol {self.protocol.name} --rescore NEW.json"
            )
        for step in self.old.steps:
            did = "nobody could be asked" if step.predicted is None else title_of(read_move(step.predicted))
            self._before[step.episode, step.step] = _Before(step.right, step.pixels, step.fault, did)
        self.old = self.old.model_copy(update={"steps": ()})

    def compare(self, scored: Scored) -> Difference | None:
        """What is different about this step; None where nothing is."""
        asked, mark = scored.prediction, scored.mark
        before = self._before.pop(scored.key, None)
        did = asked.fault or (title_of(asked.move) if asked.move else "")
        if before is None:
            return Difference(*scored.key, "new", did)
        words = f"was {before.did}, is {did}; right would be {title_of(asked.gold.move)}"
        right = mark.right if mark else None
        if asked.fault and not before.fault:
            return Difference(*scored.key, "fault", asked.fault)
        if before.right and not right:
            return Difference(*scored.key, "regression", words)
        if right and before.right is False:
            return Difference(*scored.key, "improvement", words)
        if before.pixels is not None and scored.distance is not None:
            further = scored.distance - before.pixels
            if further > self.tolerance * hypot(*asked.gold.size):
                return Difference(*scored.key, "drift", f"{further:.1f} px further off: {words}")
        return Difference(*scored.key, "other move", words) if did != before.did else None

    def gone(self) -> Iterator[Difference]:
        """The steps that were asked then and were not now, and that were right."""
        for (episode, step), before in self._before.items():
            if before.right:
                yield Difference(episode, step, "gone", f"was right ({before.did}) and was not asked")
