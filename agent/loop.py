"""Look, decide, act, until it ends. Start reading here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

from agent.action_queue import queued
from agent.endings import ending_of, how_it_ended
from agent.episode import Ask, Decision, Ending, Episode, Finish, Limits, Move, Seconds, Step, Unreadable, not_known
from agent.policy import Policy
from agent.questions import AskPerson, answered
from agent.recordings.journal import Journal, Nowhere, RecordingFailed
from devices import ActionRefused, Device, Observation, Refusal, Stop
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
    ask: AskPerson | None = None,
) -> Episode:
    """Work towards `goal` until something ends it, and say what: every fault has its `Ending`, none is raised.

    `journal` has each intent on disk before the device moves; each of `watchers` is shown every finished step.
    `ask` puts a policy's question to a person; without one an unanswered question ends the episode.
    """
    limits, journal, stop = limits or Limits(), journal or Nowhere(), stop or Stop()
    steps: list[Step] = []
    seen: Observation | None = None
    pending: tuple[Observation, Decision] | None = None
    whole, reason = stopwatch(), ""
    try:
        with stop.within(limits.seconds):
            seen = device.observe()
            while not (ending := how_it_ended(steps, limits)):
                lap = stopwatch()
                decision = queued(steps, seen) or stop.call(partial(policy.decide, goal, tuple(steps), seen))
                decision = answered(decision, ask)
                think = lap()
                journal.intend(len(steps), seen, decision)  # durable before anything moves
                pending, record = (seen, decision), lap()
                error, refusal = carry_out(decision.move, device)
                act = lap()
                after = seen if isinstance(decision.move, Finish) else device.observe()
                settle = 0.0 if after is seen else after.settle
                seconds = Seconds(think, record, act, settle, lap() - settle)
                change = change_between(seen, after)
                steps.append(Step(len(steps), seen, decision, error, change, seconds, refusal))
                pending, seen = None, after
                journal.record(steps[-1])
                for watch in watchers:
                    watch(steps[-1])
    except (KeyboardInterrupt, Exception) as fault:  # noqa: BLE001 - named below; an unforeseen one keeps its traceback
        ending, reason = ending_of(fault)
    if pending:
        steps.append(Step(len(steps), *pending, not_known(reason), None, Seconds(), Refusal.UNCERTAIN))
    episode = Episode(goal, tuple(steps), ending, reason, seen, whole())
    try:
        journal.close(episode)
    except RecordingFailed as fault:
        return replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
    return episode


def carry_out(move: Move, device: Device) -> tuple[str, Refusal | None]:
    """Do `move` if it is an action; ("", None) when that went well, else why not: in words, and as a kind."""
    match move:
        case Finish() | Ask():
            return "", None
        case Unreadable(reason):
            return f"the reply could not be read: {reason}", None
        case action:
            try:
                device.perform(action)
            except ActionRefused as refused:
                return str(refused), refused.refusal
            return "", None


def stopwatch() -> Callable[[], float]:
    """A function that returns the seconds since it was last called, the first time since it was made."""
    last = monotonic()

    def lap() -> float:
        nonlocal last
        before, last = last, monotonic()
        return last - before

    return lap
