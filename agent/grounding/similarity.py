"""How well words on the screen name what is wanted: other spellings, letters that OCR mistakes, words left out."""

import re
from functools import lru_cache

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

SHORTCUT = re.compile(r"(?<=\w) \((?:(?:ctrl|alt|shift|cmd|super|meta)\+\S{1,12}|f\d{1,2})\)$")
"""A keyboard shortcut behind a label, as tooltips have it: "New tab (Ctrl+T)"."""

LOOKALIKE = str.maketrans(
    {"1": "l", "i": "l", "|": "l", "!": "l", "0": "o", "’": "'", "‘": "'", "`": "'", "—": "-", "–": "-"}
)
DIGITS = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0"})
"""Letters that OCR takes for digits."""

WHOLE = 95.0
"""Similarity of a label that says all of what is wanted, and no more than dots, colons or plurals beside it."""


def min_similarity(text: str) -> float:
    """Minimum similarity, 0 to 100, to accept a label for `text`: short words must be exact, long ones may differ."""
    length = len(text.strip())
    return 88.0 if length <= 4 else 82.0 if length <= 7 else 76.0


def spellings(text: str) -> tuple[str, ...]:
    """`text` and the other ways to label the same thing, in lower case, `text` first."""
    plain = tidy(text)
    return next(((plain, *(tidy(s) for s in row if tidy(s) != plain)) for row in SAME if plain in row), (plain,))


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """`text` in lower case with single spaces, without trailing dots, colons and arrows."""
    plain = " ".join(text.lower().replace("…", "...").replace("’", "'").split())
    plain = SHORTCUT.sub("", plain)
    if len(plain) > 2:
        plain = plain.rstrip(".:*▼▾✓|").strip() or plain
    return plain


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a label as they are compared: "Wi-Fi" is one word, "06:30" is "6:30", plurals are singular."""
    plain = re.sub(r"\bwi[- ]?fi\b", "wifi", tidy(text))
    words = re.findall(r"\d+:\d+|[^\W_]+(?:'[a-z]+)?", plain)
    return tuple(_singular(re.sub(r"^0(?=\d)", "", word)) for word in words)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def similarity(wanted: str, shown: str) -> float:
    """0 to 100: 100 for equal labels, 97 where OCR only mistook letters that look alike. Both are `tidy`."""
    from rapidfuzz import fuzz

    if wanted == shown:
        return 100.0
    if len(wanted) <= 1 or len(shown) <= 1:
        return 0.0
    if re.findall(r"\d+", wanted.translate(DIGITS)) != re.findall(r"\d+", shown.translate(DIGITS)):
        return min(70.0, fuzz.ratio(wanted, shown))  # another number is another thing
    folded_wanted, folded_shown = wanted.translate(LOOKALIKE), shown.translate(LOOKALIKE)
    if folded_wanted == folded_shown:
        return 97.0
    tight_wanted, tight_shown = (re.sub(r"[\W_]", "", text) for text in (folded_wanted, folded_shown))
    if tight_wanted == tight_shown and len(tight_wanted) > 2:
        return 95.0
    return min(94.0, max(fuzz.ratio(wanted, shown), fuzz.ratio(folded_wanted, folded_shown) - 2))


@lru_cache(maxsize=32768)
def label_similarity(wanted: str, label: str) -> float:
    """How well a whole `label` names what is `wanted`, 0 to 100; `min_similarity(wanted)` and more is accepted.

    100 for the very words, from 95 for the same words set otherwise, 77 to 92 where the label has more words than were
    asked for, less where letters differ. A word that was asked for and is not there makes it 0.
    """
    if wanted.strip().lower() == label.strip().lower():
        return 100.0
    plain = ICON.sub("", label)
    scores = [
        _label_similarity(spelling, tidy(shown)) - less - (1 if number else 0)
        for number, spelling in enumerate(spellings(wanted))
        for shown, less in ((label, 0), (plain, 4))
        if shown and not (less and plain == label)
    ]
    return max([0.0, *scores])


def _label_similarity(asked: str, shown: str) -> float:
    mine, theirs = words_of(asked), words_of(shown)
    if asked == shown or (mine and mine == theirs):
        return WHOLE + (1 if asked == shown else 0)
    if len(mine) == len(theirs) and any(similarity(*pair) < 75 for pair in zip(mine, theirs, strict=True)):
        return 0.0  # "last name" is not a misspelt "first name"
    close = min(similarity(asked, shown), WHOLE)
    if close >= min_similarity(asked):
        return close
    if mine and set(mine) <= set(theirs) and len(asked) > 2:
        begins = theirs[: len(mine)] == mine
        return max(77.0, (92.0 if begins else 90.0) - 2.0 * (len(theirs) - len(mine)))
    return close if len(mine) == len(theirs) else 0.0
