"""What the tables of sentence patterns are made of: a regular expression for a whole sentence, and what it means."""

import re
from collections.abc import Callable

from agent.builtin.instructions import FollowMenu, Instruction, PressKeys
from agent.builtin.phrases import Quotes, fits, without
from agent.builtin.words import chord, number
from agent.grounding.target import Target

VERBS = (
    r"(?:type|write|enter|input|(?:double|right|middle|left|triple)?[- ]?click|press|hit|tap|select|choose|pick|open|"
    r"check|uncheck|tick|untick|scroll|put|clear|save|close|drag|hover|long[- ]press|read|tell|report|wait|verify|set|"
    r"paste|copy|cut|undo|redo|find|search|delete|remove|rename|replace|create|add|run|go|show|make|use|start|launch|"
    r"switch|focus|minimi[sz]e|maximi[sz]e|move|quit|fill|turn|print)"
)
"""Words that begin an instruction, whether it is understood or not."""

MOST_REPEATS = 20
"""How often a sentence may ask for the same thing."""

Parsed = tuple[Instruction, ...] | None
"""What a sentence asks for; None when it is not understood."""

Pattern = tuple[str, Callable[[re.Match[str], Quotes], Parsed]]
"""A regular expression that must match the whole sentence, and what it then means; None lets the next pattern try."""


def match_first(patterns: tuple[Pattern, ...], sentence: str, quotes: Quotes) -> Parsed:
    """What the first of `patterns` that matches makes of `sentence`."""
    for pattern, meaning in patterns:
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (parsed := meaning(found, quotes)) is not None:
            return parsed
    return None


def repeated_chord(phrase: str) -> PressKeys | None:
    """ "ctrl+z twice", "the tab key 3 times"; None if the words name no keys."""
    found = re.fullmatch(r"(.+?)(?: (once|twice|thrice|\w+ times))?", phrase.strip(), re.IGNORECASE)
    if found is None:
        return None
    keys = chord(found[1])
    times = number((found[2] or "once").lower().removesuffix(" times"))
    return PressKeys(keys, int(times)) if keys and times and 1 <= times <= 50 else None


def repetition(sentence: str) -> tuple[str, int] | None:
    """What is to be repeated and how often, for "press Tab three times"; None when no such count ends the sentence."""
    found = fits(r"(.+?) (twice|thrice|\w+ times)", sentence)
    times = number(found[2].lower().removesuffix(" times")) if found else None
    return (found[1], int(times)) if found and times and times <= MOST_REPEATS else None


def menu_path(phrase: str, quotes: Quotes) -> FollowMenu | None:
    """ "File > Save As" as a path through menus; None if the phrase has no such signs."""
    text = quotes.plain(phrase) if quotes.only(phrase) else quotes.bare(phrase)
    names = [without(r"^the | (?:menu|submenu|item)$", part) for part in re.split(r"\s*(?:->|→|›|>)\s*", text)]
    if len(names) < 2 or not all(names) or any(len(name.split()) > 5 for name in names):
        return None
    return FollowMenu((Target(names[0], "menu"), *(Target(name, "item") for name in names[1:])))
