"""Matches two screens by the elements of their accessibility trees: role, text, and whether checked or focused."""

from agent.rerun.text_match import TextMatch, match_text
from agent.screen.text import Word
from agent.screen.widgets import widgets
from devices import Element, Observation
from devices.roles import FIELDS


def match_elements(then: Observation, now: Observation) -> TextMatch | None:
    """The elements of both screens matched like words; None where one screen has none.

    A checked switch does not match an unchecked one, nor a focused field an unfocused one.
    """
    old, new = ([_as_word(each) for each in widgets(seen)] for seen in (then, now))
    return match_text(old, new, str.__eq__) if old and new else None


def _as_word(element: Element) -> Word:
    state = {True: "on", False: "off", None: ""}[element.checked]
    focus = "focused" if element.focused and element.role in FIELDS else ""
    return Word(" ".join(filter(None, (element.role, element.text, state, focus))), element.box, 1.0)
