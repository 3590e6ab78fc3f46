"""The commands that an instruction is split into, and a short description of each."""

from dataclasses import dataclass, replace

from agent.builtin.instructions import (
    Await,
    Choose,
    ClickOn,
    DragOnto,
    Empty,
    Expect,
    FollowMenu,
    HoldOn,
    HoverOver,
    IfAsked,
    Instruction,
    OpenApplication,
    OpenFile,
    OpenItem,
    Pause,
    PressKeys,
    SaveAs,
    ScrollTo,
    SetValue,
    Tell,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.phone_commands import PhoneCommand, PhoneInstruction, phone_commands_of
from agent.grounding.target import Target

REPLACE = ("Replace", "Overwrite", "Yes")


@dataclass(frozen=True, slots=True)
class BringForward:
    """Give a window the focus; when there is none of that name, open the application if `else_open`."""

    name: str
    else_open: bool = True


@dataclass(frozen=True, slots=True)
class CloseFront:
    """Close the window in front, and answer whether to save."""

    saving: bool | None


@dataclass(frozen=True, slots=True)
class CallDialog:
    """Press the first of `ways` that makes a dialog appear."""

    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DialogGone:
    """Fail unless the dialog with `word` in its title has closed."""

    word: str


@dataclass(frozen=True, slots=True)
class SelectContent:
    """Select the content of the field that was just clicked, if it has any."""

    field: Target


Command = (
    ClickOn | HoverOver | HoldOn | Write | PressKeys | ScrollTo | DragOnto | Tick | Pause | Await | Expect | Tell
    | IfAsked | OpenApplication | OpenItem | Choose | BringForward | CloseFront | CallDialog | DialogGone
    | SelectContent | SetValue | PhoneCommand
)  # fmt: skip


def commands_of(instruction: Instruction) -> tuple[Command, ...]:
    """The commands of `instruction`, in order; never empty."""
    match instruction:
        case Write(text, Target() as field, afresh):
            return (ClickOn(field), *((SelectContent(field),) if afresh else ()), Write(text))
        case SetValue(Target(role="" | "field" | "password" | "spinner") as field, value):
            field = replace(field, role="field")
            return (ClickOn(field), SelectContent(field), Write(value))
        case Empty(field):
            return (*((ClickOn(field),) if field else ()), PressKeys(("ctrl", "a")), PressKeys(("delete",)))
        case FollowMenu(path):
            return tuple(ClickOn(target) for target in path)
        case Choose(option, Target() as source):
            return (ClickOn(source), ClickOn(option))
        case SaveAs(name):
            named = (PressKeys(("ctrl", "a")), Write(name), PressKeys(("enter",)))
            dialog = CallDialog((("ctrl", "shift", "s"), ("ctrl", "s")))
            return (dialog, *named, IfAsked(REPLACE), DialogGone("save"))
        case OpenFile(name):
            location = () if name.startswith(("/", "~")) else (PressKeys(("ctrl", "l")),)
            return (CallDialog((("ctrl", "o"),)), *location, Write(name), PressKeys(("enter",)), DialogGone("open"))
        case WindowTo("focus", name):
            return (BringForward(name),)
        case WindowTo(state, name, saving):
            first = (BringForward(name, else_open=False),) if name else ()
            if state == "close":
                return (*first, CloseFront(saving))
            return (*first, PressKeys(("super", "up" if state == "maximise" else "down")))
        case _ if isinstance(instruction, PhoneInstruction):
            return phone_commands_of(instruction)
        case _:
            return (instruction,)


def describe(command: Command) -> str:
    """`command` in a few words, for people."""
    match command:
        case ClickOn(target, button, times, holding):
            held = "".join(f"{key}-" for key in holding)
            name = {1: "click", 2: "double-click", 3: "triple-click"}.get(times, f"click {times} times")
            return f"{held}{'' if button == 'left' else button + '-'}{name} {target}"
        case Write(text):
            return f"type {text!r}"
        case PressKeys(keys, times):
            return f"press {'+'.join(keys)}" + (f" {times} times" if times > 1 else "")
        case OpenApplication(name):
            return f"open {name!r}"
        case OpenItem(target):
            return f"open {target}"
        case HoverOver(target):
            return f"hover over {target}"
        case HoldOn(target):
            return f"long press {target}"
        case DragOnto(what, onto):
            return f"drag {what} to {onto}"
        case Tick(target, on):
            return f"{'check' if on else 'uncheck'} {target}"
        case SetValue(target, value):
            return f"set {target} to {value!r}"
        case Choose(option):
            return f"select {option}"
        case ScrollTo(direction, notches, until):
            return f"scroll {direction} " + (f"until {until} is visible" if until else f"by {notches}")
        case Pause(seconds):
            return f"wait {seconds:g} s"
        case Await(target, appears):
            return f"wait until {target} {'appears' if appears else 'disappears'}"
        case Expect(target, present):
            return f"verify that {target} is {'' if present else 'not '}visible"
        case Tell(what):
            return f"read {what or 'the window'}"
        case IfAsked(buttons):
            return f"click {buttons[0]!r} if asked"
        case BringForward(name):
            return f"switch to {name!r}"
        case CloseFront():
            return "close the window"
        case CallDialog(ways):
            return f"press {'+'.join(ways[0])}"
        case DialogGone(word):
            return f"wait until the {word} dialog disappears"
        case SelectContent(field):
            return f"select the content of {field}"
        case _:
            return str(command)
