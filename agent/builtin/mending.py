"""Mends what was read sentence by sentence: neighbours that mean one thing together become one."""

from dataclasses import replace

from agent.builtin import words
from agent.builtin.forms_of_windows import DONT_SAVE
from agent.builtin.instructions import (
    Calculate,
    ClickOn,
    HoverOver,
    IfAsked,
    Instruction,
    OpenApplication,
    PressKeys,
    SaveAs,
    Tell,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.matching import tidy


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
