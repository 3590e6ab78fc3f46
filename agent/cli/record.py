"""`screenhand record`: a person shows how it is done, and that becomes an episode."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.screens import Network, Place, announced, read_place

if TYPE_CHECKING:
    from agent.console import Narrator
    from agent.episode import Episode
    from agent.recording import Recorder
    from devices import Stop
    from devices.demonstrated import Onlooker

METAVAR = "[desktop|sandbox|simphone|android[:SERIAL]]"
UNNAMED = "what a person showed"


def record(
    where: Annotated[
        Place | None,
        typer.Option("--device", help="Where it is shown.", parser=read_place, metavar=METAVAR, show_default="desktop"),
    ] = None,
    network: Network = False,
    goal: Annotated[
        str | None, typer.Option("--goal", help="What it is for, in plain English.", show_default="asked for")
    ] = None,
    no_passwords: Annotated[
        bool, typer.Option("--no-passwords", help="Leave out what is typed in private; see above.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--record", help="Folder for the recording.", show_default="recordings/NOW-GOAL")
    ] = None,
) -> None:
    from agent.console import Narrator
    from agent.endings import EXIT_CODES
    from agent.episode import Limits
    from agent.journal import RecordingFailed
    from agent.recording import Recorder, new_folder
    from devices import DeviceLost, Stop, Stopped

    where = where or Place("desktop")
    if where.kind == "toy":
        raise typer.BadParameter("nobody can reach the toy's window; name another", param_hint="--device")
    wanted = goal or _asked()
    narrator, stop = Narrator(Limits()), Stop()
    if where.kind == "sandbox" or network:
        where = announced(where, "as asked", narrator.said, network=network)
    with stop.on_ctrl_c():
        try:
            with _onlooker(where, stop, narrator.said, private=no_passwords) as onlooker:
                recorder = Recorder(
                    folder or new_folder(wanted), wanted, device=str(where), agent="a person", recorded_by="human"
                )
                episode = _shown(wanted, onlooker, recorder, stop, narrator)
        except (DeviceLost, RecordingFailed, Stopped) as fault:
            from agent.endings import ending_of

            ending, reason = ending_of(fault)
            narrator.said(reason, "red")
            raise typer.Exit(EXIT_CODES[ending]) from fault
    raise typer.Exit(EXIT_CODES[episode.ending])


def _shown(goal: str, onlooker: "Onlooker", recorder: "Recorder", stop: "Stop", narrator: "Narrator") -> "Episode":
    from agent.demonstration import demonstrate
    from agent.reading import BadRecording
    from agent.report import write_page
    from agent.rerun.variables import typed_texts, write_variables
    from devices.strokes import HIDDEN

    episode = demonstrate(goal, onlooker, recorder, stop, [narrator.step])
    if HIDDEN in typed_texts(episode):
        write_variables(recorder.folder, {"password": HIDDEN})
        narrator.said("left out: what was typed in private; to do it again: rerun --var password=TEXT", "dim")
    for flaw in onlooker.unheard:
        narrator.said(flaw, "yellow")
    ended = episode.ending.replace("_", " ")
    narrator.said(f"{ended}: {episode.reason}" if episode.reason else ended, "" if not episode.reason else "red")
    narrator.said(f"recording  {recorder.folder}")
    try:
        narrator.said(f"page       {write_page(recorder.folder)}")
    except (BadRecording, OSError) as flaw:
        narrator.said(str(flaw), "red")
    return episode


def _asked() -> str:
    """The goal, from the person at the terminal; words that stand for it where nobody is there."""
    return str(typer.prompt("What will you show?", default=UNNAMED)) if sys.stdin.isatty() else UNNAMED


@contextmanager
def _onlooker(where: Place, stop: "Stop", say: Callable[[str, str], None], *, private: bool) -> "Iterator[Onlooker]":
    """Whoever looks on there; `say` is told how to end it. Raises `DeviceLost` or `Stopped`."""
    match where.kind:
        case "android":
            from devices.android.android import Android
            from devices.android.onlooker import AndroidOnlooker

            with (
                closing(Android(where.serial, stop)) as phone,
                closing(AndroidOnlooker(phone, stop, private=private)) as onlooker,
            ):
                say(f"show it on {phone.identity}; Ctrl-C here ends it", "dim")
                yield onlooker
        case "simphone":
            from devices.android.onlooker import AndroidOnlooker
            from devices.simphone.simphone import SimPhone

            with (
                closing(SimPhone(stop)) as simulated,
                closing(AndroidOnlooker(simulated.driver, stop, private=private)) as onlooker,
            ):
                address = simulated.adbd.address
                say(
                    f"a simulated phone has no glass: adb connect {address}; adb -s {address} shell finger X Y; "
                    "Ctrl-C here ends it",
                    "dim",
                )
                yield onlooker
        case _:
            with _at_a_desktop(where, stop, say, private=private) as onlooker:
                yield onlooker


@contextmanager
def _at_a_desktop(
    where: Place, stop: "Stop", say: Callable[[str, str], None], *, private: bool
) -> "Iterator[Onlooker]":
    from devices.desktop.sandbox import Sandbox
    from devices.desktop.x11_input_monitor import X11InputMonitor
    from devices.desktop.x11_key_decoder import OVER, PRIVATE

    hidden = f"; {PRIVATE} before and after what nobody shall read" if private else ""
    if where.kind == "desktop":
        with closing(X11InputMonitor(stop, private=private)) as onlooker:
            say(f"show it; {OVER} ends it, Ctrl-C here too{hidden}", "dim")
            yield onlooker
        return
    with closing(Sandbox(stop, network=where.network)) as sandbox:
        display = sandbox.private.display_name
        with closing(X11InputMonitor(stop, display_name=display, private=private, name="sandbox")) as onlooker:
            say(f"a private display: whoever works DISPLAY={display} is recorded; {OVER} there ends it{hidden}", "dim")
            yield onlooker
