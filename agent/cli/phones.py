"""`screenhand devices`, `connect` and `pair`: which phones there are, and how one on the network joins them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from devices import Stop

T = TypeVar("T")


def _read_address(text: str) -> str:
    """HOST:PORT. Raises `BadParameter` for anything else."""
    if not (found := re.fullmatch(r"[^\s:]+:(\d{1,5})|\[[^\s\]]+\]:(\d{1,5})", text)):
        raise typer.BadParameter(f"it is HOST:PORT, as in 192.168.1.7:37099; found {text!r}")
    if not 0 < int(found[1] or found[2]) < 65536:
        raise typer.BadParameter(f"a port is a number from 1 to 65535; found {text!r}")
    return text


Address = Annotated[
    str, typer.Argument(parser=_read_address, metavar="HOST:PORT", help="As the phone shows it.", show_default=False)
]
Code = Annotated[
    str,
    typer.Option("--code", help="The six digits that the phone shows, else asked for.", show_default=False),
]


def devices() -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from devices.android.adb_server import default_server
    from devices.android.discovery import PLUG_IN, attached_phones

    console = Console(highlight=False, soft_wrap=True)
    phones = _or_exit(lambda stop: attached_phones(default_server(), stop))
    table = Table("serial", "state", "model", "size", box=None, pad_edge=False)
    for phone in phones:
        size = f"{phone.size[0]}x{phone.size[1]}" if phone.size else ""
        style = "yellow" if phone.trouble else "green"
        table.add_row(escape(phone.serial), f"[{style}]{escape(phone.state)}[/{style}]", escape(phone.model), size)
    if phones:
        console.print(table)
    else:
        console.print(f"there is no phone: {escape(PLUG_IN)}")
    for phone in phones:
        if phone.trouble:
            console.print(f"[bold]{escape(phone.trouble)}[/bold]")
    raise typer.Exit(int(not any(phone.state == "device" and not phone.trouble for phone in phones)))


def connect(address: Address) -> None:
    from devices.android.adb_server import connect as connected
    from devices.android.adb_server import default_server

    typer.echo(_or_exit(lambda stop: connected(default_server(), address, stop)))
    typer.echo(f"work it with --device android:{address}")


def pair(address: Address, code: Code = "") -> None:
    from devices.android.adb_server import default_server
    from devices.android.adb_server import pair as paired

    code = code or typer.prompt("the six digits that the phone shows")
    if not re.fullmatch(r"[0-9]{6}", code.strip()):
        raise typer.BadParameter(f"it is the six digits that the phone shows; found {code!r}", param_hint="--code")
    typer.echo(_or_exit(lambda stop: paired(default_server(), address, code.strip(), stop)))
    typer.echo("now connect to the other port, the one under 'IP address & Port': screenhand connect HOST:PORT")


def _or_exit(work: "Callable[[Stop], T]") -> T:
    """What `work` returns; a phone that cannot be had, or Ctrl-C, ends the command by saying so."""
    from agent.endings import EXIT_CODES
    from agent.episode import Ending
    from devices import DeviceLost, Stop, Stopped

    stop = Stop()
    try:
        with stop.on_ctrl_c():
            return work(stop)
    except (DeviceLost, Stopped) as fault:
        typer.secho(str(fault), fg="yellow", err=True)
        ending = Ending.STOPPED if isinstance(fault, Stopped) else Ending.DEVICE_LOST
        raise typer.Exit(EXIT_CODES[ending]) from fault
