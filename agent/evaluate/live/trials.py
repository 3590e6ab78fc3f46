"""A trial is a task at a seed: which there are, which belong to a shard of a shared run, and what became of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from agent.episode import Ending
from agent.recordings.format import Record


@dataclass(frozen=True, slots=True)
class Trial:
    """One episode to be run."""

    task: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.task}/{self.seed}"


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`th of `of` parts, from 1."""

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise ValueError(f"a shard is one of 1/{self.of} to {self.of}/{self.of}; found {self.number}/{self.of}")

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def __contains__(self, trial: Trial) -> bool:
        """Whether `trial` is of this part: by SHA-256 of its name, so that machines agree without communicating."""
        return int(sha256(trial.name.encode()).hexdigest(), 16) % self.of == self.number - 1


class TrialResult(Record):
    """How a trial went: `value` is the check's score from 0 to 1, None where `fault` says why there is none.

    `seconds` are the episode's own, without setting up and judging. `faults` are those of earlier attempts, the first
    one first. `about` describes the environment: versions, fonts, scale.
    """

    schema_version: Literal[1] = 1
    task: str
    seed: int
    value: Annotated[float, Field(ge=0, le=1)] | None
    reason: str
    ending: Ending | None
    steps: int
    seconds: float
    tokens: int
    fault: str = ""
    faults: tuple[str, ...] = ()
    about: dict[str, str] = Field(default_factory=dict)

    @property
    def trial(self) -> Trial:
        return Trial(self.task, self.seed)

    @property
    def passed(self) -> bool:
        return self.value is not None and self.value >= 1.0


def trials_of(tasks: Sequence[str], seeds: Sequence[int]) -> tuple[Trial, ...]:
    """Every task at every seed; all tasks once, then all a second time, so that an early stop leaves no task out."""
    return tuple(Trial(task, seed) for seed in seeds for task in tasks)


def fault_result(trial: Trial, fault: str) -> TrialResult:
    """The result of a trial of which only its fault is known: without a score, which is not a score of zero."""
    return TrialResult(
        task=trial.task,
        seed=trial.seed,
        value=None,
        reason="",
        ending=None,
        steps=0,
        seconds=0.0,
        tokens=0,
        fault=fault,
    )
