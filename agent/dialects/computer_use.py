"""The actions of Qwen's `computer_use` tool: what each needs, which move it is, and how a past move is written."""

from typing import Any

from agent.dialects import arguments
from agent.dialects.arguments import Arguments
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.episode import Finish, Move
from devices import ActionRefused, Click, Drag, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.desktop.keys import MODIFIERS, key_named

PIXELS_A_NOTCH = 100
"""What a wheel click scrolls in Chrome; the family's `pixels` are taken as such, at least one notch for any of them."""

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
    "move": "mouse_move",
    "hover": "mouse_move",
    "drag": "left_click_drag",
    "right_single": "right_click",
    "left_double": "double_click",
    "press": "key",
    "hotkey": "key",
    "input": "type",
    "write": "type",
    "finished": "terminate",
    "done": "terminate",
}

_OWN = ("action", "keys", "text", "coordinate", "pixels", "time", "status")
_MISNAMED = ("key", "content", "start_coordinate", "coordinate1", "coordinate2", "from", "point", "position", "x", "y")
_MISNAMED_TOO = ("amount", "seconds", "duration", "answer", "result", "app_name", "name")
_FIELDS = frozenset((*_OWN, *_MISNAMED, *_MISNAMED_TOO))

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
            return MoveTo(_given(fields, fit, verb))
        case "left_click_drag":
            return _drag(fields, fit, pointer)
        case "scroll" | "hscroll":
            return _scroll(fields, fit, pointer, verb)
        case "key":
            return Press(keys(fields.get("keys", fields.get("text", fields.get("key")))))
        case "type":
            return TypeText(arguments.text(fields, "text", "content"))
        case "wait":
            seconds = arguments.number(fields, "time", "seconds", "duration")
            return Wait() if seconds is None else Wait(seconds)
        case "open":
            return OpenApp(arguments.text(fields, "text", "app_name", "name"))
        case "answer":
            return Finish(True, arguments.text(fields, "text", "answer"))
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
    action = fields.get("action")
    verb = ALIASES.get(action, action) if isinstance(action, str) else action
    if not isinstance(verb, str) or (verb not in VERBS and verb != "open"):
        raise ValueError(f"the action must be one of {', '.join(VERBS)}; found {shortened(action)}")
    arguments.refuse_unknown(fields, verb, _FIELDS)
    return verb


def _given(fields: Arguments, fit: Fit, verb: str) -> Point:
    if (at := arguments.point(fields, fit, "coordinate", "coordinate2", "point", "position")) is not None:
        return at
    if "x" in fields and "y" in fields:
        return fit.to_screen(*arguments.pair([fields["x"], fields["y"]]))
    raise ValueError(f"{verb} needs a coordinate [x, y]; found none")


def _here(fields: Arguments, fit: Fit, pointer: Point | None, verb: str) -> Point:
    if pointer is not None and not {"coordinate", "point", "position", "x"} & fields.keys():
        return pointer
    return _given(fields, fit, verb)


def _drag(fields: Arguments, fit: Fit, pointer: Point | None) -> Drag:
    start = arguments.point(fields, fit, "start_coordinate", "coordinate1", "from") or pointer
    if arguments.point(fields, fit, "coordinate2") is not None:
        start = arguments.point(fields, fit, "coordinate") or start
        end = arguments.point(fields, fit, "coordinate2")
    else:
        end = _given(fields, fit, "left_click_drag")
    if start is None or end is None:
        raise ValueError("left_click_drag begins where the pointer is, and that is not known: use mouse_move first")
    return Drag((start, end))


def _scroll(fields: Arguments, fit: Fit, pointer: Point | None, verb: str) -> Scroll:
    pixels = arguments.number(fields, "pixels", "amount")
    if not pixels:
        raise ValueError(f"{verb} needs pixels, above zero for up or right; found {shortened(fields.get('pixels'))}")
    middle = Point(fit.screen[0] // 2, fit.screen[1] // 2)
    at = arguments.point(fields, fit, "coordinate", "point") or pointer or middle
    notches = max(1, round(abs(pixels) / PIXELS_A_NOTCH))
    if verb == "scroll":
        return Scroll(at, "up" if pixels > 0 else "down", notches)
    return Scroll(at, "right" if pixels > 0 else "left", notches)


def _click_named(button: str, times: int) -> str | None:
    wanted = {"button": button, "times": times}
    return next((name for name, shape in _CLICKS.items() if {"button": "left", "times": 1, **shape} == wanted), None)
