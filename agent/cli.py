"""The `screenhand` command: the only place where words become objects."""

import json
import os
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent import help_texts

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.recording_format import Verdict
    from agent.verdict import Outcome
    from devices import Device, Probe, Stop
    from tasks.task import Check

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DeviceName = Literal["desktop", "sandbox", "toy"]
Confirm = Literal["never", "risky", "always"]
DEFAULT_DEVICE = "desktop if there is one, else sandbox"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked `run` for, read and checked."""

    goal: str
    where: DeviceName
    checks: "list[Check]"
    limits: "Limits"
    folder: Path | None
    dry_run: bool
    confirm: Confirm


Goal = Annotated[str, typer.Argument(help="What to do, in plain English.", show_default=False)]
Where = Annotated[
    DeviceName | None,
    typer.Option("--device", help="Where to do it.", show_default=DEFAULT_DEVICE),
]
Checks = Annotated[
    list[str] | None,
    typer.Option("--check", help="What must hold at the end: 'file:/tmp/a.txt contains hi'. Repeatable."),
]
Record = Annotated[
    Path | None, typer.Option("--record", help="Folder for the recording.", show_default="recordings/NOW-GOAL")
]


@app.callback()
def screenhand() -> None:
    """Works a screen for you: looks at it, decides, acts, and records every step."""


@app.command(help=help_texts.RUN)
def run(
    goal: Goal,
    where: Where = None,
    check: Checks = None,
    max_steps: Annotated[int, typer.Option(min=1, help="Stop after so many steps.")] = 50,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Stop after so many seconds.")] = 600.0,
    record: Record = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide the first move, send nothing.")] = False,
    confirm: Annotated[Confirm, typer.Option(help="When to ask before acting.")] = "never",
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
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
    limits = Limits(steps=1 if dry_run else max_steps, seconds=max_seconds)
    narrator = Narrator(limits, quiet_stdout=as_json)
    order = Order(goal, _chosen(where, narrator), checks, limits, record, dry_run, confirm)
    outcome = _attempt(order, narrator)
    narrator.ended(outcome)
    if as_json:
        typer.echo(json.dumps(outcome.summary()))
    raise typer.Exit(exit_code(outcome.episode.ending, outcome.verdict, checked=bool(checks)))


@app.command(help=help_texts.SHOW)
def show(
    recording: Annotated[Path, typer.Argument(help="The folder of a recording.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page.", show_default="index.html in it")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    from agent.reading import BadRecording
    from agent.report import write_page

    try:
        page = write_page(recording, output)
    except (BadRecording, OSError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from error
    typer.echo(page)
    if open_it:
        typer.launch(str(page))


@app.command(help=help_texts.DOCTOR)
def doctor(
    where: Annotated[
        Literal["desktop", "sandbox"] | None,
        typer.Option("--device", help="Where to try it.", show_default=DEFAULT_DEVICE),
    ] = None,
) -> None:
    from agent.console import Narrator, findings_table
    from agent.doctor import doctor as examine
    from agent.endings import EXIT_CODES
    from agent.episode import Ending, Limits
    from devices import Stop, Stopped

    narrator, stop = Narrator(Limits()), Stop()
    try:
        with stop.on_ctrl_c(), narrator.console.status("trying everything"):
            findings = examine("desktop" if _chosen(where, narrator) == "desktop" else "sandbox", stop)
    except Stopped as fault:
        narrator.said(str(fault), "yellow")
        raise typer.Exit(EXIT_CODES[Ending.STOPPED]) from fault
    narrator.console.print(findings_table(findings))
    raise typer.Exit(int(any(finding.works is False for finding in findings)))


def _chosen(where: DeviceName | None, narrator: "Narrator") -> DeviceName:
    """The device asked for, or the one that this machine offers; the first line printed says which, and why."""
    reason = "as asked"
    if where is None:
        has_display = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY"))
        where = "desktop" if has_display else "sandbox"
        reason = "there is a display" if has_display else "there is no display here, so this is a private one"
    narrator.said(f"device: {where} ({reason})", "dim")
    return where


def _open(where: DeviceName, stop: "Stop") -> "tuple[Device, Probe]":
    """The device of that name, and the examiner's door to the same world. Raises `DeviceLost` or `Stopped`."""
    from devices.desktop.probe import HomeProbe

    here = HomeProbe(Path.home(), os.environ)
    match where:
        case "toy":
            from devices.toy import Toy

            return Toy(stop), here
        case "sandbox":
            from devices.desktop.sandbox import Sandbox

            sandbox = Sandbox(stop)
            return sandbox, sandbox.probe
        case "desktop":
            from devices.desktop.apps import Apps
            from devices.desktop.desktop import Desktop

            return Desktop(stop, Apps(os.environ)), here


def _with_habits(device: "Device", stop: "Stop", order: Order, policy: "Builtin", narrator: "Narrator") -> "Device":
    from devices.settled import Settled
    from devices.wrappers import Confirmed, DryRun, Fresh

    asked = Confirmed(Fresh(device), lambda q: stop.call(lambda: narrator.ask(q)), order.confirm, policy.label_at)
    return Settled(DryRun(device, stop) if order.dry_run else asked, stop)


def _attempt(order: Order, narrator: "Narrator") -> "Outcome":
    """Open, run, judge, write down; whatever happens has an ending, and the record is closed."""
    from agent.builtin import Builtin
    from agent.endings import ending_of
    from agent.episode import Ending, Episode
    from agent.journal import RecordingFailed
    from agent.loop import run_episode
    from agent.reading import BadRecording
    from agent.recording import Recorder, new_folder
    from agent.report import write_page
    from agent.verdict import Outcome, judge
    from devices import DeviceLost, Stop, Stopped
    from tasks.world import LiveWorld

    stop, goal = Stop(), order.goal
    try:
        recorder = Recorder(order.folder or new_folder(goal), goal, device=order.where, agent=Builtin.name)
    except RecordingFailed as fault:
        return Outcome(Episode(goal, (), *ending_of(fault)), "failed", "nothing was done", None)
    verdict: Verdict
    with stop.on_ctrl_c():
        try:
            device, probe = _open(order.where, stop)
        except (DeviceLost, Stopped) as fault:
            episode = Episode(goal, (), *ending_of(fault))
            verdict, reason = "failed", "the device could not be opened"
            with suppress(RecordingFailed):  # the same disk is written to again below, and heard
                recorder.close(episode)
        else:
            with closing(device), narrator.watching():
                policy = Builtin()
                hands = _with_habits(device, stop, order, policy, narrator)
                episode = run_episode(
                    goal, hands, policy, limits=order.limits, journal=recorder, watchers=[narrator.step], stop=stop
                )
                world = LiveWorld(hands, probe, episode.answer, policy.read_text)
                verdict, reason = judge(episode, order.checks, world)
    try:
        recorder.judge(episode, verdict, reason)
        write_page(recorder.folder)
    except (RecordingFailed, BadRecording, OSError) as fault:
        episode = replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
        verdict, reason = "failed", "the record is not whole"
    return Outcome(episode, verdict, reason, recorder.folder)


def main() -> None:
    """The entry point of the `screenhand` command."""
    app()
