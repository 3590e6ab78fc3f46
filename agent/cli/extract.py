"""`screenhand extract`: structured data read off pictures, valid under a schema."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.model_options import ModelOptions, with_model_options
from agent.cli.query import Files, LiveScreen, PagesOption, media_loader, run_query

if TYPE_CHECKING:
    from agent.queries.media import Media
    from agent.queries.schema import Schema
    from devices import Stop

REPLY_TOKENS = 4096
"""Most tokens of a reply here, where a whole document may be read."""


@with_model_options
def extract(
    files: Files = None,
    *,
    schema: Annotated[
        Path, typer.Option("--schema", metavar="FILE.json", help="The JSON Schema of the result.", show_default=False)
    ],
    model_options: ModelOptions,
    device: LiveScreen = None,
    pages: PagesOption = "",
) -> None:
    """Read forms, invoices, tables or screens into one JSON value that is valid under a JSON Schema.

    Examples:

    screenhand extract --schema invoice.schema.json invoice.pdf --model Qwen/Qwen2.5-VL-3B-Instruct > invoice.json

    screenhand extract --schema form.json page1.png page2.png --endpoint http://localhost:8000/v1 --model NAME

    A reply that is not valid is asked for again, once, with what is wrong about it. The exit code is 0 for a valid
    value, 2 for a file or a schema that cannot be used, 7 when nothing valid came. A schema's references are never
    fetched.
    """
    from agent.queries.extract import extract as extract_from
    from agent.queries.schema import read_schema

    load_media = media_loader(files, device, pages)
    reply_tokens = model_options.reply_tokens or REPLY_TOKENS

    def load(stop: "Stop") -> "tuple[Schema, tuple[Media, ...]]":
        return read_schema(schema), load_media(stop)

    extraction = run_query(
        model_options,
        load,
        lambda model, encoder, loaded: extract_from(model, encoder, *loaded, reply_tokens=reply_tokens),
    )
    typer.echo(json.dumps(extraction.value, indent=2))
