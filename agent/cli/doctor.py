"""`screenhand doctor`: whether everything works on this machine."""

from typing import Annotated, Literal

import typer

from agent.cli.screens import DEFAULT_DEVICE, chosen


def doctor(
    where: Annotated[
        Literal["desktop", "sandbox"] | None,
        typer.Option("--device", help="Where to try it.", show_default=DEFAULT_DEVICE),
    ] = None,
) -> None:
    from agent.console import Narrator, findings_table
    from agent.doctor import doctor as examine
    from agent.endings import EXIT_CODES
    from agent.episode import Ending, Limits
    from devices import Stop, Stopped

    narrator, stop = Narrator(Limits()), Stop()
    try:
        with stop.on_ctrl_c(), narrator.console.status("trying everything"):
            findings = examine("desktop" if chosen(where, narrator.said) == "desktop" else "sandbox", stop)
    except Stopped as fault:
        narrator.said(str(fault), "yellow")
        raise typer.Exit(EXIT_CODES[Ending.STOPPED]) from fault
    narrator.console.print(findings_table(findings))
    raise typer.Exit(int(any(finding.works is False for finding in findings)))
