"""`screenhand play`: a recording, watched."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from agent.playback.pacing import Pace
    from agent.recordings.reader import Recording


def play(
    recordings: Annotated[list[Path], typer.Argument(help="Recordings, or folders of them.", show_default=False)],
    mp4: Annotated[
        Path | None, typer.Option("--mp4", metavar="FILE", help="Write a video.", show_default=False)
    ] = None,
    gif: Annotated[
        Path | None, typer.Option("--gif", metavar="FILE", help="Write an animated GIF.", show_default=False)
    ] = None,
    speed: Annotated[
        float | None,
        typer.Option(
            "--speed", min=0.1, max=100.0, help="So many times as fast; in a terminal it goes by itself then."
        ),
    ] = None,
    seconds_per_step: Annotated[
        float | None,
        typer.Option("--seconds-per-step", min=0.1, max=60.0, help="Show every step so long.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it exists.")] = False,
) -> None:
    from rich.console import Console

    from agent.evaluate.teacher_forcing import recordings_in
    from agent.playback.pacing import Pace
    from agent.recordings.reader import BadRecording, read_recording
    from devices import Stopped

    if mp4 and gif:
        raise typer.BadParameter("one film at a time: give --mp4 or --gif", param_hint="--gif")
    pace = Pace(speed or 1.0, seconds_per_step)
    try:
        found = [read_recording(folder, lazily=True) for folder in recordings_in(recordings)]
        if not any(recording.episode.steps for recording in found):
            raise BadRecording(f"{recordings[0]} ended before its first step: there is nothing to watch")
        if file := mp4 or gif:
            _film(found, file, "mp4" if mp4 else "gif", pace, force=force)
        else:
            _watch(found, Console(highlight=False), pace, by_itself=bool(speed or seconds_per_step))
    except (BadRecording, OSError) as flaw:
        typer.secho(str(flaw), fg="red", err=True)
        raise typer.Exit(2) from flaw
    except (Stopped, KeyboardInterrupt):
        raise typer.Exit(130) from None


def _watch(found: "Sequence[Recording]", console: "Console", pace: "Pace", *, by_itself: bool) -> None:
    from agent.playback.terminal import go_by_itself, step_through, tell
    from devices import Stop

    if not (console.is_terminal and sys.stdin.isatty()) or sys.platform == "win32":
        for recording in found:
            tell(recording, console)
        return
    stop = Stop()
    with stop.on_ctrl_c():
        if by_itself:
            go_by_itself(found, console, stop, pace)
        else:
            step_through(found, console, stop)


def _film(
    found: "Sequence[Recording]", file: Path, kind: 'Literal["mp4", "gif"]', pace: "Pace", *, force: bool
) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from agent.playback.film import write_film

    if file.is_dir():
        raise typer.BadParameter(f"{file} is a folder; name a file", param_hint=f"--{kind}")
    if (file.exists() or file.is_symlink()) and not force:
        raise typer.BadParameter(f"{file} exists; --force replaces it", param_hint=f"--{kind}")
    console = Console(stderr=True)
    columns = (TextColumn("drawing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("drawing", total=sum(len(recording.episode.steps) for recording in found))
        write_film(found, file, kind, pace, lambda: bar.advance(task))
    typer.echo(file)
