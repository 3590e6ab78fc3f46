"""`screenhand doctor`: whether everything works on this machine, or on a phone."""

from typing import TYPE_CHECKING

import typer

from agent.cli.screens import Place, Where, chosen

if TYPE_CHECKING:
    from agent.doctor import Finding
    from devices import Stop


def doctor(where: Where = None) -> None:
    from agent.console import Narrator, findings_table
    from agent.endings import EXIT_CODES
    from agent.episode import Ending, Limits
    from devices import Stop, Stopped

    narrator, stop = Narrator(Limits()), Stop()
    place = chosen(where, narrator.said)
    try:
        with stop.on_ctrl_c(), narrator.console.status("trying everything"):
            findings = _examined(place, stop)
    except Stopped as fault:
        narrator.said(str(fault), "yellow")
        raise typer.Exit(EXIT_CODES[Ending.STOPPED]) from fault
    narrator.console.print(findings_table(findings))
    raise typer.Exit(int(any(finding.works is False for finding in findings)))


def _examined(place: Place, stop: "Stop") -> "list[Finding]":
    match place.kind:
        case "desktop" | "sandbox":
            from agent.doctor import doctor as examine

            return examine(place.kind, stop)
        case "android":
            from agent.doctor.phone import phone_doctor
            from devices.android.android import Android

            return phone_doctor(lambda stop: Android(place.serial, stop), stop)
        case "simphone":
            from agent.doctor.phone import simphone_doctor

            return simphone_doctor(stop)
        case "toy":
            raise typer.BadParameter("the toy needs nothing that could be missing", param_hint="--device")
