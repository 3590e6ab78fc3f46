"""Sentences that type, clear, or press keys."""

import re

from agent.builtin.instructions import Empty, PressKeys, Write
from agent.builtin.patterns import Parsed, Pattern, menu_path, repeated_chord
from agent.builtin.phrases import Quotes, fits, target, without
from agent.builtin.words import KIND_PATTERN
from agent.grounding.target import Target

LEAD = r"^(?:the |this )?(?:text|words?|line|number|value|name):? (?=\S)"
FIELD = rf"(?:.*[ -])?(?:{KIND_PATTERN})"
IT = r"(?: (?:it|this|that|everything|the (?:text|selection|file|document|last change)))?"

SHORTCUTS = {
    r"select (?:all|everything|all (?:the )?(?:text|items|files)|the whole (?:text|document))": "a",
    rf"copy{IT}": "c",
    rf"cut{IT}": "x",
    rf"paste{IT}": "v",
    rf"undo{IT}": "z",
    rf"redo{IT}": "y",
    rf"save{IT}": "s",
    rf"print{IT}": "p",
    r"(?:open |create )?(?:a )?new (?:file|document)": "n",
}
"""Commands that desktops give one shortcut: Ctrl and this letter."""


def _field(phrase: str, quotes: Quotes) -> Target | None:
    if len(phrase.split()) > 8 or re.search(r"\band\b", phrase):
        return None
    what = target(phrase, quotes)
    return Target(what.text, what.role or "field", what.ordinal, what.side, what.anchor) if what else None


def _text(phrase: str, quotes: Quotes) -> str:
    """The text to type: exact if quoted; "" for a description of it without quotes, "the name above" or "me a poem"."""
    if not quotes.any(phrase) and fits(r"(?:the|this|that|these|me|us) .*", phrase.strip()):
        return ""
    return quotes.plain(without(LEAD, phrase).strip(" :")) if quotes.any(phrase) else phrase.strip()


def _type(found: re.Match[str], quotes: Quotes) -> Parsed:
    phrase = found[1]
    if not quotes.any(phrase) and repeated_chord(phrase) and fits("(?:enter|hit) .*", found[0]):
        return None
    at = fits(r"(.+) (into|in|to|on) ((?:the )?.+?)", phrase)
    while at:
        text, where = at[1], at[3]
        exact = quotes.only(without(LEAD, text).strip(" :"))
        named = fits(FIELD, where) is not None or quotes.only(where)
        if quotes.any(text) and not exact:
            return None  # "'a' into 'b' and 'c'": the text to type is not clear
        if exact or at[2].lower() == "into" or (named and at[2].lower() in ("in", "into")):
            field, typed = _field(where, quotes), _text(text, quotes)
            return (Write(typed, field, afresh=True),) if field and (typed or exact) else None
        at = fits(r"(.+) (into|in|to|on) ((?:the )?.+?)", text)
    if quotes.any(phrase) and not quotes.only(without(LEAD, phrase).strip(" :")):
        return None  # "three lines: 'a'": the text to type is not clear
    text = _text(phrase, quotes)
    return (Write(text),) if text else None


def _fill(found: re.Match[str], quotes: Quotes) -> Parsed:
    field = _field(found[1], quotes)
    if field is None or field.role != "field" or menu_path(found[1], quotes) or fits(r".*\bslider", found[1]):
        return None
    typed = _text(found[2], quotes)
    return (Write(typed, field, afresh=True),) if typed else None


def _press(found: re.Match[str], quotes: Quotes) -> Parsed:
    phrase = without(r" on the keyboard$", found[1])
    if fits(r".*\bbutton\b.*", phrase):
        return None
    if quotes.any(phrase) and not repeated_chord(phrase := quotes.bare(phrase)):
        return None
    if pressed := repeated_chord(phrase):
        return (pressed,)
    chords = [repeated_chord(part) for part in re.split(r",? then |, | ", phrase)]  # "8 * 8 enter"
    return tuple(chord for chord in chords if chord) if all(chords) else None


def _clear(found: re.Match[str], quotes: Quotes) -> Parsed:
    phrase = without(r"^(?:the )?(?:content|contents|text|value) (?:of|in|from) ", found[1])
    if fits(r"(?:the )?(?:text|contents?|everything|document)", phrase):
        return (Empty(),)
    field = _field(phrase, quotes)
    return (Empty(field),) if field and field.role == "field" else None


def _shortcut(letter: str) -> Parsed:
    return (PressKeys(("ctrl", letter)),)


KEYBOARD: tuple[Pattern, ...] = (
    *((pattern, lambda m, q, letter=letter: _shortcut(letter)) for pattern, letter in SHORTCUTS.items()),
    (r"(?:press|hit|push)(?: the)?(?: keys?| key combination)? (.+)", _press),
    (r"(?:clear|empty|erase) (.+)", _clear),
    (r"fill(?: in| out)? (.+?) with (.+)", _fill),
    (r"set (.+?) to (.+)", _fill),
    (r"(?:type|write|enter|input|put|insert)(?: in(?! the )| out)?:? (.+)", _type),
)
