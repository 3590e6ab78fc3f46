"""Moves of recordings that are written as pyautogui calls: read as text, never run."""

from agent.dialects.pyautogui_code import parts_in
from agent.dialects.reply_parts import ButtonDown, ButtonUp, KeyDown, KeyUp, Note, Part
from agent.episode import Move
from agent.recordings.untrusted import Untrusted
from devices import Point, Press


def moves_in(code: str, size: tuple[int, int], where: str) -> list[Move]:
    """The moves that `code` describes; a key held or let go is pressed.

    Coordinates are pixels of a screenshot of `size` (width, height); two fractions up to 1 are shares of it, as
    AgentNet writes them. Raises `Untrusted` naming the first thing that is no call of pyautogui.
    """

    def to_point(x: float, y: float) -> Point:
        if isinstance(x, float) and isinstance(y, float) and 0 <= x <= 1 and 0 <= y <= 1:
            return Point(round(x * size[0]), round(y * size[1]))
        return Point(round(x), round(y))

    try:
        parts = parts_in(code, to_point, Point(size[0] // 2, size[1] // 2))
    except ValueError as flaw:
        raise Untrusted(f"{where}: {flaw}") from flaw
    return [_move(part, where) for part in parts]


def _move(part: Part, where: str) -> Move:
    match part:
        case KeyDown(keys) | KeyUp(keys):
            return Press(keys)
        case ButtonDown(at) | ButtonUp(at):
            raise Untrusted(f"{where}: a button held over several actions, at {at}, is no move of ours")
        case Note():
            raise Untrusted(f"{where}: a note is no move")
        case move:
            return move
