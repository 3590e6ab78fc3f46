"""The widgets that a phone tells, as targets beside what is read from the pixels."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.builtin.matching import likeness, tidy
from agent.builtin.phone.vocabulary import EMPTY_WORDS, SAME
from agent.builtin.screen_text import ScreenText, TextLine, Word
from devices import Box, Element, Observation, Point

FRONT = re.compile(r"[A-Za-z]\w*(?:\.\w+)+/[\w.$]+")
"""How a phone names what is in front: package/activity."""

PRESSED = frozenset({"button", "switch", "checkbox", "radio", "choice", "field", "password", "image", "slider"})
FIELDS = frozenset({"field", "password"})
ALIKE = 76.0
"""From which likeness on, of 100, a label is taken for what was asked."""


def is_phone(seen: Observation) -> bool:
    """Whether the screen is a phone's: it tells widgets, or its front is an activity."""
    return any(e.role != "window" for e in seen.elements) or bool(FRONT.match(seen.front))


def widgets(seen: Observation) -> tuple[Element, ...]:
    """The widgets in reading order; empty where the phone tells none now."""
    told = (each for each in seen.elements if each.role != "window")
    return tuple(sorted(told, key=lambda each: (each.box.top, each.box.left)))


def fields(seen: Observation) -> tuple[Element, ...]:
    return tuple(each for each in widgets(seen) if each.role in FIELDS)


def pressed_at(point: Point, seen: Observation) -> Element | None:
    """The smallest widget that takes a press at `point`."""
    around = [each for each in seen.elements if each.role in PRESSED and point in each.box]
    return min(around, key=lambda each: each.box.width * each.box.height, default=None)


def row_of(element: Element, seen: Observation) -> Element:
    """What is pressed by pressing `element`: the row around a label, or itself."""
    if element.role in PRESSED:
        return element
    return pressed_at(element.box.center, seen) or element


def texts_in(box: Box, seen: Observation) -> tuple[Element, ...]:
    """What is written inside `box`, in reading order."""
    return tuple(each for each in widgets(seen) if each.role == "text" and each.box.center in box)


def title_of(row: Element, seen: Observation) -> str:
    """The first thing that is written in a row, else all that it says."""
    inside = texts_in(row.box, seen)
    return inside[0].text if inside else row.text


def text_of(seen: Observation) -> ScreenText:
    """What the widgets say, as lines of text; rows that repeat what is written in them are left out."""
    told = widgets(seen)
    texts = [each.box.center for each in told if each.role == "text"]
    alone = [
        each for each in told if each.text and (each.role == "text" or not any(center in each.box for center in texts))
    ]
    lines = tuple(TextLine(tuple(_words(each))) for each in alone if each.text.split())
    return ScreenText(lines, tuple(each.box for each in told if each.role in PRESSED))


def _words(element: Element) -> Iterator[Word]:
    """The words of `element`, each with its share of the box."""
    box, parts = element.box, element.text.split()
    letters = max(1, len(" ".join(parts)))
    at = 0
    for part in parts:
        left, right = box.left + box.width * at // letters, box.left + box.width * (at + len(part)) // letters
        yield Word(part, Box(left, box.top, max(right, left + 1), box.bottom), 1.0)
        at += len(part) + 1


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a label as they are compared: "Wi-Fi" is one word, "06:30" is "6:30", plurals are singular."""
    plain = re.sub(r"\bwi[- ]?fi\b", "wifi", re.sub(r"\be-mail", "email", tidy(text)))
    found = re.findall(r"\d+:\d+|[^\W_]+(?:'[a-z]+)?", plain)
    return tuple(_stem(re.sub(r"^0(?=\d)", "", word)) for word in found)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ation", "ate", "ing", "ion"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=512)
def names_of(wanted: str) -> tuple[str, ...]:
    """`wanted`, and the other names of the same thing on phones."""
    said = tidy(wanted)
    bare = " ".join(word for word in said.split() if word not in EMPTY_WORDS) or said
    names = [said, *([bare] if bare != said else [])]
    for row in SAME:
        if any(words_of(name) == words_of(other) for name in (said, bare) for other in row):
            names += [name for name in row if name not in names]
    return tuple(names)


@lru_cache(maxsize=8192)
def alike(wanted: str, label: str) -> float:
    """How well `label` names what is `wanted`, 0 to 100; other names of the same thing count a little less."""
    scores = [_alike(name, label) - (2 if number else 0) for number, name in enumerate(names_of(wanted))]
    return max(0.0, *scores)


def _alike(wanted: str, label: str) -> float:
    said = tidy(label)
    if wanted == said:
        return 100.0
    mine, theirs = words_of(wanted), words_of(label)
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 99.0
    if set(mine) <= set(theirs):
        begins = theirs[: len(mine)] == mine
        return max(77.0, (92.0 if begins else 90.0) - 2.0 * (len(theirs) - len(mine)))
    if set(theirs) <= set(mine) and len("".join(theirs)) >= 4:
        return max(60.0, 84.0 - 6.0 * (len(mine) - len(theirs)))
    if len(mine) != len(theirs) or min(len(wanted), len(said)) <= 4:
        return 0.0
    if any(likeness(one, other) < 75 for one, other in zip(mine, theirs, strict=True)):
        return 0.0  # "last name" is not a misread "first name"
    close = likeness(wanted, said)
    return close if close >= 80 else 0.0
