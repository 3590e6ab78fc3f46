"""Which screen a command works on: the name asked for becomes a device, and the examiner's door to its world."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

if TYPE_CHECKING:
    from agent.dialects.dialect import Surface
    from devices import Device, Probe, Stop

Kind = Literal["desktop", "sandbox", "toy", "android", "simphone"]
DEFAULT_DEVICE = "desktop if there is one, else sandbox"
METAVAR = "[desktop|sandbox|toy|simphone|android[:SERIAL]]"


@dataclass(frozen=True, slots=True)
class Place:
    """A device asked for: its kind, which phone ("" for the only one there is), and whether a sandbox has a network."""

    kind: Kind
    serial: str = ""
    network: bool = False

    def __str__(self) -> str:
        return f"{self.kind}:{self.serial}" if self.serial else self.kind

    @property
    def surface(self) -> "Surface":
        """What a model is told that it works."""
        return "phone" if self.kind in ("android", "simphone") else "computer"


def read_place(text: str) -> Place:
    """The device that `text` names: a kind, or `android:SERIAL`, where the serial may hold colons itself."""
    kind, colon, serial = text.partition(":")
    for known in get_args(Kind):
        if kind == known and (not colon or (known == "android" and serial.strip())):
            return Place(known, serial.strip())
    raise typer.BadParameter(f"it is one of {', '.join(get_args(Kind))}, or android:SERIAL; found {text!r}")


Where = Annotated[
    Place | None,
    typer.Option("--device", help="Where to do it.", parser=read_place, metavar=METAVAR, show_default=DEFAULT_DEVICE),
]


Network = Annotated[
    bool, typer.Option("--network", help="Give the sandbox's applications the network; they have none otherwise.")
]


def chosen(where: Place | None, say: Callable[[str, str], None], *, network: bool = False) -> Place:
    """The device asked for, or the one that this machine offers; `say` is told which, why, and what a sandbox keeps."""
    reason = "as asked"
    if where is None:
        has_display = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY"))
        where = Place("desktop" if has_display else "sandbox")
        reason = "there is a display" if has_display else "there is no display here, so this is a private one"
    return announced(where, reason, say, network=network)


def announced(where: Place, reason: str, say: Callable[[str, str], None], *, network: bool) -> Place:
    """`where` with the network asked for; `say` is told what it is, and why it was chosen."""
    if where.kind != "sandbox":
        if network:
            raise typer.BadParameter(f"only a sandbox is without it; this is {where}", param_hint="--network")
        say(f"device: {where} ({reason})", "dim")
        return where
    from devices.desktop import bubblewrap

    if why := bubblewrap.why_unusable():
        say(f"device: sandbox without bubblewrap ({reason}): {bubblewrap.WHAT_IS_LOST} ({why})", "yellow")
    else:
        kept = bubblewrap.WHAT_IS_KEPT_WITH_NETWORK if network else bubblewrap.WHAT_IS_KEPT
        say(f"device: sandbox ({reason}): {kept}", "dim")
    return replace(where, network=network)


def opened(where: Place, stop: "Stop") -> "tuple[Device, Probe]":
    """The device of that name, and the examiner's door to the same world. Raises `DeviceLost` or `Stopped`."""
    from devices.desktop.probe import HomeProbe

    here = HomeProbe(Path.home(), os.environ)
    match where.kind:
        case "toy":
            from devices.toy import Toy

            return Toy(stop), here
        case "sandbox":
            from devices.desktop.sandbox import Sandbox

            sandbox = Sandbox(stop, network=where.network)
            return sandbox, sandbox.probe
        case "android":
            from devices.android.android import Android

            android = Android(where.serial, stop)
            return android, android.probe
        case "simphone":
            from devices.simphone.simphone import SimPhone

            phone = SimPhone(stop)
            return phone, phone.probe
        case "desktop":
            from devices.desktop.apps import Apps
            from devices.desktop.desktop import Desktop

            return Desktop(stop, Apps(os.environ)), here
