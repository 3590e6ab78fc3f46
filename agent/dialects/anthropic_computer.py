"""Anthropic's computer toolset: a `tool_use` block an action, several a turn.

Source: the Messages API as its SDK has it (anthropic 2.14, types/computer_*), toolset `computer_toolset_20260801`.
"""

from collections.abc import Sequence
from typing import Any

from agent.dialects import arguments, computer_use
from agent.dialects.fit import Fit
from agent.dialects.hosted import Answer, Item
from agent.dialects.repair import shortened
from agent.dialects.reply_parts import ButtonDown, ButtonUp, KeyDown, KeyUp, Part
from agent.episode import Unreadable
from agent.models.chat import Message, Picture
from devices import Drag, Point, Press, Scroll, TypeText, Wait

NOT_OFFERED = ("zoom", "cursor_position", "hold_key")  # no device has these
TOOL = {
    "type": "computer_toolset_20260801",
    "configs": {member: {"enabled": False} for member in NOT_OFFERED},
}
MOST_REPEATS = 20

_LIKE_QWEN = ("left_click", "right_click", "middle_click", "double_click", "triple_click", "mouse_move")


class AnthropicComputer:
    """The toolset: what it offers, how its calls are read and answered."""

    tools: tuple[Item, ...] = (TOOL,)

    def answer(self, items: Sequence[Item]) -> Answer:
        calls = tuple(item for item in items if item["type"] == "tool_use")
        if not all(isinstance(call.get("id"), str) and isinstance(call.get("input"), dict) for call in calls):
            raise ValueError("a tool_use block needs an id and an input")
        words = "\n".join(str(item.get("text", "")) for item in items if item["type"] == "text")
        thought = "\n".join(str(item.get("thinking", "")) for item in items if item["type"] == "thinking")
        refused = any(item["type"] == "refusal" for item in items)
        return Answer(calls, words.strip(), thought.strip(), refusal=(words.strip() or "no reason given") * refused)

    def parts(self, call: Item, fit: Fit, pointer: Point | None) -> Sequence[Part]:
        try:
            return _parts(str(call.get("name")), call["input"], fit, pointer)
        except ValueError as error:
            return (Unreadable(str(error)),)

    def again(self, items: Sequence[Item], *, whole: bool) -> tuple[Item, ...]:
        """As they came, but for empty text, which is refused, and for thoughts where the turns before them are gone:
        the service binds the ones to the others.
        """
        bound = () if whole else ("thinking", "redacted_thinking")
        empty = [item for item in items if item["type"] == "text" and not str(item.get("text", "")).strip()]
        return tuple(item for item in items if item["type"] not in bound and item not in empty)

    def results(self, calls: Sequence[Item], outcomes: Sequence[str], screen: Picture) -> Message:
        blocks: list[dict[str, Any]] = []
        for call, outcome in zip(calls, outcomes, strict=True):
            content: list[Any] = [{"type": "text", "text": outcome or "Done."}]
            named = {"toolset_name": call["toolset_name"]} if call.get("toolset_name") else {}
            failed = {"is_error": True} if outcome else {}
            blocks.append({"type": "tool_result", "tool_use_id": call["id"], **named, "content": content, **failed})
        if outcomes[-1]:  # an error holds text only: the picture comes beside it
            return Message("user", (screen,), tuple(blocks))
        blocks[-1]["content"] = [screen]
        return Message("user", (), tuple(blocks))


def _parts(name: str, fields: Item, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    if name in _LIKE_QWEN:
        return (computer_use.read({**fields, "action": name}, fit, pointer),)
    match name:
        case "screenshot":  # it comes after every turn
            return ()
        case "left_click_drag":
            start, end = (arguments.point(fields, fit, key) for key in ("start_coordinate", "coordinate"))
            if start is None or end is None:
                raise ValueError("left_click_drag needs a start_coordinate and a coordinate [x, y]")
            return _held(fields, Drag((start, end)))
        case "left_mouse_down" | "left_mouse_up":
            if pointer is None:
                raise ValueError(f"{name} acts where the pointer is, and that is not known: use mouse_move first")
            return (ButtonDown(pointer) if name == "left_mouse_down" else ButtonUp(pointer),)
        case "scroll":
            return _held(fields, _scroll(fields, fit, pointer))
        case "type":
            return (TypeText(arguments.text(fields, "text")),)
        case "key":
            times = int(arguments.number(fields, "repeat") or 1)
            if not 1 <= times <= MOST_REPEATS:
                raise ValueError(f"repeat goes from 1 to {MOST_REPEATS}; found {times}")
            return (Press(_keys(fields)),) * times
        case "wait":
            return (Wait(arguments.number(fields, "duration") or 1.0),)
    raise ValueError(f"the computer has no action {shortened(name)}")


def _scroll(fields: Item, fit: Fit, pointer: Point | None) -> Scroll:
    middle = Point(fit.screen[0] // 2, fit.screen[1] // 2)
    at = arguments.point(fields, fit, "coordinate") or pointer or middle
    notches = arguments.number(fields, "scroll_amount") or 0
    match fields.get("scroll_direction"):
        case "up" | "down" | "left" | "right" as direction if notches >= 1:
            return Scroll(at, direction, round(notches))
    raise ValueError(f"scroll needs a direction and an amount of at least 1; found {shortened(dict(fields))}")


def _held(fields: Item, part: Part) -> Sequence[Part]:
    """`part` while the keys in `text` are held."""
    if not fields.get("text"):
        return (part,)
    keys = _keys(fields)
    return KeyDown(keys), part, KeyUp(keys)


def _keys(fields: Item) -> tuple[str, ...]:
    """The keys in `text`; a phone's own buttons by their names in small letters."""
    return tuple(key if len(key) == 1 else key.lower() for key in computer_use.keys(fields.get("text")))
