"""Reads one imperative sentence: tables of forms, each with what it means; the first form that fits wins."""

import re
from collections.abc import Callable
from dataclasses import replace

from agent.builtin import words
from agent.builtin.instructions import (
    Choose,
    ClickOn,
    FollowMenu,
    Instruction,
    OpenApplication,
    PressKeys,
    Target,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.phrases import Quotes, fits, target, without

Meaning = tuple[Instruction, ...] | None
Meant = Callable[[re.Match[str], Quotes], Meaning]
VERBS = (
    r"(?:type|write|enter|input|(?:double|right|middle|left|triple)?[- ]?click|press|hit|tap|select|choose|pick|run|"
    r"execute|open|check|uncheck|tick|untick|scroll|search|find|calculate|compute|work out|key in|insert|"
    r"put|clear|save|"
    r"close|drag|hover|go|"
    r"read|tell|wait|verify|make|change|set|paste|copy|cut|undo|redo|delete|create|push|use|start|launch|"
    r"switch|minimi[sz]e|"
    r"maximi[sz]e|replace|remove|move|rename|quit|exit|fill|append|add|show|turn|enable|disable|report|"
    r"give|print|focus)"
)
"""Words that begin an instruction."""

Form = tuple[str, Meant]
"""A pattern that must fit the whole sentence, and what it then means; None lets the next form try."""


def meaning(sentence: str, quotes: Quotes) -> Meaning:
    """What one sentence asks for; None when no form fits."""
    from agent.builtin.forms_of_asking import ASKING
    from agent.builtin.forms_of_files import FILES
    from agent.builtin.forms_of_pointing import POINTING
    from agent.builtin.forms_of_windows import WINDOWS
    from agent.builtin.forms_of_writing import WRITING

    for pattern, meant in (*ASKING, *FILES, *WINDOWS, *WRITING, *POINTING):
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (result := meant(found, quotes)) is not None:
            return result
    again = re.fullmatch(r"(.+?) (twice|thrice|\w+ times)", sentence, re.IGNORECASE | re.DOTALL)
    if again and (times := words.number(again[2].lower().removesuffix(" times"))) and times <= 20:
        once = meaning(again[1], quotes)
        return once * int(times) if once else None
    return None


def carried_on(last: Instruction, phrase: str, quotes: Quotes, strongly: bool) -> Meaning:
    """What `phrase` without a verb asks for after `last`: "click 1, 2 and 3" clicks three times.

    `strongly` is whether more than a comma or an "and" parts the two.
    """
    phrase = without(r"^(?:on|at) (?=\S)", phrase)
    short = len(phrase.split()) <= 6
    labelled = isinstance(last, ClickOn | FollowMenu | Choose) and phrase[:1].isupper()
    if isinstance(last, PressKeys) and (pressed := repeated_chord(phrase)):
        return (pressed,)
    if re.match(rf"{VERBS}\b", phrase, re.IGNORECASE) and not labelled and not quotes.only(phrase):
        return None
    match last:
        case ClickOn() | Tick():
            what = target(phrase, quotes) if short else None
            if (
                what
                and what.side is None
                and re.match(r"(?!the|a|an\b)\w+ (?:the|an?|it|this|my|me)\b", phrase, re.IGNORECASE)
            ):
                return None  # "frobnicate the bar" is no label but an instruction that is not known
            return (replace(last, target=what),) if what else None
        case OpenApplication():
            what = target(phrase, quotes) if len(phrase.split()) <= 3 else None
            return (OpenApplication(what.text),) if what and what.text else None
        case WindowTo(deed=deed, saving=saving):
            what = target(phrase, quotes) if len(phrase.split()) <= 4 else None
            return (WindowTo(deed, what.text, saving),) if what and what.text else None
        case Write() if re.search(r" (?:into|in|as) ", phrase):
            written = meaning(f"type {phrase}", quotes)
            return written if written and isinstance(written[-1], Write) and written[-1].into else None
        case Write(into=None) if line := fits(r"(?:the )?line (.+)", phrase):
            return (PressKeys(("enter",)), Write(quotes.plain(line[1])))
        case Write(into=None) if quotes.only(phrase) or (strongly and " " not in phrase):
            return (Write(quotes.plain(phrase)),)
        case _:
            return None


def repeated_chord(phrase: str) -> PressKeys | None:
    """ "ctrl+z twice", "the tab key 3 times"; None if the words name no keys."""
    found = re.fullmatch(r"(.+?)(?:,? (once|twice|thrice|(?:\w+) times|(\d+)x))?", phrase.strip(), re.IGNORECASE)
    if found is None:
        return None
    keys = words.chord(found[1])
    times = words.number((found[2] or "once").lower().removesuffix("times").removesuffix("x").strip())
    return PressKeys(keys, int(times)) if keys and times and times <= 50 else None


def menu_path(phrase: str, quotes: Quotes) -> FollowMenu | None:
    """ "File > Save As" as a way through menus; None if the phrase has no such signs."""
    parts = re.split(
        r"\s*(?:->|=>|→|»|›|>|\s/\s)\s*", quotes.bare(phrase) if not quotes.only(phrase) else quotes.plain(phrase)
    )
    names = [
        re.sub(r"^(?:the )|(?: menu| submenu| item| option)$", "", part.strip(), flags=re.IGNORECASE) for part in parts
    ]
    if len(names) < 2 or not all(names) or any(len(name.split()) > 5 for name in names):
        return None
    return FollowMenu((Target(names[0], "menu"), *(Target(name, "item") for name in names[1:])))
