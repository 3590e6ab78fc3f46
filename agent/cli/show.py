"""`screenhand show`: a page of a recording."""

from pathlib import Path
from typing import Annotated

import typer


def show(
    recording: Annotated[Path, typer.Argument(help="The folder of a recording.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page.", show_default="index.html in it")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    from agent.recordings.reader import BadRecording
    from agent.report import write_page

    try:
        page = write_page(recording, output)
    except (BadRecording, OSError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from error
    typer.echo(page)
    if open_it:
        typer.launch(str(page))
