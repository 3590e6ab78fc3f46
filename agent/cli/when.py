"""`screenhand when`: the times at which something happens in a video or a recording."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.model_options import REPLY_TOKENS, ModelOptions, with_model_options
from agent.cli.query import AsJson, FramesPerSecond, run_query

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.media import Video
    from agent.queries.media_encoder import MediaEncoder
    from agent.queries.when import Occurrence, Occurrences
    from agent.recordings.reader import Recording


@with_model_options
def when(
    event: Annotated[str, typer.Argument(help="What happens: 'the error dialog appears'.", show_default=False)],
    file: Annotated[Path, typer.Argument(metavar="VIDEO|RECORDING", help="Where to look.", show_default=False)],
    *,
    model_options: ModelOptions,
    fps: FramesPerSecond = 2.0,
    closer: Annotated[
        bool, typer.Option("--closer/--once", help="Look again at the edges where frames are far apart.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Say when EVENT happens in a video or a recording: start and end, and for a recording the steps.

    Examples:

    screenhand when "the error dialog appears" screen.mp4 --model Qwen/Qwen2.5-VL-3B-Instruct

    screenhand when "the file dialog is open" recordings/2026-01-31T09-05-59-open-the-text-editor --json --model NAME

    Frames are spread evenly over the whole video: --fps a second, fewer where --max-tokens cannot pay for them;
    where they lie far apart, what is found is looked at again more closely. The exit code is 0 when it happens, 1
    when it does not.
    """
    from agent.queries.media_files import load_video
    from agent.queries.timestamps import clock_time
    from agent.queries.when import EventFinder
    from agent.recordings.reader import Recording

    if not event.strip():
        raise typer.BadParameter("say what happens; this is empty", param_hint="EVENT")

    def query(model: "ChatModel", encoder: "MediaEncoder", source: "Video | Recording") -> "Occurrences":
        finder = EventFinder(model, encoder, closer, model_options.reply_tokens or REPLY_TOKENS)
        return finder.in_recording(event, source) if isinstance(source, Recording) else finder.in_video(event, source)

    result = run_query(model_options, lambda stop: load_video(file), query, fps=fps)
    if as_json:
        typer.echo(json.dumps({"events": [asdict(each) for each in result.events], "tokens": asdict(result.usage)}))
    else:
        for each in result.events:
            typer.echo(f"{clock_time(each.start)} - {clock_time(each.end)}{_steps(each)}")
        if not result.events:
            typer.echo("it does not happen", err=True)
    raise typer.Exit(0 if result.events else 1)


def _steps(event: "Occurrence") -> str:
    first, last = (event.steps[0], event.steps[-1]) if event.steps else (0, 0)
    steps = f"step {first}" if first == last else f"steps {first} to {last}"
    if event.at_end:
        return f"  ({steps} and the end)" if event.steps else "  (the end)"
    return f"  ({steps})" if event.steps else ""
