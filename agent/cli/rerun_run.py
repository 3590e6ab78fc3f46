"""A rerun played on a device and recorded, then how it went: how its steps were found, its end, and what stopped it.

Imported when `screenhand rerun` runs, so that `screenhand --help` loads none of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.builtin import Builtin, Reader, read_text
from agent.cli.device_option import DeviceName, open_device, open_replay
from agent.cli.live_episode import nothing_done, run_recorded
from agent.cli.model_options import ModelOptions, open_policy
from agent.console import Narrator
from agent.episode import Limits, Step
from agent.models.chat import ModelFailed
from agent.recordings.journal import RecordingFailed
from agent.recordings.reader import Recording
from agent.recordings.writer import Recorder, new_folder
from agent.report.miss import write_miss
from agent.rerun.healer import builtin_prompt, model_prompt, policy_healer
from agent.rerun.policy import Healer, Rerun
from agent.rerun.screen_match import ScreenMatch, ScreenMatcher
from agent.rerun.variables import Variables, write_variables
from agent.verdict import RunResult
from devices import Device, DeviceLost, Probe, Stop, Stopped
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.task import Check, Score

LEFT_OUT = ", but for the words of replaced texts, which are not compared"


@dataclass(frozen=True, slots=True)
class RerunOptions:
    """The options of `rerun`, read and checked; `device` None for the recorded screens themselves."""

    recording: Recording
    device: DeviceName | None
    variables: Variables
    checks: list[Check]
    folder: Path | None
    alike: float
    patience: float
    max_seconds: float
    model_options: ModelOptions

    @property
    def goal(self) -> str:
        """The recorded goal with the new texts in it."""
        return self.variables.substitution.text(self.recording.episode.goal)


def run_again(options: RerunOptions, narrator: Narrator) -> tuple[RunResult, dict[str, Any]]:
    """The result, and the details that `--json` adds. What cannot be opened leaves no recording."""
    stop, reader, substitution = Stop(), Reader(), options.variables.substitution
    with stop.on_ctrl_c():
        try:
            with _healer(options, stop, Builtin(reader), narrator) as healer:
                matcher = ScreenMatcher(reader, options.alike, substitution.affects)
                episode = options.recording.episode
                policy = Rerun(episode, matcher, substitution, patience=options.patience, healer=healer)
                device, probe = open_device(options.device, stop) if options.device else open_replay(episode, stop)
                with closing(device):
                    folder = options.folder or new_folder(f"rerun {options.goal}")
                    recorder = Recorder(
                        folder, options.goal, device=str(options.device or device.name), agent=policy.name
                    )
                    result = _run_policy(options, stop, policy, recorder, (device, probe), narrator)
                    return result, report(policy, result, narrator.say, replaced=bool(substitution.texts))
        except (DeviceLost, ModelFailed, RecordingFailed, Stopped) as fault:
            return nothing_done(options.goal, fault), {}


@contextmanager
def _healer(options: RerunOptions, stop: Stop, builtin: Builtin, narrator: Narrator) -> Iterator[Healer | None]:
    """What is asked for a step that is not found; None without `--heal`. Raises `ModelFailed` or `Stopped`."""
    model_options, surface = options.model_options, options.device.surface if options.device else "computer"
    if model_options.model is None:
        yield None
    elif model_options.model == "builtin" and model_options.endpoint is None:
        yield policy_healer(builtin, builtin_prompt)
    else:
        with open_policy(model_options, stop, narrator.say, surface) as policy:
            yield policy_healer(policy, model_prompt)


def _run_policy(
    options: RerunOptions,
    stop: Stop,
    policy: Rerun,
    recorder: Recorder,
    world: tuple[Device, Probe],
    narrator: Narrator,
) -> RunResult:
    """Run with a recording; without `--check` the end must be as recorded."""

    def print_step(step: Step) -> None:
        narrator.step(step)
        if step.decision.thought:
            narrator.say(f"     {step.decision.thought}", "dim")

    def keep_variables(folder: Path) -> None:
        if options.variables.known:
            write_variables(folder, options.variables.current)

    device, probe = world
    return run_recorded(
        recorder,
        policy,
        Settled(Fresh(device), stop),
        probe,
        goal=options.goal,
        limits=Limits(steps=(policy.count + 1) * (3 + policy.tries), seconds=options.max_seconds),
        checks=lambda: options.checks or end_checks(policy, replaced=bool(options.variables.values)),
        read_text=read_text,
        narrator=narrator,
        stop=stop,
        watch=print_step,
        beside=keep_variables,
    )


def end_checks(policy: Rerun, *, replaced: bool) -> list[Check]:
    """That the screen at the end is as it was recorded; [] where that was not recorded.

    `replaced` is whether other texts were typed: their words are not compared, and the reason says so.
    """
    match policy.end:
        case None:
            return []
        case ScreenMatch(share=share):
            score = Score(1.0, f"the end is as recorded, {share:.0%} of the window{LEFT_OUT * replaced}")
        case mismatch:
            score = Score(0.0, f"the end is not as recorded: {mismatch.reason}")
    return [lambda world: score]


def report(policy: Rerun, result: RunResult, say: Callable[[str], None], *, replaced: bool) -> dict[str, Any]:
    """Say how the steps were found, what stopped them, and where the mended recording is; the same as JSON values."""
    found = Counter(policy.found.values())
    counts = ", ".join(f"{count} {how}" for how, count in found.most_common()) or "none found"
    say(f"steps      {sum(found.values())} of {policy.count}: {counts}")
    details: dict[str, Any] = {"found": [policy.found.get(step, "") for step in range(policy.count)], "end": ""}
    if isinstance(policy.end, ScreenMatch):
        details["end"] = "as recorded"
        say(f"end        as recorded{LEFT_OUT * replaced}")
    elif policy.end is not None:
        details["end"] = policy.end.reason
        say(f"end        differs: {policy.end.reason}")
    details["miss"] = details["mended"] = None
    if policy.miss is not None and result.recording is not None:
        miss = write_miss(policy.miss, result.recording)
        details["miss"] = {"step": policy.miss.number, "why": policy.miss.reason}
        details["miss"] |= {"then": str(miss.then), "now": str(miss.now), "page": str(miss.page)}
        say(f"then       {miss.then}\nnow        {miss.now}\nboth       {miss.page}")
    if "healed" in found and result.verdict != "failed":
        details["mended"] = str(result.recording)
        say(f"mended     {result.recording}: rerun this one from now on; the old one stays as it is")
    return details
