"""`screenhand show`: a page of a recording."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.stderr import exit_with


def show(
    recording: Annotated[Path, typer.Argument(help="The folder of a recording.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The page.", show_default="index.html in it")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Make one HTML page of RECORDING: every step with its picture, where the hand went, why, and what it took.

    Example:

    screenhand show recordings/2026-01-31T09-05-59-open-the-text-editor --open
    """
    from agent.recordings.reader import BadRecording
    from agent.report import write_page

    try:
        page = write_page(recording, output)
    except (BadRecording, OSError) as error:
        exit_with(error)
    typer.echo(page)
    if open_it:
        typer.launch(str(page))
