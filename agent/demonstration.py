"""Records what a person does on a device as an episode."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from agent.endings import ending_of
from agent.episode import Decision, Ending, Episode, Finish, Seconds, Step, not_known
from agent.recordings.journal import Journal, RecordingFailed
from devices import Observation, Press, Refusal, Stop, Stopped
from devices.changes import change_between
from devices.demonstration import HumanAction, InputMonitor

HELD_BACK = 2
"""Actions that are not written down yet, because they may turn out to be the way to the terminal and Ctrl-C there."""
JUST_NOW = 2.0
"""Seconds before a stop within which a recorded Ctrl-C is taken for the one that asked this recording to end."""
STILL, GLANCE = 2.0, 0.1
"""Seconds that the last screen may take to come to rest, and between two looks at it."""


def demonstrate(
    goal: str,
    monitor: InputMonitor,
    journal: Journal,
    stop: Stop,
    watchers: Sequence[Callable[[Step], None]] = (),
) -> Episode:
    """The episode of what is done at `monitor` until its key for the end, or until somebody asks to stop.

    Its last step is a finish, as an agent's would be. Every step is given to `journal` once the screen that came of it
    is seen, a few actions late; then to `watchers`. What goes wrong is the episode's ending, none of it is raised.
    """
    writer = _StepWriter(journal, watchers)
    late: deque[HumanAction] = deque()
    ending, reason, final = Ending.FINISHED, "", None
    try:
        stopped_at = _watch(monitor, late, writer)
        late.extend(monitor.flush())
        _drop_stop_keys(late, stopped_at)
        while late:
            writer.add(late.popleft())
        final = _at_rest(monitor)
        if writer.any_step:
            writer.finish(final)
        else:
            ending, reason = Ending.STOPPED, "nothing was done"
    except (KeyboardInterrupt, Exception) as fault:  # noqa: BLE001 - named here; an unforeseen one keeps its traceback
        ending, reason = ending_of(fault)
        with suppress(RecordingFailed):  # the same disk is written to again below, and heard
            for action in late:
                writer.add(action)
        writer.break_off(reason)
    episode = Episode(goal, tuple(writer.steps), ending, reason, final, monotonic() - writer.began)
    try:
        journal.close(episode)
    except RecordingFailed as fault:
        return Episode(goal, episode.steps, Ending.RECORDING_FAILED, str(fault), final, episode.seconds)
    return episode


def _watch(monitor: InputMonitor, late: deque[HumanAction], writer: "_StepWriter") -> float | None:
    """Write down all actions but the last few; returns the time of Ctrl-C, None where the key for the end was used."""
    while not monitor.over:
        try:
            late.extend(monitor.watch())
        except Stopped:
            return monotonic()
        while len(late) > HELD_BACK:
            writer.add(late.popleft())
    return None


def _drop_stop_keys(late: deque[HumanAction], stopped_at: float | None) -> None:
    """Take away a Ctrl-C that ended the recording, and the click or keys that brought its terminal to the front."""
    if (
        stopped_at is None
        or not late
        or late[-1].action != Press(("ctrl", "c"))
        or stopped_at - late[-1].ended > JUST_NOW
    ):
        return
    terminal = late.pop().seen.front
    if late and late[-1].seen.front != terminal:
        late.pop()


def _at_rest(monitor: InputMonitor) -> Observation:
    """The screen once two looks agree, or after `STILL` seconds: nothing is done any more, so it is near its end."""
    ends, now = monotonic() + STILL, monitor.observe()
    while monotonic() < ends:
        Stop().wait(GLANCE)
        before, now = now, monitor.observe()
        if change_between(before, now).nothing:
            break
    return now


@dataclass(frozen=True, slots=True)
class _PendingStep:
    """A step whose outcome has not been seen yet."""

    seen: Observation
    decision: Decision
    seconds: Seconds


class _StepWriter:
    """Writes actions down as steps, each once the screen after it is known."""

    def __init__(self, journal: Journal, watchers: Sequence[Callable[[Step], None]]) -> None:
        self.steps: list[Step] = []
        self.began = self._ended = monotonic()
        self._journal, self._watchers = journal, watchers
        self._pending: _PendingStep | None = None

    @property
    def any_step(self) -> bool:
        """Whether any action was added."""
        return self._pending is not None

    def add(self, action: HumanAction) -> None:
        """Write down the step before, and that `action` was done. Raises `RecordingFailed`."""
        self._end(action.seen)
        thought = "; ".join(filter(None, (action.note, self._staleness(action))))
        seconds = Seconds(think=max(0.0, action.began - self._ended), act=max(0.0, action.ended - action.began))
        self._begin(_PendingStep(action.seen, Decision(action.action, thought=thought), seconds))
        self._ended = action.ended

    def finish(self, final: Observation) -> None:
        """Write down the last step and a finish, on the screen `final`. Raises `RecordingFailed`."""
        self._end(final)
        self._begin(_PendingStep(final, Decision(Finish(succeeded=True)), Seconds()))
        self._end(final)

    def break_off(self, reason: str) -> None:
        """Keep the last step as one whose outcome is not known, for `reason`."""
        if pending := self._pending:
            self.steps.append(
                Step(
                    len(self.steps),
                    pending.seen,
                    pending.decision,
                    not_known(reason),
                    None,
                    Seconds(),
                    Refusal.UNCERTAIN,
                )
            )

    def _staleness(self, action: HumanAction) -> str:
        if not (self.steps or self._pending) or action.seen_at >= self._ended:
            return ""
        after = max(0.0, action.began - self._ended)
        return f"seen before the step before had ended: this one came {after:.2f} s after it"

    def _begin(self, pending: _PendingStep) -> None:
        self._pending = pending
        self._journal.intend(len(self.steps), pending.seen, pending.decision)

    def _end(self, after: Observation) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        step = Step(
            len(self.steps), pending.seen, pending.decision, "", change_between(pending.seen, after), pending.seconds
        )
        self.steps.append(step)
        self._journal.record(step)
        for watch in self._watchers:
            watch(step)
