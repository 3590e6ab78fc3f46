"""The summary of a run: rates with intervals, per task and overall; faults are counted separately."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.evaluate.live.trials import TrialResult
from agent.evaluate.rates import Rate

MAX_VALUES = 3
"""Distinct values of one description that the summary lists, such as browsers of machines that share a run."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of some results. A fault is in no rate and no mean: it says nothing about how well a policy works."""

    results: tuple[TrialResult, ...]

    @property
    def scored(self) -> tuple[TrialResult, ...]:
        return tuple(result for result in self.results if not result.fault)

    @property
    def faults(self) -> int:
        return len(self.results) - len(self.scored)

    @property
    def pass_rate(self) -> Rate:
        """pass@1: the share of scored episodes that passed, each one try at one seed."""
        return Rate(sum(result.passed for result in self.scored), len(self.scored))

    @property
    def steps(self) -> float | None:
        """The mean of steps; None without results."""
        return _mean([result.steps for result in self.scored])

    @property
    def seconds(self) -> float | None:
        """The mean of seconds; None without results."""
        return _mean([result.seconds for result in self.scored])

    @property
    def score(self) -> float | None:
        """The mean of the scores, where a task half done counts half; None without results."""
        return _mean([result.value or 0.0 for result in self.scored])

    @property
    def retried(self) -> int:
        """How many attempts ended in a fault and a later one in a score."""
        return sum(len(result.faults) for result in self.scored)

    def as_json(self) -> dict[str, Any]:
        """The totals as JSON."""
        rate = self.pass_rate
        return {
            "passed": rate.right,
            "scored": rate.of,
            "faults": self.faults,
            "retried": self.retried,
            "pass_rate": rate.share,
            "interval": list(rate.interval) if rate.of else None,
            "mean_score": self.score,
            "mean_steps": self.steps,
            "mean_seconds": self.seconds,
            "tokens": sum(result.tokens for result in self.results),
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """A run so far: `planned` trials, the totals of those that are done, overall and for each task."""

    planned: int
    overall: Totals
    by_task: dict[str, Totals]

    @property
    def solved(self) -> list[str]:
        """The tasks that passed at every seed that was tried, without a fault."""
        tried = {task: totals.results for task, totals in self.by_task.items() if totals.results}
        return [task for task, results in tried.items() if all(result.passed for result in results)]

    @property
    def about(self) -> dict[str, list[str]]:
        """How environments described themselves; what has more than `MAX_VALUES` values is left out."""
        values_of: dict[str, set[str]] = {}
        for result in self.overall.results:
            for key, value in result.about.items():
                values_of.setdefault(key, set()).add(value)
        return {key: sorted(values) for key, values in sorted(values_of.items()) if len(values) <= MAX_VALUES}

    def as_json(self) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "planned": self.planned,
            "done": len(self.overall.results),
            **self.overall.as_json(),
            "solved_at_every_seed": len(self.solved),
            "about": self.about,
            "tasks": {task: totals.as_json() for task, totals in self.by_task.items()},
        }


def summary_of(tasks: Sequence[str], planned: int, results: Sequence[TrialResult]) -> Summary:
    """The summary of `results`; a task without any has empty totals."""
    by_task = {task: Totals(tuple(result for result in results if result.task == task)) for task in tasks}
    return Summary(planned, Totals(tuple(results)), by_task)


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
