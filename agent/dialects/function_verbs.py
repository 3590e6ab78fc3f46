"""The calls of families that write an action as a function's, and the moves that they are.

One reading for UI-Venus and AutoGLM, since their words mean the same: names are compared without case, spaces and
underscores.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, get_args

from agent.dialects import arguments
from agent.dialects.call_parser import Call
from agent.dialects.computer_use import keys
from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.dialects.reply_parts import (
    HELP,
    MOST_REPEATS,
    ButtonDown,
    ButtonUp,
    KeyDown,
    KeyUp,
    Note,
    Part,
    pointer_after,
)
from agent.episode import Ask, Finish
from devices import Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.actions import Button, Direction

NOTCHES = 5  # of one scroll that names no amount
SECONDS = 5.0  # of one wait that names no time
_AT = ("box", "point", "element", "coordinate", "position", "start_box", "0")
_TEXT = ("content", "text", "message", "instruction", "app", "app_name", "url", "0")
_CLICKS: dict[str, tuple[Button, int]] = {
    **dict.fromkeys(("click", "tap", "leftclick"), ("left", 1)),
    **dict.fromkeys(("doubleclick", "doubletap", "leftdouble"), ("left", 2)),
    **dict.fromkeys(("tripleclick",), ("left", 3)),
    **dict.fromkeys(("rightclick", "rightsingle"), ("right", 1)),
    **dict.fromkeys(("middleclick",), ("middle", 1)),
}
_KEYS = {"recent": "recents", "recents": "recents", "back": "back", "home": "home", "enter": "enter"}


def read_actions(calls: Sequence[Call], fit: Fit, pointer: Point | None) -> list[Part]:
    """What `calls` do, one after another. Raises `ValueError`, saying what was wanted and what was found."""
    parts: list[Part] = []
    for call in calls:
        parts += _read(call, fit, pointer_after(parts, pointer))
    return parts


def _read(call: Call, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    given = dict(call.arguments)
    name = re.sub(r"[\s_]", "", str(given.pop("action", call.name) if call.name.lower() == "do" else call.name)).lower()
    if name in _CLICKS:
        button, times = _CLICKS[name]
        return (Click(_at(name, given, fit, pointer), button, times),)
    if name.removeprefix("press") in _KEYS:
        return (Press((_KEYS[name.removeprefix("press")],)),)
    if name in _OTHERS:
        return _OTHERS[name](name, given, fit, pointer)
    raise ValueError(f"the action must be one of those in the prompt; found {shortened(name)}")


Given = dict[str, Any]


def _at(name: str, given: Given, fit: Fit, pointer: Point | None, names: Sequence[str] = _AT) -> Point:
    at = arguments.point(given, fit, *names) or pointer
    if at is None:
        raise ValueError(f"{name} needs a point, {names[0]}=(x, y): where the pointer is, is not known")
    return at


def _text(given: Given, otherwise: str = "") -> str:
    found = {name: given[name] for name in _TEXT if given.get(name) is not None}
    return arguments.text(found, *found) if found else otherwise


def _sequence(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    children = given.get("actions", given.get("0"))
    if not isinstance(children, list) or not children or not all(isinstance(child, Call) for child in children):
        raise ValueError(f"Sequence needs actions=[...], a list of calls; found {shortened(children)}")
    if any(child.name == "Sequence" for child in children):
        raise ValueError("a Sequence may not hold another one")
    return read_actions(children, fit, pointer)


def _swipe(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    """A finger's way from `start` to `end`; or a wheel, by `amount` or in a `direction`."""
    start = arguments.point(given, fit, "start", "start_box", "start_point")
    end = arguments.point(given, fit, "end", "end_box", "end_point")
    if end is not None:
        return (Drag((start or _at(name, given, fit, pointer), end)),)
    middle = Point(fit.screen[0] // 2, fit.screen[1] // 2)
    at = _at(name, given, fit, start or pointer or middle)
    amount = arguments.number(given, "amount", "pixels")
    if amount is None:
        direction = str(given.get("direction", "")).strip().lower()
        if direction not in get_args(Direction):
            raise ValueError(f"{name} needs start and end, an amount or a direction; found {shortened(given)}")
        return (Scroll(at, direction, NOTCHES),)  # type: ignore[arg-type]  # one of the four, see above
    if not amount:
        raise ValueError(f"{name} needs an amount above or below zero")
    ways: tuple[Direction, Direction] = ("right", "left") if given.get("axis") == "horizontal" else ("up", "down")
    return (Scroll(at, ways[0] if amount > 0 else ways[1], max(1, min(100, round(abs(amount))))),)


def _drag(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    end = arguments.point(given, fit, "end", "end_box", "end_point")
    if end is None:
        raise ValueError(f"{name} needs end=(x, y); found {shortened(given)}")
    return (Drag((_at(name, given, fit, pointer, ("start", "start_box", "start_point")), end)),)


def _hotkey(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    times = arguments.number(given, "repeat", "presses") or 1
    if not 1 <= times <= MOST_REPEATS:
        raise ValueError(f"a key may be repeated {MOST_REPEATS} times; found {times:g}")
    return (Press(_keys(given)),) * round(times)


def _keys(given: Given) -> tuple[str, ...]:
    return keys(given.get("keys", given.get("key", given.get("0"))))


def _wait(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    match given.get("duration", given.get("seconds", given.get("time"))):
        case str() as words if found := re.match(r"\s*(\d{1,3}(?:\.\d{1,3})?)", words):
            return (Wait(float(found[1])),)
        case int() | float() as seconds:
            return (Wait(float(seconds)),)
    return (Wait(SECONDS),)


def _launch(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    if given.get("url") and not given.get("app"):
        return (Press(("ctrl", "l")), TypeText(_text({"url": given["url"]}).strip() + "\n"))
    return (OpenApp(_text(given)),)


def _long_press(name: str, given: Given, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    return (LongPress(_at(name, given, fit, pointer)),)


Verb = Callable[[str, Given, Fit, Point | None], Sequence[Part]]
_OTHERS: dict[str, Verb] = {
    "sequence": _sequence,
    **dict.fromkeys(("hover", "mousemove", "moveto"), lambda *each: (MoveTo(_at(*each)),)),
    **dict.fromkeys(("longpress", "longclick"), _long_press),
    "drag": _drag,
    **dict.fromkeys(("swipe", "scroll"), _swipe),
    **dict.fromkeys(("type", "typename", "input", "inputtext"), lambda _, given, *rest: (TypeText(_text(given)),)),
    **dict.fromkeys(("hotkey", "key", "press"), _hotkey),
    "keydown": lambda _, given, *rest: (KeyDown(_keys(given)),),
    "keyup": lambda _, given, *rest: (KeyUp(_keys(given)),),
    "mousedown": lambda *each: (ButtonDown(_at(*each)),),
    "mouseup": lambda *each: (ButtonUp(_at(*each)),),
    "wait": _wait,
    **dict.fromkeys(("launch", "launchapp", "openapp"), _launch),
    **dict.fromkeys(("finished", "finish"), lambda _, given, *rest: (Finish(True, _text(given)),)),
    "answer": lambda _, given, *rest: (Finish(True, _text(given)),),
    **dict.fromkeys(("calluser", "takeover", "interact"), lambda _, given, *rest: (Ask(_text(given, HELP)),)),
    **dict.fromkeys(("takenote", "note", "callapi"), lambda _, given, *rest: (Note(_text(given, "noted")),)),
    "getscreenshot": lambda *each: (Wait(0.0),),
}
