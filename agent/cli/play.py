"""`screenhand play`: a recording, watched."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.stderr import exit_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from agent.playback.speed import PlaybackSpeed
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
    """Watch recordings: in this terminal step by step, or as a film with everything that the hand did drawn in.

    Examples:

    screenhand play recordings/2026-01-31T09-05-59-open-the-text-editor

    screenhand play recordings/2026-01-31T09-05-59-open-the-text-editor --mp4 film.mp4

    screenhand play recordings/aitz --gif film.gif --seconds-per-step 1.5

    screenhand play recordings/aitz --speed 2

    Steps are shown as long as they took, from 1.2 to 4 seconds each. Several recordings come one after another.
    Where nobody watches, the steps are printed once. The exit code is 2 for a recording that cannot be believed: no
    film is left.
    """
    from rich.console import Console

    from agent.playback.speed import PlaybackSpeed
    from agent.recordings.reader import BadRecording, read_recording, recordings_in
    from devices import Stopped

    if mp4 and gif:
        raise typer.BadParameter("one film at a time: give --mp4 or --gif", param_hint="--gif")
    playback_speed = PlaybackSpeed(speed or 1.0, seconds_per_step)
    try:
        opened = [read_recording(folder, lazily=True) for folder in recordings_in(recordings)]
        if not any(recording.episode.steps for recording in opened):
            raise BadRecording(f"{recordings[0]} ended before its first step: there is nothing to watch")
        if file := mp4 or gif:
            _write_film(opened, file, "mp4" if mp4 else "gif", playback_speed, force=force)
        else:
            _watch(opened, Console(highlight=False), playback_speed, keys=not (speed or seconds_per_step))
    except (BadRecording, OSError) as flaw:
        exit_with(flaw)
    except (Stopped, KeyboardInterrupt):
        raise typer.Exit(130) from None


def _watch(recordings: "Sequence[Recording]", console: "Console", speed: "PlaybackSpeed", *, keys: bool) -> None:
    from agent.playback.terminal_player import play_steps, print_steps, step_through
    from devices import Stop

    if not (console.is_terminal and sys.stdin.isatty()) or sys.platform == "win32":
        for recording in recordings:
            print_steps(recording, console)
        return
    stop = Stop()
    with stop.on_ctrl_c():
        if keys:
            step_through(recordings, console, stop)
        else:
            play_steps(recordings, console, stop, speed)


def _write_film(
    recordings: "Sequence[Recording]",
    file: Path,
    kind: Literal["mp4", "gif"],
    speed: "PlaybackSpeed",
    *,
    force: bool,
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
        task = bar.add_task("drawing", total=sum(len(recording.episode.steps) for recording in recordings))
        write_film(recordings, file, kind, speed, lambda: bar.advance(task))
    typer.echo(file)
