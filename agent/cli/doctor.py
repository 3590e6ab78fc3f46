"""`screenhand doctor`: whether everything works on this machine, or on a phone."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.device_option import DeviceName, DeviceOption, choose_device
from agent.safe_text import safe_text

if TYPE_CHECKING:
    from rich.table import Table

    from agent.doctor import Finding
    from devices import Stop


def doctor(
    device: DeviceOption = None,
    apps: Annotated[bool, typer.Option("--apps", help="Name every application that `open` would find.")] = False,
) -> None:
    """Try everything Screenhand needs on this machine or phone, and say how to mend what does not work.

    Examples:

    screenhand doctor

    screenhand doctor --device sandbox

    screenhand doctor --device android

    screenhand doctor --apps
    """
    from agent.console import Narrator
    from agent.endings import EXIT_CODES
    from agent.episode import Ending, Limits
    from devices import Stop, Stopped

    narrator, stop = Narrator(Limits()), Stop()
    name = choose_device(device, narrator.say)
    try:
        with stop.on_ctrl_c(), narrator.console.status("trying everything"):
            findings = _examine(name, stop, every_app=apps)
    except Stopped as fault:
        narrator.say(str(fault), "yellow")
        raise typer.Exit(EXIT_CODES[Ending.STOPPED]) from fault
    narrator.console.print(_table(findings))
    raise typer.Exit(int(any(finding.works is False for finding in findings)))


def _table(findings: "list[Finding]") -> "Table":
    """A row for each finding, with the fix under what does not work."""
    from rich.table import Table
    from rich.text import Text

    table = Table("", "what", "found", box=None, pad_edge=False)
    for finding in findings:
        mark, style = {True: ("works", "green"), False: ("fails", "bold red"), None: ("-", "dim")}[finding.works]
        found = Text(safe_text(finding.found))
        if finding.fix and not finding.works:
            found.append(f"\n{finding.fix}", "bold")
        table.add_row(Text(mark, style), finding.name, found)
    return table


def _examine(name: DeviceName, stop: "Stop", *, every_app: bool) -> "list[Finding]":
    match name.kind:
        case "desktop" | "sandbox":
            from agent.doctor import doctor as examine

            return examine(name.kind, stop, every_app=every_app)
        case "android":
            from agent.doctor.phone_trials import phone_doctor
            from devices.android.android import Android

            return phone_doctor(lambda stop: Android(name.serial, stop), stop)
        case "simphone":
            from agent.doctor.phone_trials import simphone_doctor

            return simphone_doctor(stop)
        case "toy":
            raise typer.BadParameter("the toy needs nothing that could be missing", param_hint="--device")
