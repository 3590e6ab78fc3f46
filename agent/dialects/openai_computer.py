"""OpenAI's `computer` tool: a `computer_call` with actions in order, answered by one screenshot.

Source: the Responses API as its SDK has it (openai 3.57, types/responses/computer_action.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects import arguments, computer_use
from agent.dialects.fit import Fit
from agent.dialects.hosted import Answer, Item
from agent.dialects.repair import shortened
from agent.dialects.reply_parts import KeyDown, KeyUp, Part
from agent.episode import Unreadable
from agent.models.chat import Message, Picture
from devices import Click, Drag, MoveTo, Point, Press, Scroll, TypeText, Wait

PIXELS_A_NOTCH = computer_use.PIXELS_A_NOTCH

_SENT_AGAIN = {
    "message": ("type", "role", "content", "phase"),
    "computer_call": ("type", "call_id", "action", "actions"),
    "reasoning": ("type", "id", "summary", "encrypted_content"),
}
"""The fields of an output item that the API takes as input; `status` and `pending_safety_checks` are not among them."""


@dataclass(frozen=True, slots=True)
class OpenAIComputer:
    """The tool: how its calls are read and answered. Nothing that the API wants checked is acknowledged here unasked:
    a call that the person did not allow is never answered. `detail` is how a screen is to be looked at.
    """

    detail: str = "original"

    @property
    def tools(self) -> tuple[Item, ...]:
        return ({"type": "computer"},)

    def answer(self, items: Sequence[Item]) -> Answer:
        calls = tuple(item for item in items if item["type"] == "computer_call")
        if not all(isinstance(call.get("call_id"), str) for call in calls):
            raise ValueError("a computer_call needs a call_id")
        said = [entry for item in items if item["type"] == "message" for entry in _entries(item, "content")]
        thoughts = [entry for item in items if item["type"] == "reasoning" for entry in _entries(item, "summary")]
        checks = (check for call in calls for check in _entries(call, "pending_safety_checks"))
        return Answer(
            calls,
            "\n".join(str(entry.get("text", "")) for entry in said).strip(),
            "\n".join(str(entry.get("text", "")) for entry in thoughts).strip(),
            tuple(str(check.get("message") or check.get("code") or "no reason given") for check in checks),
            "".join(str(entry.get("refusal") or "") for entry in said),
        )

    def parts(self, call: Item, fit: Fit, pointer: Point | None) -> Sequence[Part]:
        parts: list[Part] = []
        try:
            for action in _actions(call):
                parts += _parts(action, fit)
        except ValueError as error:
            parts.append(Unreadable(str(error)))
        return parts

    def again(self, items: Sequence[Item], *, whole: bool) -> tuple[Item, ...]:
        kept = [
            {name: item[name] for name in _SENT_AGAIN[item["type"]] if item.get(name) is not None}
            for item in items
            if item["type"] in _SENT_AGAIN
        ]
        for item in kept:
            if item["type"] == "message":
                names = ("type", "text", "refusal")  # not its annotations
                item["content"] = [{k: e[k] for k in names if k in e} for e in _entries(item, "content")]
        while kept and kept[-1]["type"] == "reasoning":  # refused without what it led to
            kept.pop()
        return tuple(kept)

    def results(self, calls: Sequence[Item], outcomes: Sequence[str], screen: Picture) -> Message:
        shown = {"type": "computer_screenshot", "image_url": screen, "detail": self.detail}
        items: list[Item] = []
        for call in calls:
            allowed = _entries(call, "pending_safety_checks")
            acknowledged = {"acknowledged_safety_checks": allowed} if allowed else {}
            items.append({"type": "computer_call_output", "call_id": call["call_id"], "output": shown, **acknowledged})
        return Message("user", tuple(filter(None, outcomes))[:1], tuple(items))


def _entries(item: Item, name: str) -> list[dict[str, Any]]:
    found = item.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _actions(call: Item) -> list[dict[str, Any]]:
    one = call.get("action")
    actions = _entries(call, "actions") or ([one] if isinstance(one, dict) else [])
    if not actions:
        raise ValueError("a computer_call needs actions; found none")
    return actions


def _parts(action: Item, fit: Fit) -> Sequence[Part]:
    match action.get("type"):
        case "click":
            button = {"left": "left", "right": "right", "wheel": "middle"}.get(str(action.get("button", "left")))
            if button is None:
                raise ValueError(f"no device has the button {shortened(action.get('button'))}; use keys: ALT, LEFT")
            return _held(action, Click(_at(action, fit), button))  # type: ignore[arg-type]  # one of the three
        case "double_click":
            return _held(action, Click(_at(action, fit), times=2))
        case "move":
            return (MoveTo(_at(action, fit)),)
        case "drag":
            path = tuple(_at(point, fit) for point in _entries(action, "path"))
            if len(path) < 2:
                raise ValueError(f"drag needs a path of at least two points; found {shortened(action.get('path'))}")
            return _held(action, Drag(path))
        case "scroll":
            return _scrolls(action, _at(action, fit))
        case "keypress":
            return (Press(_keys(action)),)
        case "type":
            return (TypeText(arguments.text(action, "text")),)
        case "wait":
            return (Wait(),)
        case "screenshot":  # it comes after every turn
            return ()
    raise ValueError(f"the computer has no action {shortened(action.get('type'))}")


def _at(fields: Item, fit: Fit) -> Point:
    x, y = arguments.number(fields, "x"), arguments.number(fields, "y")
    if x is None or y is None:
        raise ValueError(f"{shortened(fields.get('type', 'a path'))} needs x and y; found {shortened(dict(fields))}")
    return fit.to_screen(x, y)


def _scrolls(action: Item, at: Point) -> Sequence[Part]:
    """Above zero is down and to the right."""
    parts: list[Part] = []
    across, down = (arguments.number(action, name) or 0.0 for name in ("scroll_x", "scroll_y"))
    if down:
        parts.append(Scroll(at, "down" if down > 0 else "up", max(1, round(abs(down) / PIXELS_A_NOTCH))))
    if across:
        parts.append(Scroll(at, "right" if across > 0 else "left", max(1, round(abs(across) / PIXELS_A_NOTCH))))
    if not parts:
        raise ValueError("scroll needs a scroll_x or a scroll_y other than 0")
    return _held(action, *parts)


def _keys(action: Item) -> tuple[str, ...]:
    """The keys as devices name them: CTRL and A are the chord ctrl+a, not ctrl+A."""
    given = action.get("keys")
    return computer_use.keys([key.lower() if isinstance(key, str) else key for key in given] if given else given)


def _held(action: Item, *parts: Part) -> Sequence[Part]:
    """`parts` while the keys of `action` are held."""
    if not action.get("keys"):
        return parts
    keys = _keys(action)
    return (KeyDown(keys), *parts, KeyUp(keys))
