"""`screenhand export`: recordings of ours in the formats of others."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from agent.recordings.reader import Recording

Format = Literal["osworld", "parquet", "messages", "zip"]


class Opened(Sequence["Recording"]):
    """Recordings opened one at a time, so that however many there are only one is in memory."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def __len__(self) -> int:
        return len(self._folders)

    def __getitem__(self, at: int) -> "Recording":  # type: ignore[override]  # nobody slices it
        from agent.recordings.reader import read_recording

        return read_recording(self._folders[at], lazily=True)


def export(
    to: Annotated[Format, typer.Argument(help="The format to write.", show_default=False)],
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    target: Annotated[Path, typer.Argument(help="A new folder, or for parquet and zip a file.", show_default=False)],
    dialect: Annotated[
        str, typer.Option("--dialect", help="For messages: which family the conversations are for.")
    ] = "generic",
) -> None:
    from agent.evaluate.exporters import chat_messages, osworld, parquet, zip_archive
    from agent.evaluate.gold_file import surface_in
    from agent.evaluate.teacher_forcing import recordings_in
    from agent.recordings.images import NoPicture
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted

    try:
        folders = recordings_in(recordings)
        opened = Opened(folders)
        match to:
            case "osworld":
                osworld.export(opened, target)
            case "parquet":
                parquet.export(opened, target)
            case "messages":
                chat_messages.export(opened, target, dialect, [surface_in(folder) for folder in folders])
            case "zip":
                zip_archive.export(opened, target)
    except (BadRecording, Untrusted, NoPicture, parquet.NoParquet, OSError, ValueError) as flaw:
        typer.secho(str(flaw), fg="red", err=True)
        raise typer.Exit(2) from flaw
    typer.echo(target)
