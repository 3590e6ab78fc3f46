"""`screenhand compare`: a policy asked again at every recorded step, and judged."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.models import ModelOrder, asks_a_model, opened_model
from agent.cli.score import Baselines, ProtocolName

if TYPE_CHECKING:
    from rich.console import Console

    from agent.cli.comparing import Tallies
    from agent.evaluate.protocols import Protocol
    from agent.evaluate.regressions import Against, Difference
    from agent.policy import Policy
    from devices import Stop

Mode = Literal["teacher-forced", "semi-online"]
REGRESSED = 1
"""The exit code when something is worse than it was."""


@dataclass(frozen=True, slots=True)
class ComparisonOrder:
    """What a person asked `compare` for, read and checked."""

    folders: list[Path]
    rule: "Protocol"
    mode: Mode
    blind: bool
    against: "Against | None"
    html: Path | None
    json: Path | None
    asked: ModelOrder
    zoom: bool
    differences: "list[Difference]" = field(default_factory=list)


@asks_a_model
def compare(
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    *,
    asked: ModelOrder,
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
    from rich.console import Console

    from agent.cli.comparing import protocol_of
    from agent.evaluate.comparison_file import read_comparison
    from agent.evaluate.regressions import Against
    from agent.evaluate.teacher_forcing import recordings_in
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted

    rule = protocol_of(protocol)
    try:
        old = Against(read_comparison(against), rule, drift / 100) if against else None
    except (ValueError, Untrusted) as error:
        raise typer.BadParameter(str(error), param_hint="--against") from error
    try:
        folders = recordings_in(recordings)
    except BadRecording as error:
        raise typer.BadParameter(str(error), param_hint="RECORDING...") from error
    order = ComparisonOrder(folders, rule, mode, baselines, old, html, keep, asked, zoom)
    raise typer.Exit(_compared(order, Console(stderr=True, highlight=False, soft_wrap=True)))


def _compared(order: ComparisonOrder, console: "Console") -> int:
    """Ask, tell, and say with which code to exit."""
    from rich.markup import escape

    from agent.cli.comparing import Tallies, finished
    from agent.cli.looking import printable
    from agent.endings import EXIT_CODES, ending_of
    from agent.evaluate.baselines import NAMES
    from agent.evaluate.metrics import Tally
    from agent.models.chat import ModelFailed
    from agent.policy import PolicyFailed
    from agent.recordings.reader import BadRecording
    from devices import Stop, Stopped

    def say(text: str, style: str = "dim") -> None:
        console.print(escape(printable(text)), style=style)

    tallies = Tallies(blind={name: Tally() for name in NAMES} if order.blind else {})
    stop, code, name = Stop(), 0, "nobody"
    try:
        with stop.on_ctrl_c(), _policy(order, stop, say) as policy:
            name = policy.name
            _ask(order, policy, tallies, stop, console)
    except (BadRecording, OSError) as flaw:
        say(str(flaw), "red")
        return 2
    except (ModelFailed, PolicyFailed, Stopped, KeyboardInterrupt) as fault:
        ending, told = ending_of(fault)
        say(f"{told}; what follows is of the steps up to here", "red")
        code = EXIT_CODES[ending]
    finished(name, tallies, order.rule, as_json=False)
    if order.against and not code:
        order.differences.extend(order.against.gone())
    for each in order.differences:
        typer.echo(printable(str(each)))
    worse = sum(each.worse for each in order.differences)
    if order.against:
        typer.echo(f"{len(order.differences)} steps differ from before, {worse} for the worse")
    if not tallies.asked.counts["asked"] and not code:
        say("no step could be asked", "red")
        return 2
    return code or (REGRESSED if worse else 0)


def _ask(order: ComparisonOrder, policy: "Policy", tallies: "Tallies", stop: "Stop", console: "Console") -> None:
    """Ask at every step and show it to whoever wants it; what is written is whole even when this is cut short."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from agent.cli.comparing import summed
    from agent.evaluate.keeping import Keeper
    from agent.evaluate.teacher_forcing import ask_again, count_steps
    from agent.report.comparison import ComparisonPage

    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as closing:
        bar = closing.enter_context(
            Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        )
        keeper = Keeper(order.json, order.rule, order.mode, policy.name) if order.json else None
        if keeper:
            closing.callback(lambda: keeper.close(tallies.summary()))
        page = ComparisonPage(order.html, policy.name, order.mode, order.rule) if order.html else None
        if page:
            closing.callback(lambda: page.close(tallies.asked, tallies.blind, order.differences))
        task = bar.add_task("asking", total=count_steps(order.folders))
        answers = ask_again(order.folders, policy, order.rule, order.mode, stop)
        for scored in summed(answers, order.rule, tallies):
            bar.advance(task)
            difference = order.against.compare(scored) if order.against else None
            if difference:
                order.differences.append(difference)
            if keeper:
                keeper.add(scored)
            if page:
                page.add(scored, difference)
            if scored.prediction.fault:
                console.print(f"fault: {scored.prediction.fault}", style="yellow", markup=False)


@contextmanager
def _policy(order: ComparisonOrder, stop: "Stop", say: "Callable[[str], None]") -> "Iterator[Policy]":
    """Who is asked: the model asked for, on the surface that the recordings are of, or the embedded default."""
    from agent.vision import VisionPolicy
    from agent.zoom import ZoomPolicy

    if not order.asked.wanted:
        from agent.builtin import Builtin

        yield Builtin()
        return
    from agent.evaluate.teacher_forcing import surface_of

    with opened_model(order.asked, stop, say, surface_of(order.folders)) as (model, dialect):
        policy = VisionPolicy(model, dialect, order.asked.reply_tokens or 512)
        yield ZoomPolicy(policy) if order.zoom else policy
