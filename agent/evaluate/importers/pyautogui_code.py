"""Moves written as pyautogui calls: read as text, never run."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from agent.episode import Finish, Move
from agent.recordings.untrusted import Untrusted
from devices import Click, Drag, MoveTo, Point, Press, Scroll, TypeText, Wait
from devices.actions import Button

LONGEST_CODE = 20_000
BUTTONS: dict[str, Button] = {"left": "left", "right": "right", "middle": "middle"}
CLICKS: dict[str, tuple[Button, int]] = {
    "click": ("left", 1),
    "leftClick": ("left", 1),
    "doubleClick": ("left", 2),
    "tripleClick": ("left", 3),
    "rightClick": ("right", 1),
    "middleClick": ("middle", 1),
}
ARGUMENT_ORDER = {"x": 0, "y": 1}


def moves_in(code: str, size: tuple[int, int], where: str) -> list[Move]:
    """The moves that `code` describes: calls of pyautogui with plain values, or WAIT, DONE, FAIL.

    Coordinates are pixels of a screenshot of `size` (width, height). Raises `Untrusted` naming the first thing that is
    no such call.
    """
    match code.strip().upper():
        case "WAIT":
            return [Wait()]
        case "DONE":
            return [Finish(succeeded=True)]
        case "FAIL":
            return [Finish(succeeded=False)]
    if len(code) > LONGEST_CODE:
        raise Untrusted(f"{where}: {len(code):,} characters of code, more than the {LONGEST_CODE:,} allowed")
    try:
        tree = ast.parse(code.strip().strip("`").removeprefix("python"))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Untrusted(f"{where}: no pyautogui calls: {code[:80]!r}") from error
    at: Point | None = None
    moves: list[Move] = []
    for name, values in _calls(tree, where):
        move = _move(name, values, at, size, where)
        at = _pointer(move) or at
        if isinstance(move, Drag | Scroll) and moves and isinstance(moves[-1], MoveTo):
            moves.pop()  # the way to where it begins
        moves.append(move)
    return moves


def _calls(tree: ast.Module, where: str) -> Iterator[tuple[str, dict[str | int, Any]]]:
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            continue
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
            raise Untrusted(f"{where}: no call of pyautogui: {ast.unparse(statement)[:80]!r}")
        call = statement.value
        module, _, name = ast.unparse(call.func).rpartition(".")
        if module not in ("pyautogui", "time"):
            raise Untrusted(f"{where}: no call of pyautogui: {ast.unparse(call.func)[:80]!r}")
        try:
            values: dict[str | int, Any] = {at: ast.literal_eval(value) for at, value in enumerate(call.args)}
            values |= {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise Untrusted(f"{where}: an argument is no plain value: {ast.unparse(call)[:80]!r}") from error
        yield name, values


def _move(name: str, values: dict[str | int, Any], pointer: Point | None, size: tuple[int, int], where: str) -> Move:
    at = _point(values, size) or pointer
    match name:
        case _ if name in CLICKS and at:
            button, times = CLICKS[name]
            chosen = BUTTONS.get(str(values.get("button", button)), button)
            return Click(at, chosen, int(values.get("clicks", times)))
        case "moveTo" if at:
            return MoveTo(at)
        case "dragTo" if at and pointer:
            return Drag((pointer, at))
        case "scroll" | "vscroll" | "hscroll":
            amount = values.get("clicks", values.get(0))
            if isinstance(amount, int | float):
                ways = ("right", "left") if name == "hscroll" else ("up", "down")
                middle = pointer or Point(size[0] // 2, size[1] // 2)
                return Scroll(middle, ways[0] if amount > 0 else ways[1], max(1, min(100, abs(round(amount)))))  # type: ignore[arg-type]  # mypy sees str
        case "write" | "typewrite":
            text = values.get("message", values.get("text", values.get(0)))
            if isinstance(text, str):
                return TypeText(text)
        case "press" | "hotkey" | "keyDown" | "keyUp":
            keys = values.get("keys", values.get("key", [value for at, value in values.items() if isinstance(at, int)]))
            flat = [keys] if isinstance(keys, str) else [key for each in keys for key in _as_list(each)]
            if flat and all(isinstance(key, str) for key in flat):
                return Press(tuple(flat))
        case "sleep":
            return Wait(float(values.get(0, values.get("seconds", 1.0))))
    raise Untrusted(f"{where}: pyautogui.{name} is not known here, or lacks its place, text or keys")


def _point(values: dict[str | int, Any], size: tuple[int, int]) -> Point | None:
    """Pixels; two numbers up to 1 with a fraction among them are shares of the screen, as AgentNet writes them."""
    x, y = (values.get(name, values.get(index)) for name, index in ARGUMENT_ORDER.items())
    if not (isinstance(x, int | float) and isinstance(y, int | float) and abs(x) < 1e6 and abs(y) < 1e6):
        return None
    if isinstance(x, float) and isinstance(y, float) and 0 <= x <= 1 and 0 <= y <= 1:
        return Point(round(x * size[0]), round(y * size[1]))
    return Point(round(x), round(y))


def _pointer(move: Move) -> Point | None:
    match move:
        case Click(at=at) | MoveTo(at=at) | Scroll(at=at):
            return at
        case Drag(path=path):
            return path[-1]
    return None


def _as_list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)
