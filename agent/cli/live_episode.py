"""Runs an episode on a device and writes its recording, verdict and page: what `run` and `rerun` share."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from agent.endings import ending_of
from agent.episode import Ending, Episode, Limits, Step
from agent.loop import run_episode
from agent.recordings.journal import RecordingFailed
from agent.recordings.reader import BadRecording
from agent.report import write_page
from agent.verdict import RunResult, judge
from tasks.world import LiveWorld

if TYPE_CHECKING:
    from agent.console import Narrator
    from agent.policy import Policy
    from agent.recordings.format import Verdict
    from agent.recordings.writer import Recorder
    from devices import Device, Observation, Probe, Stop
    from tasks.task import Check


def run_recorded(
    recorder: "Recorder",
    policy: "Policy",
    device: "Device",
    probe: "Probe",
    *,
    goal: str,
    limits: Limits,
    checks: "Callable[[], Sequence[Check]]",
    read_text: "Callable[[Observation], str]",
    narrator: "Narrator",
    stop: "Stop",
    watch: Callable[[Step], None],
    beside: Callable[[Path], None] = lambda folder: None,
) -> RunResult:
    """The result of `policy` working towards `goal`; `checks` are asked for once the episode has ended.

    `beside` writes what else belongs in the folder of the recording.
    """
    with narrator.status():
        episode = run_episode(
            goal,
            device,
            policy,
            limits=limits,
            journal=recorder,
            watchers=[watch],
            stop=stop,
            ask=lambda question: stop.ask_person(lambda: narrator.answer(question)),
        )
        verdict, reason = judge(episode, checks(), LiveWorld(device, probe, episode.answer, read_text))
    return close_recording(recorder, episode, verdict, reason, beside)


def close_recording(
    recorder: "Recorder",
    episode: Episode,
    verdict: "Verdict",
    reason: str,
    beside: Callable[[Path], None] = lambda folder: None,
) -> RunResult:
    """The result, once verdict and page are written; a failure to write them is the episode's ending."""
    try:
        recorder.judge(episode, verdict, reason)
        beside(recorder.folder)
        write_page(recorder.folder)
    except (RecordingFailed, BadRecording, OSError) as fault:
        episode = replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
        verdict, reason = "failed", "the record is not whole"
    return RunResult(episode, verdict, reason, recorder.folder)


def nothing_done(goal: str, fault: BaseException) -> RunResult:
    """The result where `fault` came before a recording could be made."""
    return RunResult(Episode(goal, (), *ending_of(fault)), "failed", "nothing was done", None)
