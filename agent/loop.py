"""Look, decide, act, until it ends. Start reading here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

from agent.endings import ending_of, how_it_ended
from agent.episode import Decision, Ending, Episode, Finish, Limits, Move, Seconds, Step, Unreadable, not_known
from agent.journal import Journal, Nowhere, RecordingFailed
from agent.policy import Policy
from devices import ActionRefused, Device, Observation, Stop
from devices.changes import change_between


def run_episode(
    goal: str,
    device: Device,
    policy: Policy,
    *,
    limits: Limits | None = None,
    journal: Journal | None = None,
    watchers: Sequence[Callable[[Step], None]] = (),
    stop: Stop | None = None,
    clock: Callable[[], float] = monotonic,
) -> Episode:
    """Work towards `goal` until something ends it, and say what: every fault has its `Ending`, none is raised.

    `journal` has each intent on disk before the device moves; each of `watchers` is shown every finished step.
    """
    limits, journal, stop = limits or Limits(), journal or Nowhere(), stop or Stop()
    steps: list[Step] = []
    seen: Observation | None = None
    pending: tuple[Observation, Decision] | None = None
    started, reason = clock(), ""
    try:
        seen = device.observe()
        while not (ending := how_it_ended(steps, limits, clock() - started)):
            began = clock()
            decide = partial(policy.decide, goal, tuple(steps), seen)
            decision = stop.call(decide, limits.seconds - (began - started))
            decided = clock()
            journal.intend(len(steps), seen, decision)
            pending, intended = (seen, decision), clock()
            error = carry_out(decision.move, device)
            acted = clock()
            after = seen if isinstance(decision.move, Finish) else device.observe()
            settle = 0.0 if after is seen else after.settle
            look = clock() - acted - settle
            seconds = Seconds(decided - began, intended - decided, acted - intended, settle, look)
            steps.append(Step(len(steps), seen, decision, error, change_between(seen, after), seconds))
            pending, seen = None, after
            journal.record(steps[-1])
            for watch in watchers:
                watch(steps[-1])
    except (KeyboardInterrupt, Exception) as fault:  # noqa: BLE001 - named below; an unforeseen one keeps its traceback
        ending, reason = ending_of(fault)
    if pending:
        steps.append(Step(len(steps), *pending, not_known(reason), None, Seconds()))
    episode = Episode(goal, tuple(steps), ending, reason, seen, clock() - started)
    try:
        journal.close(episode)
    except RecordingFailed as fault:
        return replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
    return episode


def carry_out(move: Move, device: Device) -> str:
    """Do `move` if it is an action; "" when that went well, else why not, in words that the policy reads next."""
    match move:
        case Finish():
            return ""
        case Unreadable(reason):
            return f"the reply could not be read: {reason}"
        case action:
            try:
                device.perform(action)
            except ActionRefused as refusal:
                return str(refusal)
            return ""
