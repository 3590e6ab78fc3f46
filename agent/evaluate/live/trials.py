"""What is to be run: a task at a seed, and which of them are whose when several machines share the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Unit:
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

    def __contains__(self, unit: Unit) -> bool:
        """Whether `unit` is of this part: by SHA-256 of its name, so that machines agree without asking each other."""
        return int(sha256(unit.name.encode()).hexdigest(), 16) % self.of == self.number - 1


def units_of(tasks: Sequence[str], seeds: Sequence[int]) -> tuple[Unit, ...]:
    """Every task at every seed; all tasks once, then all a second time, so that an early stop leaves no task out."""
    return tuple(Unit(task, seed) for seed in seeds for task in tasks)
