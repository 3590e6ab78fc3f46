"""`screenhand import` and `export`: recordings from, and in, the formats of other projects."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.stderr import exit_with

if TYPE_CHECKING:
    from agent.recordings.reader import Recording

ImportFormat = Literal[
    "aitz", "androidcontrol", "agentnetbench", "screenspot", "screenspot-pro", "osworld", "mobilerun"
]
ExportFormat = Literal["osworld", "parquet", "messages", "zip"]


def import_(
    data: Annotated[ImportFormat, typer.Argument(help="The format it is in.", show_default=False)],
    source: Annotated[Path, typer.Argument(help="Its file or folder.", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="Where the recordings go, a folder each.", show_default=False)],
) -> None:
    """Make recordings of ours out of the episodes of a public data set or of another agent.

    Examples:

    screenhand import aitz CoAT/data-example recordings/aitz

    screenhand import androidcontrol android_control_evaluation_std.jsonl recordings/androidcontrol

    screenhand import osworld results/pyautogui/screenshot/some-model recordings/osworld

    Nothing in them is executed or unpickled. The exit code is 2 for data that cannot be believed, with the flaw named.
    """
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
        exit_with(flaw)
    typer.echo(f"{episodes:,} episodes, {steps:,} steps in {folder}")
    if missing:
        typer.echo(f"{missing:,} steps have no picture, because none came with the data: `score` needs none", err=True)


class LazyRecordings(Sequence["Recording"]):
    """Recordings opened one at a time, so that however many there are only one is in memory."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def __len__(self) -> int:
        return len(self._folders)

    def __getitem__(self, at: int) -> "Recording":  # type: ignore[override]  # nobody slices it
        from agent.recordings.reader import read_recording

        return read_recording(self._folders[at], lazily=True)


def export(
    to: Annotated[ExportFormat, typer.Argument(help="The format to write.", show_default=False)],
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    target: Annotated[Path, typer.Argument(help="A new folder, or for parquet and zip a file.", show_default=False)],
    dialect: Annotated[
        str, typer.Option("--dialect", help="For messages: which family the conversations are for.")
    ] = "generic",
) -> None:
    """Write recordings in the format of another project.

    Examples:

    screenhand export zip recordings/2026-01-31T09-05-59-open-the-text-editor shared.zip

    screenhand export osworld recordings/aitz traces

    screenhand export messages recordings/aitz training --dialect qwen2.5-vl

    `osworld` writes a trace with the picture after each action, `messages` a conversation for each step in the
    words of a model's family, `parquet` LeRobot's columns (pip install 'screenhand[parquet]'), `zip` the recordings
    as they are.
    """
    from agent.evaluate.exporters import chat_messages, osworld, parquet, zip_archive
    from agent.evaluate.gold_file import surface_in
    from agent.recordings.images import NoPicture
    from agent.recordings.reader import BadRecording, recordings_in
    from agent.recordings.untrusted import Untrusted

    try:
        folders = recordings_in(recordings)
        recordings_read = LazyRecordings(folders)
        match to:
            case "osworld":
                osworld.export(recordings_read, target)
            case "parquet":
                parquet.export(recordings_read, target)
            case "messages":
                chat_messages.export(recordings_read, target, dialect, [surface_in(folder) for folder in folders])
            case "zip":
                zip_archive.export(recordings_read, target)
    except (BadRecording, Untrusted, NoPicture, parquet.NoParquet, OSError, ValueError) as flaw:
        exit_with(flaw)
    typer.echo(target)
