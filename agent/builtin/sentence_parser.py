"""Parses one imperative sentence, alone or as the continuation of the one before."""

from dataclasses import replace

from agent.builtin.instructions import (
    Choose,
    ClickOn,
    Empty,
    FollowMenu,
    HoverOver,
    Instruction,
    PressKeys,
    Tick,
    WindowTo,
    Write,
)
from agent.builtin.keyboard_patterns import KEYBOARD
from agent.builtin.patterns import VERBS, Parsed, match_first, repeated_chord, repetition
from agent.builtin.phrases import Quotes, fits, target
from agent.builtin.pointer_patterns import POINTER
from agent.builtin.query_patterns import QUERIES
from agent.builtin.window_patterns import WINDOWS

UNKNOWN_VERB = r"(?!the |a |an )\w+ (?:the|a|an|it|this|that|me|my) .+"
"""No label, but an instruction that is not understood: "frobnicate the bar"."""

PREFIX = rf"(?:in|on|inside|under|from) (.+?),? ((?:{VERBS})\b.+)"


def parse_sentence(sentence: str, quotes: Quotes) -> Parsed:
    """What one sentence asks for; None when no pattern matches."""
    if found := match_first((*QUERIES, *WINDOWS, *KEYBOARD, *POINTER), sentence, quotes):
        return found
    if prefixed := fits(PREFIX, sentence):
        inner = parse_sentence(prefixed[2], quotes)
        return _at_place(inner, prefixed[1], quotes) if inner else None
    repeated = repetition(sentence)
    once = parse_sentence(repeated[0], quotes) if repeated else None
    return once * repeated[1] if once and repeated else None


def parse_continuation(last: Instruction, phrase: str, quotes: Quotes) -> Parsed:
    """What `phrase` without a verb asks for after `last`: "click 1, 2 and 3" clicks three times."""
    if isinstance(last, PressKeys):
        pressed = repeated_chord(phrase)
        return (pressed,) if pressed else None
    if isinstance(last, Write) and last.into is not None and " into " in phrase:
        return parse_sentence(f"type {phrase}", quotes)
    if not isinstance(last, ClickOn | Tick) or (fits(rf"{VERBS}\b.*", phrase) and not phrase[:1].isupper()):
        return None
    what = target(phrase, quotes) if len(phrase.split()) <= 6 else None
    if what is None or (not quotes.any(phrase) and fits(UNKNOWN_VERB, phrase)):
        return None
    return (replace(last, target=what),)


def _at_place(found: tuple[Instruction, ...], where: str, quotes: Quotes) -> Parsed:
    """`found` done at a place: "in the File menu", "in the Name field", "in the 'Export' window"."""
    what = target(where, quotes)
    if what is None:
        return None
    if what.role == "window" and what.text:
        return (WindowTo("focus", what.text), *found)
    match found[0]:
        case ClickOn() | Choose() | HoverOver() as first if what.role == "menu":
            item = first.option if isinstance(first, Choose) else first.target
            return (FollowMenu((what, item)), *found[1:])
        case Choose(source=None) as first:
            return (replace(first, source=what), *found[1:])
        case ClickOn() | Tick() | HoverOver() as first if first.target.anchor is None:
            return (replace(first, target=replace(first.target, side="in", anchor=what)), *found[1:])
        case Write(text, into=None):
            return (Write(text, replace(what, role=what.role or "field"), afresh=True), *found[1:])
        case PressKeys() | Empty(None):
            return (ClickOn(replace(what, role=what.role or "field")), *found)
        case _:
            return None
