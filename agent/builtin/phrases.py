"""Reads noun phrases: "the second 'Save' button in the Export dialog" becomes a target."""

import re
from dataclasses import dataclass

from agent.builtin.instructions import Side, Target
from agent.builtin.words import APPS, KIND_PATTERN, KINDS, ordinal

MARK = 0xE000
"""Quoted text stands in a goal as one private-use character from here on, so that nothing can split it."""

QUOTED = re.compile(
    r"\"([^\"]*)\"|“([^”\n]*)”|„([^“”\n]*)[“”]|«([^»\n]*)»|`([^`\n]*)`"
    r"|(?<![^\W_])'([^'\n]*(?:(?<=[^\W_])'(?=[^\W_])[^'\n]*)*)'(?![^\W_])|(?<![^\W_])‘([^\n]*?)’(?![^\W_])"
)

LEADING = {
    "text", "word", "label", "button", "key", "tab", "file", "folder", "checkbox", "link", "letter", "number", "digit",
    "menu item", "icon", "message", "directory",
}  # fmt: skip
"""Element words that may come before a name without quotes: "the word foo", "button 7"."""

ARTICLE = r"(?:(?:the|a|an|this|that|my|its|your|their|all|any) )?"

SIDES: tuple[tuple[str, Side], ...] = (
    (r"(?:immediately |directly |just )?(?:to|on) the right(?:-hand)?(?: side)? of|right of", "right"),
    (r"(?:immediately |directly |just )?(?:to|on) the left(?:-hand)?(?: side)? of|left of", "left"),
    (r"(?:immediately |directly |just |right )?(?:next to|beside|near(?:est)?(?: to)?|alongside|adjacent to)", "near"),
    (r"(?:immediately |directly |just |right )?(?:above|over|on top of)", "above"),
    (r"(?:immediately |directly |just |right )?(?:below|under|underneath|beneath)", "below"),
)


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quoted parts of a goal, in order: what is inside, and with the marks around."""

    inside: tuple[str, ...]
    whole: tuple[str, ...]

    def plain(self, text: str) -> str:
        """`text` with its quoted parts put back; one that stands alone loses its marks."""
        text = text.strip()
        if len(text) == 1 and 0 <= ord(text) - MARK < len(self.inside):
            return self.inside[ord(text) - MARK]
        return "".join(self.whole[ord(c) - MARK] if 0 <= ord(c) - MARK < len(self.whole) else c for c in text)

    def bare(self, text: str) -> str:
        """`text` with its quoted parts put back without marks."""
        return "".join(self.inside[ord(c) - MARK] if 0 <= ord(c) - MARK < len(self.inside) else c for c in text).strip()

    def only(self, text: str) -> bool:
        """Whether `text` is one quoted part and nothing else."""
        text = text.strip()
        return len(text) == 1 and 0 <= ord(text) - MARK < len(self.inside)

    def any(self, text: str) -> bool:
        return any(0 <= ord(c) - MARK < len(self.inside) for c in text)


def fits(pattern: str, text: str) -> re.Match[str] | None:
    """Whether `pattern` describes all of `text`, whatever its capitals."""
    return re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)


def without(pattern: str, text: str) -> str:
    """`text` without what `pattern` describes, whatever its capitals."""
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip()


def is_path(text: str) -> bool:
    """Whether `text` looks like a file's path or name."""
    return bool(re.match(r"(?:~|/|\.{1,2}/|[A-Za-z]:\\)\S*", text) or re.search(r"\w\.[A-Za-z][A-Za-z0-9]{0,4}$", text))


def unquoted(goal: str) -> tuple[str, Quotes]:
    """`goal` with every quoted part as one private-use character, and the parts."""
    inside: list[str] = []
    whole: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if len(inside) >= 6000:
            return found[0]
        inside.append(next((group for group in found.groups() if group is not None), ""))
        whole.append(found[0])
        return chr(MARK + len(inside) - 1)

    goal = re.sub(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)", r"(\1,\2)", goal)
    clean = "".join(c for c in goal if not 0xE000 <= ord(c) <= 0xF8FF)
    return QUOTED.sub(keep, clean), Quotes(tuple(inside), tuple(whole))


