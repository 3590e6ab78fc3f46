"""Parses noun phrases: "the second 'Save' button in the Export dialog" becomes a target."""

import re
from dataclasses import dataclass

from agent.builtin.words import KIND_PATTERN, KINDS, ordinal
from agent.grounding.target import Side, Target
from agent.policy import NotUnderstood

MARK = 0xE000
"""Each quoted part of a goal is replaced by one private-use character from here on, so that nothing can split it."""

MOST_QUOTES = 6000

OPENED = re.compile(r"(?<!\S)[\"“„«`'‘](?=\S)[^\n]{0,40}")
"""A quotation mark that begins a quoted part and has no other that ends it."""

QUOTED = re.compile(
    r"\"([^\"]*)\"|“([^”\n]*)”|„([^“”\n]*)[“”]|«([^»\n]*)»|`([^`\n]*)`"
    r"|(?<![^\W_])'([^'\n]*(?:(?<=[^\W_])'(?=[^\W_])[^'\n]*)*)'(?![^\W_])|(?<![^\W_])‘([^\n]*?)’(?![^\W_])"
)

LEADING = {"button", "checkbox", "file", "folder", "icon", "key", "link", "menu item", "tab", "text", "word"}
"""Element words that may come before a name without quotes: "the word foo", "tab 2"."""

SIDES: tuple[tuple[str, Side], ...] = (
    (r"(?:to|on) the right(?: side)? of|right of", "right"),
    (r"(?:to|on) the left(?: side)? of|left of", "left"),
    (r"next to|beside|near(?:est)?(?: to)?", "near"),
    (r"above", "above"),
    (r"below|under|underneath", "below"),
)
NAMELESS = {"button", "checkbox", "radio", "field", "list", "link", "menu", "window"}
"""Kinds of which one may be meant without a name: "the button next to 'Name'"."""

CALLED = r"(?:called|named|labell?ed|titled|with the (?:text|label|name))"
MOST_WORDS = 6
DESCRIPTION = r"\b(?:the|an|that|which|this|these)\b|,(?! ?\d+\)$)"
"""No part of a label that is written without quotes: such words describe it, and descriptions are not understood."""

