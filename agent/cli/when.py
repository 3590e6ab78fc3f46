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
    from agent.reading import Recording
    from agent.seeing.exhibits import Film
    from agent.seeing.showing import Show
    from agent.seeing.timing import Event, Events


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
    from agent.reading import Recording
    from agent.seeing.sources import one_film
    from agent.seeing.times import clock
    from agent.seeing.timing import Timing

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
