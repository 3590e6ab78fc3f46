"""Reads calls as models write them, `Click(box=(412, 93))`, nested ones too, without running anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.dialects.repair import shortened

DEEPEST = 4
_NAME = re.compile(r"[A-Za-z_]\w{1,29}(?=[ \t]?\()")
_OPEN = re.compile(r"[ \t]?\(")
_KEY = re.compile(r"(\w{1,30})\s{0,3}=(?!=)\s{0,3}")
_SKIP = re.compile(r"[\s,]*")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_WORD = re.compile(r"[^\s,()\[\]'\"]{1,200}")
# A quote closes a string only where an argument, a list or the call ends: models forget to escape the one in "it's".
_STRINGS = {
    quote: re.compile(
        rf"{quote}((?:\\.|(?!{quote}\s{{0,5}}(?:,\s{{0,5}}(?:\w{{1,30}}\s{{0,3}}=|{quote})|\]|\)\s{{0,9}}(?:[\n,\])<`]|\Z)))"
        rf"[^\\])*){quote}",
        re.DOTALL,
    )
    for quote in "'\""
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_WORDS = {"True": True, "False": False, "true": True, "false": False, "None": None, "null": None}


@dataclass(frozen=True, slots=True)
class Call:
    """`name(key=value, ...)`; values without a name are called "0", "1", and so on. A value may be a call again."""

    name: str
    arguments: Mapping[str, Any]


def read_calls(text: str) -> tuple[Call, ...]:
    """All calls in `text`, in order, with any words around them. Raises `ValueError` for none and for half a call."""
    calls: list[Call] = []
    at = 0
    while found := _NAME.search(text, at):
        call, at = _call(text, found.start(), 0)
        calls.append(call)
    if not calls:
        raise ValueError(f"an action such as Click(box=(x, y)) was wanted; found {shortened(text.strip())}")
    return tuple(calls)


def _call(text: str, at: int, depth: int) -> tuple[Call, int]:
    name = _NAME.match(text, at)
    if name is None or depth > DEEPEST:
        raise ValueError(f"an action was wanted; found {shortened(text[at : at + 60])}")
    opened = _OPEN.match(text, name.end())
    arguments: dict[str, Any] = {}
    at = opened.end() if opened else name.end()
    while True:
        at = _skip(text, at)
        if text[at : at + 1] == ")":
            return Call(name[0], arguments), at + 1
        key = _KEY.match(text, at)
        value, at = _value(text, key.end() if key else at, depth, name[0])
        label = key[1] if key else str(len(arguments))
        if label in arguments:
            raise ValueError(f"{label} stands twice in {name[0]}(...)")
        arguments[label] = value


def _value(text: str, at: int, depth: int, where: str) -> tuple[Any, int]:
    if _NAME.match(text, at):
        return _call(text, at, depth + 1)
    match text[at : at + 1]:
        case "'" | '"' as quote:
            if string := _STRINGS[quote].match(text, at):
                return _ESCAPE.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), string[1]), string.end()
            raise ValueError(f"a string in {where}(...) was not closed: {shortened(text[at : at + 60])}")
        case "(" | "[" as bracket:
            return _items(text, at + 1, ")" if bracket == "(" else "]", depth + 1, where)
    if number := _NUMBER.match(text, at):
        digits = number[0]
        return (float(digits) if "." in digits else int(digits)), number.end()
    if word := _WORD.match(text, at):
        return _WORDS.get(word[0], word[0]), word.end()
    raise ValueError(f"{where}(...) was not closed: {shortened(text[max(0, at - 30) : at + 30])}")


def _items(text: str, at: int, closing: str, depth: int, where: str) -> tuple[list[Any], int]:
    if depth > DEEPEST:
        raise ValueError(f"values may be nested {DEEPEST} deep in {where}(...); found more")
    items: list[Any] = []
    while (at := _skip(text, at)) < len(text):
        if text[at] == closing:
            return items, at + 1
        item, at = _value(text, at, depth, where)
        items.append(item)
    raise ValueError(f"{where}(...) was not closed")


def _skip(text: str, at: int) -> int:
    found = _SKIP.match(text, at)
    return found.end() if found else at
