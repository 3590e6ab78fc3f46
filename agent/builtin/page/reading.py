"""Reads the goals of web pages that only make sense whole: "Switch between the tabs to find and click 'X'"."""

import re

from agent.builtin.grammar import Meaning
from agent.builtin.instructions import ClickOn, Instruction, Target
from agent.builtin.page.deeds_of_text import HandIn
from agent.builtin.page.forms_of_drawing import DRAWING
from agent.builtin.page.forms_of_text import TEXT
from agent.builtin.page.forms_of_widgets import WIDGETS
from agent.builtin.phrases import Quotes

FORMS = (*DRAWING, *WIDGETS, *TEXT)
"""Each describes a whole sentence; the first that fits wins."""

SENTENCE = re.compile(r"(?<=[^.][.!?])\s+")
THEN = re.compile(
    r"(?:^|[,;.]? )(?:and )?(?:then )?(?:(?:press|click|hit|tap|push)(?: on)?(?: the)? (\S+?)(?: button)?|(submit))"
    r"(?: when(?: you(?:'re| are))? (?:done|finished))?$",
    re.IGNORECASE,
)
"""How such goals end: "and press Submit when done", "and submit"."""

SENT = ("submit", "ok", "okay", "done", "send", "search", "save", "apply", "login", "finish", "next", "continue")
"""What the last button of a form is called."""


def page_meaning(goal: str, quotes: Quotes) -> Meaning:
    """What `goal` asks for when every sentence of it is one of a page; else None."""
    goal = goal.strip()
    if whole := _sentence(goal.rstrip(".!"), quotes):
        return whole
    found: list[Instruction] = []
    for sentence in SENTENCE.split(goal):
        meant = _sentence(sentence.strip().rstrip(".!"), quotes)
        if meant is None:
            return None
        found += meant
    return tuple(found) or None


def page_form(sentence: str, quotes: Quotes) -> Meaning:
    """What one sentence of a page means by itself; None when no form fits."""
    for pattern, meant in FORMS:
        found = re.fullmatch(pattern, sentence, re.IGNORECASE | re.DOTALL)
        if found and (result := meant(found, quotes)) is not None:
            return result
    return None


def _sentence(sentence: str, quotes: Quotes) -> Meaning:
    last = THEN.search(sentence)
    name = quotes.bare(last[1] or last[2]) if last else ""
    if last is None or name.lower() not in SENT:
        return page_form(sentence, quotes)
    if last.start() == 0:
        return (ClickOn(Target(name, "button")) if last[1] else HandIn(name),)
    first = page_form(sentence[: last.start()], quotes)
    return (*first, HandIn(name)) if first else page_form(sentence, quotes)
