"""Puts what was named before in the place of "it", "him" and "that"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.builtin.instructions import (
    Calculate,
    ClickOn,
    HoldOn,
    Instruction,
    OpenApplication,
    OpenItem,
    PressKeys,
    ScrollTo,
    SearchFor,
    Target,
    Tell,
    Write,
)
from agent.builtin.phone.deeds import (
    Alter,
    FromMenu,
    InApp,
    MakeNew,
    Operate,
    Remove,
    Rename,
    Search,
    Seek,
    SendTo,
    SetTo,
    Visit,
)
from agent.builtin.phone.vocabulary import APPS
from agent.policy import NotUnderstood

IT = ("it", "that", "this", "the result", "that one", "them")
FIELDS_OF_A_CONTACT = ("phone", "phone number", "number", "email", "e-mail", "email address", "last name", "first name")


@dataclass
class Spoken:
    """What was spoken of last: a target on the screen, a thing by its kind and name, a tab of the clock."""

    target: Target | None = None
    kind: str = ""
    name: str = ""
    tab: bool = False


def resolved(found: Sequence[Instruction]) -> list[Instruction]:
    """`found` with "it" replaced by what was spoken of: "scroll to X and tap it".

    Raises `NotUnderstood` where a thing or a person is meant and none was named.
    """
    result: list[Instruction] = []
    spoken = Spoken()
    for instruction in found:
        last = result[-1] if result else None
        kept = isinstance(last, MakeNew | Alter | SendTo)
        talk = last.name if isinstance(last, Visit) and last.kind == "message" else ""
        match instruction:
            case PressKeys(("ctrl", "s")) if kept:
                continue  # what was made is kept already: "create a note and save it"
            case ClickOn(target) if kept and target.text.lower() in ("save", "send", "done", "ok"):
                continue
            case Write(text, None) | SendTo(text, "it") if talk:
                result.pop()  # to write in a conversation is to send
                instruction = SendTo(text, talk)
            case SetTo(field, value) if isinstance(last, Visit) and field.lower() in FIELDS_OF_A_CONTACT:
                result.pop()
                instruction = Alter(last.kind or "contact", last.name, ((field, value),))
            case Seek(what, _, amount) if any(isinstance(each, OpenApplication | OpenItem | Visit) for each in result):
                instruction = Seek(what, (), amount)  # asked of what was opened
            case Visit("it") if isinstance(last, Visit):
                continue
            case ClickOn(target) | HoldOn(target) if target.text.lower() in IT and spoken.target is not None:
                instruction = replace(instruction, target=spoken.target)
            case OpenApplication(name) if name.lower() in IT and spoken.target is not None:
                instruction = ClickOn(spoken.target)
            case _:
                instruction = _named(instruction, spoken)
        _note(instruction, spoken)
        result.append(instruction)
    if result and isinstance(result[-1], Calculate):
        result.append(Tell("result"))
    return result


def _named(instruction: Instruction, spoken: Spoken) -> Instruction:
    match instruction:
        case Remove(kind, "it"):
            if not spoken.name or (kind and spoken.kind not in ("", kind)):
                raise NotUnderstood(f"what is to be deleted was not said: name the {kind or 'thing'}")
            return Remove(kind or spoken.kind or "contact", spoken.name)
        case Visit("it", kind):
            return Visit(_person(spoken), kind)
        case SendTo(text, "it"):
            return SendTo(text, _person(spoken))
        case Operate("it", "Cancel") if not spoken.tab and spoken.name:
            return Remove(spoken.kind or "contact", spoken.name)
        case Operate("it", button) if not spoken.tab:
            raise NotUnderstood(f"what to {button.lower()} was not said: the timer, or the stopwatch?")
        case _:
            return instruction


def _person(spoken: Spoken) -> str:
    if not spoken.name or spoken.kind not in ("contact", "message", ""):
        raise NotUnderstood("who is meant was not said: name the person")
    return spoken.name


def _note(instruction: Instruction, spoken: Spoken) -> None:
    """Remember what `instruction` speaks of."""
    match instruction:
        case ScrollTo(until=Target() as until):
            spoken.target = until
        case ClickOn(target) if target.text:
            spoken.target = target
        case SearchFor(text) | Search(text):
            spoken.target = Target(text, "item")
            spoken.name = spoken.name or text
        case OpenItem(target):
            spoken.target, spoken.kind, spoken.name = target, "", target.text
        case Visit(name, kind) if kind:
            spoken.kind, spoken.name = kind, name
        case Alter(kind, name) | Remove(kind, name) | FromMenu(kind, name) | Rename(kind, _, name) if name:
            spoken.kind, spoken.name = kind, name
        case SendTo(_, to):
            spoken.kind, spoken.name = "message", to
        case MakeNew(kind, fields):
            named = dict(fields)
            spoken.kind = kind
            spoken.name = next((named[f] for f in ("name", "title", "label", "time", "body") if f in named), "")
        case Operate():
            spoken.tab = True
        case InApp(names) if names == APPS["timer"]:
            spoken.tab = True
        case _:
            pass
