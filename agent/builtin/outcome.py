"""What a command can come to: an action, or done, or failed."""

from dataclasses import dataclass

from devices import Action, Element


@dataclass(frozen=True, slots=True)
class Act:
    """Do `move`, for the reason `why`, on the element `target` if it is meant for one."""

    move: Action
    why: str = ""
    target: Element | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The command is done; `answer` is what the person asked to know."""

    why: str = ""
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The command cannot be done; `why` says what was wanted, what was found and what was tried."""

    why: str


Outcome = Act | Done | Failed
