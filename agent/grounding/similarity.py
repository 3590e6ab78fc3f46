"""Similarity of labels: how well words on the screen match words of an instruction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.screen.text import ScreenText, TextLine, Word, around
from devices import Box

SAME = (
    ("plus", "+"),
    ("minus", "-", "−", "–"),
    ("times", "*", "×", "x", "multiply", "asterisk"),
    ("divide", "/", "÷", "slash"),
    ("equals", "=", "equal sign"),
    ("dot", ".", "point", "period", "•", "·"),
    ("comma", ","),
    ("percent", "%"),
    ("square root", "sqrt", "√"),
    ("backspace", "<-", "⌫", "←"),
    ("zero", "0"), ("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"),
    ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"),
)  # fmt: skip
"""Names of signs, and the signs on keys; each row means one thing."""

ICON = re.compile(r"^[^\w\s]+(?=\w)|^[OQ0AZCDGX@](?=[A-Z][a-z])")
"""An icon right before a label, misread as a letter or a sign."""

LOOKALIKE = str.maketrans(
    {"1": "l", "i": "l", "|": "l", "!": "l", "0": "o", "’": "'", "‘": "'", "`": "'", "—": "-", "–": "-"}
)
DIGITS = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0"})
"""Letters that OCR takes for digits."""


@dataclass(frozen=True, slots=True)
class Match:
    """A run of words on the screen that may be meant; `score` from 0 to 100."""

    text: str
    box: Box
    score: float


def spellings(text: str) -> tuple[str, ...]:
    """`text` and the other ways to label the same thing, in lower case, `text` first."""
    plain = tidy(text)
    return next(((plain, *(tidy(s) for s in row if tidy(s) != plain)) for row in SAME if plain in row), (plain,))


def tidy(text: str) -> str:
    """`text` in lower case with single spaces, without trailing dots, colons and arrows."""
    plain = " ".join(text.lower().replace("…", "...").replace("’", "'").split())
    if len(plain) > 2:
        plain = plain.rstrip(".:*▼▾✓|").strip() or plain
    return plain


def similarity(wanted: str, found: str) -> float:
    """0 to 100: 100 for equal labels, 97 where OCR only mistook letters that look alike. Both are `tidy`."""
    from rapidfuzz import fuzz

    if wanted == found:
        return 100.0
    if len(wanted) <= 1 or len(found) <= 1:
        return 0.0
    if re.findall(r"\d+", wanted.translate(DIGITS)) != re.findall(r"\d+", found.translate(DIGITS)):
        return min(70.0, fuzz.ratio(wanted, found))  # another number is another thing
    folded_wanted, folded_found = wanted.translate(LOOKALIKE), found.translate(LOOKALIKE)
    if folded_wanted == folded_found:
        return 97.0
    tight_wanted, tight_found = (re.sub(r"[\W_]", "", text) for text in (folded_wanted, folded_found))
    if tight_wanted == tight_found and len(tight_wanted) > 2:
        return 95.0
    return min(94.0, max(fuzz.ratio(wanted, found), fuzz.ratio(folded_wanted, folded_found) - 2))


def matches(wanted: str, text: ScreenText, least: float = 0.0) -> list[Match]:
    """Runs of words in `text` that resemble `wanted`, best first, at most one for each place."""
    found: list[Match] = []
    for number, spelling in enumerate(spellings(wanted)):
        count = len(spelling.split())
        for line in text.lines:
            for start, run in _runs(line, count):
                label = " ".join(word.text for word in run)
                score = similarity(spelling, tidy(label)) - (1 if number else 0)
                if len(run) == 1 and len(spelling) >= 3 and score < 90 and spelling in tidy(label):
                    score = max(score, 72 + 20 * len(spelling) / len(label))
                if (plain := ICON.sub("", label)) != label:
                    score = max(score, similarity(spelling, tidy(plain)) - 4)
                if score >= max(least, 1):
                    found.append(Match(label, around(w.box for w in run), score - _cut(line, start, len(run))))
    found.sort(key=lambda match: -match.score)
    kept: list[Match] = []
    for match in found:
        if not any(_overlap(match.box, other.box) for other in kept):
            kept.append(match)
    return kept


def _runs(line: TextLine, count: int) -> Iterator[tuple[int, tuple[Word, ...]]]:
    for length in range(max(1, count - 1), count + 2):
        for start in range(len(line.words) - length + 1):
            yield start, line.words[start : start + length]


def _cut(line: TextLine, start: int, length: int) -> float:
    """Penalty for being only a part of a longer label: "Save" of "Save As"."""
    run = line.words[start : start + length]
    near = 0.7 * max(line.box.height, 10)
    before = start > 0 and run[0].box.left - line.words[start - 1].box.right < near
    after = start + length < len(line.words) and line.words[start + length].box.left - run[-1].box.right < near
    return 5.0 * (before + after)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.5 * min(one.width, other.width) and down > 0.5 * min(one.height, other.height)
