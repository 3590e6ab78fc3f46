"""`screenhand run`: words become a goal, a device, a policy and wrappers; the loop does the rest."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.device_option import (
    AccessibilityOption,
    DeviceName,
    DeviceOption,
    DisplayOption,
    NetworkOption,
    choose_device,
    open_device,
)
from agent.cli.model_options import ModelOptions, open_policy, with_model_options

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.policy import Policy
    from agent.recordings.writer import Recorder
    from agent.verdict import RunResult
    from devices import Device, Stop
    from tasks.task import Check

Confirm = Literal["never", "risky", "always"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `run`, read and checked."""

    goal: str
    device: DeviceName
    checks: "list[Check]"
    limits: "Limits"
    folder: Path | None
    dry_run: bool
    confirm: Confirm
    model_options: ModelOptions
    zoom: bool


ChecksOption = Annotated[
    list[str] | None,
    typer.Option("--check", help="What must hold at the end: 'file:/tmp/a.txt contains hi'. Repeatable."),
]
RecordOption = Annotated[
    Path | None, typer.Option("--record", help="Folder for the recording.", show_default="recordings/NOW-GOAL")
]


@with_model_options
def run(
    goal: Annotated[str, typer.Argument(help="What to do, in plain English.", show_default=False)],
    *,
    model_options: ModelOptions,
    device: DeviceOption = None,
    network: NetworkOption = False,
    display: DisplayOption = 0,
    accessibility: AccessibilityOption = True,
    check: ChecksOption = None,
    max_steps: Annotated[int, typer.Option(min=1, help="Stop after so many steps.")] = 50,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Stop after so many seconds.")] = 600.0,
    max_run_tokens: Annotated[
        int, typer.Option(min=1, help="Stop when a model has been sent and has written so many tokens.")
    ] = 2_000_000,
    record: RecordOption = None,
    zoom: Annotated[bool, typer.Option("--zoom", help="Let the model look twice: all of it, then closer.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide the first move, send nothing.")] = False,
    confirm: Annotated[Confirm, typer.Option(help="When to ask before acting.")] = "never",
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
    """Work towards GOAL, step by step, and say how it ended.

    Examples:

    screenhand run "open the text editor, type 'hello', save it as /tmp/a.txt" --check 'file:/tmp/a.txt contains hello'

    screenhand run "open the calculator, type 12*7, press enter, tell me the result" --device sandbox --json

    screenhand run "click Sign in" --device toy --dry-run

    screenhand run "turn on Wi-Fi" --device android:R58M12ABCDE

    screenhand run "rename the file to report.txt" --model anthropic:claude-sonnet-5 --device sandbox

    In a sandbox ~ and /tmp are its own, for its applications and for --check alike.

    The exit code is 0 for a finish that nothing contradicts; every other ending has its own, listed in agent/README.md.
    """
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.verdict import exit_code
    from tasks.checks import parse_check

    if not goal.strip():
        raise typer.BadParameter("say what to do; this goal is empty", param_hint="GOAL")
    try:
        checks = [parse_check(text) for text in check or ()]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--check") from error
    limits = Limits(steps=1 if dry_run else max_steps, seconds=max_seconds, tokens=max_run_tokens)
    narrator = Narrator(limits, quiet_stdout=as_json)
    name = choose_device(device, narrator.say, network=network, display=display, accessibility=accessibility)
    options = RunOptions(goal, name, checks, limits, record, dry_run, confirm, model_options, zoom)
    result = _run(options, narrator)
    narrator.result(result)
    if as_json:
        typer.echo(json.dumps(result.summary()))
    raise typer.Exit(exit_code(result.episode.ending, result.verdict, checked=bool(checks)))


def _run(options: RunOptions, narrator: "Narrator") -> "RunResult":
    """Open, run, judge, write down; whatever happens has an ending. What cannot be opened leaves no recording."""
    from agent.builtin import Builtin
    from agent.cli.live_episode import nothing_done
    from agent.models.chat import ModelFailed
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.writer import Recorder, new_folder
    from devices import Stop, Stopped

    stop, builtin, goal = Stop(), Builtin(), options.goal
    with stop.on_ctrl_c():
        try:
            with _policy(options, stop, builtin, narrator) as policy:
                folder = options.folder or new_folder(goal)
                recorder = Recorder(folder, goal, device=str(options.device), agent=policy.name)
                return _run_policy(options, stop, policy, builtin, recorder, narrator)
        except (ModelFailed, RecordingFailed, Stopped) as fault:
            return nothing_done(goal, fault)


@contextmanager
def _policy(options: RunOptions, stop: "Stop", builtin: "Builtin", narrator: "Narrator") -> "Iterator[Policy]":
    """The model that the options name, or the embedded default. Raises `ModelFailed` or `Stopped`."""
    if not options.model_options.names_model:
        yield builtin
        return
    surface = options.device.surface
    with open_policy(options.model_options, stop, narrator.say, surface, zoom=options.zoom) as policy:
        yield policy


def _run_policy(
    options: RunOptions,
    stop: "Stop",
    policy: "Policy",
    builtin: "Builtin",
    recorder: "Recorder",
    narrator: "Narrator",
) -> "RunResult":
    """Run with a recording, which is closed whatever happens."""
    from agent.cli.live_episode import close_recording, run_recorded
    from agent.endings import ending_of
    from agent.episode import Episode
    from agent.recordings.journal import RecordingFailed
    from devices import DeviceLost, Stopped

    try:
        device, probe = open_device(options.device, stop)
    except (DeviceLost, Stopped) as fault:
        episode = Episode(options.goal, (), *ending_of(fault))
        with suppress(RecordingFailed):  # the same disk is written to again below, and heard
            recorder.close(episode)
        return close_recording(recorder, episode, "failed", "the device could not be opened")
    with closing(device):
        return run_recorded(
            recorder,
            policy,
            _with_wrappers(device, stop, options, builtin, narrator),
            probe,
            goal=options.goal,
            limits=options.limits,
            checks=lambda: options.checks,
            read_text=builtin.read_text,
            narrator=narrator,
            stop=stop,
            watch=narrator.step,
        )


def _with_wrappers(
    device: "Device", stop: "Stop", options: RunOptions, builtin: "Builtin", narrator: "Narrator"
) -> "Device":
    """`device` that settles before it is seen, and is fresh and confirmed before it acts, or does not act at all."""
    from devices.settled import Settled
    from devices.wrappers import Confirmed, DryRun, Fresh

    if options.dry_run:
        return Settled(DryRun(device, stop), stop)
    confirmed = Confirmed(
        Fresh(device), lambda question: stop.call(lambda: narrator.ask(question)), options.confirm, builtin.label_at
    )
    return Settled(confirmed, stop)
