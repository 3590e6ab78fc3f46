"""Runs of words: a part of a longer text, and words and lines inside what can be written in."""

from collections.abc import Iterator, Sequence

from agent.grounding.geometry import front_window
from agent.grounding.similarity import min_similarity, similarity, spellings, tidy, words_of
from agent.screen.screen import Screen
from agent.screen.text import Word, around
from devices import Box, Element


def part_of(element: Element, wanted: str, screen: Screen) -> tuple[Element, float] | None:
    """The run of words in a longer text that says what is wanted, as an element, and how well it does."""
    mine = words_of(wanted)
    if not mine or not set(mine) & set(words_of(element.text)) or len(element.text.split()) <= len(wanted.split()):
        return None
    read = [] if element.source == "device" else [w for w in screen.text.words if w.box.center in element.box]
    return max(_rated(read or _words(element), wanted), key=lambda pair: pair[1], default=None)


def runs(wanted: str, screen: Screen) -> Iterator[tuple[Element, float]]:
    """Every run of words that was read on the screen and says what is wanted, each place once."""
    for line in screen.text.lines:
        yield from _rated(line.words, wanted)


def named_lines(wanted: str, screen: Screen) -> Iterator[tuple[Element, float]]:
    """The lines of the largest thing to write in, else of the window in front, that contain what is wanted."""
    tall = [e for e in screen.elements if e.editable or e.role == "field" if e.box.height > 3 * screen.unit]
    front = front_window(screen)
    area = max(tall, key=lambda each: each.box.area).box if tall else front.box if front else screen.seen.box
    for line in screen.text.within(area).lines:
        if not wanted or any(True for _ in _rated(line.words, wanted)):
            yield Element("text", line.text, line.box, source="text"), 90.0


def _rated(words: Sequence[Word], wanted: str) -> Iterator[tuple[Element, float]]:
    """The runs of `words` that say what is wanted: the best at each place."""
    found: list[tuple[float, int, int]] = []
    for spelling in spellings(wanted):
        count = len(spelling.split())
        for length in range(max(1, count - 1), count + 2):
            for start in range(len(words) - length + 1):
                score = similarity(spelling, tidy(" ".join(word.text for word in words[start : start + length])))
                if score >= min_similarity(wanted):
                    found.append((score, start, start + length))
    taken: set[int] = set()
    for score, start, end in sorted(found, key=lambda each: (-each[0], each[1])):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            run = words[start:end]
            yield Element("text", " ".join(w.text for w in run), around(w.box for w in run), source="text"), score


def _words(element: Element) -> list[Word]:
    """The words of an element that was not read, each with its share of the box."""
    box, letters, at = element.box, max(1, len(" ".join(element.text.split()))), 0
    found = []
    for part in element.text.split():
        left, right = box.left + box.width * at // letters, box.left + box.width * (at + len(part)) // letters
        found.append(Word(part, Box(left, box.top, max(right, left + 1), box.bottom), 1.0))
        at += len(part) + 1
    return found
