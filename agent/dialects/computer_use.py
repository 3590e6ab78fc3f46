"""The actions of Qwen's `computer_use` tool: what each needs, which move it is, and how a past move is written."""

from typing import Any

from agent.dialects import arguments, places
from agent.dialects.arguments import Arguments
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.episode import Finish, Move
from devices import ActionRefused, Click, Drag, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.desktop.keys import MODIFIERS, key_named

PIXELS_A_NOTCH = 100
"""What a wheel click scrolls in Chrome; the family's `pixels` are taken as such, at least one notch for any of them."""

_NOTCHES = 5  # of a scroll that names a direction and no amount

VERBS: dict[str, tuple[str, ...]] = {
    "key": ("keys",),
    "type": ("text",),
    "mouse_move": ("coordinate",),
    "left_click": ("coordinate",),
    "left_click_drag": ("coordinate",),
    "right_click": ("coordinate",),
    "middle_click": ("coordinate",),
    "double_click": ("coordinate",),
    "triple_click": ("coordinate",),
    "scroll": ("coordinate?", "pixels"),
    "hscroll": ("coordinate?", "pixels"),
    "wait": ("time",),
    "terminate": ("status",),
    "answer": ("text",),
}
"""Every action with its fields in the order of the training format; a field with "?" may be left out."""

ALIASES = {
    "click": "left_click",
    "tap": "left_click",
    "left_single": "left_click",
    "move": "mouse_move",
    "hover": "mouse_move",
    "drag": "left_click_drag",
    "right_single": "right_click",
    "left_double": "double_click",
    "double_tap": "double_click",
    "press": "key",
    "hotkey": "key",
    "input": "type",
    "write": "type",
    "input_text": "type",
    "open_app": "open",
    "awake": "open",
    "status": "terminate",
    "complete": "finished",
    "done": "finished",
}

_OWN = ("action", "keys", "text", "pixels", "time", "status")
_MISNAMED = ("key", "content", "input_text", "value", "amount", "scroll_amount", "seconds", "duration")
_MISNAMED_TOO = ("answer", "result", "message", "goal_status", "app_name", "app", "name")
_FIELDS = places.FIELDS | {*_OWN, *_MISNAMED, *_MISNAMED_TOO}
_READ = {**VERBS, "open": (), "finished": ()}

_CLICKS: dict[str, dict[str, Any]] = {
    "left_click": {},
    "right_click": {"button": "right"},
    "middle_click": {"button": "middle"},
    "double_click": {"times": 2},
    "triple_click": {"times": 3},
}


def read(fields: Arguments, fit: Fit, pointer: Point | None) -> Move:
    """The move that `fields` stands for; `pointer` is where the pointer is, as far as it is known.

    Raises `ValueError`, saying what was wanted and what was found.
    """
    verb = _verb(fields)
    if verb in _CLICKS:
        return Click(_here(fields, fit, pointer, verb), holding=_modifiers(fields), **_CLICKS[verb])
    match verb:
        case "mouse_move":
            return MoveTo(_required_place(fields, fit, verb))
        case "left_click_drag":
            return _drag(fields, fit, pointer)
        case "scroll" | "hscroll":
            return scroll(fields, fit, pointer, verb)
        case "key":
            return Press(keys(fields.get("keys", fields.get("text", fields.get("key", fields.get("content"))))))
        case "type":
            return TypeText(arguments.text(fields, "text", "content", "input_text", "value"))
        case "wait":
            seconds = arguments.number(fields, "time", "seconds", "duration")
            return Wait() if seconds is None else Wait(seconds)
        case "open":
            return OpenApp(arguments.text(fields, "text", "app_name", "app", "name", "input_text", "value"))
        case "answer":
            return Finish(True, arguments.text(fields, "text", "answer", "content", "value"))
        case "finished":
            return arguments.finish({"status": "success", **fields})
    return arguments.finish(fields)


