"""Instructions put right by the place they are done at, and by their neighbours."""

import re
from dataclasses import replace

from agent.builtin import words
from agent.builtin.forms_of_windows import DONT_SAVE
from agent.builtin.instructions import (
    Calculate,
    Choose,
    ClickOn,
    Empty,
    FollowMenu,
    HoverOver,
    IfAsked,
    Instruction,
    OpenApplication,
    PressKeys,
    RunCommand,
    SaveAs,
    Tell,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.matching import tidy
from agent.builtin.phrases import Quotes, place, target


def at_place(found: tuple[Instruction, ...], where: str, quotes: Quotes) -> tuple[Instruction, ...] | None:
    """`found` done at `where`: "in the terminal", "in the File menu", "in the name field"."""
    what = target(where, quotes)
    if what is None:
        return None
    spot = place(where, quotes)
    if spot is not None and not spot.text and not spot.kind:
        return found
    name = re.sub(r" (?:app|application|program)$", "", what.text, flags=re.IGNORECASE)
    app = name.lower() in words.APPS or what.kind == "window" or name != what.text
    if app and name.lower() in words.TERMINALS:
        match found[0]:
            case OpenApplication(name=command):
                return (RunCommand(command), *found[1:])
            case RunCommand():
                return found
    first = found[0]
    match first:
        case ClickOn() | Choose() | Tick() | HoverOver() if what.kind == "menu":
            item = first.option if isinstance(first, Choose) else first.target
            return (FollowMenu((what, item)), *found[1:])
        case FollowMenu() if what.kind == "menu":
            return (FollowMenu((what, *first.path)), *found[1:])
        case Choose(source=None) if what.kind in ("list", "") and not app:
            return (replace(first, source=what), *found[1:])
        case ClickOn() | Tick() | HoverOver() if first.target.anchor is None and (what.kind == "window" or not app):
            inside = replace(first.target, side="in", anchor=what)
            return (replace(first, target=inside), *found[1:])
        case Write(into=None) if not app:
            return (Write(first.text, replace(what, kind=what.kind or "field"), afresh=True), *found[1:])
        case PressKeys() | Empty() if not app:
            return (ClickOn(replace(what, kind=what.kind or "field")), *found)
        case _ if app:
            return found if not name else (WindowTo("focus", name), *found)
        case _:
            return None


def _is_editor(instruction: Instruction | None) -> bool:
    editors = ("mousepad", "text editor", "editor", "gedit", "notepad", "leafpad")
    return isinstance(instruction, OpenApplication) and tidy(instruction.name) in editors


def _place_of(instruction: Instruction) -> str:
    """The application in which a click is to be done, "" if none was said."""
    inside = instruction.target if isinstance(instruction, ClickOn | Tick | HoverOver) else None
    anchor = inside.anchor if inside and inside.side == "in" else None
    return anchor.text if anchor and anchor.text.lower() in words.APPS else ""


def mended(found: list[Instruction]) -> list[Instruction]:
    """Neighbours that mean one thing together, as one: "save it and name it x.txt"."""
    result: list[Instruction] = []
    for number, instruction in enumerate(found):
        last = result[-1] if result else None
        writes = any(isinstance(following, Write) for following in found[number + 1 : number + 2])
        if writes and _is_editor(instruction) and _is_editor(last):
            continue  # "open Mousepad and write 'x' in a new document": it has one
        app = _place_of(instruction)
        if app and not any(isinstance(before, OpenApplication | WindowTo) for before in result):
            result.append(WindowTo("focus", app))
        naming = isinstance(instruction, Write) and result[-2:] == [PressKeys(("ctrl", "s")), PressKeys(("ctrl", "a"))]
        closing = isinstance(last, WindowTo) and last.deed == "close" and last.saving is None
        if naming and isinstance(instruction, Write):
            result[-2:] = [SaveAs(instruction.text)]
        elif closing and isinstance(last, WindowTo) and instruction in (PressKeys(("ctrl", "s")), IfAsked(DONT_SAVE)):
            result[-1] = replace(last, saving=isinstance(instruction, PressKeys))
        else:
            result.append(instruction)
    if result and isinstance(result[-1], Calculate):
        result.append(Tell("result"))
    return result
