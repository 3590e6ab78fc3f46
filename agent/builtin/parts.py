"""Takes instructions apart into parts that one kind of action can do, and says each in a few words."""

from dataclasses import dataclass

from agent.builtin.instructions import (
    Await,
    Calculate,
    Choose,
    ClickOn,
    CreateFolder,
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
    ReplaceText,
    RunCommand,
    SaveAs,
    ScrollTo,
    SearchFor,
    Target,
    Tell,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.phone.deeds import PhoneDeed
from agent.builtin.phone.steps import PhonePart, steps_of

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
class SelectOld:
    """Select what the field that was just clicked holds, if it holds anything."""

    field: Target


Part = (
    ClickOn | HoverOver | HoldOn | Write | PressKeys | ScrollTo | DragOnto | Tick | Pause | Await | Expect | Tell
    | IfAsked | OpenApplication | OpenItem | Choose | BringForward | CloseFront | CallDialog | DialogGone | SelectOld
    | PhonePart
)  # fmt: skip


def parts(instruction: Instruction) -> tuple[Part, ...]:
    """The parts of `instruction`, in order; never empty."""
    match instruction:
        case Write(text, Target() as field, afresh):
            old = (SelectOld(field),) if afresh else ()
            return (ClickOn(field), *old, Write(text))
        case Empty(field):
            return (*((ClickOn(field),) if field else ()), PressKeys(("ctrl", "a")), PressKeys(("delete",)))
        case FollowMenu(path):
            return tuple(ClickOn(target) for target in path)
        case Choose(option, Target() as source):
            return (ClickOn(source), ClickOn(option))
        case SaveAs(name):
            ways = (("ctrl", "shift", "s"), ("ctrl", "s"))
            named = (PressKeys(("ctrl", "a")), Write(name), PressKeys(("enter",)))
            return (CallDialog(ways), *named, IfAsked(REPLACE), DialogGone("save"))
        case OpenFile(name):
            location = () if name.startswith(("/", "~")) else (PressKeys(("ctrl", "l")),)
            return (CallDialog((("ctrl", "o"),)), *location, Write(name), PressKeys(("enter",)), DialogGone("open"))
        case Calculate(expression):
            return (BringForward("calculator"), Write(expression), PressKeys(("enter",)))
        case RunCommand(command):
            return (BringForward("terminal"), Write(command), PressKeys(("enter",)))
        case CreateFolder(name):
            named = (PressKeys(("ctrl", "a")), Write(name), PressKeys(("enter",)))
            return (CallDialog((("ctrl", "shift", "n"),)), *named)
        case ReplaceText(old, new):
            everything = PressKeys(("ctrl", "a"))
            typed = (everything, Write(old), PressKeys(("tab",)), everything, Write(new))
            return (
                CallDialog((("ctrl", "r"), ("ctrl", "h"))),
                *typed,
                Tick(Target("Replace all in", "checkbox"), if_there=True),
                ClickOn(Target("Replace", "button")),
                PressKeys(("esc",)),
            )
        case SearchFor(text):
            return (PressKeys(("ctrl", "f")), Write(text), PressKeys(("enter",)))
        case WindowTo("focus", name):
            return (BringForward(name),)
        case WindowTo(deed, name, saving):
            first = (BringForward(name, else_open=False),) if name else ()
            if deed == "close":
                return (*first, CloseFront(saving))
            return (*first, PressKeys(("super", "up" if deed == "maximise" else "down")))
        case _ if isinstance(instruction, PhoneDeed):
            return steps_of(instruction)
        case _:
            return (instruction,)


def said(part: Part | Instruction) -> str:
    """`part` in a few words, for people."""
    match part:
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
            return f"point at {target}"
        case HoldOn(target):
            return f"hold {target}"
        case DragOnto(what, onto):
            return f"drag {what} to {onto}"
        case Tick(target, on):
            return f"{'check' if on else 'uncheck'} {target}"
        case Choose(option):
            return f"select {option}"
        case ScrollTo(direction, notches, until):
            return f"scroll {direction} " + (f"until {until} is visible" if until else f"by {notches}")
        case Pause(seconds):
            return f"wait {seconds:g} s"
        case Await(target, appears):
            return f"wait until {target} {'appears' if appears else 'disappears'}"
        case Expect(target, present):
            return f"check that {target} is {'' if present else 'not '}visible"
        case Tell(what):
            return f"read {what or 'the window'}"
        case IfAsked(buttons):
            return f"answer {buttons[0]!r} if asked"
        case BringForward(name):
            return f"bring {name!r} to the front"
        case CloseFront():
            return "close the window"
        case CallDialog(ways):
            return f"call the dialog with {'+'.join(ways[0])}"
        case DialogGone(word):
            return f"see the {word} dialog close"
        case SelectOld(field):
            return f"select what {field} holds"
        case _ if isinstance(part, PhonePart):
            return str(part)
        case _:
            return type(part).__name__
