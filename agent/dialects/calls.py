"""Parses a reply: the thought, the instruction, and the one call in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.dialects.function_calls import bare_call
from agent.dialects.repair import read_value, shortened
from agent.safe_text import without_surrogates

_BLOCK = re.compile(r"<(tool_call|answer)>((?:(?!<tool_call>|<answer>).)*?)</\1>", re.DOTALL)
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)```", re.DOTALL)
_OBJECT = re.compile(r"""[\[(]?\s?\{\s{0,20}["'“]?\w{1,30}["'”]?\s{0,5}[:=：]""")
_CONCLUSION = re.compile(r"<conclusion>(.*?)</conclusion>", re.DOTALL)
_THOUGHT_LINE = re.compile(r"^[ \t]*Thought[ \t]*[:：](.*?)(?=^[ \t]*Action[ \t]*[:：]|\Z)", re.MULTILINE | re.DOTALL)
_ACTION_LINE = re.compile(r"^[ \t]*Action[ \t]*[:：](.*)$", re.MULTILINE)
_TABBED = re.compile(
    r"(?=[^\t]*\t)\s*(?:\w{1,20}[:：][^\t]*\t)*action[:：][^\t\n]*(?:\t\w{1,20}[:：][^\t]*)*\s*", re.IGNORECASE
)
_FIELD = re.compile(r"(\w{1,20})[:：]([^\t]*)")
_TOOL = re.compile(r"(?:computer|mobile|phone|browser|gui)(?:[_-]?(?:use|agent|tool))?", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"\b(?:no|nope|wrong|instead|rather|actually|scratch that|correction)\b", re.IGNORECASE)
_MOST_CALLS = 8  # one after the other, that words may take back

ONLY_THE_FIRST = "(The reply held more than one action; only the first was taken.)"


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """The `arguments` of the one call that counts in a reply, and the text around it."""

    arguments: Mapping[str, Any]
    thought: str = ""
    instruction: str = ""


def read_call(text: str) -> ParsedReply:
    """The call in `text`, whose thought is off: in `<tool_call>` or `<answer>` tags, in a fence, bare, as a function's.

    Of several calls the first counts, because the screen that the others were meant for is still to come; the thought
    says so. A call cut off in its middle is never completed, unless its closing tag stands behind it. Raises
    `ValueError`, saying what was wanted and what was found.
    """
    if (other := _other_form(text)) is not None:
        return other
    call, before, more = _first_call(text)
    arguments, within = _arguments(call)
    thoughts = [matched[1].strip()] if (matched := _THOUGHT_LINE.search(before)) else []
    line = _ACTION_LINE.search(before)
    conclusion = _CONCLUSION.search(text)
    instruction = conclusion[1] if conclusion else line[1] if line else ""
    if not thoughts:
        thoughts.append(within or ("" if line else before.strip().removesuffix("```json").strip()))
    if more:
        thoughts.append(ONLY_THE_FIRST)
    thought = without_surrogates("\n".join(filter(None, thoughts)))
    return ParsedReply(arguments, thought, instruction.strip().strip('"'))


def _other_form(text: str) -> ParsedReply | None:
    """A call that is no JSON at all, where the whole reply is one: lines of `name:value`, or a function's call."""
    if _OBJECT.search(text) or "<tool_call>" in text:
        return None
    if _TABBED.fullmatch(text):
        fields = {name.lower(): value.strip() for name, value in _FIELD.findall(text)}
        return ParsedReply({name: value for name, value in fields.items() if value})
    try:
        call, before = bare_call(text)
    except ValueError:
        return None
    thought = before.strip().removeprefix("Thought:").strip()
    note = ONLY_THE_FIRST if call.more else ""
    return ParsedReply({"action": call.name, **call.arguments}, "\n".join(filter(None, (thought, note))))


def _first_call(text: str) -> tuple[Any, str, bool]:
    """The first call as a value that no words take back, the text before it, and whether another one follows."""
    if blocks := list(_BLOCK.finditer(text)):
        last = len(blocks) - 1
        taken = [
            place for place in range(last) if _TAKEN_BACK.search(text[blocks[place].end() : blocks[place + 1].start()])
        ]
        block = blocks[taken[-1] + 1 if taken else 0]
        value, end = read_value(block[2], _opening(block[2]), complete=True)
        return value, text[: block.start()], block is not blocks[last] or _OBJECT.search(block[2], end) is not None
    before, tag, inside = text.partition("<tool_call>")
    if not tag and (fence := _FENCE.search(text)) and _OBJECT.search(fence[1]):
        before, inside = text[: fence.start()], fence[1]
    elif not tag:
        before, inside = "", text
    start = _opening(inside)
    for _ in range(_MOST_CALLS):
        value, end = read_value(inside, start)
        following = _OBJECT.search(inside, end)
        if following is None or not _TAKEN_BACK.search(inside[end : following.start()]):
            break
        start = following.start()
    return value, before + inside[:start], following is not None or (isinstance(value, list) and len(value) > 1)


def _opening(text: str) -> int:
    if found := _OBJECT.search(text):
        return found.start()
    raise ValueError(f"one action was wanted, as a JSON object; found {shortened(text.strip()) if text else 'nothing'}")


def _arguments(value: Any) -> tuple[Mapping[str, Any], str]:
    """The arguments in `{"name": ..., "arguments": {...}}`, in a list of such, or bare; and a thought beside them."""
    match value:
        case [first, *_]:
            return _arguments(first)
        case {"function": {"name": str()} as inner}:
            return _arguments(inner)
        case {"parameters": inner, "name": str(), **rest} if "arguments" not in rest:
            return _arguments({**rest, "name": value["name"], "arguments": inner})
        case {"arguments": str() as inner, **rest}:
            return _arguments({**rest, "arguments": read_value(inner)[0]})
        case {"arguments": list() as inner, **rest}:
            return _arguments({**rest, "arguments": _as_object(inner)})
        case {"arguments": dict() as arguments, **rest}:
            return _with_action(arguments, rest.get("action", rest.get("name"))), _thought(rest)
        case {"action": dict() as action, **rest}:
            return _with_action(action, None), _thought(rest)
        case dict():
            thoughts = ("thought", "note", "reasoning")
            own = {key: part for key, part in value.items() if key not in thoughts}
            return _with_action(own, None), _thought(value)
    raise ValueError(f"one action was wanted, as a JSON object; found {shortened(value)}")


def _with_action(arguments: Mapping[str, Any], name: Any) -> Mapping[str, Any]:
    """`arguments` with the action among them, by the name that the call has where that is not a tool's."""
    if "action" in arguments:
        return arguments
    if "action_type" in arguments:
        return {
            "action": arguments["action_type"],
            **{key: arguments[key] for key in arguments if key != "action_type"},
        }
    if name is None and isinstance(arguments.get("name"), str):
        return _with_action({key: arguments[key] for key in arguments if key != "name"}, arguments["name"])
    return arguments if not isinstance(name, str) or _TOOL.fullmatch(name) else {"action": name, **arguments}


def _as_object(arguments: list[Any]) -> dict[str, Any]:
    """What a list for arguments means: a place, the one object in it, or keys one by one."""
    match arguments:
        case [dict() as only]:
            return only
        case [int() | float() | str(), int() | float() | str(), *_]:
            return {"coordinate": arguments}
    if arguments and all(isinstance(each, dict) and each.keys() == {"text"} for each in arguments):
        return {"keys": [each["text"] for each in arguments]}
    raise ValueError(f"arguments were wanted as one object; found a list of {len(arguments)}: {shortened(arguments)}")


def _thought(value: Mapping[Any, Any]) -> str:
    thought = value.get("thought", value.get("note"))
    return thought if isinstance(thought, str) else ""
