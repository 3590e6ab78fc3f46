"""`screenhand extract`: structured data read off pictures, valid under a schema."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.looking import Files, PageRange, Screen, answered, exhibits
from agent.cli.models import ModelOrder, asks_a_model

if TYPE_CHECKING:
    from agent.queries.media import Exhibit
    from agent.queries.schemas import Schema
    from devices import Stop


@asks_a_model
def extract(
    files: Files = None,
    *,
    schema: Annotated[
        Path, typer.Option("--schema", metavar="FILE.json", help="The JSON Schema of the result.", show_default=False)
    ],
    asked: ModelOrder,
    where: Screen = None,
    pages: PageRange = "",
) -> None:
    from agent.queries.extract import extract as extract_from
    from agent.queries.schemas import read_schema

    look_at = exhibits(files, where, pages)

    def look(stop: "Stop") -> "tuple[Schema, tuple[Exhibit, ...]]":
        return read_schema(schema), look_at(stop)

    extracted = answered(
        asked,
        look,
        lambda model, show, seen: extract_from(model, show, *seen, reply_tokens=asked.reply_tokens or 4096),
    )
    typer.echo(json.dumps(extracted.value, indent=2))
