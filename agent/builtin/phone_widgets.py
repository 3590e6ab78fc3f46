"""The widgets that a phone reports through its accessibility tree, and how labels are compared."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.builtin.screen_text import ScreenText, TextLine, Word
from agent.builtin.similarity import similarity, tidy
from devices import Box, Element, Observation, Point

FRONT = re.compile(r"[A-Za-z]\w*(?:\.\w+)+/[\w.$]+")
"""A phone names the foreground as package/activity."""

PRESSED = frozenset({"button", "switch", "checkbox", "radio", "choice", "field", "password", "image", "slider"})
FIELDS = frozenset({"field", "password"})
MIN_SIMILARITY = 76.0
"""Minimum similarity, 0 to 100, to accept a label."""


def is_phone(seen: Observation) -> bool:
    """Whether the screen is a phone's: it reports widgets, or its foreground is an activity."""
    return any(e.role != "window" for e in seen.elements) or bool(FRONT.match(seen.front))


def widgets(seen: Observation) -> tuple[Element, ...]:
    """The widgets in reading order; empty where the phone reports none at this moment."""
    reported = (each for each in seen.elements if each.role != "window")
    return tuple(sorted(reported, key=lambda each: (each.box.top, each.box.left)))


def fields(seen: Observation) -> tuple[Element, ...]:
    return tuple(each for each in widgets(seen) if each.role in FIELDS)


def pressed_at(point: Point, seen: Observation) -> Element | None:
    """The smallest widget that takes a press at `point`."""
    around = [each for each in seen.elements if each.role in PRESSED and point in each.box]
    return min(around, key=lambda each: each.box.area, default=None)


def row_of(element: Element, seen: Observation) -> Element:
    """The widget that takes a press on `element`: the row around a label, or itself."""
    if element.role in PRESSED:
        return element
    return pressed_at(element.box.center, seen) or element


def texts_in(box: Box, seen: Observation) -> tuple[Element, ...]:
    """The texts inside `box`, in reading order."""
    return tuple(each for each in widgets(seen) if each.role == "text" and each.box.center in box)


def title_of(row: Element, seen: Observation) -> str:
    """The first text in a row, else the row's own label."""
    inside = texts_in(row.box, seen)
    return inside[0].text if inside else row.text


def text_of(seen: Observation) -> ScreenText:
    """The text of the widgets as lines; a row that repeats the texts inside it is left out."""
    every = widgets(seen)
    texts = [each.box.center for each in every if each.role == "text"]
    alone = [
        each for each in every if each.text and (each.role == "text" or not any(center in each.box for center in texts))
    ]
    lines = tuple(TextLine(tuple(_words(each))) for each in alone if each.text.split())
    return ScreenText(lines, tuple(each.box for each in every if each.role in PRESSED))


def summary_of(seen: Observation) -> str:
    """The first lines on the screen, for messages to the person."""
    return "; ".join(line.text for line in text_of(seen).lines[:12]) or "nothing"


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
    plain = re.sub(r"\bwi[- ]?fi\b", "wifi", tidy(text))
    words = re.findall(r"\d+:\d+|[^\W_]+(?:'[a-z]+)?", plain)
    return tuple(_singular(re.sub(r"^0(?=\d)", "", word)) for word in words)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=8192)
def label_similarity(wanted: str, label: str) -> float:
    """How well `label` names what is `wanted`, 0 to 100: it has all its words, or is one or two letters off."""
    asked, shown = tidy(wanted), tidy(label)
    if asked == shown:
        return 100.0
    mine, theirs = words_of(wanted), words_of(label)
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 99.0
    if set(mine) <= set(theirs):
        begins = theirs[: len(mine)] == mine
        return max(77.0, (92.0 if begins else 90.0) - 2.0 * (len(theirs) - len(mine)))
    if len(mine) != len(theirs) or min(len(asked), len(shown)) <= 4:
        return 0.0
    if any(similarity(one, other) < 75 for one, other in zip(mine, theirs, strict=True)):
        return 0.0  # "last name" is not a misspelt "first name"
    close = similarity(asked, shown)
    return close if close >= 80 else 0.0
