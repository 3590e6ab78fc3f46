"""What is decided, done and remembered: moves, steps, episodes and how they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from devices import Action, Observation
from devices.changes import Change


@dataclass(frozen=True, slots=True)
class Finish:
    """The policy says it is over: done, or not to be done. `answer` is what the person asked to know."""

    succeeded: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A reply that no move could be read from. It is told to the policy in the next prompt, and nothing is done."""

    reason: str


Move = Action | Finish | Unreadable


@dataclass(frozen=True, slots=True)
class Decision:
    """A move, and what the policy said of it.

    `instruction` is the low-level instruction this move serves, `thought` the reason in the policy's words, `raw` the
    reply as it came.
    """

    move: Move
    instruction: str = ""
    thought: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where a step's time went: thinking, acting, waiting for the screen to be still, and looking at it."""

    think: float = 0.0
    act: float = 0.0
    settle: float = 0.0
    look: float = 0.0

    @property
    def total(self) -> float:
        return self.think + self.act + self.settle + self.look


@dataclass(frozen=True, slots=True)
class Step:
    """One round of the loop. `error` says why the move was not carried out, "" when it was."""

    index: int
    seen: Observation
    decision: Decision
    error: str
    change: Change
    seconds: Seconds


class Ending(StrEnum):
    """How an episode ended. Each has its own exit code; the table is in README.md."""

    FINISHED = "finished"
    GAVE_UP = "gave_up"
    LIMIT_STEPS = "limit_steps"
    LIMIT_SECONDS = "limit_seconds"
    STUCK = "stuck"
    UNREADABLE = "unreadable"
    NOT_UNDERSTOOD = "not_understood"
    POLICY_FAILED = "policy_failed"
    DEVICE_LOST = "device_lost"
    DENIED = "denied"
    STOPPED = "stopped"
    RECORDING_FAILED = "recording_failed"
    INTERNAL_ERROR = "internal_error"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True, slots=True)
class Limits:
    """When the loop stops by itself. `repeats`: moves in a row that changed nothing; `unreadable`: replies in a row."""

    steps: int = 50
    seconds: float = 600.0
    repeats: int = 6
    unreadable: int = 3

    def __post_init__(self) -> None:
        for name in ("steps", "seconds", "repeats", "unreadable"):
            if getattr(self, name) <= 0:
                raise ValueError(f"the limit on {name} must be above zero; found {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Episode:
    """A goal, the steps taken, how it ended, and the screen at the end: N steps have N + 1 screens.

    `ending` is the agent's claim, never a score. `final` is None when the last look failed.
    """

    goal: str
    steps: tuple[Step, ...]
    ending: Ending
    reason: str = ""
    final: Observation | None = None
    seconds: float = 0.0

    @property
    def answer(self) -> str:
        """What the finishing move answered; "" without one."""
        move = self.steps[-1].decision.move if self.steps else None
        return move.answer if isinstance(move, Finish) else ""


Past = Sequence[Step]
