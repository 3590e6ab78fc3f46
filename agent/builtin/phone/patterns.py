"""Sentences that only a phone understands, and how common instructions are carried out on one."""

from agent.builtin.commands import Command, commands_of
from agent.builtin.instructions import (
    ClickOn,
    Empty,
    Instruction,
    OpenApplication,
    OpenItem,
    PressKeys,
    SetValue,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.phone_commands import (
    SETTINGS,
    AnswerPermission,
    Enter,
    FillField,
    Locate,
    OpenPage,
    PhoneInstruction,
    PutValue,
    TurnSwitch,
    phone_commands_of,
)
from agent.builtin.slots import Pattern
from agent.grounding.target import Target

PRESS = r"(?:go|press|tap|push|hit|navigate|return)(?: (?:the|to the|to))?"
KEY = r"(?: (?:screen|button|key))?"
WHEN = r"(?:(?:if|when) (?:it |you are |the app )?(?:asks?|asked)(?: for (?:it|(?:the |a )?permission|access))?)"
PERMISSION = r"(?: (?:it|access|the permission|the app|access to .+|\S+ to .+|\S+ access(?: to .+)?))?"

PHONE: tuple[Pattern, ...] = (
    (rf"{PRESS} (?P<key>back|home){KEY}", lambda key: PressKeys((key.lower(),))),
    (rf"(?:(?:open|show)(?: the)?|{PRESS}) (?:recents|overview|recent apps){KEY}", lambda: PressKeys(("recents",))),
    (rf"{PRESS} volume (?P<way>up|down){KEY}", lambda way: PressKeys((f"volume_{way.lower()}",))),
    (
        rf"(?:{WHEN},? )?(?P<verb>allow|grant|deny|refuse|don't allow|do not allow){PERMISSION}(?: {WHEN})?",
        lambda verb: AnswerPermission(verb.lower() in ("allow", "grant")),
    ),
    (
        r"(?:open|go to|show) (?:the )?{what} settings(?: page| screen)?",
        lambda what: OpenPage(what.text) if what.text else None,
    ),
)
"""Read before what a desktop understands as well."""


def commands_on_phone(instruction: Instruction) -> tuple[Command, ...]:
    """The parts of `instruction` on a phone; never empty."""
    match instruction:
        case _ if isinstance(instruction, PhoneInstruction):
            return phone_commands_of(instruction)
        case Tick(Target(text=name, ordinal=0, anchor=None), on) if name:
            return (TurnSwitch(name, on),)
        case SetValue(Target(role="field" | "password") as field, value):
            return commands_on_phone(Write(value, field, afresh=True))
        case SetValue(Target(text=name, ordinal=0, anchor=None), value) if name:
            return (Locate(name, SETTINGS), PutValue(name, value))
        case Write(text, Target(text=name, ordinal=0, anchor=None)) if name:
            return (FillField(name, text),)
        case Empty(Target(text=name, ordinal=0, anchor=None)) if name:
            return (FillField(name, ""),)
        case WindowTo("focus", name) if name:
            return (OpenApplication(name),)
        case WindowTo("close" | "minimise"):
            return (PressKeys(("home",)),)
        case OpenItem(Target(text=name, ordinal=0, anchor=None)) if name:
            return (Locate(name), Enter(name))
        case PressKeys(("ctrl", "s")):
            return (ClickOn(Target("Save", "button")),)
        case PressKeys(("alt", "left") | ("esc",) | ("escape",)):
            return (PressKeys(("back",)),)
        case _:
            return commands_of(instruction)
