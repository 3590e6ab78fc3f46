"""Matches the elements of two screens: role, name, value, and whether checked or focused."""

from collections import Counter

from agent.rerun.text_match import TextMatch, WordPair, match_text
from agent.screen.text import Word
from devices import Box, Element, Observation, Point
from devices.roles import CONTROLS, FIELDS

MOST = 600
"""How many elements of one screen are matched: those with the longest names come first."""


def match_elements(then: Observation, area: Box, now: Observation, area_now: Box) -> TextMatch | None:
    """The elements in an area of both screens matched like words; None where one of them has none.

    A checked switch does not match an unchecked one, nor a focused field an unfocused one.
    """
    old, new = _words(then, area), _words(now, area_now)
    return _with_unique(match_text(old, new, str.__eq__)) if old and new else None


def _with_unique(match: TextMatch) -> TextMatch:
    """`match` with the lost elements paired that one new one alone is like: text grows by more than its window does."""
    lost, new = (Counter(word.text for word in words) for words in (match.lost, match.new))
    unique = {text for text, count in lost.items() if count == 1 and new[text] == 1}
    now = {word.text: word for word in match.new}
    pairs = [
        WordPair(word, now[word.text], match.pairs[0].transform)
        for word in match.lost
        if match.pairs and word.text in unique
    ]
    kept = {pair.then.text for pair in pairs}
    rest = (tuple(word for word in words if word.text not in kept) for words in (match.lost, match.new))
    return TextMatch((*match.pairs, *pairs), *rest)


def element_at(point: Point, seen: Observation) -> Element | None:
    """The smallest control or named element at `point`, windows aside."""
    around = [each for each in seen.elements if point in each.box and (each.text or each.role in CONTROLS)]
    return min((each for each in around if each.role != "window"), key=lambda each: each.box.area, default=None)


def _words(seen: Observation, area: Box) -> list[Word]:
    named = [
        each
        for each in seen.elements
        if each.role != "window" and (each.text or each.value or each.role in FIELDS) and each.box.center in area
    ]
    longest = sorted(named, key=lambda each: -len(each.text))[:MOST]
    return [_as_word(each) for each in sorted(longest, key=lambda each: (each.box.top, each.box.left))]


def _as_word(element: Element) -> Word:
    state = {True: "on", False: "off", None: ""}[element.checked]
    focus = "focused" if element.focused and element.role in FIELDS else ""
    parts = (element.role, element.text, element.value, state, focus)
    return Word(" ".join(filter(None, parts)), element.box, 1.0)
