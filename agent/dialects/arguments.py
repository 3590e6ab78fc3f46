"""What the arguments of an action may be, each read strictly enough that nothing has to be guessed."""

import math
import re
from collections.abc import Mapping
from typing import Any

from agent.dialects.fit import Fit
from agent.dialects.repair import shortened
from agent.episode import Finish, NonAction, Past
from devices import Point
from devices.actions import points_of

Arguments = Mapping[str, Any]
"""An action's arguments by the family's names, `action` among them."""

_DESCRIBING = frozenset(("thought", "note", "reasoning", "reason", "explanation", "observation", "plan", "intent")) | {
    *("summary", "explain", "conclusion", "element", "description", "target", "action_description", "action_target"),
}
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_LIST_OF_NUMBERS = re.compile(r"[-\d.,\s()\[\]]{3,99}")
_WIDE = str.maketrans("，（）［］", ",()[]")
_SECONDS = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s?(?:s|secs?|seconds?)")
_ENDED = {
    **dict.fromkeys(("success", "successful", "complete", "completed", "finished", "done"), True),
    **dict.fromkeys(("failure", "fail", "failed", "infeasible", "impossible"), False),
}
_ANSWERS = ("text", "answer", "result", "content", "message")


def point(arguments: Arguments, fit: Fit, *names: str) -> Point | None:
    """The screen pixel that the first of `names` found in `arguments` speaks of; None when none of them is there.

    Read are `[x, y]`, `{"x": x, "y": y}`, the same within a string, and a box `[x1, y1, x2, y2]`: its centre is meant.
    Raises `ValueError` for anything else, and for what lies outside the picture.
    """
    name = next((name for name in names if arguments.get(name) is not None), None)
    if name is None:
        return None
    try:
        return fit.to_screen(*pair(arguments[name]))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def verb(fields: Arguments, aliases: Mapping[str, str], verbs: Mapping[str, Any]) -> str:
    """The action in `fields` by its own name, however it is spelt. Raises `ValueError` for none or an unknown one."""
    action = fields.get("action")
    if action is None:
        found = ", ".join(sorted(str(name) for name in fields if name != "action")[:6])
        raise ValueError(f"the action must be one of {', '.join(verbs)}; found none beside {shortened(found)}")
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", action.strip()).lower() if isinstance(action, str) else ""
    name = aliases.get(name, name)
    if name not in verbs:
        raise ValueError(f"the action must be one of {', '.join(verbs)}; found {shortened(action)}")
    return name


def pair(value: Any) -> tuple[float, float]:
    """(x, y) of a point, or of a box's centre. Raises `ValueError` when `value` is neither."""
    numbers = coordinates(value)
    if len(numbers) == 4:
        left, top, right, bottom = numbers
        return (left + right) / 2, (top + bottom) / 2
    return numbers[0], numbers[1]


def coordinates(value: Any) -> tuple[float, ...]:
    """Two numbers of a point or four of a box. Raises `ValueError` when `value` holds anything else."""
    match value:
        case {"x": x, "y": y}:
            value = [x, y]
        case str() | [str()] if _LIST_OF_NUMBERS.fullmatch(
            words := (value if isinstance(value, str) else value[0]).translate(_WIDE)
        ):
            value = [float(number) for number in _NUMBERS.findall(words)]
        case [[_, *_] as inner]:
            value = inner
        case [[x1, y1], [x2, y2]]:
            value = [x1, y1, x2, y2]
    if isinstance(value, list):
        value = [_of_string(number) for number in value]
    if isinstance(value, list) and len(value) in (2, 4) and all(_is_number(number) for number in value):
        if len(value) == 4 and (value[0] > value[2] or value[1] > value[3]):
            raise ValueError(f"a box goes from its left top to its right bottom; found {shortened(value)}")
        return tuple(value)
    raise ValueError(f"two numbers [x, y] were wanted; found {shortened(value)}")


def as_numbers(at: Point, fit: Fit) -> list[float]:
    """`at` as the model would write it: `[x, y]`."""
    return list(fit.to_answer(at))


def text(arguments: Arguments, *names: str) -> str:
    """The string that the first of `names` found holds. Raises `ValueError` without one."""
    for name in names:
        match arguments.get(name):
            case str() as found:
                if any("\ud800" <= character <= "\udfff" for character in found):
                    raise ValueError(f"{name} holds half a character, a lone surrogate: {shortened(found)}")
                return found
            case bool() | None:
                pass
            case int() | float() as number:
                return str(number)
    raise ValueError(f"{names[0]} was wanted, a string; found {shortened(arguments.get(names[0]))}")


def number(arguments: Arguments, *names: str) -> float | None:
    """The finite number that the first of `names` found holds; None when none of them is there."""
    for name in names:
        match arguments.get(name):
            case None:
                continue
            case str() as found if len(found) < 20 and _NUMBERS.fullmatch(found):
                return float(found)
            case str() as found if seconds := _SECONDS.fullmatch(found):
                return float(seconds[1])
            case value if _is_number(value):
                return float(value)
            case value:
                raise ValueError(f"{name} was wanted as a number; found {shortened(value)}")
    return None


def refuse_unknown(found: Arguments, action: Any, known: frozenset[str]) -> None:
    """Return when every field in `found` is known, says nothing, or only describes; else raise `ValueError`.

    A known field that an action has no use for is let by: families whose actions share one schema fill in too much.
    """
    for name in found.keys() - known - _DESCRIBING:
        if found[name] is not None:
            raise ValueError(f"{shortened(action)} has no field {shortened(name)}; found {shortened(found[name])}")


def finish(arguments: Arguments) -> Finish:
    """How a task ended: `status`, and an answer where one is given. Raises `ValueError` for any other status."""
    given = [name for name in _ANSWERS if arguments.get(name) is not None]
    answer = text(arguments, *given) if given else ""
    status = arguments.get("status", arguments.get("goal_status"))
    ended = _ENDED.get(status.strip().lower()) if isinstance(status, str) else None
    if ended is None:
        raise ValueError(f"status must be success or failure; found {shortened(status)}")
    return Finish(ended, answer)


def pointer_position(past: Past, size: tuple[int, int]) -> Point | None:
    """Where the last action that was carried out left the pointer; None when nobody can know.

    A screen of another `size` than the present one says nothing.
    """
    for step in reversed(past):
        move = step.decision.move
        if step.error or isinstance(move, NonAction):
            continue
        if points := points_of(move):
            return points[-1] if step.seen.size == size else None
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _of_string(value: Any) -> Any:
    """The number that a string is, where it is one; anything else stays as it is."""
    return float(value) if isinstance(value, str) and len(value) < 20 and _NUMBERS.fullmatch(value.strip()) else value
