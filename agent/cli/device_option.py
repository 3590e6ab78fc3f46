"""The `--device` option: a name becomes a device, and the probe through which checks read its world."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

if TYPE_CHECKING:
    from agent.episode import Episode
    from devices import Device, Probe, Stop
    from devices.device import Surface

DeviceKind = Literal["desktop", "sandbox", "toy", "android", "simphone"]
DEFAULT_DEVICE = "desktop if there is one, else sandbox"
METAVAR = "[desktop|sandbox|toy|simphone|android[:SERIAL]]"


@dataclass(frozen=True, slots=True)
class DeviceName:
    """What `--device` names: a kind of device, and the serial of a phone ("" for the only one).

    `network` is a sandbox's, `display` the monitor of a desktop, counted from 0; `accessibility`: a desktop's or
    sandbox's applications are asked what is in their windows.
    """

    kind: DeviceKind
    serial: str = ""
    network: bool = False
    display: int = 0
    accessibility: bool = True

    def __str__(self) -> str:
        return f"{self.kind}:{self.serial}" if self.serial else self.kind

    @property
    def surface(self) -> "Surface":
        """The surface that a dialect's prompt is for."""
        return "phone" if self.kind in ("android", "simphone") else "computer"


def parse_device(text: str) -> DeviceName:
    """The device that `text` names: a kind, or `android:SERIAL`, where the serial may hold colons itself."""
    kind, colon, serial = text.partition(":")
    for known in get_args(DeviceKind):
        if kind == known and (not colon or (known == "android" and serial.strip())):
            return DeviceName(known, serial.strip())
    raise typer.BadParameter(f"it is one of {', '.join(get_args(DeviceKind))}, or android:SERIAL; found {text!r}")


DeviceOption = Annotated[
    DeviceName | None,
    typer.Option("--device", help="Where to do it.", parser=parse_device, metavar=METAVAR, show_default=DEFAULT_DEVICE),
]


NetworkOption = Annotated[
    bool, typer.Option("--network", help="Give the sandbox's applications the network; they have none otherwise.")
]

AccessibilityOption = Annotated[
    bool,
    typer.Option(
        "--accessibility/--no-accessibility",
        help="On a desktop or sandbox: ask applications what is in their windows, beside looking at the pixels.",
    ),
]

DisplayOption = Annotated[
    int, typer.Option("--display", min=0, help="Monitor of the desktop, from 0; doctor lists them.", metavar="N")
]


def choose_device(
    name: DeviceName | None,
    say: Callable[[str, str], None],
    *,
    network: bool = False,
    display: int = 0,
    accessibility: bool = True,
) -> DeviceName:
    """`name`, or without one the device of this machine; `say` is told which, why, and what a sandbox keeps."""
    reason = "as asked"
    if name is None:
        has_display = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY"))
        name = DeviceName("desktop" if has_display else "sandbox")
        reason = "there is a display" if has_display else "there is no display here, so this is a private one"
    if display and name.kind != "desktop":
        raise typer.BadParameter(f"only a desktop has monitors to choose from; this is {name}", param_hint="--display")
    name = replace(name, display=display, accessibility=accessibility)
    return announce(name, reason, say, network=network)


def announce(name: DeviceName, reason: str, say: Callable[[str, str], None], *, network: bool) -> DeviceName:
    """`name` with the network asked for, after `say` has printed what device it is and why it was chosen."""
    if name.kind != "sandbox":
        if network:
            raise typer.BadParameter(f"only a sandbox is without it; this is {name}", param_hint="--network")
        say(f"device: {name} ({reason})", "dim")
        return name
    from devices.desktop import bubblewrap

    if why := bubblewrap.why_unusable():
        say(f"device: sandbox without bubblewrap ({reason}): {bubblewrap.WHAT_IS_LOST} ({why})", "yellow")
    else:
        kept = bubblewrap.WHAT_IS_KEPT_WITH_NETWORK if network else bubblewrap.WHAT_IS_KEPT
        say(f"device: sandbox ({reason}): {kept}", "dim")
    return replace(name, network=network)


def open_device(name: DeviceName, stop: "Stop") -> "tuple[Device, Probe]":
    """The device of that name, and the probe of the same world. Raises `DeviceLost` or `Stopped`."""
    from devices.desktop.probe import HomeProbe

    here = HomeProbe(Path.home(), os.environ)
    match name.kind:
        case "toy":
            from devices.toy import Toy

            return Toy(stop), here
        case "sandbox":
            from devices.desktop.sandbox import Sandbox

            sandbox = Sandbox(stop, network=name.network, accessibility=name.accessibility)
            return sandbox, sandbox.probe
        case "android":
            from devices.android.android import Android

            android = Android(name.serial, stop)
            return android, android.probe
        case "simphone":
            from devices.simphone.simphone import SimPhone

            phone = SimPhone(stop)
            return phone, phone.probe
        case "desktop":
            from devices.desktop.apps import Apps
            from devices.desktop.desktop import Desktop

            return Desktop(stop, Apps(os.environ), display=name.display, accessibility=name.accessibility), here


def open_replay(episode: "Episode", stop: "Stop") -> "tuple[Device, Probe]":
    """A device that shows the screens of `episode` and refuses all but its actions, and the probe of this machine."""
    from agent.rerun.policy import recorded_actions
    from devices.desktop.probe import HomeProbe
    from devices.replay import Replay

    steps = recorded_actions(episode)
    screens = [each.step.seen for each in steps] + [episode.final or steps[-1].step.seen]
    return Replay(screens, [each.action for each in steps], stop=stop), HomeProbe(Path.home(), os.environ)
