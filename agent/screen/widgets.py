"""The widgets that a phone reports through its accessibility tree."""

from collections.abc import Iterator

from agent.screen.text import ScreenText, TextLine, Word
from devices import Box, Element, Observation, Point
from devices.roles import FIELDS

PRESSED = frozenset({"button", "switch", "checkbox", "radio", "choice", "field", "password", "image", "slider"})


def widgets(seen: Observation) -> tuple[Element, ...]:
    """The widgets in reading order; empty where the phone reports none at this moment, and on a computer."""
    if seen.surface == "computer":
        return ()
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
