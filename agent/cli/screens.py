"""Which screen a command works on: the name asked for becomes a device, and the examiner's door to its world."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from devices import Device, Probe, Stop

DeviceName = Literal["desktop", "sandbox", "toy"]
DEFAULT_DEVICE = "desktop if there is one, else sandbox"
Where = Annotated[
    DeviceName | None,
    typer.Option("--device", help="Where to do it.", show_default=DEFAULT_DEVICE),
]


def chosen(where: DeviceName | None, say: Callable[[str, str], None]) -> DeviceName:
    """The device asked for, or the one that this machine offers; `say` is told which, and why."""
    reason = "as asked"
    if where is None:
        has_display = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY"))
        where = "desktop" if has_display else "sandbox"
        reason = "there is a display" if has_display else "there is no display here, so this is a private one"
    say(f"device: {where} ({reason})", "dim")
    return where


def opened(where: DeviceName, stop: "Stop") -> "tuple[Device, Probe]":
    """The device of that name, and the examiner's door to the same world. Raises `DeviceLost` or `Stopped`."""
    from devices.desktop.probe import HomeProbe

    here = HomeProbe(Path.home(), os.environ)
    match where:
        case "toy":
            from devices.toy import Toy

            return Toy(stop), here
        case "sandbox":
            from devices.desktop.sandbox import Sandbox

            sandbox = Sandbox(stop)
            return sandbox, sandbox.probe
        case "desktop":
            from devices.desktop.apps import Apps
            from devices.desktop.desktop import Desktop

            return Desktop(stop, Apps(os.environ)), here
