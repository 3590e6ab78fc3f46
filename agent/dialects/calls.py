"""Parses a reply: the thought, the instruction, and the one call in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.dialects.repair import read_value, shortened
from agent.safe_text import without_surrogates

_BLOCK = re.compile(r"<tool_call>((?:(?!<tool_call>).)*?)</tool_call>", re.DOTALL)
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)```", re.DOTALL)
_OBJECT = re.compile(r"""[\[(]?\s?\{\s{0,20}["']?\w{1,30}["']?\s{0,5}[:=]""")
_THINKING = re.compile(r"<(think(?:ing)?)>(.*?)</\1>", re.DOTALL)
_CONCLUSION = re.compile(r"<conclusion>(.*?)</conclusion>", re.DOTALL)
_THOUGHT_LINE = re.compile(r"^[ \t]*Thought[ \t]*:(.*?)(?=^[ \t]*Action[ \t]*:|\Z)", re.MULTILINE | re.DOTALL)
_ACTION_LINE = re.compile(r"^[ \t]*Action[ \t]*:(.*)$", re.MULTILINE)

ONLY_THE_FIRST = "(The reply held more than one action; only the first was taken.)"


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """The `arguments` of the one call that counts in a reply, and the text around it."""

    arguments: Mapping[str, Any]
    thought: str = ""
    instruction: str = ""


def read_call(text: str) -> ParsedReply:
    """The call in `text`: in `<tool_call>` tags, in a fence, or bare.

    What stands within a thought does not count. Of several calls the first counts, because the screen that the others
    were meant for is still to come; the thought says so. A call cut off in its middle is never completed, unless its
    closing tag stands behind it. Raises `ValueError`, saying what was wanted and what was found.
    """
    thoughts = [found[2].strip() for found in _THINKING.finditer(text)]
    rest = _THINKING.sub("", text) if thoughts else text
    call, before, more = _first_call(rest)
    arguments, within = _arguments(call)
    if matched := _THOUGHT_LINE.search(before):
        thoughts.append(matched[1].strip())
    line = _ACTION_LINE.search(before)
    conclusion = _CONCLUSION.search(rest)
    instruction = conclusion[1] if conclusion else line[1] if line else ""
    if not thoughts:
        thoughts.append(within or ("" if line else before.strip().removesuffix("```json").strip()))
    if more:
        thoughts.append(ONLY_THE_FIRST)
    thought = without_surrogates("\n".join(filter(None, thoughts)))
    return ParsedReply(arguments, thought, instruction.strip().strip('"'))


def _first_call(text: str) -> tuple[Any, str, bool]:
    """The first call as a value, the text before it, and whether another one follows."""
    if blocks := list(_BLOCK.finditer(text)):
        inside = blocks[0][1]
        value, end = read_value(inside, _opening(inside), complete=True)
        return value, text[: blocks[0].start()], len(blocks) > 1 or _OBJECT.search(inside, end) is not None
    before, tag, inside = text.partition("<tool_call>")
    if not tag and (fence := _FENCE.search(text)) and _OBJECT.search(fence[1]):
        before, inside = text[: fence.start()], fence[1]
    elif not tag:
        start = _opening(text)
        before, inside = text[:start], text[start:]
    value, end = read_value(inside, _opening(inside))
    return value, before, _OBJECT.search(inside, end) is not None or (isinstance(value, list) and len(value) > 1)


def _opening(text: str) -> int:
    if found := _OBJECT.search(text):
        return found.start()
    raise ValueError(f"one action was wanted, as a JSON object; found {shortened(text.strip()) if text else 'nothing'}")


def _arguments(value: Any) -> tuple[Mapping[str, Any], str]:
    """The arguments in `{"name": ..., "arguments": {...}}`, in a list of such, or bare; and a thought beside them."""
    match value:
        case [first, *_]:
            return _arguments(first)
        case {"arguments": str() as inner, **rest}:
            return _arguments({**rest, "arguments": read_value(inner)[0]})
        case {"arguments": dict() as arguments, "name": str() as name} if "action" not in arguments:
            return {"action": name, **arguments}, ""
        case {"arguments": dict() as arguments}:
            return arguments, ""
        case {"action": dict() as action, **rest}:
            return action, _thought(rest)
        case dict():
            thoughts = ("thought", "note", "reasoning")
            return {key: part for key, part in value.items() if key not in thoughts}, _thought(value)
    raise ValueError(f"one action was wanted, as a JSON object; found {shortened(value)}")


def _thought(value: Mapping[Any, Any]) -> str:
    thought = value.get("thought", value.get("note"))
    return thought if isinstance(thought, str) else ""
