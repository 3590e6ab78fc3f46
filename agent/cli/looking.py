"""What ask, locate, extract and when share: what is looked at, who is asked, how a fault is told."""

import unicodedata
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agent.cli.models import ModelOrder, opened_model
from agent.cli.screens import METAVAR, Place, opened, read_place

if TYPE_CHECKING:
    from agent.models.chat import ChatModel
    from agent.queries.media import Exhibit
    from agent.queries.selection import Pages
    from agent.queries.showing import Show
    from devices import Stop

T = TypeVar("T")
L = TypeVar("L")

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE...", help="Pictures, PDFs, videos, recording folders.", show_default=False),
]
Screen = Annotated[
    Place | None,
    typer.Option(
        "--device", help="Look at this screen as it is now.", parser=read_place, metavar=METAVAR, show_default=False
    ),
]
PageRange = Annotated[
    str, typer.Option("--pages", help="Pages of each PDF or TIFF: 3, or 1-3, or 1,4-6.", show_default="all")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
FramesASecond = Annotated[float, typer.Option("--fps", min=0.01, max=30.0, help="Frames a second of a video.")]


def answered(
    asked: ModelOrder,
    look: "Callable[[Stop], L]",
    work: "Callable[[ChatModel, Show, L], T]",
    *,
    fps: float = 2.0,
) -> T:
    """What `work` makes of what `look` saw, asking the model that was asked for; looking comes first, it is cheap.

    A fault is told on standard error, and ends the command with the exit code that README.md gives it.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    from agent.endings import EXIT_CODES, ending_of
    from agent.episode import Ending
    from agent.models.chat import ModelFailed
    from agent.queries.media import CannotSee, NotAnswered
    from agent.queries.schemas import BadSchema
    from agent.queries.showing import Show
    from devices import DeviceLost, Stop, Stopped

    if not asked.wanted:
        raise typer.BadParameter("name who is to be asked: --model, or --endpoint with --model", param_hint="--model")
    console, stop = Console(stderr=True, highlight=False, soft_wrap=True), Stop()

    def say(text: str, style: str = "dim") -> None:
        console.print(escape(printable(text)), style=style)

    try:
        with stop.on_ctrl_c():
            seen = stop.call(partial(look, stop))
            with (
                opened_model(asked, stop, say) as (model, dialect),
                Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
            ):
                task = bar.add_task("decoding", total=None, visible=False)
                show = Show(
                    dialect, fps, lambda done, of: bar.update(task, completed=done, total=of, visible=done < of), say
                )
                return stop.call(partial(work, model, show, seen))
    except (CannotSee, BadSchema) as fault:
        code, told = 2, str(fault)
    except NotAnswered as fault:
        code, told = EXIT_CODES[Ending.UNREADABLE], str(fault)
    except (ModelFailed, Stopped, DeviceLost, KeyboardInterrupt) as fault:
        ending, told = ending_of(fault)
        code = EXIT_CODES[ending]
    say(told, "red")
    raise typer.Exit(code)


def exhibits(files: list[Path] | None, where: Place | None, pages: str) -> "Callable[[Stop], tuple[Exhibit, ...]]":
    """How to look at `files`, or at the screen of the device `where`. A wrong choice of them is told at once."""
    if bool(files) == (where is not None):
        raise typer.BadParameter("give either files or --device", param_hint="FILE...")
    return partial(_look, files or [], where, page_range(pages))


def page_range(text: str) -> "Pages":
    """The pages that `--pages` names."""
    from agent.queries.selection import ALL_PAGES, read_pages

    try:
        return read_pages(text) if text else ALL_PAGES
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--pages") from error


def printable(text: str) -> str:
    """`text` without what could steer a terminal or cannot be encoded: a model wrote it."""
    return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf", "Cs"))


def _look(files: list[Path], where: Place | None, pages: "Pages", stop: "Stop") -> "tuple[Exhibit, ...]":
    from agent.queries.media import Still
    from agent.queries.sources import exhibits_in
    from devices.settled import Settled

    if where is None:
        return exhibits_in(files, pages)
    device, _ = opened(where, stop)
    with closing(device):
        return (Still("the screen", Settled(device, stop).observe().pixels),)
