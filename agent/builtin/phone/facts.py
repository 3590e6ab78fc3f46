"""Finds in what a screen says the words that answer a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.builtin.phone.finding import row_value
from agent.builtin.phone.vocabulary import EMPTY_WORDS
from agent.builtin.phone.widgets import FIELDS, PRESSED, texts_in, widgets, words_of
from devices import Observation

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
HEADING_WORDS = 4
"""A free line of at most so many words, without a digit or a full stop, is a heading of what follows."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is said in one place: the texts of a row, or a text that stands free, and what it stands below."""

    texts: tuple[str, ...]
    free: bool
    above: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for text in self.texts for word in words_of(text))

    @property
    def counts(self) -> bool:
        """Whether it says a number."""
        return any(map(str.isdigit, " ".join(self.texts)))


def sought(what: str) -> frozenset[str]:
    """The words of a question that its answer has to speak of."""
    return frozenset(word for word in words_of(what) if word not in EMPTY_WORDS)


def fact(what: str, seen: Observation, *, amount: bool = False) -> str | None:
    """What the screen says of `what`; a number with its unit when an `amount` is asked for. None when it says nothing.

    Every word of `what` must be said, in the answer, its row, or the headings above it; one of four may be missing.
    """
    value = row_value(what, seen, numeric=amount)
    listing = "," in value and not any(map(str.isdigit, value)) and "settings" in seen.front.lower()
    if value and not listing and (not amount or any(map(str.isdigit, value))):
        return value
    wanted = sought(what)
    if not wanted:
        return None
    best, found = (0, 0), -1
    units = tuple(_units(seen))
    for number, unit in enumerate(units):
        own = wanted & unit.words
        missing = wanted - unit.words - unit.above
        if (missing and (len(wanted) < 4 or len(missing) > 1)) or (amount and not unit.counts):
            continue
        if not own and not (unit.above & wanted and len(unit.texts[0].split()) > HEADING_WORDS):
            continue
        if _lists(unit, seen) or _only_mentions(unit, wanted) or (unit.free and _is_heading(unit.texts[0])):
            continue
        if found < 0 or (len(own), -len(missing)) > best:
            best, found = (len(own), -len(missing)), number
    return _said(units, found, wanted, amount) if found >= 0 else None


def _units(seen: Observation) -> Iterator[Unit]:
    title: frozenset[str] = frozenset()
    heading: frozenset[str] = frozenset()
    first = True
    told = widgets(seen)
    rows = [each for each in told if each.role in PRESSED and each.role not in FIELDS and each.text]
    for each in told:
        if each in rows:
            inside = tuple(text.text for text in texts_in(each.box, seen))
            yield Unit(inside or (each.text,), False, title | heading)
        elif each.role == "text" and not any(each.box.center in row.box for row in rows):
            yield Unit((each.text,), True, title | heading)
            if first:
                title, first = frozenset(words_of(each.text)), False
            elif _is_heading(each.text):
                heading = frozenset(words_of(each.text))


def _is_heading(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and not re.search(r"[\d.!?:]", text)


def _lists(unit: Unit, seen: Observation) -> bool:
    """Whether it only lists what lies behind it, as rows of settings do: "Dark theme, font size, brightness"."""
    rest = " ".join(unit.texts[1:])
    return "settings" in seen.front.lower() and "," in rest and not any(map(str.isdigit, rest))


def _only_mentions(unit: Unit, wanted: frozenset[str]) -> bool:
    """Whether only what stands below the label speaks of it, among other things."""
    below = frozenset(word for text in unit.texts[1:] for word in words_of(text))
    return len(unit.texts) > 1 and not wanted & set(words_of(unit.texts[0])) and not below <= wanted and not unit.counts


def _said(units: tuple[Unit, ...], number: int, wanted: frozenset[str], amount: bool) -> str:
    """The part of the unit that answers: of a row the texts that are not its label, of a paragraph its sentence."""
    unit = units[number]
    if len(unit.texts) > 1:
        apart = [text for text in unit.texts if not wanted & set(words_of(text))]
        counted = [text for text in unit.texts if any(map(str.isdigit, text))]
        return " ".join(counted if amount and counted else apart or unit.texts)
    sentences = SENTENCE.split(unit.texts[0])
    best = max(sentences, key=lambda each: len(wanted & set(words_of(each))))
    if len(sentences) > 1 and wanted & set(words_of(best)):
        return best
    beside = [units[n] for n in (number - 1, number, number + 1) if 0 <= n < len(units)]
    short = [each.texts[0] for each in beside if each.free and each.counts and len(each.texts[0]) < 40]
    return "\n".join(short) if amount and unit.free and unit.texts[0] in short else unit.texts[0]
