"""`screenhand parse`: everything that can be seen on a picture or a screen, as numbered elements."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.query import AsJson, LiveScreen, observation_of, run_without_model

if TYPE_CHECKING:
    from rich.table import Table

    from devices import Element, Observation, Stop

LONGEST = 60
"""Maximum length in characters of a name or a value in the table; JSON has all of it."""


def parse(
    file: Annotated[Path | None, typer.Argument(help="A picture of a screen.", show_default=False)] = None,
    *,
    device: LiveScreen = None,
    draw: Annotated[
        Path | None, typer.Option("--draw", help="Write a PNG with the elements numbered in it.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List everything on a screen: buttons, fields, tick boxes, links, icons, lines of text. No model is needed.

    Examples:

    screenhand parse screenshot.png

    screenhand parse screenshot.png --draw numbered.png

    screenhand parse --device desktop --json

    With --json, a list in reading order; each element has number (as --draw shows it), role, name, value, hint,
    editable, states (of on, off, selected, expanded, collapsed, focused, disabled), box (left, top, right, bottom in
    pixels; the last two are the first outside), and source: device (accessibility), text (read) or drawn.

    The exit code is 0 when anything was found, 1 for an empty screen, 2 for a file that cannot be looked at.
    """
    from agent.queries.element_overlay import overlay_png
    from agent.screen.parser import ScreenParser

    if (file is None) == (device is None):
        raise typer.BadParameter("give either a picture or --device", param_hint="FILE")
    if draw and file and draw.exists() and file.exists() and draw.samefile(file):
        raise typer.BadParameter("this would overwrite the picture itself", param_hint="--draw")

    def parsed(stop: "Stop") -> "tuple[Observation, Sequence[Element], bool]":
        screen = ScreenParser().parse(observation_of(file, device, stop))
        return screen.seen, screen.elements, screen.is_cut or screen.seen.partial

    seen, elements, cut = run_without_model(parsed)
    if cut:
        typer.echo("there is more on this screen than is listed: it has too much to be read or asked for", err=True)
    if draw:
        try:
            draw.write_bytes(overlay_png(seen.pixels, elements))
        except OSError as error:
            raise typer.BadParameter(f"cannot write {draw}: {error.strerror}", param_hint="--draw") from error
    if as_json:
        typer.echo(json.dumps(_rows(elements)))
    else:
        _print(elements)
    raise typer.Exit(0 if elements else 1)


def states(element: "Element") -> tuple[str, ...]:
    """The states of an element in words, those that it has."""
    told = (
        (element.checked, "on", "off"),
        (element.selected, "selected", ""),
        (element.expanded, "expanded", "collapsed"),
        (element.focused, "focused", ""),
        (element.enabled, "", "disabled"),
    )
    words = (yes if state else no for state, yes, no in told if state is not None)
    return tuple(word for word in words if word)


def _rows(elements: "Sequence[Element]") -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "role": each.role,
            "name": each.text,
            "value": each.value,
            "hint": each.hint,
            "editable": each.editable,
            "states": states(each),
            "box": [each.box.left, each.box.top, each.box.right, each.box.bottom],
            "source": each.source,
        }
        for number, each in enumerate(elements, 1)
    ]


def _print(elements: "Sequence[Element]") -> None:
    from rich.console import Console

    console = Console(highlight=False)
    if elements:
        console.print(_table(elements))
    else:
        console.print("nothing can be seen: no text, no control, no icon", style="dim")


def _table(elements: "Sequence[Element]") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right", style="dim")
    for title in ("role", "name", "value", "states"):
        table.add_column(title, overflow="fold")
    table.add_column("box", justify="right", style="dim", no_wrap=True)
    for number, each in enumerate(elements, 1):
        where = f"{each.box.left},{each.box.top} {each.box.width}x{each.box.height}"
        name, value = (Text(_short(text)) for text in (each.text, each.value))
        style = "dim" if each.role == "text" else ""
        table.add_row(str(number), Text(each.role, style), name, value, Text(" ".join(states(each))), where)
    return table


def _short(text: str) -> str:
    from agent.safe_text import safe_line

    line = safe_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
