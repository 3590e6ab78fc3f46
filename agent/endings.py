"""How an episode ends: when to stop, what a fault is called, and the exit code of each ending."""

import traceback
from collections.abc import Sequence

from agent.episode import Ask, Ending, Finish, Limits, Step, Unreadable
from agent.models.chat import EndpointDown, EndpointRefused
from agent.policy import NotUnderstood, PolicyFailed
from agent.recordings.journal import RecordingFailed
from devices import DeviceLost, OutOfTime, Stopped, Wait

EXIT_CODES: dict[Ending, int] = {
    Ending.FINISHED: 0,
    Ending.GAVE_UP: 3,
    Ending.LIMIT_STEPS: 4,
    Ending.LIMIT_SECONDS: 5,
    Ending.STUCK: 6,
    Ending.UNREADABLE: 7,
    Ending.NOT_UNDERSTOOD: 8,
    Ending.POLICY_FAILED: 9,
    Ending.DEVICE_LOST: 10,
    Ending.RECORDING_FAILED: 11,
    Ending.CUT_SHORT: 12,
    Ending.ENDPOINT_DOWN: 13,
    Ending.ENDPOINT_REFUSED: 14,
    Ending.LIMIT_TOKENS: 15,
    Ending.UNANSWERED: 16,
    Ending.INTERNAL_ERROR: 70,
    Ending.STOPPED: 130,
}
EXPLANATIONS: dict[Ending, str] = {
    Ending.GAVE_UP: "it says that it cannot be done",
    Ending.LIMIT_STEPS: "no more steps were allowed",
    Ending.LIMIT_TOKENS: "no more tokens were allowed",
    Ending.STUCK: "its last moves led nowhere new",
    Ending.UNREADABLE: "reply after reply was no move",
    Ending.UNANSWERED: "it has a question, and nobody is there to answer",
    Ending.NOT_UNDERSTOOD: "nothing was touched",
}
"""What an ending that carries no reason of its own means."""

CHECK_FAILED = 1
"""The exit code of a finish that a check contradicts, or that no check could confirm because it could not look."""

ENDING_OF_FAULT: dict[type[BaseException], Ending] = {
    OutOfTime: Ending.LIMIT_SECONDS,
    Stopped: Ending.STOPPED,
    KeyboardInterrupt: Ending.STOPPED,
    DeviceLost: Ending.DEVICE_LOST,
    NotUnderstood: Ending.NOT_UNDERSTOOD,
    EndpointDown: Ending.ENDPOINT_DOWN,
    EndpointRefused: Ending.ENDPOINT_REFUSED,
    PolicyFailed: Ending.POLICY_FAILED,
    RecordingFailed: Ending.RECORDING_FAILED,
}


def ending_of(fault: BaseException) -> tuple[Ending, str]:
    """The ending that `fault` is, and its reason in words; an unforeseen fault keeps its traceback."""
    for kind, ending in ENDING_OF_FAULT.items():
        if isinstance(fault, kind):
            return ending, str(fault) or kind.__name__
    return Ending.INTERNAL_ERROR, "".join(traceback.format_exception(fault))


def how_it_ended(steps: Sequence[Step], limits: Limits) -> Ending | None:
    """The ending that `steps` amount to; None while there is reason to go on. Time is kept by `Stop.within`."""
    moves = [step.decision.move for step in steps]
    if moves and isinstance(moves[-1], Finish):
        return Ending.FINISHED if moves[-1].succeeded else Ending.GAVE_UP
    if moves and isinstance(moves[-1], Ask) and moves[-1].answer is None:
        return Ending.UNANSWERED
    if len(steps) >= limits.steps:
        return Ending.LIMIT_STEPS
    if sum(step.decision.usage.total for step in steps) >= limits.tokens:
        return Ending.LIMIT_TOKENS
    if len(moves) >= limits.unreadable and all(isinstance(move, Unreadable) for move in moves[-limits.unreadable :]):
        return Ending.UNREADABLE
    tried = [step for step in steps if not isinstance(step.decision.move, Wait | Ask)][-limits.stuck :]
    if len(tried) == limits.stuck and len({step.seen.digest for step in tried}) <= 2:
        return Ending.STUCK
    return None
