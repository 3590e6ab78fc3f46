"""The quoted parts of a goal, taken out before it is split, so that nothing in them is read as words of ours."""

import re
from dataclasses import dataclass

from agent.policy import NotUnderstood

MARK = 0xE000
"""Each quoted part of a goal is replaced by one private-use character from here on, so that nothing can split it."""

QUOTED_PART = "[\ue000-\uf8ff]"
MOST_QUOTES = 6000

QUOTED = re.compile(
    r"\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”]|«\s?([^«»]*?)\s?»|「([^「」]*)」|`([^`]*)`"
    r"|(?<![^\W_])'([^']*(?:(?<=[^\W_])'(?=[^\W_])[^']*)*)'(?![^\W_])"
    r"|(?<![^\W_])‘([^‘’]*(?:(?<=[^\W_])’(?=[^\W_])[^‘’]*)*)’(?![^\W_])"
)
"""A text between two marks of one kind, over several lines if need be; an apostrophe inside a word ends nothing."""

UNPAIRED = re.compile(r"(?:(?<!\S)['‘](?=\S)|[\"“”„«»「」`])[^\n]{0,40}")
"""A quotation mark that no other belongs to: one before a word, or one that is never an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quoted parts of a goal, in order: without and with their quotation marks."""

    inside: tuple[str, ...]
    whole: tuple[str, ...]

    def plain(self, text: str) -> str:
        """`text` with its quoted parts put back; one that is all of `text` without its marks."""
        text = text.strip()
        return self.inside[ord(text) - MARK] if self.only(text) else self._put_back(text, self.whole)

    def bare(self, text: str) -> str:
        """`text` with its quoted parts put back without marks."""
        return self._put_back(text, self.inside).strip()

    def only(self, text: str) -> bool:
        """Whether `text` is one quoted part and nothing else."""
        text = text.strip()
        return len(text) == 1 and self.any(text)

    def any(self, text: str) -> bool:
        """Whether `text` contains a quoted part."""
        return any(0 <= ord(c) - MARK < len(self.inside) for c in text)

    def _put_back(self, text: str, parts: tuple[str, ...]) -> str:
        return "".join(parts[ord(c) - MARK] if 0 <= ord(c) - MARK < len(parts) else c for c in text)


def extract_quotes(goal: str) -> tuple[str, Quotes]:
    """`goal` with every quoted part replaced by one private-use character, and those parts.

    Raises `NotUnderstood` for a quotation mark without its other half: nothing tells where its text begins or ends.
    """
    inside: list[str] = []
    whole: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if len(inside) >= MOST_QUOTES:
            raise NotUnderstood(f"the goal has more than the {MOST_QUOTES} quoted texts that are read at once")
        inside.append(next((group for group in found.groups() if group is not None), ""))
        whole.append(found[0])
        return chr(MARK + len(inside) - 1)

    text = QUOTED.sub(keep, re.sub(r"[\ue000-\uf8ff]", "", goal))
    if unpaired := UNPAIRED.search(text):
        part = Quotes(tuple(inside), tuple(whole)).plain(unpaired[0])
        raise NotUnderstood(f"the quotation mark of {part} is never closed, or opened: write both")
    return text, Quotes(tuple(inside), tuple(whole))
