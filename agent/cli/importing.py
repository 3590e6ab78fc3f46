"""`screenhand import`: somebody else's episodes made into recordings of ours."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["aitz", "androidcontrol", "agentnetbench", "screenspot", "screenspot-pro", "osworld", "mobilerun"]


def import_(
    data: Annotated[Format, typer.Argument(help="The format it is in.", show_default=False)],
    source: Annotated[Path, typer.Argument(help="Its file or folder.", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="Where the recordings go, a folder each.", show_default=False)],
) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from agent.evaluate.importers import READERS, write_recording
    from agent.recordings.images import Missing
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted

    episodes = steps = missing = 0
    console = Console(stderr=True)
    try:
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True,
            disable=not console.is_terminal,
        ) as bar:  # fmt: skip
            task = bar.add_task("reading")
            for imported in READERS[data](source):
                write_recording(imported, folder)
                episodes, steps = episodes + 1, steps + len(imported.steps)
                missing += sum(isinstance(step.seen, Missing) for step in imported.steps)
                bar.update(task, description=f"{episodes:,} episodes, {steps:,} steps")
    except (Untrusted, BadRecording, RecordingFailed, OSError) as flaw:
        typer.secho(str(flaw), fg="red", err=True)
        raise typer.Exit(2) from flaw
    typer.echo(f"{episodes:,} episodes, {steps:,} steps in {folder}")
    if missing:
        typer.echo(f"{missing:,} steps have no picture, because none came with the data: `score` needs none", err=True)
