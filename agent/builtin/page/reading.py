"""Reads the goals of web pages that only make sense whole: "Switch between the tabs to find and click 'X'"."""

import re

from agent.builtin.grammar import Meaning
from agent.builtin.instructions import ClickOn, Instruction, Target
from agent.builtin.page.forms_of_text import TEXT
from agent.builtin.page.forms_of_widgets import WIDGETS
from agent.builtin.phrases import Quotes

FORMS = (*WIDGETS, *TEXT)
"""Each describes a whole sentence; the first that fits wins."""

SENTENCE = re.compile(r"(?<=[^.][.!?])\s+")
THEN = re.compile(
    r"(?:,|;|\.)?(?: and)?(?: then)? (?:then )?(?:press|click|hit|tap|push)(?: on)?(?: the)? (\S+?)(?: button)?"
    r"(?: when(?: you(?:'re| are))? (?:done|finished))?",
    re.IGNORECASE,
)
"""How such goals end: "and press Submit when done"."""


def page_meaning(goal: str, quotes: Quotes) -> Meaning:
    """What `goal` asks for when every sentence of it is one of a page; else None."""
    found: list[Instruction] = []
    for sentence in SENTENCE.split(goal.strip()):
        meant = _sentence(sentence.strip().rstrip(".!"), quotes)
        if meant is None:
            return None
        found += meant
    return tuple(found) or None


def _sentence(sentence: str, quotes: Quotes) -> Meaning:
    if whole := _form(sentence, quotes):
        return whole
    if only := THEN.fullmatch(f" {sentence}"):
        return (_button(only[1], quotes),)
    for joint in THEN.finditer(sentence):
        if joint.end() == len(sentence) and (first := _form(sentence[: joint.start()], quotes)):
            return (*first, _button(joint[1], quotes))
    return None


def _button(name: str, quotes: Quotes) -> ClickOn:
    return ClickOn(Target(quotes.bare(name), "button"))


def _form(sentence: str, quotes: Quotes) -> Meaning:
    for pattern, meant in FORMS:
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (result := meant(found, quotes)) is not None:
            return result
    return None
