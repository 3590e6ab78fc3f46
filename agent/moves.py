"""Moves as JSON and back: the one gate, and the field names that everyone shares; and a move in words.

The names are those of AndroidControl, AgentNet and Gymnasium. Any move that can be decided can be written,
a foolish one too: whether it can be done is the device's question.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from agent.episode import Ask, Decision, Finish, Move, NonAction, Unreadable
from agent.validation import flaws
from devices import Click, Drag, Element, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.actions import describe, points_of


class Shape(NamedTuple):
    """The dataclass behind an `action_type`, and which of its fields each JSON name holds."""

    kind: type[Any]
    fields: Mapping[str, str]


SHAPES: dict[str, Shape] = {
    "click": Shape(Click, {"coordinate": "at", "button": "button", "clicks": "times", "keys": "holding"}),
    "long_press": Shape(LongPress, {"coordinate": "at", "duration_s": "seconds"}),
    "move_to": Shape(MoveTo, {"coordinate": "at"}),
    "drag": Shape(Drag, {"path": "path", "duration_s": "seconds", "button": "button", "keys": "holding"}),
    "scroll": Shape(Scroll, {"coordinate": "at", "direction": "direction", "scroll_amount": "notches"}),
    "type": Shape(TypeText, {"text": "text"}),
    "press": Shape(Press, {"keys": "keys"}),
    "wait": Shape(Wait, {"duration_s": "seconds"}),
    "open_app": Shape(OpenApp, {"app_name": "name"}),
    "finish": Shape(Finish, {"succeeded": "succeeded", "answer": "answer"}),
    "ask": Shape(Ask, {"question": "question", "answer": "answer", "consent": "consent"}),
    "unreadable": Shape(Unreadable, {"reason": "reason"}),
}
LONGEST_NAME = 60
"""Maximum length in characters of an element's name in a line for people."""

TYPE_OF = {shape.kind: name for name, shape in SHAPES.items()}


def write_move(move: Move) -> dict[str, Any]:
    """`move` as a JSON object: its `action_type`, then its fields; a point is `[x, y]`."""
    name = TYPE_OF[type(move)]
    fields = SHAPES[name].fields
    return {"action_type": name} | {key: _plain(getattr(move, field)) for key, field in fields.items()}


def read_move(found: Mapping[str, Any]) -> Move:
    """The move that a JSON object stands for; fields left out take their defaults.

    Raises `ValueError` saying what was wanted and what was found: an unknown type or field, a missing or wrong value.
    """
    shape = SHAPES.get(str(found.get("action_type")))
    if shape is None:
        raise ValueError(f"action_type must be one of {', '.join(SHAPES)}; found {found.get('action_type')!r}")
    unknown = found.keys() - shape.fields.keys() - {"action_type"}
    if unknown:
        wanted = ", ".join(shape.fields)
        raise ValueError(f"{found['action_type']} has the fields {wanted}; found also {', '.join(sorted(unknown))}")
    fields = {shape.fields[key]: _unplain(key, value) for key, value in found.items() if key != "action_type"}
    try:
        # Strict JSON rules: "3" is no number and 3.5 no pixel, yet a list may become the tuple it was.
        move: Move = TypeAdapter(shape.kind).validate_json(json.dumps(fields, allow_nan=False), strict=True)
    except ValidationError as error:
        raise ValueError(f"no such {found['action_type']}: {flaws(error)}") from error
    except ValueError as error:
        raise ValueError(f"no such {found['action_type']}: {error}") from error
    return move


def describe_move(move: Move) -> str:
    """`move` in a line for people."""
    match move:
        case Finish(succeeded, answer):
            return ("finish" if succeeded else "give up") + (f": {answer}" if answer else "")
        case Ask(question, answer):
            return f"ask {question!r}" + ("" if answer is None else f": {answer!r}")
        case Unreadable():
            return "an unreadable reply"
        case action:
            return describe(action)


def name_of(element: Element) -> str:
    """An element as people call it: "'Save' button"; "the slider" where it has no name."""
    role = "" if element.role in ("text", "") else element.role
    return f"{element.text!r} {role}".strip() if element.text else f"the {role or 'element'}"


def describe_decision(decision: Decision) -> str:
    """The move in a line for people, with what it is meant for in the place of the point: "click 'Save' button"."""
    words, target, points = describe_move(decision.move), decision.target, points_of_move(decision.move)
    if target is None or not points or not (name := target.text or target.hint):
        return words
    short = replace(target, text=name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…")
    return words.replace(str(points[0]), name_of(short), 1)


def points_of_move(move: Move) -> tuple[Point, ...]:
    """The points of `move` on its screenshot, in order; none where it is no action."""
    return () if isinstance(move, NonAction) else points_of(move)


def _plain(value: Any) -> Any:
    match value:
        case Point(x, y):
            return [x, y]
        case tuple():
            return [_plain(item) for item in value]
    return value


def _unplain(key: str, value: Any) -> Any:
    """Points as the objects that pydantic reads; anything else as it is, for pydantic to judge."""
    match key, value:
        case "coordinate", [x, y]:
            return {"x": x, "y": y}
        case "path", list():
            return [_unplain("coordinate", point) for point in value]
    return value
