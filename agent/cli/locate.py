"""`screenhand locate`: where something is on a picture."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.looking import PageRange, Screen, answered, exhibits
from agent.cli.models import ModelOrder, asks_a_model

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.locate import Located
    from agent.queries.media import Exhibit, Still
    from agent.queries.showing import Show


@asks_a_model
def locate(
    what: Annotated[str, typer.Argument(help="What to look for: 'the save button'.", show_default=False)],
    file: Annotated[Path | None, typer.Argument(help="A picture, or a page of a PDF.", show_default=False)] = None,
    *,
    asked: ModelOrder,
    where: Screen = None,
    pages: PageRange = "",
    boxes: Annotated[bool, typer.Option("--boxes/--points", help="Ask for boxes, or for points only.")] = True,
    zoom: Annotated[bool, typer.Option("--zoom", help="Look twice: at all of it, then closer.")] = False,
    draw: Annotated[
        Path | None, typer.Option("--draw", help="Write a PNG with what was found drawn in.", show_default=False)
    ] = None,
) -> None:
    from agent.queries.drawing import with_marks
    from agent.queries.locate import locate as locate_on
    from agent.queries.locate import plain
    from agent.queries.sources import one_still

    if not what.strip():
        raise typer.BadParameter("say what to look for; this is empty", param_hint="WHAT")
    if draw and file and draw.resolve() == file.resolve():
        raise typer.BadParameter("this would overwrite the picture itself", param_hint="--draw")

    def work(model: "ChatModel", show: "Show", seen: "tuple[Exhibit, ...]") -> "tuple[Still, Located]":
        still = one_still(seen)
        reply_tokens = asked.reply_tokens or 512
        return still, locate_on(model, show.dialect, what, still, boxes=boxes, zoom=zoom, reply_tokens=reply_tokens)

    still, located = answered(asked, exhibits([file] if file else None, where, pages), work)
    if draw:
        try:
            draw.write_bytes(with_marks(still.pixels, located.found))
        except OSError as error:
            raise typer.BadParameter(f"cannot write {draw}: {error.strerror}", param_hint="--draw") from error
    size, tokens = list(still.size), asdict(located.usage)
    typer.echo(json.dumps({"size": size, "found": plain(located.found), "tokens": tokens}))
    raise typer.Exit(0 if located.found else 1)
