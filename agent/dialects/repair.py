"""Reads the JSON that models really write: strictly first, then with the usual slips mended."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from agent.safe_text import without_surrogates

LONGEST = 20_000  # characters of a reply that is still read: a move needs a few hundred
DEEPEST = 16

_SPACE = re.compile(r"[ \t\r\n]*")
_COMMAS = re.compile(r"[ \t\r\n,，]*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_QUOTES = {'"': '"', "'": "'", "“": "”"}
_PLAIN = {quote: re.compile(rf"[^{quote}\\]*") for quote in "\"'”"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}

_KEY = r"""["'“]?\w{1,40}["'”]?\s{0,9}[:=：]"""
_NAME = re.compile(r"""["'“]?(\w{1,40})["'”]?\s{0,9}[:=：]|["'“]([^"'“”\n]{1,80})["'”]\s{0,9}[:=：]""")
# A quote closes a string only where the value can end: models forget to escape the ones within it.
_AFTER_STRING = re.compile(
    rf"""\s{{0,9}}(?:[}}\])]|\Z|</\w|```|["'“]\w{{1,40}}["'”]\s{{0,9}}[:=：]"""
    rf"""|[,，]\s{{0,20}}(?:[}}\])\[({{\d-]|{_KEY}|["'“][^"'“”\n]{{0,80}}["'”]\s{{0,9}}[:=：,，}}\])]))"""
)
_BARE_NUMBER = re.compile(r"""["'](-?\d{1,9}(?:\.\d{1,9})?)(?=[,，]\s{0,9}["'“]\w{1,40}["'”]\s{0,9}[:=：])""")
_PLACE = re.compile(r"""["']?[\[(]\s{0,3}-?\d{1,9}(?:\.\d{1,9})?\s{0,3}[,，]\s{0,3}-?\d""")
_TAIL = r"(?:</?\w{1,20}>|```|<\|\w{1,20}\|>|\s)*\Z"
_END = re.compile(_TAIL)
_LAST_MARK = re.compile(r"(?:</?\w{1,20}>|```|<\|\w{1,20}\|>)\Z")
_KEY_INSIDE = re.compile(r"""["'“]\w{1,40}["'”]?\s{0,9}[:：]""")


def read_value(text: str, start: int = 0, *, complete: bool = False) -> tuple[Any, int]:
    """The JSON value that begins at `text[start]`, and where it ends.

    What strict JSON does not allow is mended where it can mean one thing only: Python's quotes and words, tuples, names
    without quotes, commas too many or full-width, a bracket that closes another kind, quotes within a string, a number
    with one quote, and a `y` or a place without its name. At the end of the text the last bracket may be missing behind
    a value that is whole, and the last quote before the brackets; with `complete`, any brackets may: only for text that
    is known not to be cut off.
    Raises `ValueError`, saying what was wanted and what was found; no number in a value is infinite or longer than 20
    digits, and nothing is nested deeper than 16.
    """
    try:
        return _STRICT.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _Lenient(text, complete).value(start, 0)


def _pairs(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            raise ValueError(f"{key!r} stands twice, as {shortened(found[key])} and as {shortened(value)}")
        found[key] = value
    return found


def _number(digits: str) -> int | float:
    if len(digits) > 20:
        raise ValueError(f"a number may have 20 digits; found one of {len(digits)} characters")
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits} is no finite number")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no finite number")


_STRICT = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_number, parse_float=_number, parse_constant=_no_number, strict=False
)


