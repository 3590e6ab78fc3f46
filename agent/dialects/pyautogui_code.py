"""Actions written as pyautogui calls: read as text by `ast`, never run.

For OpenCUA's and Aguvis's replies, and for recordings of OSWorld.
"""

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeGuard

from agent.dialects.reply_parts import MOST_REPEATS, ButtonDown, ButtonUp, KeyDown, KeyUp, Part, pointer_after
from agent.episode import Finish
from devices import Click, Drag, MoveTo, Point, Press, Scroll, TypeText, Wait
from devices.actions import Button

LONGEST_CODE = 20_000
BUTTONS: dict[str, Button] = {"left": "left", "right": "right", "middle": "middle"}
CLICKS: dict[str, tuple[Button, int]] = {
    "click": ("left", 1),
    "leftClick": ("left", 1),
    "doubleClick": ("left", 2),
    "tripleClick": ("left", 3),
    "triple_click": ("left", 3),
    "rightClick": ("right", 1),
    "middleClick": ("middle", 1),
}
_ARGUMENT_ORDER = {"x": 0, "y": 1}
_MODULES = ("pyautogui", "computer", "time")
_FENCE = re.compile(r"\A```\w*\s*\n|\n?```\s*\Z")

ToPoint = Callable[[float, float], Point]
"""The pixel of the screenshot that two numbers in the code name. May raise `ValueError`."""

Values = dict[str | int, Any]


def parts_in(code: str, to_point: ToPoint, middle: Point, pointer: Point | None = None) -> list[Part]:
    """What `code` does: calls of pyautogui with plain values, or WAIT, DONE, FAIL.

    `middle` is where it scrolls while nobody knows where the `pointer` is. Raises `ValueError` naming the first thing
    that is no such call.
    """
    match code.strip().strip("`").strip().upper():
        case "WAIT":
            return [Wait()]
        case "DONE":
            return [Finish(succeeded=True)]
        case "FAIL":
            return [Finish(succeeded=False)]
    if len(code) > LONGEST_CODE:
        raise ValueError(f"{len(code):,} characters of code, more than the {LONGEST_CODE:,} allowed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in what somebody else wrote
            tree = ast.parse(_FENCE.sub("", code.strip()).strip().strip("`").removeprefix("python"))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"no pyautogui calls: {code[:80]!r}") from error
    parts: list[Part] = []
    for name, values in _calls(tree):
        made = _made(name, values, to_point, pointer_after(parts, pointer), middle)
        if isinstance(made[0], Drag | Scroll) and parts and isinstance(parts[-1], MoveTo):
            parts.pop()  # the way to where it begins
        parts += made
    return parts


def _calls(tree: ast.Module) -> Iterator[tuple[str, Values]]:
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            continue
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
            raise ValueError(f"no call of pyautogui: {ast.unparse(statement)[:80]!r}")
        call = statement.value
        module, _, name = ast.unparse(call.func).rpartition(".")
        if module not in _MODULES:
            raise ValueError(f"no call of pyautogui: {ast.unparse(call.func)[:80]!r}")
        try:
            values: Values = {at: ast.literal_eval(value) for at, value in enumerate(call.args)}
            values |= {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise ValueError(f"an argument is no plain value: {ast.unparse(call)[:80]!r}") from error
        yield name, values


def _made(name: str, values: Values, to_point: ToPoint, pointer: Point | None, middle: Point) -> Sequence[Part]:
    at = _point(values, to_point) or pointer
    match name:
        case _ if name in CLICKS and at:
            button, times = CLICKS[name]
            chosen = BUTTONS.get(str(values.get("button", button)), button)
            return (Click(at, chosen, _count(values.get("clicks", times))),)
        case "moveTo" if at:
            return (MoveTo(at),)
        case "dragTo" if at and pointer:
            return (Drag((pointer, at), button=BUTTONS.get(str(values.get("button", "left")), "left")),)
        case "mouseDown" if at:
            return (ButtonDown(at),)
        case "mouseUp" if at:
            return (ButtonUp(at),)
        case "scroll" | "vscroll" | "hscroll":
            amount = values.get("clicks", values.get(0))
            if isinstance(amount, int | float) and abs(amount) < 1e6:
                where = _point({"x": values.get("x"), "y": values.get("y")}, to_point) or pointer or middle
                ways: tuple[Any, Any] = ("right", "left") if name == "hscroll" else ("up", "down")
                return (Scroll(where, ways[0] if amount > 0 else ways[1], max(1, min(100, abs(round(amount))))),)
        case "write" | "typewrite":
            text = values.get("message", values.get("text", values.get(0)))
            if isinstance(text, str):
                return (TypeText(text),)
        case "press" | "hotkey" | "keyDown" | "keyUp":
            return _keys(name, values)
        case "sleep" | "wait":
            seconds = values.get(0, values.get("seconds", values.get("time", 1.0)))
            return (Wait(float(seconds)) if isinstance(seconds, int | float) else Wait(),)
        case "terminate":
            return (Finish(values.get("status", values.get(0)) != "failure", str(values.get("answer", ""))),)
    raise ValueError(f"pyautogui.{name} is not known here, or lacks its place, text or keys")


def _keys(name: str, values: Values) -> Sequence[Part]:
    given = values.get("keys", values.get("key", [value for at, value in values.items() if isinstance(at, int)]))
    keys = [given] if isinstance(given, str) else [key for each in _as_list(given) for key in _as_list(each)]
    if not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError(f"pyautogui.{name} lacks its keys")
    chord = tuple(keys)
    match name:
        case "press":
            return tuple(Press((key,)) for key in chord) * _count(values.get("presses", 1))
        case "keyDown":
            return (KeyDown(chord),)
        case "keyUp":
            return (KeyUp(chord),)
    return (Press(chord),)


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 1 <= value <= MOST_REPEATS:
        raise ValueError(f"a key or button may be pressed 1 to {MOST_REPEATS} times; found {str(value)[:20]}")
    return value


def _point(values: Values, to_point: ToPoint) -> Point | None:
    """`x` and `y`, by name or in this order, or one pair."""
    x, y = (values.get(name, values.get(index)) for name, index in _ARGUMENT_ORDER.items())
    match x:
        case [float() | int(), float() | int()] | (float() | int(), float() | int()) if y is None:
            x, y = x
    return to_point(x, y) if _is_number(x) and _is_number(y) else None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def _as_list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)
