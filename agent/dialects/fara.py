"""What Fara calls `computer_use` with: Qwen2.5-VL's actions, and a browser's, each as the moves a person would make.

Source: microsoft/fara, src/fara/_prompts.py and src/fara/agents/fara/_prompts.py (MIT).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.dialects import arguments, computer_use
from agent.dialects.fara_prompts import VERBS_7B, VERBS_15
from agent.dialects.fit import Fit
from agent.dialects.reply_parts import Note, Part
from agent.dialects.tools import NOTE, Tool
from agent.episode import Ask, Finish, Move
from devices import Click, Point, Press, TypeText

_OWN: dict[str, tuple[str, ...]] = {
    **computer_use.VERBS,
    "type": ("text", "coordinate?", "press_enter?", "delete_existing_text?"),
    "visit_url": ("url",),
    "web_search": ("query",),
    "history_back": (),
    "refresh": (),
    NOTE: ("fact",),
    "read_page_answer_question": ("question",),
    "ask_user_question": ("question",),
}


def tool_7b() -> Tool:
    return Tool("computer_use", {verb: _OWN[verb] for verb in VERBS_7B}, _read, computer_use.write)


def tool_15() -> Tool:
    verbs = {verb: _OWN[verb] for verb in VERBS_15} | {"type": ("text",), "terminate": ("answer",)}
    return Tool("computer_use", verbs, _read, _write_15)


def _read(fields: Mapping[str, Any], fit: Fit, pointer: Point | None) -> Sequence[Part]:
    match fields.get("action"):
        case "type" | "input" | "input_text":
            return _typed(fields, fit)
        case "visit_url" | "goto" | "open_url":
            return _address(arguments.text(fields, "url", "text"))
        case "web_search":
            return _address(arguments.text(fields, "query", "text"))
        case "history_back":
            return (Press(("alt", "left")),)
        case "refresh":
            return (Press(("f5",)),)
        case "pause_and_memorize_fact":
            return (Note(arguments.text(fields, "fact", "text")),)
        case "ask_user_question":
            return (Ask(arguments.text(fields, "question", "text")),)
        case "read_page_answer_question":
            raise ValueError("the page can only be looked at here: scroll through it and read what you need")
        case "terminate" if "status" not in fields:
            return (Finish(True, arguments.text(fields, "answer") if fields.get("answer") else ""),)
    return (computer_use.read(fields, fit, pointer),)


def _typed(fields: Mapping[str, Any], fit: Fit) -> Sequence[Part]:
    """A click where it is to be typed, the old text selected, the new one with Enter: what of it was asked for."""
    text = arguments.text(fields, "text", "content")
    parts: list[Part] = []
    if (at := arguments.point(fields, fit, "coordinate")) is not None:
        parts.append(Click(at))
    if fields.get("delete_existing_text") in (True, "true", "True"):
        parts.append(Press(("ctrl", "a")))
    entered = fields.get("press_enter") in (True, "true", "True") and not text.endswith("\n")
    return (*parts, TypeText(text + "\n" if entered else text))


def _address(text: str) -> Sequence[Part]:
    """What is typed into a browser's address bar, which also searches."""
    return (Press(("ctrl", "l")), TypeText(text.strip() + "\n"))


def _write_15(move: Move, fit: Fit) -> dict[str, Any] | None:
    match move:
        case Ask(question):
            return {"action": "ask_user_question", "question": question}
        case Finish(succeeded, answer):
            return {"action": "terminate", "answer": answer or ("" if succeeded else "it cannot be done")}
    return computer_use.write(move, fit)
