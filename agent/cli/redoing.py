"""What `screenhand rerun` does once its words are read: open, do again, judge, tell."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agent.cli.models import opened_model
from agent.cli.screens import opened

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.cli.rerun import RerunOrder
    from agent.console import Narrator
    from agent.episode import Step
    from agent.recordings.writer import Recorder
    from agent.rerun.healing import Healer
    from agent.rerun.policy import Rerun
    from agent.verdict import RunResult
    from devices import Device, Probe, Stop
    from tasks.task import Check

Told = dict[str, Any]


def done_again(order: "RerunOrder", narrator: "Narrator") -> "tuple[RunResult, Told]":
    """The outcome, and what `--json` tells besides. What cannot be opened leaves no recording."""
    from agent.builtin import Builtin, Reader
    from agent.endings import ending_of
    from agent.episode import Episode
    from agent.models.chat import ModelFailed
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.writer import Recorder, new_folder
    from agent.rerun.finding import Finder
    from agent.rerun.policy import Rerun
    from agent.verdict import RunResult
    from devices import DeviceLost, Stop, Stopped

    stop, reader, replaced = Stop(), Reader(), order.variables.replaced
    goal = replaced.text(order.recording.episode.goal)
    with stop.on_ctrl_c():
        try:
            with _healer(order, stop, Builtin(reader), narrator) as healer:
                finder = Finder(reader, order.alike, replaced.is_free)
                episode = order.recording.episode
                policy = Rerun(episode, finder, replaced, patience=order.patience, healer=healer)
                device, probe = opened(order.where, stop)
                with closing(device):
                    folder = order.folder or new_folder(f"rerun {goal}")
                    recorder = Recorder(folder, goal, device=str(order.where), agent=policy.name)
                    outcome = _worked(order, stop, policy, recorder, (device, probe), narrator)
                    return outcome, _told(order, outcome, policy, narrator)
        except (DeviceLost, ModelFailed, RecordingFailed, Stopped) as fault:
            return RunResult(Episode(goal, (), *ending_of(fault)), "failed", "nothing was done", None), {}


@contextmanager
def _healer(order: "RerunOrder", stop: "Stop", builtin: "Builtin", narrator: "Narrator") -> "Iterator[Healer | None]":
    """Who is asked for a step that is not found; None where nobody is. Raises `ModelFailed` or `Stopped`."""
    from agent.rerun.healing import asking, for_a_model, for_the_builtin
    from agent.vision import VisionPolicy

    if order.asked.model is None:
        yield None
    elif order.asked.model == "builtin" and order.asked.endpoint is None:
        yield asking(builtin, for_the_builtin)
    else:
        with opened_model(order.asked, stop, narrator.said, order.where.surface) as (model, dialect):
            yield asking(VisionPolicy(model, dialect, 512), for_a_model)


def _worked(
    order: "RerunOrder",
    stop: "Stop",
    policy: "Rerun",
    recorder: "Recorder",
    world: "tuple[Device, Probe]",
    narrator: "Narrator",
) -> "RunResult":
    """Run the policy with a record, which is judged and shown as any other."""
    from agent.builtin import read_text
    from agent.episode import Ending, Limits
    from agent.loop import run_episode
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.reader import BadRecording
    from agent.report import write_page
    from agent.rerun.variables import write_variables
    from agent.verdict import RunResult, judge
    from devices.settled import Settled
    from devices.wrappers import Fresh
    from tasks.world import LiveWorld

    def step_told(step: "Step") -> None:
        narrator.step(step)
        if step.decision.thought:
            narrator.said(f"     {step.decision.thought}", "dim")

    device, probe = world
    hands = Settled(Fresh(device), stop)
    most = Limits(steps=(policy.count + 1) * (3 + policy.tries), seconds=order.max_seconds)
    goal = order.variables.replaced.text(order.recording.episode.goal)
    with narrator.watching():
        episode = run_episode(goal, hands, policy, limits=most, journal=recorder, watchers=[step_told], stop=stop)
        checks = order.checks or [check for check in [_end_as_recorded(policy)] if check]
        verdict, reason = judge(episode, checks, LiveWorld(hands, probe, episode.answer, read_text))
    try:
        recorder.judge(episode, verdict, reason)
        if order.variables.known:
            write_variables(recorder.folder, order.variables.now)
        write_page(recorder.folder)
    except (RecordingFailed, BadRecording, OSError) as fault:
        episode = replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
        verdict, reason = "failed", "the record is not whole"
    return RunResult(episode, verdict, reason, recorder.folder)


def _end_as_recorded(policy: "Rerun") -> "Check | None":
    """Whether the screen at the end is as it was recorded; None where that was not recorded."""
    from agent.rerun.finding import Found
    from tasks.task import Score

    if policy.end is None:
        return None
    if isinstance(policy.end, Found):
        told = f"the end is as recorded, {policy.end.alike:.0%} of the window"
        return lambda world: Score(1.0, told)
    why = f"the end is not as recorded: {policy.end.why}"
    return lambda world: Score(0.0, why)


def _told(order: "RerunOrder", outcome: "RunResult", policy: "Rerun", narrator: "Narrator") -> Told:
    """How the steps were found, what stopped them, and the mended recording: shown, and for `--json`."""
    from agent.report.miss import write_miss
    from agent.rerun.finding import Found

    found = Counter(policy.found.values())
    narrator.said(f"steps      {sum(found.values())} of {policy.count}: " + _listed(found))
    told: Told = {"found": [policy.found.get(step, "") for step in range(policy.count)], "end": "", "miss": None}
    if policy.end is not None:
        told["end"] = "as recorded" if isinstance(policy.end, Found) else policy.end.why
        narrator.said(f"end        {told['end'] if isinstance(policy.end, Found) else f'differs: {policy.end.why}'}")
    if policy.miss is not None and outcome.recording is not None:
        shown = write_miss(policy.miss, outcome.recording)
        told["miss"] = {"step": policy.miss.number, "why": policy.miss.why}
        told["miss"] |= {"then": str(shown.then), "now": str(shown.now), "page": str(shown.page)}
        narrator.said(f"then       {shown.then}\nnow        {shown.now}\nboth       {shown.page}")
    told["mended"] = str(outcome.recording) if "healed" in found and outcome.verdict != "failed" else None
    if told["mended"]:
        narrator.said(f"mended     {outcome.recording}: rerun this one from now on; the old one stays as it is")
    return told


def _listed(found: "Counter[Any]") -> str:
    return ", ".join(f"{count} {how}" for how, count in found.most_common()) or "none found"
