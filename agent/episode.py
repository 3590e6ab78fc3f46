"""What is decided, done and remembered: moves, steps, episodes and how they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from devices import Action, Element, Observation, Refusal
from devices.changes import Change


@dataclass(frozen=True, slots=True)
class Finish:
    """The policy says it is over: done, or not to be done. `answer` is what the person asked to know."""

    succeeded: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the person, or a request to take over for a moment. `answer` is None while nobody gave one.

    With `consent` it is asked whether the rest of the reply may be done: only a yes lets it.
    """

    question: str
    answer: str | None = None
    consent: bool = False

    @property
    def agreed(self) -> bool:
        """Whether the answer is a yes and nothing else."""
        return (self.answer or "").strip().casefold() in ("y", "yes")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A reply that no move could be read from. It is told to the policy in the next prompt, and nothing is done."""

    reason: str


NonAction = Finish | Ask | Unreadable
"""The moves that no device is asked for."""

Move = Action | NonAction


@dataclass(frozen=True, slots=True)
class Usage:
    """What a decision cost a model, in tokens; all zero where none was asked.

    `prompt` and `completion` are what it was given and what it wrote. `prefilled` are the prompt tokens that were
    really computed and not remembered, `forwards` the passes through the network that wrote the reply; both only where
    the model runs in this process.
    """

    prompt: int = 0
    completion: int = 0
    prefilled: int = 0
    forwards: int = 0

    @property
    def total(self) -> int:
        return self.prompt + self.completion

    def __bool__(self) -> bool:
        return self.total > 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.prefilled + other.prefilled,
            self.forwards + other.forwards,
        )


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True)
class PlanStep:
    """Which part of a policy's plan a decision serves; all numbers from 1.

    The plan has `of` instructions; this is number `instruction`, and of its `parts` parts number `part`. `parts` is 0
    where it is not known, in recordings made before 2026-11-28.
    """

    instruction: int
    of: int
    part: int = 1
    parts: int = 1

    def __str__(self) -> str:
        return f"{self.instruction}{f'.{self.part}' if self.parts != 1 else ''}/{self.of}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A move, and what the policy said of it.

    `instruction` is the low-level instruction this move serves, `thought` the reason in the policy's words, `raw` the
    reply as it came. `plan_step` is where in its plan a policy is that has one, `target` the element on the screen that
    it means, where it knows. `then` are further moves of the same reply, to be made after this one while the screen is
    as expected (agent/action_queue.py); `note` is what the policy wants to remember.
    """

    move: Move
    instruction: str = ""
    thought: str = ""
    raw: str = ""
    usage: Usage = NO_USAGE
    plan_step: PlanStep | None = None
    target: Element | None = None
    then: tuple[Move, ...] = ()
    note: str = ""

    @property
    def heading(self) -> str:
        """The instruction behind its number in the plan, for people: "2.3/5 click 'Save'"."""
        return f"{self.plan_step or ''} {self.instruction}".strip()


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where a step's time went: deciding, writing the intent down, acting, waiting for a still screen, looking."""

    think: float = 0.0
    record: float = 0.0
    act: float = 0.0
    settle: float = 0.0
    look: float = 0.0

    @property
    def total(self) -> float:
        return self.think + self.record + self.act + self.settle + self.look


@dataclass(frozen=True, slots=True)
class Step:
    """One round of the loop.

    `error` says why the move was not carried out, "" when it was; `refusal` is the same for code, None also when the
    reply was no move. `change` is what the screen showed of it, None when the run ended before anyone could look.
    """

    index: int
    seen: Observation
    decision: Decision
    error: str
    change: Change | None
    seconds: Seconds
    refusal: Refusal | None = None


class Ending(StrEnum):
    """How an episode ended. Each has its own exit code; the table is in agent/README.md."""

    FINISHED = "finished"
    GAVE_UP = "gave_up"
    LIMIT_STEPS = "limit_steps"
    LIMIT_SECONDS = "limit_seconds"
    LIMIT_TOKENS = "limit_tokens"
    STUCK = "stuck"
    UNREADABLE = "unreadable"
    UNANSWERED = "unanswered"
    NOT_UNDERSTOOD = "not_understood"
    POLICY_FAILED = "policy_failed"
    ENDPOINT_DOWN = "endpoint_down"
    ENDPOINT_REFUSED = "endpoint_refused"
    DEVICE_LOST = "device_lost"
    STOPPED = "stopped"
    RECORDING_FAILED = "recording_failed"
    INTERNAL_ERROR = "internal_error"
    CUT_SHORT = "cut_short"

    @property
    def words(self) -> str:
        """The ending as people read it: "limit steps"."""
        return self.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Limits:
    """When the loop stops by itself.

    `steps` and `seconds` bound the whole episode. `stuck` moves in a row that see at most two different screens are a
    loop: two, for a caret that blinks and moves that undo each other. `unreadable` counts replies in a row. `tokens`
    bounds what all replies together may cost, prompts included.
    """

    steps: int = 50
    seconds: float = 600.0
    tokens: int = 2_000_000
    stuck: int = 8
    unreadable: int = 3

    def __post_init__(self) -> None:
        for name in ("steps", "seconds", "tokens", "stuck", "unreadable"):
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
    def usage(self) -> Usage:
        """What all decisions together cost."""
        return sum((step.decision.usage for step in self.steps), NO_USAGE)

    @property
    def answer(self) -> str:
        """What the finishing move answered; "" without one."""
        move = self.steps[-1].decision.move if self.steps else None
        return move.answer if isinstance(move, Finish) else ""

    @property
    def question(self) -> str:
        """What the last move asked the person, when nobody was there to answer; else ""."""
        move = self.steps[-1].decision.move if self.steps else None
        return move.question if isinstance(move, Ask) and move.answer is None else ""


Past = Sequence[Step]


def not_known(reason: str) -> str:
    """The error of a step whose move may or may not have been carried out before `reason` ended the run."""
    return f"it is not known whether this was done: {reason}"
