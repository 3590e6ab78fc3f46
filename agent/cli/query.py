"""What ask, locate, extract and when share: the media they show, the model they ask, the exit code of a fault."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agent.cli.device_option import METAVAR, DeviceName, open_device, parse_device
from agent.cli.model_options import ModelOptions, open_model
from agent.cli.stderr import Printer, exit_with, stderr_console

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.media import Media
    from agent.queries.media_encoder import MediaEncoder
    from agent.queries.page_range import PageRange
    from devices import Observation, Stop

T = TypeVar("T")
L = TypeVar("L")

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE...", help="Pictures, PDFs, videos, recording folders.", show_default=False),
]
LiveScreen = Annotated[
    DeviceName | None,
    typer.Option(
        "--device", help="Look at this screen as it is now.", parser=parse_device, metavar=METAVAR, show_default=False
    ),
]
PagesOption = Annotated[
    str, typer.Option("--pages", help="Pages of each PDF or TIFF: 3, or 1-3, or 1,4-6.", show_default="all")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
FramesPerSecond = Annotated[float, typer.Option("--fps", min=0.01, max=30.0, help="Frames a second of a video.")]


def run_query(
    options: ModelOptions,
    load: "Callable[[Stop], L]",
    query: "Callable[[ChatModel, MediaEncoder, L], T]",
    *,
    fps: float = 2.0,
) -> T:
    """The result of `query` on what `load` returns, asked of the model of `options`; loading comes first, it is cheap.

    A fault is printed on standard error and ends the command with its exit code in the table of agent/README.md.
    """
    from rich.progress import Progress

    from agent.endings import EXIT_CODES, ending_of
    from agent.episode import Ending
    from agent.models.chat import ModelFailed
    from agent.queries.media import BadMedia, NotAnswered
    from agent.queries.media_encoder import MediaEncoder
    from agent.queries.schema import BadSchema
    from devices import DeviceLost, Stop, Stopped

    if not options.names_model:
        raise typer.BadParameter("name who is to be asked: --model, or --endpoint with --model", param_hint="--model")
    console, stop = stderr_console(), Stop()
    say = Printer(console)
    try:
        with stop.on_ctrl_c():
            media = stop.call(partial(load, stop))
            with (
                open_model(options, stop, say) as (model, dialect),
                Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
            ):
                task = bar.add_task("decoding", total=None, visible=False)
                encoder = MediaEncoder(
                    dialect, fps, lambda done, of: bar.update(task, completed=done, total=of, visible=done < of), say
                )
                return stop.call(partial(query, model, encoder, media))
    except (BadMedia, BadSchema) as fault:
        code, reason = 2, str(fault)
    except NotAnswered as fault:
        code, reason = EXIT_CODES[Ending.UNREADABLE], str(fault)
    except (ModelFailed, Stopped, DeviceLost, KeyboardInterrupt) as fault:
        ending, reason = ending_of(fault)
        code = EXIT_CODES[ending]
    say(reason, "red")
    raise typer.Exit(code)


def media_loader(
    files: list[Path] | None, device: DeviceName | None, pages: str
) -> "Callable[[Stop], tuple[Media, ...]]":
    """A function that loads `files`, or the screen of `device`. Raises `BadParameter` unless exactly one is given."""
    if bool(files) == (device is not None):
        raise typer.BadParameter("give either files or --device", param_hint="FILE...")
    return partial(_load, files or [], device, _page_range(pages))


def _page_range(text: str) -> "PageRange":
    from agent.queries.page_range import ALL_PAGES, parse_pages

    try:
        return parse_pages(text) if text else ALL_PAGES
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--pages") from error


def _load(files: list[Path], device: DeviceName | None, pages: "PageRange", stop: "Stop") -> "tuple[Media, ...]":
    from agent.queries.media import Still
    from agent.queries.media_files import load_media
    from devices.settled import Settled

    if device is None:
        return load_media(files, pages)
    screen, _ = open_device(replace(device, accessibility=False), stop)  # the pixels are all that is asked about
    with closing(screen):
        return (Still("the screen", Settled(screen, stop).observe().pixels),)


def observation_of(file: Path | None, device: DeviceName | None, stop: "Stop", pages: str = "") -> "Observation":
    """The picture in `file`, or the screen of `device` once it is still. Raises `BadMedia`, `DeviceLost`."""
    from agent.queries.media_files import load_media, single_still
    from devices import Observation
    from devices.settled import Settled

    if device is None:
        return Observation(single_still(load_media([file] if file else [], _page_range(pages))).pixels)
    screen, _ = open_device(device, stop)
    with closing(screen):
        return Settled(screen, stop).observe().in_memory()


def run_without_model(work: "Callable[[Stop], T]") -> T:
    """What `work` returns; a fault is printed on standard error and ends the command with its exit code."""
    from agent.endings import EXIT_CODES, ending_of
    from agent.policy import NotUnderstood, PolicyFailed
    from agent.queries.media import BadMedia
    from devices import DeviceLost, Stop, Stopped

    stop = Stop()
    try:
        with stop.on_ctrl_c():
            return stop.call(partial(work, stop))
    except BadMedia as fault:
        exit_with(fault)
    except (NotUnderstood, PolicyFailed, Stopped, DeviceLost, KeyboardInterrupt) as fault:
        exit_with(fault, EXIT_CODES[ending_of(fault)[0]])
