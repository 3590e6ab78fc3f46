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
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_PLAIN = {quote: re.compile(rf"[^{quote}\\]*") for quote in "\"'"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_CLOSING = {"{": "}", "[": "]", "(": ")"}


def read_value(text: str, start: int = 0, *, complete: bool = False) -> tuple[Any, int]:
    """The JSON value that begins at `text[start]`, and where it ends.

    What strict JSON does not allow is mended where it can mean one thing only: Python's quotes and words, tuples, names
    without quotes, commas too many, and the `y` that follows an `x` without its name. With
    `complete`, brackets still open at the end of the text are closed: only for text that is known not to be cut off.
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
            case "[" | "(" as bracket:
                return self.items(at + 1, _CLOSING[bracket], depth)
            case "'" | '"' as quote:
                return self.string(at + 1, quote)
        if number := _NUMBER.match(self.text, at):
            return _number(number[0]), number.end()
        if word := _WORD.match(self.text, at):
            if word[0] in ("NaN", "Infinity", "nan", "inf"):
                _no_number(word[0])
            if word[0] in _WORDS:
                return _WORDS[word[0]], word.end()
        raise ValueError(f"a JSON value was wanted; found {self.rest(at)}")

    def members(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        pairs: list[tuple[str, Any]] = []
        while not self.closes(at := self.skip(at, ","), "}"):
            key, at = self.key(at, pairs)
            value, at = self.value(at, depth + 1)
            pairs.append((key, value))
        return _pairs(pairs), min(at + 1, len(self.text))

    def key(self, at: int, before: list[tuple[str, Any]]) -> tuple[str, int]:
        if before and before[-1][0] == "x" and _NUMBER.match(self.text, at):
            return "y", at
        if self.text[at : at + 1] in ("'", '"'):
            key, at = self.string(at + 1, self.text[at])
        elif word := _WORD.match(self.text, at):
            key, at = word[0], word.end()
        else:
            raise ValueError(f"a name was wanted; found {self.rest(at)}")
        at = self.skip(at)
        if self.text[at : at + 1] not in (":", "="):
            raise ValueError(f"a colon was wanted after {shortened(key)}; found {self.rest(at)}")
        return key, at + 1

    def items(self, at: int, closing: str, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        while not self.closes(at := self.skip(at, ","), closing):
            item, at = self.value(at, depth + 1)
            items.append(item)
        return items, min(at + 1, len(self.text))

    def string(self, at: int, quote: str) -> tuple[str, int]:
        parts: list[str] = []
        while True:
            plain = _PLAIN[quote].match(self.text, at)
            parts.append(plain[0] if plain else "")
            at = plain.end() if plain else at
            if at + 1 >= len(self.text) and self.text[at : at + 1] != quote:
                raise ValueError(f"a string was not closed: {shortened(''.join(parts))}")
            if self.text[at] == quote:
                return _paired("".join(parts)), at + 1
            escape = self.text[at + 1]
            at += 2
            if escape == "u":
                digits = self.text[at : at + 4]
                if not re.fullmatch("[0-9a-fA-F]{4}", digits):
                    raise ValueError(f"four hex digits were wanted after \\u; found {shortened(digits)}")
                parts.append(chr(int(digits, 16)))
                at += 4
            else:
                parts.append(_ESCAPES.get(escape, escape))

    def closes(self, at: int, closing: str) -> bool:
        if at >= len(self.text):
            if self.complete:
                return True
            raise ValueError(f"the text ends where {closing} was still to come")
        return self.text[at] == closing

    def skip(self, at: int, also: str = "") -> int:
        while True:
            space = _SPACE.match(self.text, at)
            at = space.end() if space else at
            if not also or not self.text.startswith(also, at):
                return at
            at += 1

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