class _Lenient:
    """A recursive reader of one value, linear in the text's length."""

    def __init__(self, text: str, complete: bool) -> None:
        self.text = text
        self.complete = complete

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        at = self.skip(at)
        if depth > DEEPEST:
            raise ValueError(f"values may be nested {DEEPEST} deep; found more")
        match self.text[at : at + 1]:
            case "{":
                return self.members(at + 1, depth)
            case "[" | "(":
                return self.items(at + 1, depth)
            case "'" | '"' | "“" as quote:
                if number := _BARE_NUMBER.match(self.text, at):
                    return _number(number[1]), number.end()
                return self.string(at + 1, _QUOTES[quote])
        if number := _NUMBER.match(self.text, at):
            end = number.end()
            stray = self.text[end : end + 1] in ("'", '"') and _AFTER_STRING.match(self.text, end + 1)
            return _number(number[0]), end + bool(stray)
        if word := _WORD.match(self.text, at):
            if word[0] in ("NaN", "Infinity", "nan", "inf"):
                _no_number(word[0])
            if word[0] in _WORDS:
                return _WORDS[word[0]], word.end()
        raise ValueError(f"a JSON value was wanted; found {self.rest(at)}")

    def members(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        pairs: list[tuple[str, Any]] = []
        while not self.closes(at := self.skip(at, _COMMAS), "}", depth):
            key, at = self.key(at, pairs)
            value, at = self.value(at, depth + 1)
            pairs.append((key, value))
        return _pairs(pairs), min(at + 1, len(self.text))

    def key(self, at: int, before: list[tuple[str, Any]]) -> tuple[str, int]:
        if name := _NAME.match(self.text, at):
            return name[1] or name[2], name.end()
        if before and before[-1][0] == "x" and _NUMBER.match(self.text, at + (self.text[at] in "\"'")):
            return "y", at
        if _PLACE.match(self.text, at):
            return "coordinate", at
        raise ValueError(f"a name with a colon was wanted; found {self.rest(at)}")

    def items(self, at: int, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        while not self.closes(at := self.skip(at, _COMMAS), "]", depth):
            item, at = self.value(at, depth + 1)
            items.append(item)
        return items, min(at + 1, len(self.text))

    def string(self, start: int, quote: str) -> tuple[str, int]:
        at, parts = start, [""]
        while at < len(self.text):
            plain = _PLAIN[quote].match(self.text, at)
            parts.append(plain[0] if plain else "")
            at = plain.end() if plain else at
            if self.text[at : at + 1] == quote:
                if _AFTER_STRING.match(self.text, at + 1):
                    return _paired("".join(parts)), at + 1
                parts.append(quote)
                doubled = self.text.startswith(quote, at + 1) and not _AFTER_STRING.match(self.text, at + 2)
                at += 1 + doubled  # two are how some write one
            elif self.text[at + 1 : at + 2] == "u":
                digits = self.text[at + 2 : at + 6]
                if not re.fullmatch("[0-9a-fA-F]{4}", digits):
                    raise ValueError(f"four hex digits were wanted after \\u; found {shortened(digits)}")
                parts.append(chr(int(digits, 16)))
                at += 6
            elif at < len(self.text):
                parts.append(_ESCAPES.get(self.text[at + 1 : at + 2], self.text[at + 1 : at + 2]))
                at += 2
        return self.unclosed("".join(parts))

    def unclosed(self, text: str) -> tuple[str, int]:
        """The last string of a reply, whose quote was forgotten: it ends where only closing brackets are left."""
        end = text.rstrip()
        while mark := _LAST_MARK.search(end, max(0, len(end) - 30)):
            end = end[: mark.start()].rstrip()
        words = end.rstrip("}]) \t\r\n")
        balanced = all(words.count(opens) == words.count(closes) for opens, closes in ("{}", "[]", "()"))
        if words == end or not balanced or _KEY_INSIDE.search(words):
            raise ValueError(f"a string was not closed: {shortened(text)}")
        tail = text[len(words) :]
        if words[-1:] in ("'", '"') and not words.strip().startswith(words[-1]):
            words = words[:-1]  # closed by the other kind of quote
        return _paired(words), len(self.text) - len(tail)

    def closes(self, at: int, closing: str, depth: int) -> bool:
        if self.text[at : at + 1] in ("}", "]", ")"):
            return True
        if not _END.match(self.text, at):
            return False
        known = self.complete or "</" in self.text[at:] or (at < len(self.text) and "```" in self.text[at:])
        if known or (depth == 0 and self.text[:at].rstrip()[-1:] in ("}", "]", ")", '"', "'", "”")):
            return True
        raise ValueError(f"the text ends where {closing} was still to come")

    def skip(self, at: int, what: re.Pattern[str] = _SPACE) -> int:
        space = what.match(self.text, at)
        return space.end() if space else at

    def rest(self, at: int) -> str:
        return shortened(self.text[at : at + 60]) if at < len(self.text) else "the end of the text"


def _paired(text: str) -> str:
    """`text` with the two halves of each astral character, escaped one by one, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def shortened(value: Any, most: int = 60) -> str:
    """`value` in one short line for an error: control characters escaped, the middle left out."""
    try:
        text = repr(value)
    except RecursionError:
        return "something nested too deep"
    return text if len(text) <= most else f"{text[: most - 20]}...{text[-15:]}"


def readable(text: str) -> str:
    """`text` with lone surrogates replaced, when it is short enough to be read. Raises `ValueError` when it is not."""
    if len(text) > LONGEST:
        raise ValueError(f"a reply may have {LONGEST} characters; found {len(text)}")
    return without_surrogates(text)
