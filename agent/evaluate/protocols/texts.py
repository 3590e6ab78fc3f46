"""When two texts are the same answer, by each protocol's measure."""

import re
import unicodedata
from collections import Counter

from rapidfuzz.distance import Indel, Levenshtein


def normalise(text: str) -> str:
    """Unicode NFKC, case folded, every run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def same_text(expected: str, predicted: str) -> bool:
    """Equal after normalisation, and not empty; text that is white space only must be equal as it is."""
    if normalise(expected) or normalise(predicted):
        return normalise(expected) == normalise(predicted)
    return bool(expected) and expected == predicted


def either_holds(expected: str, predicted: str) -> bool:
    """Whether one of the texts is part of the other. The empty text is part of every text."""
    return expected in predicted or predicted in expected


def levenshtein_ratio(one: str, other: str) -> float:
    """python-Levenshtein's `ratio`: 1 for equal texts, 0 for texts with no character in common."""
    return Indel.normalized_similarity(one, other)


def edit_similarity(one: str, other: str) -> float:
    """1 minus the edit distance as a share of the longer text; 1 for two empty ones."""
    return Levenshtein.normalized_similarity(one, other)


def set_f1(expected: str, predicted: str) -> float:
    """F1 of the two sets of words, in lower case and without punctuation; 1 for two empty ones."""
    one, other = (set(re.sub(r"[^\w\s]", " ", text.lower()).split()) for text in (expected, predicted))
    if not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other))


def first_word(text: str) -> str:
    """The first word of `text` in lower case; "" without one."""
    return next(iter(text.lower().split()), "")


def bag_f1(expected: str, predicted: str) -> float:
    """F1 of the two bags of words, in lower case; 0 where either is empty."""
    one, other = Counter(expected.lower().split()), Counter(predicted.lower().split())
    shared = sum((one & other).values())
    return 2 * shared / (one.total() + other.total()) if shared else 0.0
