"""`screenhand locate`: where something is on a picture."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.model_options import REPLY_TOKENS, ModelOptions, with_model_options
from agent.cli.query import LiveScreen, PagesOption, media_loader, observation_of, run_query, run_without_model

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.locate import Locations
    from agent.queries.media import Media
    from agent.queries.media_encoder import MediaEncoder
    from devices import Stop


@with_model_options
def locate(
    what: Annotated[str, typer.Argument(help="What to look for: 'the save button'.", show_default=False)],
    file: Annotated[Path | None, typer.Argument(help="A picture, or a page of a PDF.", show_default=False)] = None,
    *,
    model_options: ModelOptions,
    device: LiveScreen = None,
    pages: PagesOption = "",
    boxes: Annotated[bool, typer.Option("--boxes/--points", help="Ask for boxes, or for points only.")] = True,
    zoom: Annotated[bool, typer.Option("--zoom", help="Look twice: at all of it, then closer.")] = False,
    draw: Annotated[
        Path | None, typer.Option("--draw", help="Write a PNG with what was found drawn in.", show_default=False)
    ] = None,
) -> None:
    """Say where WHAT is, as JSON: points and boxes in pixels of the picture, upright as its EXIF says.

    Examples:

    screenhand locate "the save button" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct --draw found.png

    screenhand locate "the smallest icon" screenshot.png --zoom --model Qwen/Qwen2.5-VL-3B-Instruct

    screenhand locate "every tick box" --device desktop --points --endpoint http://localhost:8000/v1 --model NAME

    Without a model, WHAT is a name as in a literal instruction, and is looked up among the elements of the screen:

    screenhand locate "the Delete button in the row of 'Bob'" screenshot.png --draw found.png

    A box is left, top, right, bottom; the last two are the first pixels outside. The exit code is 0 when something was
    found, 1 when it is not there, 2 for a file that cannot be looked at, 7 for a reply that cannot be read.
    """
    from agent.queries.annotation import annotated_png
    from agent.queries.locate import as_json, locate_by_name
    from agent.queries.locate import locate as locate_on
    from agent.queries.media import Still
    from agent.queries.media_files import single_still

    if not what.strip():
        raise typer.BadParameter("say what to look for; this is empty", param_hint="WHAT")
    if draw and file and draw.exists() and file.exists() and draw.samefile(file):
        raise typer.BadParameter("this would overwrite the picture itself", param_hint="--draw")
    reply_tokens = model_options.reply_tokens or REPLY_TOKENS

    def by_name(stop: "Stop") -> "tuple[Still, Locations]":
        seen = observation_of(file, device, stop, pages)
        return Still("the screen", seen.pixels), locate_by_name(what, seen)

    def query(model: "ChatModel", encoder: "MediaEncoder", media: "tuple[Media, ...]") -> "tuple[Still, Locations]":
        still = single_still(media)
        return still, locate_on(model, encoder.dialect, what, still, boxes=boxes, zoom=zoom, reply_tokens=reply_tokens)

    if model_options.names_model:
        still, locations = run_query(model_options, media_loader([file] if file else None, device, pages), query)
    elif zoom:
        raise typer.BadParameter("looking closer takes a model: give --model or --endpoint", param_hint="--zoom")
    elif (file is None) == (device is None):
        raise typer.BadParameter("give either a picture or --device", param_hint="FILE")
    else:
        still, locations = run_without_model(by_name)
    if draw:
        try:
            draw.write_bytes(annotated_png(still.pixels, locations.places))
        except OSError as error:
            raise typer.BadParameter(f"cannot write {draw}: {error.strerror}", param_hint="--draw") from error
    size, tokens = list(still.size), asdict(locations.usage)
    typer.echo(json.dumps({"size": size, "found": as_json(locations.places), "tokens": tokens}))
    raise typer.Exit(0 if locations.places else 1)
