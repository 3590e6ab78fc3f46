"""`screenhand compare`: a policy asked again at every recorded step, and judged."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from agent.cli.compare_run import CompareOptions, Mode, run_comparison
from agent.cli.model_options import ModelOptions, with_model_options
from agent.cli.score import Baselines, ProtocolName
from agent.cli.stderr import stderr_console

AskName = Literal["own", "goal", "step", "target"]


@with_model_options
def compare(
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    *,
    model_options: ModelOptions,
    mode: Annotated[Mode, typer.Option("--mode", help="Whose past: the recorded one, or its own up to a miss.")] = (
        "teacher-forced"
    ),
    protocol: ProtocolName = "screenhand",
    ask: Annotated[
        AskName,
        typer.Option("--ask", help="The goal, the step's own instruction, or where the target is; own: by protocol."),
    ] = "own",
    boxes: Annotated[
        bool, typer.Option("--boxes/--points", help="With --ask target: ask for a box and click its middle.")
    ] = False,
    parallel: Annotated[
        int, typer.Option("--parallel", min=1, max=256, help="Steps that an endpoint is asked at a time.")
    ] = 1,
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
    resume: Annotated[
        bool, typer.Option("--resume", help="Ask only for what FILE of --json lacks, after Ctrl-C or a kill.")
    ] = False,
) -> None:
    """Ask again at every recorded step, and judge each move under a named protocol.

    Examples:

    screenhand compare recordings/aitz --protocol aitz --model Qwen/Qwen2.5-VL-3B-Instruct --json old.json

    screenhand compare recordings/aitz --protocol aitz --model ./new-weights --against old.json --html changes.html

    screenhand compare recordings/2026-01-31T09-05-59-open-the-text-editor --mode semi-online

    screenhand compare recordings/ac --ask step --endpoint http://localhost:8000/v1 --model NAME --parallel 16

    Without --model the embedded default is asked. The exit code is 1 when something is worse than in --against, 2
    for a recording that cannot be believed or when no step could be asked, and that of the table in agent/README.md
    when a model failed. A missing picture is a fault that names its path, and in no rate. Steps of which a recording
    does not know what --ask asks are left out. Ctrl-C keeps what was answered. A model in this process answers one
    question at a time, so --parallel is for servers; which prompts and limits published numbers are made of stands
    in recordings/README.md.
    """
    from agent.cli.scores import protocol_of
    from agent.evaluate.comparison_file import read_comparison
    from agent.evaluate.protocols import Ask
    from agent.evaluate.regressions import ComparisonDiff
    from agent.recordings.reader import BadRecording, recordings_in
    from agent.recordings.untrusted import Untrusted

    rule = protocol_of(protocol)
    question: Ask = rule.ask if ask == "own" else ask
    if parallel > 1 and not (model_options.endpoint or model_options.hosted):
        raise typer.BadParameter(
            "only a server answers several questions at a time; in this process they go one by one",
            param_hint="--parallel",
        )
    if resume and not keep:
        raise typer.BadParameter("name the file of --json that it goes on with", param_hint="--resume")
    try:
        old = ComparisonDiff(read_comparison(against), rule, drift / 100, question) if against else None
    except (ValueError, Untrusted) as error:
        raise typer.BadParameter(str(error), param_hint="--against") from error
    try:
        folders = recordings_in(recordings)
    except BadRecording as error:
        raise typer.BadParameter(str(error), param_hint="RECORDING...") from error
    options = CompareOptions(
        folders, rule, mode, question, parallel, baselines, old, html, keep, resume, model_options, zoom, boxes
    )
    raise typer.Exit(run_comparison(options, stderr_console()))
