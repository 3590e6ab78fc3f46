"""The actions of Qwen's `mobile_use` tool: what each needs, which move it is, and how a past move is written."""

from typing import Any

from agent.dialects import arguments
from agent.dialects.arguments import Arguments
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.episode import Finish, Move
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText, Wait

VERBS: dict[str, tuple[str, ...]] = {
    "key": ("text",),
    "click": ("coordinate",),
    "long_press": ("coordinate", "time?"),
    "swipe": ("coordinate", "coordinate2"),
    "type": ("text",),
    "system_button": ("button",),
    "open": ("text",),
    "wait": ("time",),
    "terminate": ("status",),
    "answer": ("text",),
}
"""Every action with its fields in the order of the training format; a field with "?" may be left out."""

_OWN = ("action", "coordinate", "coordinate2", "text", "time", "button", "status")
_MISNAMED = ("key", "seconds", "duration", "answer", "result", "app_name", "name")
_FIELDS = frozenset((*_OWN, *_MISNAMED))

BUTTONS = ("Back", "Home", "Menu", "Enter")

ALIASES = {
    "left_click": "click",
    "tap": "click",
    "long_click": "long_press",
    "scroll": "swipe",
    "drag": "swipe",
    "left_click_drag": "swipe",
    "input": "type",
    "input_text": "type",
    "open_app": "open",
    "press": "key",
    "done": "terminate",
}


def read(fields: Arguments, fit: Fit, pointer: Point | None) -> Move:
    """The move that `fields` stands for. A finger leaves no pointer behind: `pointer` is not looked at.

    A button is pressed by its name in small letters: back, home, enter; Menu is the list of recent applications, as the
    prompt says. Raises `ValueError`, saying what was
    wanted and what was found.
    """
    action = fields.get("action")
    verb = ALIASES.get(action, action) if isinstance(action, str) else action
    arguments.refuse_unknown(fields, verb, _FIELDS)
    match verb:
        case "click":
            return Click(_given(fields, fit, "click", "coordinate"))
        case "long_press":
            seconds = arguments.number(fields, "time", "duration")
            at = _given(fields, fit, "long_press", "coordinate")
            return LongPress(at) if seconds is None else LongPress(at, seconds)
        case "swipe":
            start, end = (_given(fields, fit, "swipe", name) for name in ("coordinate", "coordinate2"))
            return Drag((start, end))
        case "type":
            return TypeText(arguments.text(fields, "text"))
        case "key":
            return Press((arguments.text(fields, "text", "key").strip().lower(),))
        case "system_button":
            return Press((_button(arguments.text(fields, "button", "text")),))
        case "open":
            return OpenApp(arguments.text(fields, "text", "app_name"))
        case "wait":
            seconds = arguments.number(fields, "time", "seconds")
            return Wait() if seconds is None else Wait(seconds)
        case "terminate":
            return arguments.finish(fields)
        case "answer":
            return Finish(True, arguments.text(fields, "text", "answer"))
    raise ValueError(f"the action must be one of {', '.join(VERBS)}; found {shortened(action)}")


def write(move: Move, fit: Fit) -> dict[str, Any] | None:
    """`move` as the family writes it, mapped to the numbers it answers in; None where it has no such action."""
    match move:
        case Click(at, "left", 1, ()):
            return {"action": "click", "coordinate": arguments.as_numbers(at, fit)}
        case LongPress(at, seconds):
            return {"action": "long_press", "coordinate": arguments.as_numbers(at, fit), "time": seconds}
        case Drag((start, *_, end)):
            ends = {"coordinate": arguments.as_numbers(start, fit), "coordinate2": arguments.as_numbers(end, fit)}
            return {"action": "swipe", **ends}
        case Press((("back" | "home" | "enter") as name,)):
            return {"action": "system_button", "button": name.title()}
        case Press(("recents",)):
            return {"action": "system_button", "button": "Menu"}
        case Press((name,)):
            return {"action": "key", "text": name}
        case TypeText(typed):
            return {"action": "type", "text": typed}
        case OpenApp(name):
            return {"action": "open", "text": name}
        case Wait(seconds):
            return {"action": "wait", "time": int(seconds) if seconds == int(seconds) else seconds}
        case Finish(succeeded, ""):
            return {"action": "terminate", "status": "success" if succeeded else "failure"}
        case Finish(True, answer):
            return {"action": "answer", "text": answer}
        case Finish(False, answer):
            return {"action": "terminate", "status": "failure", "text": answer}
        case Scroll():
            return None
    return None


def _button(name: str) -> str:
    if name.strip().title() not in BUTTONS:
        raise ValueError(f"button must be one of {', '.join(BUTTONS)}; found {shortened(name)}")
    pressed = name.strip().lower()
    return "recents" if pressed == "menu" else pressed


def _given(fields: Arguments, fit: Fit, verb: str, name: str) -> Point:
    at = arguments.point(fields, fit, name)
    if at is None:
        raise ValueError(f"{verb} needs {name} [x, y]; found none")
    return at
