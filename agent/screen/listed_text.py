"""The text that a device lists, as lines: what a phone says is not read from its pixels."""

from collections.abc import Iterator, Sequence

from agent.screen.overlap import centred_in, edges_of
from agent.screen.text import ScreenText, TextLine, Word
from devices import Box, Element


def text_of(elements: Sequence[Element]) -> ScreenText:
    """The names of `elements` as lines from top to bottom; a row that repeats the texts inside it is left out."""
    every = sorted((e for e in elements if e.role != "window"), key=lambda each: (each.box.top, each.box.left))
    texts = edges_of([each.box for each in every if each.role == "text"])
    alone = (each for each in every if each.role == "text" or not centred_in(each.box, texts).any())
    return ScreenText(tuple(TextLine(tuple(_words(each))) for each in alone if each.text.split()))


def _words(element: Element) -> Iterator[Word]:
    """The words of `element`, each with its share of the box."""
    box, parts = element.box, element.text.split()
    letters = max(1, len(" ".join(parts)))
    at = 0
    for part in parts:
        left, right = box.left + box.width * at // letters, box.left + box.width * (at + len(part)) // letters
        yield Word(part, Box(left, box.top, max(right, left + 1), box.bottom), 1.0)
        at += len(part) + 1
