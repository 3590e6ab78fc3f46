"""`screenhand devices`, `connect` and `pair`: which phones there are, and how one on the network joins them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agent.cli.stderr import exit_with
from agent.safe_text import safe_line, safe_text

if TYPE_CHECKING:
    from devices import Stop

T = TypeVar("T")


def _parse_address(text: str) -> str:
    """HOST:PORT. Raises `BadParameter` for anything else."""
    if not (match := re.fullmatch(r"[^\s:]+:(\d{1,5})|\[[^\s\]]+\]:(\d{1,5})", text)):
        raise typer.BadParameter(f"it is HOST:PORT, as in 192.168.1.7:37099; found {text!r}")
    if not 0 < int(match[1] or match[2]) < 65536:
        raise typer.BadParameter(f"a port is a number from 1 to 65535; found {text!r}")
    return text


Address = Annotated[
    str, typer.Argument(parser=_parse_address, metavar="HOST:PORT", help="As the phone shows it.", show_default=False)
]
Code = Annotated[
    str,
    typer.Option("--code", help="The six digits that the phone shows, else asked for.", show_default=False),
]


def devices() -> None:
    """List the phones that adb knows: serial, state, model, size, and what to do about one that cannot be worked.

    Example:

    screenhand devices

    None of them is touched or held. The exit code is 0 when one of them can be worked, 1 when none can.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from devices.android.adb_server import default_server
    from devices.android.discovery import PLUG_IN, attached_phones

    console = Console(highlight=False, soft_wrap=True)
    phones = _or_exit(lambda stop: attached_phones(default_server(), stop))
    table = Table("serial", "state", "model", "size", box=None, pad_edge=False)
    for phone in phones:
        size = f"{phone.size[0]}x{phone.size[1]}" if phone.size else ""
        style = "yellow" if phone.trouble else "green"
        table.add_row(Text(phone.serial), Text(phone.state, style), Text(safe_line(phone.model)), size)
    if phones:
        console.print(table)
    else:
        console.print(f"there is no phone: {PLUG_IN}", markup=False)
    for phone in phones:
        if phone.trouble:
            console.print(safe_text(phone.trouble), style="bold", markup=False)
    raise typer.Exit(int(not any(phone.state == "device" and not phone.trouble for phone in phones)))


def connect(address: Address) -> None:
    """Connect to a phone on the network: `adb connect`, with what to do when it fails.

    Examples:

    screenhand connect 192.168.1.7:37099

    screenhand run "open Contacts" --device android:192.168.1.7:37099

    Android 11 and later show the address under Developer options > Wireless debugging, and want to be paired with
    first; the port is another one after each restart. The exit code is 10 when there is no connection.
    """
    from devices.android import adb_server

    typer.echo(safe_text(_or_exit(lambda stop: adb_server.connect(adb_server.default_server(), address, stop))))
    typer.echo(f"work it with --device android:{address}")


def pair(address: Address, code: Code = "") -> None:
    """Pair with a phone on the network, once for each computer, by the code that it shows.

    Examples:

    screenhand pair 192.168.1.7:41237

    screenhand pair 192.168.1.7:41237 --code 123456

    The address and the code are under Developer options > Wireless debugging > Pair device with pairing code
    (Android 11), and hold while they are shown. Then connect to the other port. The exit code is 10 when pairing
    failed.
    """
    from devices.android import adb_server

    code = (code or typer.prompt("the six digits that the phone shows")).strip()
    if not re.fullmatch(r"[0-9]{6}", code):
        raise typer.BadParameter(f"it is the six digits that the phone shows; found {code!r}", param_hint="--code")
    typer.echo(safe_text(_or_exit(lambda stop: adb_server.pair(adb_server.default_server(), address, code, stop))))
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
        ending = Ending.STOPPED if isinstance(fault, Stopped) else Ending.DEVICE_LOST
        exit_with(fault, EXIT_CODES[ending], "yellow")
