"""`screenhand run`: words become a goal, a device, a policy and habits; the loop does the rest."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.models import ModelOrder, asks_a_model, opened_model
from agent.cli.screens import Place, Where, chosen, opened

if TYPE_CHECKING:
    from agent.builtin import Builtin
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.policy import Policy
    from agent.recordings.format import Verdict
    from agent.recordings.writer import Recorder
    from agent.verdict import Outcome
    from devices import Device, Stop
    from tasks.task import Check

Confirm = Literal["never", "risky", "always"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked `run` for, read and checked."""

    goal: str
    where: Place
    checks: "list[Check]"
    limits: "Limits"
    folder: Path | None
    dry_run: bool
    confirm: Confirm
    asked: ModelOrder
    zoom: bool


Goal = Annotated[str, typer.Argument(help="What to do, in plain English.", show_default=False)]
Checks = Annotated[
    list[str] | None,
    typer.Option("--check", help="What must hold at the end: 'file:/tmp/a.txt contains hi'. Repeatable."),
]
Record = Annotated[
    Path | None, typer.Option("--record", help="Folder for the recording.", show_default="recordings/NOW-GOAL")
]


@asks_a_model
def run(
    goal: Goal,
    *,
    asked: ModelOrder,
    where: Where = None,
    check: Checks = None,
    max_steps: Annotated[int, typer.Option(min=1, help="Stop after so many steps.")] = 50,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Stop after so many seconds.")] = 600.0,
    max_run_tokens: Annotated[
        int, typer.Option(min=1, help="Stop when a model has been sent and has written so many tokens.")
    ] = 2_000_000,
    record: Record = None,
    zoom: Annotated[bool, typer.Option("--zoom", help="Let the model look twice: all of it, then closer.")] = False,
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
    limits = Limits(steps=1 if dry_run else max_steps, seconds=max_seconds, tokens=max_run_tokens)
    narrator = Narrator(limits, quiet_stdout=as_json)
    order = Order(goal, chosen(where, narrator.said), checks, limits, record, dry_run, confirm, asked, zoom)
    outcome = _attempt(order, narrator)
    narrator.ended(outcome)
    if as_json:
        typer.echo(json.dumps(outcome.summary()))
    raise typer.Exit(exit_code(outcome.episode.ending, outcome.verdict, checked=bool(checks)))


def _with_habits(device: "Device", stop: "Stop", order: Order, reader: "Builtin", narrator: "Narrator") -> "Device":
    from devices.settled import Settled
    from devices.wrappers import Confirmed, DryRun, Fresh

    asked = Confirmed(Fresh(device), lambda q: stop.call(lambda: narrator.ask(q)), order.confirm, reader.label_at)
    return Settled(DryRun(device, stop) if order.dry_run else asked, stop)


@contextmanager
def _policy(order: Order, stop: "Stop", reader: "Builtin", narrator: "Narrator") -> "Iterator[Policy]":
    """Who decides: the model asked for, or the embedded default. Raises `ModelFailed` or `Stopped`."""
    from agent.vision import VisionPolicy
    from agent.zoom import ZoomPolicy

    if not order.asked.wanted:
        yield reader
        return
    with opened_model(order.asked, stop, narrator.said, order.where.surface) as (model, dialect):
        policy = VisionPolicy(model, dialect, order.asked.reply_tokens or 512)
        yield ZoomPolicy(policy) if order.zoom else policy


def _attempt(order: Order, narrator: "Narrator") -> "Outcome":
    """Open, run, judge, write down; whatever happens has an ending. What cannot be opened leaves no recording."""
    from agent.builtin import Builtin
    from agent.endings import ending_of
    from agent.episode import Episode
    from agent.models.chat import ModelFailed
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.writer import Recorder, new_folder
    from agent.verdict import Outcome
    from devices import Stop, Stopped

    stop, reader, goal = Stop(), Builtin(), order.goal
    with stop.on_ctrl_c():
        try:
            with _policy(order, stop, reader, narrator) as policy:
                recorder = Recorder(order.folder or new_folder(goal), goal, device=str(order.where), agent=policy.name)
                return _recorded(order, stop, policy, reader, recorder, narrator)
        except (ModelFailed, RecordingFailed, Stopped) as fault:
            return Outcome(Episode(goal, (), *ending_of(fault)), "failed", "nothing was done", None)


def _recorded(
    order: Order, stop: "Stop", policy: "Policy", reader: "Builtin", recorder: "Recorder", narrator: "Narrator"
) -> "Outcome":
    """Run with a record, which is closed whatever happens."""
    from agent.endings import ending_of
    from agent.episode import Ending, Episode
    from agent.loop import run_episode
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.reader import BadRecording
    from agent.report import write_page
    from agent.verdict import Outcome, judge
    from devices import DeviceLost, Stopped
    from tasks.world import LiveWorld

    verdict: Verdict
    try:
        device, probe = opened(order.where, stop)
    except (DeviceLost, Stopped) as fault:
        episode = Episode(order.goal, (), *ending_of(fault))
        verdict, reason = "failed", "the device could not be opened"
        with suppress(RecordingFailed):  # the same disk is written to again below, and heard
            recorder.close(episode)
    else:
        with closing(device), narrator.watching():
            hands = _with_habits(device, stop, order, reader, narrator)
            episode = run_episode(
                order.goal, hands, policy, limits=order.limits, journal=recorder, watchers=[narrator.step], stop=stop
            )
            world = LiveWorld(hands, probe, episode.answer, reader.read_text)
            verdict, reason = judge(episode, order.checks, world)
    try:
        recorder.judge(episode, verdict, reason)
        write_page(recorder.folder)
    except (RecordingFailed, BadRecording, OSError) as fault:
        episode = replace(episode, ending=Ending.RECORDING_FAILED, reason=str(fault))
        verdict, reason = "failed", "the record is not whole"
    return Outcome(episode, verdict, reason, recorder.folder)
