"""`screenhand compare`: a policy asked again at every recorded step, and judged."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.model_options import ModelOptions, open_policy, with_model_options
from agent.cli.score import Baselines, ProtocolName
from agent.cli.stderr import Printer, fault_text, stderr_console
from agent.safe_text import safe_text

if TYPE_CHECKING:
    from rich.console import Console

    from agent.cli.scores import ScoreSums
    from agent.evaluate.protocols import Protocol
    from agent.evaluate.regressions import ComparisonDiff, Difference
    from agent.policy import Policy
    from devices import Stop

Mode = Literal["teacher-forced", "semi-online"]
REGRESSED = 1
"""The exit code when something is worse than it was."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """The options of `compare`, read and checked; `differences` from an older comparison collect here."""

    folders: list[Path]
    rule: "Protocol"
    mode: Mode
    blind: bool
    against: "ComparisonDiff | None"
    html: Path | None
    json: Path | None
    model_options: ModelOptions
    zoom: bool
    differences: "list[Difference]" = field(default_factory=list)


@with_model_options
def compare(
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    *,
    model_options: ModelOptions,
    mode: Annotated[Mode, typer.Option("--mode", help="Whose past: the recorded one, or its own up to a miss.")] = (
        "teacher-forced"
    ),
    protocol: ProtocolName = "screenhand",
    baselines: Baselines = True,
    zoom: Annotated[bool, typer.Option("--zoom", help="Let the model look twice: all of it, then closer.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD.json", help="Show what changed; exit with 1 if it is worse."),
    ] = None,
    drift: Annotated[
        float, typer.Option("--drift", min=0.0, help="Per cent of the diagonal a point may move away from the target.")
    ] = 0.5,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page of all steps.")] = None,
    keep: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Keep predictions and marks, for --against and score.")
    ] = None,
) -> None:
    """Ask again at every recorded step, and judge each move under a named protocol.

    Examples:

    screenhand compare recordings/aitz --protocol aitz --model Qwen/Qwen2.5-VL-3B-Instruct --json old.json

    screenhand compare recordings/aitz --protocol aitz --model ./new-weights --against old.json --html changes.html

    screenhand compare recordings/2026-01-31T09-05-59-open-the-text-editor --mode semi-online

    Without --model the embedded default is asked. The exit code is 1 when something is worse than in --against, 2
    for a recording that cannot be believed or when no step could be asked, and that of the table in agent/README.md
    when a model failed. A missing picture is a fault that names its path, and in no rate.
    """
    from agent.cli.scores import protocol_of
    from agent.evaluate.comparison_file import read_comparison
    from agent.evaluate.regressions import ComparisonDiff
    from agent.recordings.reader import BadRecording, recordings_in
    from agent.recordings.untrusted import Untrusted

    rule = protocol_of(protocol)
    try:
        old = ComparisonDiff(read_comparison(against), rule, drift / 100) if against else None
    except (ValueError, Untrusted) as error:
        raise typer.BadParameter(str(error), param_hint="--against") from error
    try:
        folders = recordings_in(recordings)
    except BadRecording as error:
        raise typer.BadParameter(str(error), param_hint="RECORDING...") from error
    options = CompareOptions(folders, rule, mode, baselines, old, html, keep, model_options, zoom)
    raise typer.Exit(_compare(options, stderr_console()))


def _compare(options: CompareOptions, console: "Console") -> int:
    """Ask at every step and print the scores; returns the exit code."""
    from agent.cli.scores import ScoreSums, print_scores
    from agent.endings import EXIT_CODES, ending_of
    from agent.evaluate.baselines import BASELINES
    from agent.evaluate.metrics import Metrics
    from agent.models.chat import ModelFailed
    from agent.policy import PolicyFailed
    from agent.recordings.reader import BadRecording
    from devices import Stop, Stopped

    say, sums = Printer(console), ScoreSums(blind={name: Metrics() for name in BASELINES} if options.blind else {})
    stop, code, name = Stop(), 0, "nobody"
    try:
        with stop.on_ctrl_c(), _policy(options, stop, say) as policy:
            name = policy.name
            _ask(options, policy, sums, stop, console)
    except (BadRecording, OSError) as flaw:
        say(fault_text(flaw), "red")
        return 2
    except (ModelFailed, PolicyFailed, Stopped, KeyboardInterrupt) as fault:
        ending, reason = ending_of(fault)
        say(f"{reason}; what follows is of the steps up to here", "red")
        code = EXIT_CODES[ending]
    print_scores(name, sums, options.rule, as_json=False)
    if options.against and not code:
        options.differences.extend(options.against.missing())
    for each in options.differences:
        typer.echo(safe_text(str(each)))
    worse = sum(each.worse for each in options.differences)
    if options.against:
        typer.echo(f"{len(options.differences)} steps differ from before, {worse} for the worse")
    if not sums.asked.counts["asked"] and not code:
        say("no step could be asked", "red")
        return 2
    return code or (REGRESSED if worse else 0)


def _ask(options: CompareOptions, policy: "Policy", sums: "ScoreSums", stop: "Stop", console: "Console") -> None:
    """Ask at every step; the comparison file and the page are whole even when this is cut short."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from agent.cli.scores import score_each
    from agent.evaluate.comparison_file import ComparisonWriter
    from agent.evaluate.comparison_page import ComparisonPage
    from agent.evaluate.teacher_forcing import count_steps, predict_steps

    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as closing:
        bar = closing.enter_context(
            Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        )
        keeper = ComparisonWriter(options.json, options.rule, options.mode, policy.name) if options.json else None
        if keeper:
            closing.callback(lambda: keeper.close(sums.summary()))
        page = ComparisonPage(options.html, policy.name, options.mode, options.rule) if options.html else None
        if page:
            closing.callback(lambda: page.close(sums.asked, sums.blind, options.differences))
        task = bar.add_task("asking", total=count_steps(options.folders))
        answers = predict_steps(options.folders, policy, options.rule, options.mode, stop)
        for scored in score_each(answers, options.rule, sums):
            bar.advance(task)
            difference = options.against.compare(scored) if options.against else None
            if difference:
                options.differences.append(difference)
            if keeper:
                keeper.add(scored)
            if page:
                page.add(scored, difference)
            if scored.prediction.fault:
                console.print(f"fault: {safe_text(scored.prediction.fault)}", style="yellow", markup=False)


@contextmanager
def _policy(options: CompareOptions, stop: "Stop", say: Printer) -> "Iterator[Policy]":
    """The model that the options name, on the surface that the recordings are of, else the embedded default."""
    if not options.model_options.names_model:
        from agent.builtin import Builtin

        yield Builtin()
        return
    from agent.evaluate.teacher_forcing import surface_of

    surface = surface_of(options.folders)
    with open_policy(options.model_options, stop, say, surface, zoom=options.zoom) as policy:
        yield policy
