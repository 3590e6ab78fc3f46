"""Parses noun phrases: "the second 'Save' button in the Export dialog" becomes a target."""

import re
from dataclasses import replace

from agent.builtin.quotes import Quotes
from agent.builtin.words import CONTAINERS, ROLE, ROLES, ordinal
from agent.grounding.target import Side, Target

SIDES: tuple[tuple[str, Side], ...] = (
    (r"(?:to|on) the right(?: side)? of|right of", "right"),
    (r"(?:to|on) the left(?: side)? of|left of", "left"),
    (r"next to|beside|near(?:est)?(?: to)?", "near"),
    (r"above|over", "above"),
    (r"below|underneath|under|beneath", "below"),
    (r"(?:in|on|from) the (?:same )?row (?:of|with|as)", "row"),
    (r"in|on|inside|within|of|from", "in"),
)
"""Words between a thing and what it is found by, and the side of it they name."""

RELATION = re.compile(
    r" (?:(?:that|which) (?:is|are) )?(?:" + "|".join(f"({words})" for words, _ in SIDES) + r")(?= )", re.IGNORECASE
)
OWN_ROW = r"(.+?)['’]s row"
CALLED = r"(?:called|named|labell?ed|titled|with the (?:text|label|name))"
NUMBERED = {"row", "line", "item", "entry"}
"""Words for things that are numbered in reading order: "line 3"."""

NAMED = frozenset({"text", "word", "line", "item", "image", "heading"})
"""Roles of which none is meant without a name or a number: "Title" is a label, "the slider" is a slider."""

BEFORE_NAME = {"word", "tab", "link", "button", "key", "icon", "checkbox", "field", "folder"}
"""Words for roles that may come before a name without quotes: "the word foo"."""

MOST_WORDS, MOST_PHRASE_WORDS, MOST_ANCHORS = 6, 30, 2
DESCRIPTION = (
    r"\b(?:the|an|that|which|this|these|those|is|are|was|if|but|so|because|everything|anything|something|"
    r"(?:all|any|every|each)(?= ))\b|,(?= )|"
    r"\.\.\. | (?:click|tap|press|type) |^not | (?:twice|thrice|\w+ times)$"
)
"""No part of a label that is written without quotes: such words describe it, and descriptions are not understood."""

PRONOUN = r"it|this|that|them|these|those|him|her|one|both|all of (?:it|them)|the (?:left|right|top|bottom|rest)"
SCREEN = r"(?:the )?(?:screen|desktop|page)"


def fits(pattern: str, text: str) -> re.Match[str] | None:
    """The match of `pattern` with all of `text`, ignoring case."""
    return re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)


def without(pattern: str, text: str) -> str:
    """`text` without every match of `pattern`, ignoring case."""
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip()


def is_path(text: str) -> bool:
    """Whether `text` looks like the path or the name of a file, or like an address."""
    return bool(re.search(r"^(?:~|/|\.{1,2}/|[A-Za-z]:\\|\w+://|www\.)\S*$|\w\.[A-Za-z][A-Za-z0-9]{0,4}$", text))


def target(phrase: str, quotes: Quotes, anchors: int = MOST_ANCHORS) -> Target | None:
    """The target that `phrase` names, found by at most `anchors` others; None if it names none."""
    phrase = re.sub(r"\s+", " ", phrase).strip(" \t.,;:?!") or phrase.strip()
    if not phrase or fits(PRONOUN, phrase) or len(phrase.split()) > MOST_PHRASE_WORDS:
        return None
    if quotes.only(phrase):
        return _named(phrase, "", 0, quotes)
    for relation in RELATION.finditer(phrase) if anchors else ():
        what = _simple(phrase[: relation.start()], quotes)
        side = SIDES[(relation.lastindex or 1) - 1][1]
        if what and (found := _placed(what, side, phrase[relation.end() + 1 :], quotes, anchors - 1)):
            return found
    return _simple(phrase, quotes)


def _placed(what: Target, side: Side, rest: str, quotes: Quotes, anchors: int) -> Target | None:
    """`what` on this side of the thing that `rest` names; None if `rest` names nothing it can be found by."""
    if side == "in" and fits(SCREEN, rest.strip()):
        return what
    if side == "in" and (owner := fits(OWN_ROW, rest)):
        anchor = target(owner[1], quotes, 0)
        return replace(what, side="row", anchor=anchor) if anchor else None
    anchor = target(rest, quotes, anchors)
    if anchor is None or (side == "in" and anchor.role not in CONTAINERS and not quotes.any(rest)):
        return None  # "Sign in", "Date of birth": labels that contain such words
    if side == "in" and re.search(r"\brow\b", rest, re.IGNORECASE) and anchor.anchor is None:
        return replace(what, side="row", anchor=replace(anchor, role="" if anchor.text else "item"))
    return replace(what, side="in" if anchor.role == "menu" and side == "below" else side, anchor=anchor)


def _simple(phrase: str, quotes: Quotes) -> Target | None:
    """The target of a phrase without relations: an ordinal, a name, a word for the role."""
    phrase = phrase.strip()
    article = fits(r"((?:the|a|an|this|any|my) )?(.+)", phrase)
    exact, phrase = article is None or not article[1], article[2] if article else phrase
    count = 0
    if (found := re.match(r"(\w+) (?=\S)", phrase)) and (count := ordinal(found[1])):
        exact, phrase = False, phrase[found.end() :]
    role = ROLES.get(phrase.lower(), "")
    if role and (count or (role not in NAMED and not (exact and phrase[0].isupper()))):
        return Target("", role, count)
    if (found := fits(r"(\w+) (\d{1,3})", phrase)) and found[1].lower() in NUMBERED and int(found[2]):
        return Target("", ROLES[found[1].lower()], int(found[2]))
    if found := fits(rf"({ROLE}) {CALLED} (.+)", phrase):
        return _named(found[2], ROLES[found[1].lower()], count, quotes)
    if (found := fits(rf"(.+?) ({ROLE})", phrase)) and not (exact and found[2][0].isupper() and not quotes.any(phrase)):
        return _named(found[1], ROLES[found[2].lower()], count, quotes)
    if found := fits(rf"({ROLE}) (.+)", phrase):
        word, name = found[1], found[2]
        # "the file manager" and "Text Editor" are names; a file's or a text's own name is a path or quoted.
        if quotes.only(name) or (word in BEFORE_NAME) or (word == "file" and is_path(name)):
            return _named(name, ROLES[word.lower()], count, quotes)
    return _named(phrase, "", count, quotes)


def _named(name: str, role: str, count: int, quotes: Quotes) -> Target | None:
    name = without(r"^(?:the|a|an) (?=\S)", name.strip())
    if point := fits(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)", name):
        return Target(f"({point[1]},{point[2]})", role, count)
    if quotes.only(name):
        text = quotes.plain(name).strip()
        return Target(text, role, count) if text else None
    unclear = quotes.any(name) or len(name.split()) > MOST_WORDS or re.search(DESCRIPTION, name)
    return Target(name, role, count) if name and not unclear else None
