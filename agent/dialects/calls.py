"""Finds in a reply what the model wants done: its thought, its instruction, and one call with arguments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.dialects.repair import LONGEST, read_value, shortened

_BLOCK = re.compile(r"<tool_call>((?:(?!<tool_call>).)*?)</tool_call>", re.DOTALL)
_FENCE = re.compile(r"```(?:json|python)?\s*\n(.*?)```", re.DOTALL)
_THINKING = re.compile(r"<(think(?:ing)?)>(.*?)(?:</\1>|\Z)", re.DOTALL)
_CONCLUSION = re.compile(r"<conclusion>(.*?)(?:</conclusion>|\Z)", re.DOTALL)
_ACTION_LINE = re.compile(r"^\s*Action\s*:\s*(.+)$", re.MULTILINE)
_THOUGHT_LINE = re.compile(r"^\s*Thought\s*:\s*(.*?)(?=^\s*Action\s*:|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """One reply, taken apart: `arguments` of the one call that counts, and what was said around it."""

    arguments: Mapping[str, Any]
    thought: str = ""
    instruction: str = ""


def read_call(text: str) -> Said:
    """The call in `text`: in `<tool_call>` tags, in a fence, or bare.

    A call that a thought merely speaks of does not count. Of several calls the first counts, because the screen that
    the others were meant for is still to come; the thought says so. Raises `ValueError` when there is none to be read.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a reply may have {LONGEST} characters; found {len(text)}")
    thoughts = [found[2].strip() for found in _THINKING.finditer(text)]
    rest = _THINKING.sub("", text) if thoughts else text
    conclusion = _CONCLUSION.search(rest)
    arguments, before, more = _first_call(rest)
    if found := _THOUGHT_LINE.search(before):
        thoughts.append(found[1].strip())
    line = _ACTION_LINE.search(before)
    instruction = conclusion[1].strip() if conclusion else line[1].strip().strip('"') if line else ""
    if not thoughts and not line and isinstance(arguments.get("thought"), str):
        thoughts.append(arguments["thought"])
    if not thoughts and not line and before.strip():
        thoughts.append(before.strip())
    if more:
        thoughts.append("(The reply held more than one call; the first was taken.)")
    return Said(arguments, "\n".join(filter(None, thoughts)), instruction)


def _first_call(text: str) -> tuple[Mapping[str, Any], str, bool]:
    """The first call's arguments, the text before it, and whether another call follows."""
    blocks = list(_BLOCK.finditer(text))
    if blocks:
        value, end = read_value(blocks[0][1], _opening(blocks[0][1]), complete=True)
        more = len(blocks) > 1 or "{" in blocks[0][1][end:]
        return _arguments(value), text[: blocks[0].start()], more
    if "<tool_call>" in text:
        before, _, inside = text.partition("<tool_call>")
    elif fence := _FENCE.search(text):
        before, inside = text[: fence.start()], fence[1]
    else:
        start = text.find("{")
        before, inside = text[: max(0, start)], text[max(0, start) :]
    value, end = read_value(inside, _opening(inside))
    if isinstance(value, list) and value:
        return _arguments(value[0]), before, len(value) > 1
    return _arguments(value), before, "{" in inside[end:]


def _opening(text: str) -> int:
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    if not starts:
        raise ValueError(f"a call was wanted, a JSON object; found {shortened(text.strip()) if text else 'nothing'}")
    return min(starts)


def _arguments(value: Any) -> Mapping[str, Any]:
    """The arguments in `{"name": ..., "arguments": {...}}`, in a list of such, or bare."""
    match value:
        case [first, *_]:
            return _arguments(first)
        case {"arguments": dict() as arguments, **rest}:
            return arguments if "action" in arguments or "name" not in rest else {"action": rest["name"], **arguments}
        case {"arguments": str() as inner}:
            return _arguments(read_value(inner)[0])
        case {"action": dict() as action, **rest}:
            return {**{key: rest[key] for key in ("thought", "note") if key in rest}, **action}
        case dict():
            return value
    raise ValueError(f"a call was wanted, a JSON object; found {shortened(value)}")
