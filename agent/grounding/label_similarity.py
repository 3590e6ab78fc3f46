"""How well the label of a widget names what is wanted, word by word."""

import re
from functools import lru_cache

from agent.grounding.similarity import similarity, tidy

MIN_SIMILARITY = 76.0
"""Minimum similarity, 0 to 100, to accept a label."""


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