PRONOUN = r"it|this|that|them|these|those|him|her|one"
SCREEN = r"(?:the )?(?:screen|desktop|page)"


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quoted parts of a goal, in order: without and with their quotation marks."""

    inside: tuple[str, ...]
    whole: tuple[str, ...]

    def plain(self, text: str) -> str:
        """`text` with its quoted parts put back; one that is all of `text` without its marks."""
        text = text.strip()
        return self.inside[ord(text) - MARK] if self.only(text) else "".join(self._put_back(text, self.whole))

    def bare(self, text: str) -> str:
        """`text` with its quoted parts put back without marks."""
        return "".join(self._put_back(text, self.inside)).strip()

    def only(self, text: str) -> bool:
        """Whether `text` is one quoted part and nothing else."""
        text = text.strip()
        return len(text) == 1 and self.any(text)

    def any(self, text: str) -> bool:
        """Whether `text` contains a quoted part."""
        return any(0 <= ord(c) - MARK < len(self.inside) for c in text)

    def _put_back(self, text: str, parts: tuple[str, ...]) -> list[str]:
        return [parts[ord(c) - MARK] if 0 <= ord(c) - MARK < len(parts) else c for c in text]


def fits(pattern: str, text: str) -> re.Match[str] | None:
    """The match of `pattern` with all of `text`, ignoring case."""
    return re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)


def without(pattern: str, text: str) -> str:
    """`text` without every match of `pattern`, ignoring case."""
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip()


def is_path(text: str) -> bool:
    """Whether `text` looks like the path or the name of a file."""
    return bool(re.match(r"(?:~|/|\.{1,2}/|[A-Za-z]:\\)\S*", text) or re.search(r"\w\.[A-Za-z][A-Za-z0-9]{0,4}$", text))


def extract_quotes(goal: str) -> tuple[str, Quotes]:
    """`goal` with every quoted part replaced by one private-use character, and those parts.

    Raises `NotUnderstood` for a quotation mark that is never closed: nothing tells where its text ends.
    """
    inside: list[str] = []
    whole: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if len(inside) >= MOST_QUOTES:
            return found[0]
        inside.append(next((group for group in found.groups() if group is not None), ""))
        whole.append(found[0])
        return chr(MARK + len(inside) - 1)

    goal = re.sub(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)", r"(\1,\2)", goal)
    clean = "".join(c for c in goal if not 0xE000 <= ord(c) <= 0xF8FF)
    text = QUOTED.sub(keep, clean)
    if opened := OPENED.search(text):
        raise NotUnderstood(f"the quotation mark of {opened[0].strip()} is never closed: close it on the same line")
    return text, Quotes(tuple(inside), tuple(whole))


def target(phrase: str, quotes: Quotes) -> Target | None:
    """The target that `phrase` names; None if it names none."""
    phrase = re.sub(r"\s+", " ", phrase).strip(" \t.,;:?!")
    if not phrase or fits(PRONOUN, phrase):
        return None
    if quotes.only(phrase):
        return Target(quotes.plain(phrase)) if quotes.plain(phrase).strip() else None
    for pattern, side in SIDES:
        found = fits(rf"(.+?) (?:(?:that|which) (?:is|are) )?(?:{pattern}) (.+)", phrase)
        if found and (what := target(found[1], quotes)) and (anchor := target(found[2], quotes)):
            return Target(what.text, what.role, what.ordinal, side, anchor)
    if found := fits(r"(.+?) (?:in|on|inside|within|of|from|under) ((?:the |this )?.+)", phrase):
        inner, outer = target(found[1], quotes), place(found[2], quotes)
        if inner and outer:
            return Target(inner.text, inner.role, inner.ordinal, "in", outer) if outer.text or outer.role else inner
    return _simple(phrase, quotes)


def place(phrase: str, quotes: Quotes) -> Target | None:
    """A window, a menu, a list or anything quoted that contains a target; an empty target is the whole screen."""
    if fits(SCREEN, phrase.strip()):
        return Target("")
    found = _simple(phrase, quotes)
    return found if found is not None and (found.role or quotes.only(phrase)) else None


def _simple(phrase: str, quotes: Quotes) -> Target | None:
    """The target of a phrase without relations: an ordinal, a name, a word for the element."""
    phrase = without(r"^(?:the|a|an|this|that|any) ", phrase.strip())
    count = 0
    if (found := re.match(r"(\w+) (?=\S)", phrase)) and (count := ordinal(found[1])):
        phrase = phrase[found.end() :]
    if (found := fits(rf"({KIND_PATTERN})s?", phrase)) and (count or KINDS[found[1].lower()] in NAMELESS):
        return Target("", KINDS[found[1].lower()], count)
    if found := fits(rf"({KIND_PATTERN}) {CALLED} (.+)", phrase):
        return _named(found[2], KINDS[found[1].lower()], count, quotes)
    if found := fits(rf"(.+?) ({KIND_PATTERN})", phrase):
        return _named(found[1], KINDS[found[2].lower()], count, quotes)
    if found := fits(rf"({KIND_PATTERN}) (.+)", phrase):
        word, name = found[1].lower(), found[2]
        # "the file manager" and "the text editor" are names; a file's or a text's own name is a path or quoted.
        free = word in LEADING and (word not in ("file", "text") or is_path(name))
        if free or quotes.only(name):
            return _named(name, KINDS[word], count, quotes)
    return _named(phrase, "", count, quotes)


def _named(name: str, role: str, count: int, quotes: Quotes) -> Target | None:
    name = without(r"^(?:the|a|an) ", name.strip())
    if quotes.only(name):
        text = quotes.plain(name).strip()
        return Target(text, role, count) if text else None
    unclear = quotes.any(name) or len(name.split()) > MOST_WORDS or re.search(DESCRIPTION, name, re.IGNORECASE)
    return Target(name, role, count) if name and not unclear else None
