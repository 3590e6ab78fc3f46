"""Reads one sentence as a phone's user means it, and takes instructions apart into a phone's steps."""

import re

from agent.builtin.grammar import Meaning, meaning
from agent.builtin.instructions import (
    Instruction,
    OpenApplication,
    OpenItem,
    PressKeys,
    SearchFor,
    Target,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.parts import Part, parts
from agent.builtin.phone.deeds import (
    Alter,
    AnswerQuestion,
    Enter,
    FromMenu,
    InApp,
    MakeNew,
    Operate,
    Remove,
    RemoveAll,
    Rename,
    Search,
    Seek,
    SendTo,
    SetTo,
    Switch,
    SwitchAll,
    Visit,
)
from agent.builtin.phone.forms import PHONE
from agent.builtin.phone.forms_in_short import LOOSE, PREAMBLE
from agent.builtin.phone.steps import (
    KEEP,
    Commit,
    FillIn,
    Locate,
    steps_of,
)
from agent.builtin.phone.vocabulary import APPS
from agent.builtin.phrases import Quotes, fits, target
from agent.builtin.words import number

KNOWN = {name.lower() for names in APPS.values() for name in names} | {
    "settings",
    "browser",
    "chrome",
    "bank",
    "camera",
}


def phone_meaning(sentence: str, quotes: Quotes) -> Meaning:
    """What one sentence asks of a phone; None when no form fits."""
    inside = re.fullmatch(
        r"(?:in|inside|within|using|with|from) (?:the |my )?(.+?)(?P<app> app| application)?(?:,| :|:)? (\S+ .+)",
        sentence,
        re.IGNORECASE,
    )
    if inside and (inside["app"] or inside[1].lower() in KNOWN) and (rest := phone_meaning(inside[3], quotes)):
        return (OpenApplication(inside[1]), *rest)
    for pattern, meant in PHONE:
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (result := meant(found, quotes)) is not None:
            return result
    again = re.fullmatch(r"(.+?),? (twice|thrice|\w+ times)", sentence, re.IGNORECASE | re.DOTALL)
    if again and (times := number(again[2].lower().removesuffix(" times"))) and times <= 20:
        once = phone_meaning(again[1], quotes)
        return once * int(times) if once else None
    placed = re.fullmatch(
        r"(.+?),? (?:in|using|with|from|inside) (?:the |my )?(.+?)(?P<app> app| application)?", sentence, re.IGNORECASE
    )
    if placed and (placed["app"] or placed[2].lower() in KNOWN) and (rest := phone_meaning(placed[1], quotes)):
        return (OpenApplication(placed[2]), *rest)
    if (common := meaning(sentence, quotes)) is not None:
        return common
    for pattern, meant in LOOSE:
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (result := meant(found, quotes)) is not None:
            return result
    return () if PREAMBLE.fullmatch(sentence) else None


def in_app(found: tuple[Instruction, ...], where: str, quotes: Quotes) -> tuple[Instruction, ...]:
    """`found` done in the application, or on the phone, that `where` names."""
    name = re.sub(r"^(?:the|my|this) | (?:app|application)$", "", quotes.bare(where), flags=re.IGNORECASE)
    return found if name.lower() in ("phone", "device", "screen") else (OpenApplication(name), *found)


def more_of(last: Instruction, phrase: str, quotes: Quotes) -> Meaning:
    """What `phrase` without a verb asks after `last`: "turn on Wi-Fi and Bluetooth", "... and location off"."""
    if isinstance(last, OpenApplication) and phrase[:1].isupper() and len(phrase.split()) <= 3:
        return (Visit(quotes.bare(phrase)),)
    if not isinstance(last, Switch) or len(phrase.split()) > 5:
        return None
    state = fits(r"(.+?)(?: (?:is|are|to))? (on|off)", phrase)
    what = target(state[1] if state else phrase, quotes)
    return (Switch(what.text, state[2].lower() == "on" if state else last.on),) if what and what.text else None


def phone_parts(instruction: Instruction) -> tuple[Part, ...]:
    """The steps of `instruction` on a phone; never empty."""
    match instruction:
        case (
            MakeNew()
            | SendTo()
            | Remove()
            | Alter()
            | Visit()
            | Switch()
            | SetTo()
            | AnswerQuestion()
            | InApp()
            | Enter()
            | RemoveAll()
            | SwitchAll()
            | FromMenu()
            | Rename()
            | Operate()
            | Search()
            | Seek()
        ):
            return steps_of(instruction)
        case Tick(Target(text=name), on) if name:
            return (Switch(name, on),)
        case Write(text, Target(text=name)) if name:
            return (FillIn(((name, text),)),)
        case SearchFor(text):
            return (FillIn((("search", text),)), PressKeys(("enter",)))
        case WindowTo("focus", name) if name:
            return (OpenApplication(name),)
        case WindowTo("close" | "minimise"):
            return (PressKeys(("home",)),)
        case OpenItem(Target(text=name)) if name:
            return (Locate(name), Enter(name))
        case PressKeys(("ctrl", "s")):
            return (Commit(KEEP),)
        case PressKeys(("alt", "left") | ("esc",) | ("escape",)):
            return (PressKeys(("back",)),)
        case _:
            return parts(instruction)
