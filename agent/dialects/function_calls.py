"""Reads one call written as a function's, `click(start_box='(197,525)')`, without running anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.dialects.repair import shortened

_NAME = re.compile(r"\b([a-z_]{3,20})[ \t]?\(")
_KEY = re.compile(r"[\s,]{0,5}(\w{1,20})\s{0,3}=\s{0,3}")
_BARE = re.compile(r"[^,)\n]*")
_END = re.compile(r"[\s,]{0,5}\)")
# A quote closes a string only where an argument or the call ends: models forget to escape the one in "it's".
_STRINGS = {
    quote: re.compile(
        rf"{quote}((?:\\.|(?!{quote}\s{{0,5}}(?:,\s{{0,5}}\w{{1,20}}\s{{0,3}}=|\)\s{{0,9}}(?:\n|\Z)))[^\\])*){quote}",
        re.DOTALL,
    )
    for quote in "'\""
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_TAG = re.compile(r"</?\|?\w{1,20}\|?>")


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """`name(key='value', ...)`; `more` when another call follows it."""

    name: str
    arguments: Mapping[str, str]
    more: bool = False


def read_function_call(text: str) -> FunctionCall:
    """The first call in `text`. Raises `ValueError`, saying what was wanted and what was found.

    Marks around coordinates, `<|box_start|>` or `<point>`, are taken off; escapes in strings are resolved.
    """
    name = _NAME.search(text)
    if name is None:
        raise ValueError(f"an action such as click(start_box='(x,y)') was wanted; found {shortened(text.strip())}")
    at, arguments = name.end(), {}
    while not (end := _END.match(text, at)):
        key = _KEY.match(text, at)
        if key is None:
            raise ValueError(f"name='value' was wanted in {name[1]}(...); found {shortened(text[at : at + 60])}")
        string = (
            _STRINGS[text[key.end()]].match(text, key.end()) if text[key.end() : key.end() + 1] in _STRINGS else None
        )
        if string is None and text[key.end() : key.end() + 1] in ("'", '"'):
            raise ValueError(f"the string in {key[1]}= was not closed: {shortened(text[key.end() : key.end() + 60])}")
        value = string or _BARE.match(text, key.end())
        if key[1] in arguments:
            raise ValueError(f"{key[1]} stands twice in {name[1]}(...)")
        arguments[key[1]] = _ESCAPE.sub(_unescaped, string[1]) if string else value[0].strip() if value else ""
        at = value.end() if value else key.end()
    return FunctionCall(name[1], arguments, _NAME.search(text, end.end()) is not None)


def strip_tags(text: str) -> str:
    """`text` without the tags that stand around coordinates."""
    return _TAG.sub(" ", text)


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPES.get(escape[1], escape[1])
