"""`screenhand when`: the times at which something happens in a video or a recording."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.looking import AsJson, FramesASecond, answered
from agent.cli.models import ModelOrder, asks_a_model

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.media import Film
    from agent.queries.showing import Show
    from agent.queries.when import Event, Events
    from agent.recordings.reader import Recording


@asks_a_model
def when(
    event: Annotated[str, typer.Argument(help="What happens: 'the error dialog appears'.", show_default=False)],
    file: Annotated[Path, typer.Argument(metavar="VIDEO|RECORDING", help="Where to look.", show_default=False)],
    *,
    asked: ModelOrder,
    fps: FramesASecond = 2.0,
    closer: Annotated[
        bool, typer.Option("--closer/--once", help="Look again at the edges where frames are far apart.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    from agent.queries.sources import one_film
    from agent.queries.timestamps import clock
    from agent.queries.when import Timing
    from agent.recordings.reader import Recording

    if not event.strip():
        raise typer.BadParameter("say what happens; this is empty", param_hint="EVENT")

    def work(model: "ChatModel", show: "Show", film: "Film | Recording") -> "Events":
        timing = Timing(model, show, closer, asked.reply_tokens or 512)
        return timing.in_recording(event, film) if isinstance(film, Recording) else timing.in_film(event, film)

    events = answered(asked, lambda stop: one_film(file), work, fps=fps)
    if as_json:
        typer.echo(json.dumps({"events": [asdict(each) for each in events.found], "tokens": asdict(events.usage)}))
    else:
        for each in events.found:
            typer.echo(f"{clock(each.start)} - {clock(each.end)}{_steps(each)}")
        if not events.found:
            typer.echo("it does not happen", err=True)
    raise typer.Exit(0 if events.found else 1)


def _steps(event: "Event") -> str:
    first, last = (event.steps[0], event.steps[-1]) if event.steps else (0, 0)
    steps = f"step {first}" if first == last else f"steps {first} to {last}"
    if event.at_end:
        return f"  ({steps} and the end)" if event.steps else "  (the end)"
    return f"  ({steps})" if event.steps else ""
