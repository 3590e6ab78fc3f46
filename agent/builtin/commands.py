"""The commands that an instruction is split into, on a computer and on a phone, and a short description of each."""

from dataclasses import dataclass, replace

from agent.builtin import instructions as do
from agent.grounding.target import Target

REPLACE = ("Replace", "Overwrite", "Yes")
SETTINGS = "Settings"
"""The application that is searched for a setting."""


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
    """Bring the target into view on a phone: by scrolling; with `app`, by opening rows there that mention it."""

    target: Target
    app: str = ""


Command = do.Direct | BringForward | CloseFront | CallDialog | DialogGone | Locate


def commands_of(instruction: do.Instruction) -> tuple[Command, ...]:
    """The commands of `instruction`, in order; never empty."""
    match instruction:
        case do.FollowMenu(path):
            return tuple(do.ClickOn(target) for target in path)
        case do.SaveAs(name):
            named = (do.PressKeys(("ctrl", "a")), do.Write(name), do.PressKeys(("enter",)))
            dialog = CallDialog((("ctrl", "shift", "s"), ("ctrl", "s")))
            return (dialog, *named, do.IfAsked(REPLACE), DialogGone("save"))
        case do.OpenFile(name):
            location = () if name.startswith(("/", "~")) else (do.PressKeys(("ctrl", "l")),)
            named = (*location, do.Write(name), do.PressKeys(("enter",)))
            return (CallDialog((("ctrl", "o"),)), *named, DialogGone("open"))
        case do.WindowTo("focus", name):
            return (BringForward(name),)
        case do.WindowTo(state, name, saving):
            first = (BringForward(name, else_open=False),) if name else ()
            if state == "close":
                return (*first, CloseFront(saving))
            return (*first, do.PressKeys(("super", "up" if state == "maximise" else "down")))
        case do.OpenPage(name):
            return (Locate(Target(name), SETTINGS), do.OpenItem(Target(name)))
        case _:
            return (instruction,)


def commands_on_phone(instruction: do.Instruction) -> tuple[Command, ...]:
    """The commands of `instruction` on a phone, which is scrolled to bring a target into view; never empty."""
    match instruction:
        case do.Tick(target):
            return (*_located(replace(target, role="toggle"), SETTINGS), instruction)
        case do.SetValue(target):
            return (*_located(replace(target, role=target.role or "value"), SETTINGS), instruction)
        case do.ClickOn(target) | do.HoldOn(target) | do.OpenItem(target) | do.Choose(target, None):
            return (*_located(target), instruction)
        case do.Write(_, Target() as field) | do.Empty(Target() as field):
            return (*_located(replace(field, role=field.role or "field")), instruction)
        case do.Tell(what) if what:
            return (*_located(Target(what)), instruction)
        case do.WindowTo("focus", name) if name:
            return (do.OpenApplication(name),)
        case do.WindowTo("close" | "minimise"):
            return (do.PressKeys(("home",)),)
        case do.PressKeys(("ctrl", "s")):
            return (do.ClickOn(Target("Save", "button")),)
        case do.PressKeys(("alt", "left") | ("esc",) | ("escape",)):
            return (do.PressKeys(("back",)),)
        case _:
            return commands_of(instruction)


def _located(target: Target, app: str = "") -> tuple[Command, ...]:
    """What brings `target` into view; what has no name of its own, or is found by another, has to be there."""
    return (Locate(target, app),) if target.text and not target.ordinal and not target.side else ()


def describe(command: Command) -> str:
    """`command` in a few words, for people."""
    match command:
        case do.ClickOn(target, button, times, holding):
            held = "".join(f"{key}-" for key in holding)
            name = {1: "click", 2: "double-click", 3: "triple-click"}.get(times, f"click {times} times")
            return f"{held}{'' if button == 'left' else button + '-'}{name} {target}"
        case do.Write(text, into):
            return f"type {text!r}" + (f" into {into}" if into else "")
        case do.Empty(field):
            return f"clear {field or 'what has the focus'}"
        case do.PressKeys(keys, times):
            return f"press {'+'.join(keys)}" + (f" {times} times" if times > 1 else "")
        case do.OpenApplication(name):
            return f"open {name!r}"
        case do.OpenItem(target):
            return f"open {target}"
        case do.HoverOver(target):
            return f"hover over {target}"
        case do.HoldOn(target):
            return f"long press {target}"
        case do.DragOnto(what, onto):
            return f"drag {what} to {onto}"
        case do.Tick(target, on):
            return f"turn {'on' if on else 'off'} {target}"
        case do.SetValue(target, value):
            return f"set {target} to {value!r}"
        case do.Choose(option, source):
            return f"choose {option}" + (f" from {source}" if source else "")
        case do.ScrollTo(direction, notches, until):
            return f"scroll {direction} " + (f"until {until} is visible" if until else f"by {notches}")
        case do.Pause(seconds):
            return f"wait {seconds:g} s"
        case do.Await(target, appears):
            return f"wait until {target} {'appears' if appears else 'disappears'}"
        case do.Expect(target, present, state):
            return f"verify that {target} is {'' if present else 'not '}{state or 'visible'}"
        case do.Tell(what):
            return f"read {what or 'the window'}"
        case do.IfAsked(buttons):
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
