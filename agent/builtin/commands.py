"""The commands that an instruction is split into, on a computer and on a phone, and a short description of each."""

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
from agent.builtin.phone_commands import AnswerPermission, OpenPage
from agent.grounding.target import Target

REPLACE = ("Replace", "Overwrite", "Yes")
SETTINGS = ("Settings",)
"""Applications that are searched for a setting."""


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
class Locate:
    """Bring the target into view on a phone: by scrolling; in `apps`, by opening rows that mention it."""

    target: Target
    apps: tuple[str, ...] = ()


Command = (
    ClickOn | HoverOver | HoldOn | Write | Empty | PressKeys | ScrollTo | DragOnto | Tick | SetValue | Pause | Await
    | Expect | Tell | IfAsked | OpenApplication | OpenItem | Choose | BringForward | CloseFront | CallDialog
    | DialogGone | Locate | AnswerPermission
)  # fmt: skip


def commands_of(instruction: Instruction) -> tuple[Command, ...]:
    """The commands of `instruction`, in order; never empty."""
    match instruction:
        case FollowMenu(path):
            return tuple(ClickOn(target) for target in path)
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
        case OpenPage(name):
            return (Locate(Target(name), SETTINGS), OpenItem(Target(name)))
        case _:
            return (instruction,)


def commands_on_phone(instruction: Instruction) -> tuple[Command, ...]:
    """The commands of `instruction` on a phone, which is scrolled to bring a target into view; never empty."""
    match instruction:
        case Tick(target):
            return (*_located(replace(target, role="toggle"), SETTINGS), instruction)
        case SetValue(target):
            return (*_located(replace(target, role=target.role or "value"), SETTINGS), instruction)
        case ClickOn(target) | HoldOn(target) | OpenItem(target):
            return (*_located(target), instruction)
        case Choose(target, None):
            return (*_located(target), instruction)
        case Write(_, Target() as field) | Empty(Target() as field):
            return (*_located(replace(field, role=field.role or "field")), instruction)
        case Tell(what) if what:
            return (*_located(Target(what)), instruction)
        case WindowTo("focus", name) if name:
            return (OpenApplication(name),)
        case WindowTo("close" | "minimise"):
            return (PressKeys(("home",)),)
        case PressKeys(("ctrl", "s")):
            return (ClickOn(Target("Save", "button")),)
        case PressKeys(("alt", "left") | ("esc",) | ("escape",)):
            return (PressKeys(("back",)),)
        case _:
            return commands_of(instruction)


def _located(target: Target, apps: tuple[str, ...] = ()) -> tuple[Command, ...]:
    """What brings `target` into view; what has no name of its own, or is found by another, has to be there."""
    return (Locate(target, apps),) if target.text and not target.ordinal and not target.side else ()


def describe(command: Command) -> str:
    """`command` in a few words, for people."""
    match command:
        case ClickOn(target, button, times, holding):
            held = "".join(f"{key}-" for key in holding)
            name = {1: "click", 2: "double-click", 3: "triple-click"}.get(times, f"click {times} times")
            return f"{held}{'' if button == 'left' else button + '-'}{name} {target}"
        case Write(text, into):
            return f"type {text!r}" + (f" into {into}" if into else "")
        case Empty(field):
            return f"clear {field or 'what has the focus'}"
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
            return f"turn {'on' if on else 'off'} {target}"
        case SetValue(target, value):
            return f"set {target} to {value!r}"
        case Choose(option, source):
            return f"choose {option}" + (f" from {source}" if source else "")
        case ScrollTo(direction, notches, until):
            return f"scroll {direction} " + (f"until {until} is visible" if until else f"by {notches}")
        case Pause(seconds):
            return f"wait {seconds:g} s"
        case Await(target, appears):
            return f"wait until {target} {'appears' if appears else 'disappears'}"
        case Expect(target, present, state) if state is not None:
            return f"verify that {target} is {'' if present else 'not '}{state}"
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
        case Locate(target):
            return f"find {target}"
        case AnswerPermission(allow):
            return f"{'allow' if allow else 'deny'} the permission"
