"""Reads calls as Qwen3.5 and its kin write them: XML inside `<tool_call>`, values as text or JSON."""

import re
from collections.abc import Mapping
from typing import Any

from agent.dialects.repair import read_value, shortened

_FUNCTION = re.compile(r"<function=\s{0,3}(\w{1,40})\s{0,3}>")
_PARAMETER = re.compile(r"<parameter=\s{0,3}(\w{1,40})\s{0,3}>")
_VERBATIM = frozenset({"text", "answer", "question", "query", "fact"})
_WORDS = frozenset({"action", "status", "button", "url"})


def holds_xml_call(text: str) -> bool:
    """Whether `text` has a call in this form."""
    return _FUNCTION.search(text) is not None


def read_xml_calls(text: str) -> tuple[tuple[Mapping[str, Any], ...], str]:
    """The arguments of every call in `text`, in order, and the text before the first of them.

    A `<parameter=...>` that is opened and holds another one is a slip and left out; one that is not closed counts only
    when the function's end stands behind it, so that nothing cut off is taken for whole. Raises `ValueError`.
    """
    functions = list(_FUNCTION.finditer(text))
    if not functions:
        raise ValueError(f"a call in <tool_call> was wanted; found {shortened(text.strip())}")
    ends = [found.start() for found in functions[1:]] + [len(text)]
    calls = [_call(found[1], text[found.end() : end]) for found, end in zip(functions, ends, strict=True)]
    return tuple(calls), text[: functions[0].start()].replace("<tool_call>", "").strip()


def _call(function: str, body: str) -> Mapping[str, Any]:
    end = body.rfind("</function>")
    end = end if end >= 0 else body.rfind("</tool_call>")
    if end < 0:
        raise ValueError(f"the text ends where </function> was still to come: {shortened(body[-40:])}")
    body = body[:end]
    found: dict[str, Any] = {}
    opened = list(_PARAMETER.finditer(body))
    for place, parameter in enumerate(opened):
        name, start = parameter[1], parameter.end()
        close = body.find("</parameter>", start)
        following = opened[place + 1].start() if place + 1 < len(opened) else len(body)
        if not start <= close <= following and place + 1 < len(opened):
            continue  # opened twice: the inner one is meant
        value = body[start : close if close >= 0 else following].removeprefix("\n").removesuffix("\n")
        if name in found and found[name] != value:
            raise ValueError(f"{name} stands twice, as {shortened(found[name])} and as {shortened(value)}")
        found[name] = value
    if "action" not in found:
        action = found.pop("type", None)
        found["action"] = action if action is not None else function
    return {name: _value(name, value) for name, value in found.items()}


def _value(name: str, value: str) -> Any:
    stripped = value.strip()
    if name in _VERBATIM:
        return value
    if name in _WORDS:
        return stripped
    if name == "keys":
        return _keys(stripped)
    try:
        found, end = read_value(stripped)
    except ValueError:
        return stripped
    return found if not stripped[end:].strip() else stripped


def _keys(text: str) -> Any:
    """Key names, however often they are quoted: `["ctrl", "s"]`, `["['ctrl', "a']"]`, `ctrl+s`."""
    try:
        found, _ = read_value(text)
    except ValueError:
        found = None
    if isinstance(found, list) and all(isinstance(name, str) and not set("'\"[]") & set(name[1:]) for name in found):
        return found
    return re.findall(r"[^\s\[\]'\",]{1,30}", text) or text
