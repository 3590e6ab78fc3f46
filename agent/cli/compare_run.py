"""The run of `compare`: a policy asked at every step, its answers kept, printed and held against older ones."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from agent.cli.model_options import REPLY_TOKENS, ModelOptions, open_model
from agent.cli.stderr import Printer, fault_text
from agent.safe_text import safe_text

if TYPE_CHECKING:
    from rich.console import Console

    from agent.cli.scores import ScoreSums
    from agent.dialects.dialect import Dialect
    from agent.evaluate.comparison_file import ComparisonHeader
    from agent.evaluate.protocols import Ask, Protocol
    from agent.evaluate.regressions import ComparisonDiff, Difference
    from agent.evaluate.scoring import Prediction, StepKey
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
    ask: "Ask"
    parallel: int
    blind: bool
    against: "ComparisonDiff | None"
    html: Path | None
    json: Path | None
    resume: bool
    model_options: ModelOptions
    zoom: bool
    boxes: bool
    differences: "list[Difference]" = field(default_factory=list)


def run_comparison(options: CompareOptions, console: "Console") -> int:
    """Ask at every step and print the scores; returns the exit code."""
    from agent.cli.scores import ScoreSums, print_scores
    from agent.endings import EXIT_CODES, ending_of
    from agent.evaluate.baselines import BASELINES
    from agent.evaluate.comparison_file import header_of
    from agent.evaluate.metrics import Metrics
    from agent.models.chat import ModelFailed
    from agent.policy import PolicyFailed
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted
    from devices import Stop, Stopped

    say, sums = Printer(console), ScoreSums(blind={name: Metrics() for name in BASELINES} if options.blind else {})
    stop, code, name = Stop(), 0, "nobody"
    try:
        with stop.on_ctrl_c(), _policy(options, stop, say) as (policy, settings):
            name = policy.name
            header = header_of(options.rule, options.mode, policy.name, options.ask, settings)
            kept = _earlier_answers(options, header, say)
            _ask(options, policy, header, kept, sums, stop, console)
    except (BadRecording, Untrusted, OSError) as flaw:
        say(fault_text(flaw), "red")
        return 2
    except (ModelFailed, PolicyFailed, Stopped, KeyboardInterrupt) as fault:
        ending, reason = ending_of(fault)
        say(f"{reason}; what follows is of the steps up to here", "red")
        code = EXIT_CODES[ending]
    print_scores(name, sums, options.rule, as_json=False, ask=options.ask)
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


def _earlier_answers(options: CompareOptions, header: "ComparisonHeader", say: Printer) -> "dict[StepKey, Prediction]":
    """The answers that --resume goes on from. Raises `Untrusted` and `BadRecording`."""
    from agent.evaluate.resumption import earlier_answers

    if not options.resume or options.json is None:
        return {}
    try:
        kept = earlier_answers(options.json, header)
    except ValueError as flaw:
        raise typer.BadParameter(str(flaw), param_hint="--resume") from flaw
    say(f"{len(kept):,} steps are answered already")
    return kept


def _ask(
    options: CompareOptions,
    policy: "Policy",
    header: "ComparisonHeader",
    kept: "dict[StepKey, Prediction]",
    sums: "ScoreSums",
    stop: "Stop",
    console: "Console",
) -> None:
    """Ask at every step; the comparison file and the page are whole even when this is cut short."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from agent.cli.scores import score_each
    from agent.evaluate.comparison_page import ComparisonPage
    from agent.evaluate.comparison_writer import ComparisonWriter
    from agent.evaluate.questions import Questions
    from agent.evaluate.teacher_forcing import count_steps, predict_steps

    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as closing:
        bar = closing.enter_context(
            Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        )
        keeper = ComparisonWriter(options.json, header, options.rule.source) if options.json else None
        if keeper:

            def close(kind: type[BaseException] | None, *_: Any) -> None:
                if not (kept and kind is KeyboardInterrupt):  # then not all that is kept is written down again
                    keeper.close(sums.summary())

            closing.push(close)
        page = None
        if options.html:
            page = ComparisonPage(options.html, policy.name, options.mode, options.rule, options.ask)
            closing.callback(page.close, sums.asked, sums.blind, options.differences)
        task = bar.add_task("asking", total=count_steps(options.folders))
        questions = Questions(options.ask, literal=not options.model_options.names_model)
        answers = predict_steps(
            options.folders, policy, options.rule, options.mode, stop,
            questions=questions, parallel=options.parallel, kept=kept,
        )  # fmt: skip
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
def _policy(options: CompareOptions, stop: "Stop", say: Printer) -> "Iterator[tuple[Policy, dict[str, Any]]]":
    """Who is asked, and the settings that its answers depend on: the model that the options name, on the surface that
    the recordings are of, else the embedded default."""
    model_options = options.model_options
    if not model_options.names_model:
        from agent.builtin import Builtin

        yield Builtin(), {}
        return
    from agent.evaluate.teacher_forcing import surface_of
    from agent.grounder import GrounderPolicy
    from agent.vision import VisionPolicy
    from agent.zoom import ZoomPolicy

    most = model_options.reply_tokens or REPLY_TOKENS
    # No tool is offered to a grounder, so that it may be asked about phones and computers alike.
    surface = "computer" if options.ask == "target" else surface_of(options.folders)
    with open_model(model_options, stop, say, surface) as (model, dialect):
        policy: Policy = VisionPolicy(model, dialect, most)
        if options.ask == "target":
            policy = GrounderPolicy(model, dialect, most, options.boxes)
        yield ZoomPolicy(policy) if options.zoom else policy, _settings(model_options, dialect, most)


def _settings(options: ModelOptions, dialect: "Dialect", most: int) -> dict[str, Any]:
    from agent.calibration.candidate_spaces import describe_space

    tokens = [dialect.sizes.min_tokens, dialect.sizes.max_tokens]
    shown = {"visual_tokens": tokens, "points": describe_space(dialect.space), "keep_screens": options.keep_screens}
    return {"dialect": dialect.name, **shown, "reply_tokens": most}
