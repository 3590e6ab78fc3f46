"""The actions of Qwen's `mobile_use` tool: what each needs, which move it is, and how a past move is written."""

import re
from dataclasses import replace
from typing import Any

from agent.dialects import arguments, computer_use, places
from agent.dialects.arguments import Arguments
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.episode import Finish, Move
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.actions import Direction

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

_OWN = ("action", "text", "time", "button", "status")
_MISNAMED = ("key", "keys", "content", "input_text", "value", "seconds", "duration", "answer", "result", "message")
_MISNAMED_TOO = ("goal_status", "app_name", "app", "name", "pixels", "amount", "scroll_amount")
_FIELDS = places.FIELDS | {*_OWN, *_MISNAMED, *_MISNAMED_TOO}

BUTTONS = ("Back", "Home", "Menu", "Enter")

ALIASES = {
    **computer_use.ALIASES,
    "left_click": "click",
    "left_single": "click",
    "tap": "click",
    "long_click": "long_press",
    "longpress": "long_press",
    "slide": "swipe",
    "drag": "swipe",
    "left_click_drag": "swipe",
    "press": "key",
    "hotkey": "key",
}

_BUTTON = re.compile(r"(?:press|navigate|go|keyboard)?_?(back|home|enter|menu|recents?)")
_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}
_READ = {**VERBS, **computer_use.VERBS, "finished": ()}


def read(fields: Arguments, fit: Fit, pointer: Point | None) -> Move:
    """The move that `fields` stands for. A finger leaves no pointer behind: `pointer` is not looked at.

    A button is pressed by its name in small letters: back, home, enter; Menu is the list of recent applications, as the
    prompt says. Raises `ValueError`, saying what was
    wanted and what was found.
    """
    action = fields.get("action")
    if isinstance(action, str) and (button := _BUTTON.fullmatch(action.strip().lower())):
        return Press((button[1],))
    verb = arguments.verb(fields, ALIASES, _READ)
    if verb not in VERBS and verb != "scroll":
        return _on_computers(fields, verb, fit)
    arguments.refuse_unknown(fields, verb, _FIELDS)
    match verb:
        case "click":
            return Click(_required_place(fields, fit, "click"))
        case "long_press":
            seconds = arguments.number(fields, "time", "duration")
            at = _required_place(fields, fit, "long_press")
            return LongPress(at) if seconds is None else LongPress(at, seconds)
        case "swipe" | "scroll":
            return _swipe(fields, fit, verb)
        case "type":
            return TypeText(arguments.text(fields, "text", "content", "input_text", "value"))
        case "key" if fields.get("keys") is not None:
            return Press(computer_use.keys(fields["keys"]))
        case "key":
            return Press((arguments.text(fields, "text", "key", "button").strip().lower(),))
        case "system_button":
            return Press((_button(arguments.text(fields, "button", "text")),))
    return _on_computers(fields, verb, fit)


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


def _on_computers(fields: Arguments, verb: str, fit: Fit) -> Move:
    """What a computer accepts, a phone accepts; its buttons are no mouse's."""
    return computer_use.read({**fields, "action": verb, "button": None}, fit, None)


def _button(name: str) -> str:
    if name.strip().title() not in BUTTONS:
        raise ValueError(f"button must be one of {', '.join(BUTTONS)}; found {shortened(name)}")
    pressed = name.strip().lower()
    return "recents" if pressed == "menu" else pressed


def _required_place(fields: Arguments, fit: Fit, verb: str) -> Point:
    at = places.place(fields, fit)
    if at is None:
        raise ValueError(f"{verb} needs coordinate [x, y]; found none")
    return at


def _swipe(fields: Arguments, fit: Fit, verb: str) -> Drag | Scroll:
    """From one place to another; or in a direction, which is the finger's for a swipe, and the eyes' for a scroll."""
    start, end = places.drag_ends(fields, fit, None)
    if start is not None and end is not None:
        return Drag((start, end))
    direction = places.direction(fields)
    if direction is None and verb == "swipe":
        raise ValueError(f"{verb} needs coordinate2 [x, y], or a direction; found neither")
    move = computer_use.scroll(fields, fit, None, "scroll")
    return replace(move, direction=_OPPOSITE[direction]) if verb == "swipe" and direction else move
