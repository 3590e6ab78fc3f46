"""What the commands print on standard error: progress, faults, and the exit code that a fault ends them with."""

from typing import TYPE_CHECKING, NoReturn

import typer

from agent.safe_text import safe_text

if TYPE_CHECKING:
    from rich.console import Console


def stderr_console() -> "Console":
    """A console on standard error that breaks and colours nothing by itself."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


class Printer:
    """Prints one text after another on a console, in the style given, whatever the text holds."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    def __call__(self, text: str, style: str = "dim") -> None:
        self._console.print(safe_text(text), style=style, markup=False)


def exit_with(fault: BaseException, code: int = 2, colour: str = "red") -> NoReturn:
    """End the command with `code`, after the text of `fault` on standard error."""
    typer.secho(safe_text(fault_text(fault)), fg=colour, err=True)
    raise typer.Exit(code) from fault


def fault_text(fault: BaseException) -> str:
    """The text of `fault` for people: of the system's faults the path and the reason, without their number."""
    if isinstance(fault, OSError) and fault.strerror:
        paths = " to ".join(str(path) for path in (fault.filename, fault.filename2) if path)
        return f"{paths}: {fault.strerror}" if paths else fault.strerror
    return str(fault)
