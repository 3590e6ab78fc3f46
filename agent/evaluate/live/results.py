"""What became of a unit, as it is kept beside its recording and let back in."""

from typing import Annotated, Literal

from pydantic import Field

from agent.episode import Ending
from agent.evaluate.live.trials import Unit
from agent.recordings.format import Record


class Result(Record):
    """How a unit went: `value` is the world's score from 0 to 1, None where `fault` says why there is none.

    `seconds` are the episode's own, without setting up and judging. `faults` are those of earlier attempts, the first
    one first. `about` is what the world says of itself.
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
    def unit(self) -> Unit:
        return Unit(self.task, self.seed)

    @property
    def passed(self) -> bool:
        return self.value is not None and self.value >= 1.0


def faulted(unit: Unit, fault: str) -> Result:
    """The result of a unit of which nothing but its fault is known: never a zero."""
    return Result(
        task=unit.task, seed=unit.seed, value=None, reason="", ending=None, steps=0, seconds=0.0, tokens=0, fault=fault
    )
