"""The metrics of a comparison, from counters whose size does not grow with the number of steps."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from agent.evaluate.protocols.move_features import type_of
from agent.evaluate.rates import Rate
from agent.evaluate.scoring import ScoredPrediction


@dataclass(slots=True)
class Metrics:
    """Add scored steps in order, an episode's steps together; read any metric at any time.

    Faults, and steps that the protocol cannot judge, are counted separately and are in no rate. An episode with a fault
    is in no rate of episodes. Goal progress is the number of right steps before the first wrong one, as a share of all
    steps that can be judged.
    """

    counts: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    points: float = 0.0
    pixels: "array[float]" = field(default_factory=lambda: array("f"))
    progress: "array[float]" = field(default_factory=lambda: array("f"))
    seconds: float = 0.0
    _open: str | None = None
    _length: int = 0
    _prefix: int = 0
    _missed: bool = False
    _faulty: bool = False

    def add(self, scored: ScoredPrediction) -> None:
        """Count one step."""
        prediction, score = scored.prediction, scored.score
        if prediction.episode != self._open:
            self.close()
            self._open, self._length = prediction.episode, prediction.length
        if prediction.fault:
            self.counts["faults"] += 1
            self._faulty = True
            return
        self.counts["asked"] += 1
        self.counts["unreadable"] += scored.unreadable
        self.counts["prompt"] += prediction.usage.prompt
        self.counts["completion"] += prediction.usage.completion
        self.seconds += prediction.seconds
        if scored.grounded is not None:
            self.counts["targets"] += 1
            self.counts["hit"] += scored.grounded
        if scored.distance is not None:
            self.pixels.append(scored.distance)
        if score is None:
            self.counts["not judged"] += 1
            return
        action_type = type_of(prediction.gold.move)
        self.points += score.value
        for name, counted in (("steps", True), ("same type", score.same_type), ("right", score.exact)):
            self.counts[name] += counted
            self.types[action_type, name] += counted
            if prediction.gold.group:
                self.groups[prediction.gold.group, name] += counted
        self._missed |= not score.exact
        self._prefix += not self._missed

    def close(self) -> None:
        """End the current episode: no more steps of it will come."""
        if self._open is not None and self._length and not self._faulty:
            self.progress.append(self._prefix / self._length)
            self.counts["done"] += self._prefix >= self._length
        self._open, self._length, self._prefix, self._missed, self._faulty = None, 0, 0, False, False

    @property
    def exact_match(self) -> Rate:
        """Steps with an exact match, of all steps that can be judged."""
        return self._rate("right", "steps")

    @property
    def type_accuracy(self) -> Rate:
        return self._rate("same type", "steps")

    @property
    def grounding(self) -> Rate:
        """Recorded clicks and long presses whose target was pointed at."""
        return self._rate("hit", "targets")

    @property
    def unreadable(self) -> Rate:
        return self._rate("unreadable", "asked")

    @property
    def success(self) -> Rate:
        """Episodes with every step right."""
        return Rate(self.counts["done"], len(self.progress))

    @property
    def mean_score(self) -> float | None:
        """Differs from the exact match only where a protocol gives partial scores."""
        return self.points / self.counts["steps"] if self.counts["steps"] else None

    @property
    def goal_progress(self) -> float | None:
        return fmean(self.progress) if self.progress else None

    @property
    def median_pixels(self) -> float | None:
        """How far from the recorded point, of the steps that point at all."""
        return median(self.pixels) if self.pixels else None

    @property
    def by_type(self) -> dict[str, Rate]:
        """Exact match for each `action_type` recorded."""
        names = sorted({name for name, _ in self.types})
        return {name: Rate(self.types[name, "right"], self.types[name, "steps"]) for name in names}

    @property
    def by_group(self) -> dict[str, Rate]:
        """Exact match for each cell of the data set's table."""
        names = sorted({group for group, _ in self.groups})
        return {group: Rate(self.groups[group, "right"], self.groups[group, "steps"]) for group in names}

    @property
    def mean_of_groups(self) -> float | None:
        """The plain mean over the cells, which ScreenSpot publishes; `exact_match` is the mean over items."""
        return fmean(rate.share or 0.0 for rate in self.by_group.values()) if self.groups else None

    def summary(self) -> dict[str, Any]:
        """All of it as JSON."""
        rates = {
            "exact_match": self.exact_match,
            "type_accuracy": self.type_accuracy,
            "grounding": self.grounding,
            "unreadable": self.unreadable,
            "task_success": self.success,
        }
        summary: dict[str, Any] = {name: _rate_json(rate) for name, rate in rates.items()}
        summary["by_type"] = {name: _rate_json(rate) for name, rate in self.by_type.items()}
        summary["by_group"] = {name: _rate_json(rate) for name, rate in self.by_group.items()}
        summary |= {"mean_of_groups": self.mean_of_groups, "mean_score": self.mean_score}
        summary |= {"goal_progress": self.goal_progress, "median_pixels": self.median_pixels}
        summary |= {"steps": self.counts["steps"], "no_say": self.counts["not judged"], "faults": self.counts["faults"]}
        summary |= {"prompt_tokens": self.counts["prompt"], "completion_tokens": self.counts["completion"]}
        return summary | {"seconds": round(self.seconds, 3)}

    def _rate(self, right: str, of: str) -> Rate:
        return Rate(self.counts[right], self.counts[of])


def _rate_json(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {"share": rate.share, "right": rate.right, "of": rate.of, "low": round(low, 4), "high": round(high, 4)}
