"""`screenhand record`: a person shows how it is done, and that becomes an episode."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.device_option import DeviceName, NetworkOption, announce, parse_device

if TYPE_CHECKING:
    from agent.console import Narrator
    from agent.episode import Episode
    from agent.recordings.writer import Recorder
    from devices import Stop
    from devices.demonstration import InputMonitor

METAVAR = "[desktop|sandbox|android[:SERIAL]]"
UNNAMED = "what a person showed"


def record(
    device: Annotated[
        DeviceName | None,
        typer.Option(
            "--device", help="Where it is shown.", parser=parse_device, metavar=METAVAR, show_default="desktop"
        ),
    ] = None,
    network: NetworkOption = False,
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
    """Show how something is done, on your own screen or on a phone: it becomes a recording like any other.

    Examples:

    screenhand record --goal "make a new folder on the desktop"

    screenhand record --device android:R58M12ABCDE --goal "switch Wi-Fi off"

    screenhand record --goal "sign in to the shop" --no-passwords

    Ctrl+Alt+End ends it, or Ctrl-C in this terminal; neither is recorded. With --no-passwords, text that is typed
    between two presses of Ctrl+Alt+Home becomes the word {password}, and nothing is looked at meanwhile: what stays
    on the screen afterwards is in the pictures. On a phone it is what goes into a password field, and no key for it
    is needed; there Ctrl-C in this terminal is the end. On a computer it needs X11. Nothing is moved, pressed or
    touched.
    """
    from agent.console import Narrator
    from agent.endings import EXIT_CODES
    from agent.episode import Limits
    from agent.recordings.journal import RecordingFailed
    from agent.recordings.writer import Recorder, new_folder
    from devices import DeviceLost, Stop, Stopped

    device = device or DeviceName("desktop")
    if device.kind in ("toy", "simphone"):
        raise typer.BadParameter(f"nobody can touch the screen of a {device.kind}; name another", param_hint="--device")
    goal = goal or _ask_for_goal()
    narrator, stop = Narrator(Limits()), Stop()
    if device.kind == "sandbox" or network:
        device = announce(device, "as asked", narrator.say, network=network)
    with stop.on_ctrl_c():
        try:
            with _monitor(device, stop, narrator.say, private=no_passwords) as monitor:
                recorder = Recorder(
                    folder or new_folder(goal), goal, device=str(device), agent="a person", recorded_by="human"
                )
                episode = _demonstrate(goal, monitor, recorder, stop, narrator)
        except (DeviceLost, RecordingFailed, Stopped) as fault:
            from agent.endings import ending_of

            ending, reason = ending_of(fault)
            narrator.say(reason, "red")
            raise typer.Exit(EXIT_CODES[ending]) from fault
    raise typer.Exit(EXIT_CODES[episode.ending])


def _demonstrate(
    goal: str, monitor: "InputMonitor", recorder: "Recorder", stop: "Stop", narrator: "Narrator"
) -> "Episode":
    from agent.demonstration import demonstrate
    from agent.recordings.reader import BadRecording
    from agent.report import write_page
    from agent.rerun.variables import typed_texts, write_variables
    from devices.gesture_decoder import HIDDEN

    episode = demonstrate(goal, monitor, recorder, stop, [narrator.step])
    if HIDDEN in typed_texts(episode):
        write_variables(recorder.folder, {"password": HIDDEN})
        narrator.say("left out: what was typed in private; to do it again: rerun --var password=TEXT", "dim")
    for flaw in monitor.missed:
        narrator.say(flaw, "yellow")
    narrator.say(": ".join(filter(None, (episode.ending.words, episode.reason))), "red" if episode.reason else "")
    narrator.say(f"recording  {recorder.folder}")
    try:
        narrator.say(f"page       {write_page(recorder.folder)}")
    except (BadRecording, OSError) as flaw:
        narrator.say(str(flaw), "red")
    return episode


def _ask_for_goal() -> str:
    """The goal, from the person at the terminal; words that stand for it where nobody is there."""
    return str(typer.prompt("What will you show?", default=UNNAMED)) if sys.stdin.isatty() else UNNAMED


@contextmanager
def _monitor(
    device: DeviceName, stop: "Stop", say: Callable[[str, str], None], *, private: bool
) -> "Iterator[InputMonitor]":
    """What watches the person's input on `device`; `say` is told how to end it. Raises `DeviceLost` or `Stopped`."""
    match device.kind:
        case "android":
            from devices.android.android import Android
            from devices.android.input_monitor import AndroidInputMonitor

            with (
                closing(Android(device.serial, stop)) as phone,
                closing(AndroidInputMonitor(phone, stop, private=private)) as monitor,
            ):
                say(f"show it on {phone.identity}; Ctrl-C here ends it", "dim")
                yield monitor
        case _:
            with _desktop_monitor(device, stop, say, private=private) as monitor:
                yield monitor


@contextmanager
def _desktop_monitor(
    device: DeviceName, stop: "Stop", say: Callable[[str, str], None], *, private: bool
) -> "Iterator[InputMonitor]":
    from devices.desktop.sandbox import Sandbox
    from devices.desktop.x11_input_monitor import X11InputMonitor
    from devices.desktop.x11_key_decoder import OVER, PRIVATE

    hidden = f"; {PRIVATE} before and after what nobody shall read" if private else ""
    if device.kind == "desktop":
        with closing(X11InputMonitor(stop, private=private)) as monitor:
            say(f"show it; {OVER} ends it, Ctrl-C here too{hidden}", "dim")
            yield monitor
        return
    with closing(Sandbox(stop, network=device.network)) as sandbox:
        display = sandbox.private.display_name
        with closing(X11InputMonitor(stop, display_name=display, private=private, name="sandbox")) as monitor:
            say(f"a private display: whoever works DISPLAY={display} is recorded; {OVER} there ends it{hidden}", "dim")
            yield monitor
