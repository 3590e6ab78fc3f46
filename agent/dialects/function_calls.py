"""Reads one call written as a function's, `click(start_box='(197,525)')`, without running anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.dialects.repair import shortened

# What only looks like a call, "the (blue) button", is none: a name without space, or an argument by its name.
_BEGINS = r"""(?:[)）]|["'“‘\[(（<\d-])"""
_NAMED = r"(?:[)）]|\w{1,20}\s{0,3}[=＝])"
_NAME = re.compile(rf"\b([A-Za-z_]{{3,20}})(?:[(（](?=\s{{0,5}}{_BEGINS})|[ \t]?[(（](?=\s{{0,5}}{_NAMED}))")
_LINE = re.compile(r"^[ \t]*(?:[a-z]{2,20}\.)?(?=[A-Za-z_]{3,20}[ \t]?[(（])", re.MULTILINE)
_LABEL_LINE = re.compile(r"^[ \t]*(?:\*\*)?Action(?:\*\*)?[ \t]*[:：]", re.MULTILINE)
_LABEL = re.compile(r"\bAction[ \t]*[:：]")
_KEY = re.compile(r"[\s,，]{0,5}(\w{1,20})\s{0,3}[=＝]\s{0,3}")
_COMMA = re.compile(r"[\s,，]{0,5}")
_BARE = re.compile(r"[^,，)）\n]*")
_PLACE = re.compile(r"(?:<\|?\w{1,20}\|?>)?[(\[（][-\d.,，\s]{3,80}[)\]）](?:<\|?\w{1,20}\|?>)?")
_END = re.compile(r"[\s,，]{0,5}[)）]")
_OVER = re.compile(r"(?:\s|```|<\|\w{1,20}\|>|</\w{1,20}>)*\Z")
_UNCLOSED_PLACE = re.compile(rf"""["'“‘](?P<text>{_PLACE.pattern})(?=[)）]?{_OVER.pattern})""")
_AFTER_CALL = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z|<|```|;)")
# A quote closes a string only where an argument or the call ends: models forget to escape the one in "it's".
_ANOTHER = r"(?:[a-z]{2,20}\.)?[a-z_]{3,20}\((?:\w{1,20}=|\))"
_CLOSES = rf"\s{{0,5}}(?:[,，]\s{{0,5}}\w{{1,20}}\s{{0,3}}[=＝]|[)）][\s;,]{{0,9}}(?:\n|\Z|<|```|#|{_ANOTHER})|\Z)"
_NEXT = r"\s{0,5}(?:[,，]\s{0,5}[\"'\d(\[]|[)）])"
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’"}
_STRINGS = {
    (opens, named): re.compile(
        rf"{opens}(?P<text>(?:\\.|(?!{closes}(?:{_CLOSES if named else _NEXT}))[^\\])*){closes}", re.DOTALL
    )
    for opens, closes in _QUOTES.items()
    for named in (True, False)
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_TAG = re.compile(r"</?\|?\w{1,20}\|?>")


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """`name(key='value', ...)`; `more` when another call follows it.

    What has no name is `point` where it is numbers, and else `content`, or `key` where there are several.
    """

    name: str
    arguments: Mapping[str, str]
    more: bool = False


def read_function_call(text: str) -> FunctionCall:
    """The first call in `text`. Raises `ValueError`, saying what was wanted and what was found.

    Marks around coordinates, `<|box_start|>` or `<point>`, are taken off; escapes in strings are resolved.
    """
    return _call(text, 0)[0]


def labelled_call(text: str) -> tuple[FunctionCall, str]:
    """The call behind the first `Action:` that begins a line, or the last within one; and the text before the label.

    Without a label, a call that is a line of its own. Raises `ValueError`.
    """
    label = next(_LABEL_LINE.finditer(text), None) or next(reversed(list(_LABEL.finditer(text))), None)
    if label is None:
        return bare_call(text)
    return read_function_call(text[label.end() :]), text[: label.start()]


def bare_call(text: str) -> tuple[FunctionCall, str]:
    """The first call that is a line of its own, and the text before it. Raises `ValueError` where there is none."""
    for line in _LINE.finditer(text):
        call, end = _call(text, line.end())
        if _AFTER_CALL.match(text, end):
            return call, text[: line.start()]
    raise ValueError(f"an action such as click(start_box='(x,y)') was wanted; found {shortened(text.strip())}")


def strip_tags(text: str) -> str:
    """`text` without the tags that stand around coordinates."""
    return _TAG.sub(" ", text)


def _call(text: str, start: int) -> tuple[FunctionCall, int]:
    """The first call from `start` on, and where it ends."""
    name = _NAME.search(text, start)
    if name is None:
        wanted = "an action such as click(start_box='(x,y)') was wanted"
        raise ValueError(f"{wanted}; found {shortened(text[start:].strip())}")
    at, arguments, nameless = name.end(), dict[str, str](), list[str]()
    whole = False
    while not (end := _END.match(text, at)) and not (whole and _OVER.match(text, at)):
        key = _KEY.match(text, at)
        comma = _COMMA.match(text, at)
        value, at, whole = _value(text, key.end() if key else comma.end() if comma else at, name[1], key and key[1])
        if key is None:
            nameless.append(value)
        elif key[1] in arguments:
            raise ValueError(f"{key[1]} stands twice in {name[1]}(...)")
        else:
            arguments[key[1]] = value
    at = end.end() if end else len(text)
    return FunctionCall(name[1].lower(), {**_named(nameless), **arguments}, _NAME.search(text, at) is not None), at


def _value(text: str, at: int, name: str, key: str | None) -> tuple[str, int, bool]:
    """The value at `at`, where it ends, and whether its own end was seen: then nothing of it can be cut off."""
    if text[at : at + 1] in _QUOTES:
        string = _STRINGS[text[at], key is not None].match(text, at) or _UNCLOSED_PLACE.match(text, at)
        if string is None:
            raise ValueError(f"the string in {name}({key or ''}... was not closed: {shortened(text[at : at + 60])}")
        return _ESCAPE.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), string["text"]), string.end(), True
    if place := _PLACE.match(text, at):
        return place[0], place.end(), True
    bare = _BARE.match(text, at)
    if not text[at:].strip():
        raise ValueError(f"{name}(... was not closed")
    if bare is None or (key is None and not bare[0].strip()):
        raise ValueError(f"name='value' was wanted in {name}(...); found {shortened(text[at : at + 60])}")
    return bare[0].strip(), bare.end(), False


def _named(values: list[str]) -> dict[str, str]:
    """What the values without a name are called."""
    if len(values) in (2, 4) and all(re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", value) for value in values):
        return {"point": ", ".join(values)}
    if len(values) > 1:
        return {"key": " ".join(values)}
    return {"point" if _PLACE.fullmatch(value.strip()) else "content": value for value in values}
