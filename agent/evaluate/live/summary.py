"""What results come to: rates with intervals per task and in all, faults apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.evaluate.live.results import Result
from agent.evaluate.rates import Rate

MOST_ANSWERS = 3
"""Of one kind, from machines that share a run: browsers, fonts."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Some results summed. A fault is in no rate and no mean: it says nothing about how well a policy works."""

    results: tuple[Result, ...]

    @property
    def scored(self) -> tuple[Result, ...]:
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
        """The mean of steps; None of nothing."""
        return _mean([result.steps for result in self.scored])

    @property
    def seconds(self) -> float | None:
        """The mean of seconds; None of nothing."""
        return _mean([result.seconds for result in self.scored])

    @property
    def score(self) -> float | None:
        """The mean of the world's scores, where a task half done counts half; None of nothing."""
        return _mean([result.value or 0.0 for result in self.scored])

    @property
    def retried(self) -> int:
        """How many attempts were faults that a later one made good."""
        return sum(len(result.faults) for result in self.scored)

    def told(self) -> dict[str, Any]:
        """The sums as JSON."""
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
    """A run so far: `planned` units in all, the sums of what is done, in all and for each task."""

    planned: int
    whole: Sum
    by_task: dict[str, Sum]

    @property
    def solved(self) -> list[str]:
        """The tasks that passed at every seed that was tried, without a fault."""
        return [task for task, found in self.by_task.items() if found.results and all(r.passed for r in found.results)]

    @property
    def about(self) -> dict[str, list[str]]:
        """What the worlds said of themselves; what has more than `MOST_ANSWERS` is about episodes, and left out."""
        found: dict[str, set[str]] = {}
        for result in self.whole.results:
            for key, value in result.about.items():
                found.setdefault(key, set()).add(value)
        return {key: sorted(values) for key, values in sorted(found.items()) if len(values) <= MOST_ANSWERS}

    def told(self) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "planned": self.planned,
            "done": len(self.whole.results),
            **self.whole.told(),
            "solved_at_every_seed": len(self.solved),
            "about": self.about,
            "tasks": {task: found.told() for task, found in self.by_task.items()},
        }


def summary_of(tasks: Sequence[str], planned: int, results: Sequence[Result]) -> Summary:
    """What `results` come to; a task without any is there with nothing."""
    by_task = {task: Sum(tuple(result for result in results if result.task == task)) for task in tasks}
    return Summary(planned, Sum(tuple(results)), by_task)


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None