def write(move: Move, fit: Fit) -> dict[str, Any] | None:
    """`move` as the family writes it, mapped to the numbers it answers in; None where it has no such action."""
    match move:
        case Click(at, button, times, holding) if (shape := _click_named(button, times)) is not None:
            held = {"keys": list(holding)} if holding else {}
            return {"action": shape, "coordinate": arguments.as_numbers(at, fit), **held}
        case MoveTo(at):
            return {"action": "mouse_move", "coordinate": arguments.as_numbers(at, fit)}
        case Drag(path, _, "left", ()) if path:
            return {"action": "left_click_drag", "coordinate": arguments.as_numbers(path[-1], fit)}
        case Scroll(at, "up" | "down" as direction, notches):
            pixels = notches * PIXELS_A_NOTCH * (1 if direction == "up" else -1)
            return {"action": "scroll", "coordinate": arguments.as_numbers(at, fit), "pixels": pixels}
        case Scroll(at, direction, notches):
            pixels = notches * PIXELS_A_NOTCH * (1 if direction == "right" else -1)
            return {"action": "hscroll", "coordinate": arguments.as_numbers(at, fit), "pixels": pixels}
        case TypeText(typed):
            return {"action": "type", "text": typed}
        case Press(names):
            return {"action": "key", "keys": list(names)}
        case Wait(seconds):
            return {"action": "wait", "time": int(seconds) if seconds == int(seconds) else seconds}
        case Finish(succeeded, ""):
            return {"action": "terminate", "status": "success" if succeeded else "failure"}
        case Finish(True, answer):
            return {"action": "answer", "text": answer}
        case Finish(False, answer):
            return {"action": "terminate", "status": "failure", "text": answer}
    return None


def keys(given: Any) -> tuple[str, ...]:
    """The chord that `["ctrl", "s"]`, `["ctrl+s"]`, `"ctrl+s"` or `"ctrl s"` names, in the names that devices know.

    A name that is no key's stays as it is: which keys there are is the device's affair. Raises `ValueError` for no key.
    """
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise ValueError(f'keys were wanted, such as ["ctrl", "s"]; found {shortened(given)}')
    if len(names) == 1 and len(names[0]) > 1 and _key(names[0]) == names[0]:
        names = names[0].replace("++", "+plus").replace("+", " ").split() or names
    return tuple(_key(arguments.text({"keys": name}, "keys")) for name in names)


def _modifiers(fields: Arguments) -> tuple[str, ...]:
    """The keys held during a click: in `keys`, or since Qwen3.5 in `text`, where any other text says nothing."""
    if fields.get("keys"):
        return keys(fields["keys"])
    text = fields.get("text")
    named = keys(text) if isinstance(text, str) and text.strip() else ()
    return named if set(named) <= MODIFIERS else ()


def _key(name: str) -> str:
    try:
        return key_named(name).name
    except ActionRefused:
        return name


def _verb(fields: Arguments) -> str:
    verb = arguments.verb(fields, ALIASES, _READ)
    arguments.refuse_unknown(fields, verb, _FIELDS)
    return verb


def _required_place(fields: Arguments, fit: Fit, verb: str) -> Point:
    if (at := places.place(fields, fit)) is not None:
        return at
    raise ValueError(f"{verb} needs a coordinate [x, y]; found none")


def _here(fields: Arguments, fit: Fit, pointer: Point | None, verb: str) -> Point:
    return places.place(fields, fit) or pointer or _required_place(fields, fit, verb)


def _drag(fields: Arguments, fit: Fit, pointer: Point | None) -> Drag:
    start, end = places.drag_ends(fields, fit, pointer)
    if end is None:
        raise ValueError("left_click_drag needs a coordinate [x, y]; found none")
    if start is None:
        raise ValueError("left_click_drag begins where the pointer is, and that is not known: use mouse_move first")
    return Drag((start, end))


def scroll(fields: Arguments, fit: Fit, pointer: Point | None, verb: str) -> Scroll:
    """The scroll in `fields`, by pixels or in a direction; without a place where the pointer is, or in the middle."""
    at = places.place(fields, fit) or pointer or places.middle(fit)
    pixels, direction = arguments.number(fields, "pixels"), places.direction(fields)
    amount = arguments.number(fields, "amount", "scroll_amount")
    if direction is not None and pixels is None:
        return Scroll(at, direction, max(1, round(abs(amount))) if amount else _NOTCHES)
    pixels = amount if pixels is None else pixels
    if not pixels:
        raise ValueError(f"{verb} needs pixels, above zero for up or right; found {shortened(fields.get('pixels'))}")
    notches = max(1, round(abs(pixels) / PIXELS_A_NOTCH))
    if direction is not None:
        return Scroll(at, direction, notches)
    if verb == "scroll":
        return Scroll(at, "up" if pixels > 0 else "down", notches)
    return Scroll(at, "right" if pixels > 0 else "left", notches)


def _click_named(button: str, times: int) -> str | None:
    wanted = {"button": button, "times": times}
    return next((name for name, shape in _CLICKS.items() if {"button": "left", "times": 1, **shape} == wanted), None)