def target(phrase: str, quotes: Quotes) -> Target | None:
    """The target that `phrase` names; None if it names nothing."""
    phrase = re.sub(r"\s+", " ", phrase).strip(" \t.,;:?!")
    if not phrase:
        return None
    if quotes.only(phrase):
        return Target(quotes.plain(phrase)) if quotes.plain(phrase).strip() else None
    for pattern, side in SIDES:
        found = re.fullmatch(
            rf"(.+?) (?:(?:that|which) (?:is|are) |located |just )?(?:{pattern}) (.+)", phrase, re.IGNORECASE
        )
        if found and (what := target(found[1], quotes)) and (anchor := target(found[2], quotes)):
            return Target(what.text, what.kind, what.ordinal, side, anchor)
    if found := re.fullmatch(
        r"(.+?) (?:(?:that|which) (?:is|are) |located )?(?:in|on|inside|within|of|from|at|under) "
        r"((?:the|this|that|my) .+|.)",
        phrase,
        re.IGNORECASE,
    ):
        inner, outer = target(found[1], quotes), place(found[2], quotes)
        if inner and outer:
            return Target(inner.text, inner.kind, inner.ordinal, "in", outer) if outer.text or outer.kind else inner
    return _simple(phrase, quotes)


def place(phrase: str, quotes: Quotes) -> Target | None:
    """A window, a dialog, a menu, an application: what things are in. An empty target is the whole screen."""
    phrase = phrase.strip()
    if re.fullmatch(r"(?:the |my )?(?:screen|desktop|display|keyboard|page|ui|interface|gui)", phrase, re.IGNORECASE):
        return Target("")
    found = _simple(phrase, quotes)
    if found is None or not (found.kind or quotes.only(phrase) or found.text.lower() in APPS or _bar(found.text)):
        return None
    return found


def _bar(text: str) -> bool:
    return bool(
        re.search(r"(?:bar|panel|pane|group|section|area|column|form|table|sheet|app|application|program)$", text)
    )


def _simple(phrase: str, quotes: Quotes) -> Target | None:
    phrase = re.sub(rf"^{ARTICLE}", "", phrase.strip(), flags=re.IGNORECASE)
    if phrase.lower() in APPS:
        return Target(phrase)
    count = 0
    if found := re.match(r"([\w]+)(?: of the)? (?=\S)", phrase):
        count = ordinal(found[1])
        named = phrase[found.end() :]
        # "top" and "bottom" begin names of their own ("top bar") unless an element word ends the phrase.
        if count and (found[1].lower() not in ("top", "bottom", "final") or re.search(f"(?:{KIND_PATTERN})$", named)):
            phrase = named
        else:
            count = 0
    if found := re.fullmatch(r"number (\d+)|#(\d+)", phrase):
        return Target(found[1] or found[2], "", count)
    if found := re.fullmatch(rf"({KIND_PATTERN})s?", phrase, re.IGNORECASE):
        kind = KINDS[found[1].lower()]
        if count or kind in ("field", "window", "checkbox", "list", "link", "menu", "button"):
            return Target("", kind, count)
    called = r"(?:called|named|labell?ed|titled|marked|with the (?:text|label|name)|that (?:says|reads)|saying|reading)"
    if found := re.fullmatch(rf"({KIND_PATTERN})s? (?:{called} )(.+)", phrase, re.IGNORECASE):
        return _named(found[2], KINDS[found[1].lower()], count, quotes)
    if found := re.fullmatch(rf"(.+?)[ -]({KIND_PATTERN})s?", phrase, re.IGNORECASE):
        return _named(found[1], KINDS[found[2].lower()], count, quotes)
    if found := re.fullmatch(rf"({KIND_PATTERN})s? (.+)", phrase, re.IGNORECASE):
        kind, rest = KINDS[found[1].lower()], found[2]
        if quotes.only(rest) or found[1].lower() in LEADING:
            return _named(rest, kind, count, quotes)
    return _named(phrase, "", count, quotes)


def _named(name: str, kind: str, count: int, quotes: Quotes) -> Target | None:
    name = re.sub(rf"^{ARTICLE}", "", name.strip(), flags=re.IGNORECASE)
    if not count and (found := re.match(r"(\w+) (?=\S)", name)) and ordinal(found[1]) and kind:
        count, name = ordinal(found[1]), name[found.end() :]
    if ordinal(name) and kind and not count:
        return Target("", kind, ordinal(name))
    # "the file name field", "the search box": the element word is often said twice.
    text = quotes.plain(name).strip() if quotes.only(name) else quotes.bare(name)
    if kind and KINDS.get(text.lower()) == kind and not quotes.any(name):
        return Target("", kind, count)
    return Target(text, kind, count) if text else None
