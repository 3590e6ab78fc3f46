"""How Holo3, 3.1 and 4 are asked on a computer: one JSON object a turn, with a note, a thought and a flat tool call.

Source: hub.hcompany.ai/agent-loop - system prompt with the task and the schema in `<output_format>`, screens as
`<observation>`, results as a person's `<tool_output>`, at most 3 screens at once, reasoning never fed back, and a note
as the memory - and its port to desktops in OSWorld's agents (holo3_format.py), whose tools these are.
"""

import json
from dataclasses import dataclass
from typing import Any

from agent.dialects import arguments
from agent.dialects.computer_use import keys
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf
from agent.dialects.grammars import axis_schema, json_rule, object_schema
from agent.dialects.history import describe_step, outcome_note
from agent.dialects.repair import read_value, shortened
from agent.dialects.reply_parts import MOST_REPEATS, decision_of
from agent.dialects.turns import Turns
from agent.episode import Ask, Decision, Finish, Move, Past, Step, Unreadable
from agent.models.chat import Grammar
from devices import Click, Drag, MoveTo, Point, Press, Scroll, TypeText, Wait

_GUIDE = """\
Imagine you are a robot operating a desktop computer, just like a human. Now you need to complete a task.
In each iteration you receive an observation holding a screenshot of the current screen.
Carefully analyze the visual information to identify what to do, then follow the guidelines to choose the next tool
call. Detail your reasoning in the thought field before acting, and record in the note field anything on the screen
that \\ later steps will need.

Guidelines:
- Use the task and the current screenshot to decide the single next tool call.
- The note field is your memory across steps: put paths, names, counts and intermediate answers there. Set it to null \
when the screen shows nothing new worth recording.
- Name the target in the element field by its visible name, label, icon, or distinguishing features (shape, colour, \
position), and place it with the x/y fields, as integers in [0, 1000] measured from the left and top edges of the \
screenshot.
- To type into a field, make sure it is focused first (click it), then use the write tool.
- Consolidate repeated key presses using the presses field rather than emitting many press_keys calls.
- For window controls, identify them correctly: minimize is the '-', maximize the square, close the 'X'.
- Only answer with status 'success' when the screenshot confirms the task is complete; use 'failure' when it cannot be \
completed.

<task>
{goal}
</task>

<output_format>
```json
{schema}
```
</output_format>
"""
_CLICKS: dict[str, tuple[Any, int]] = {
    "left": ("left", 1),
    "double": ("left", 2),
    "triple": ("left", 3),
    "right": ("right", 1),
    "middle": ("middle", 1),
}
_NOTCHES = 3  # of one scroll, which names none
_TURNS = Turns("<observation>\n{screen}\n</observation>", "<observation>\n{screen}\n</observation>", replays_all=True)


def _schema(fit: Fit, longest: int) -> dict[str, Any]:
    """The schema of a turn; strings of at most `longest` characters, 0 for no bound."""
    text = {"type": "string"} | ({"maxLength": longest} if longest else {})
    short = {"type": "string"} | ({"maxLength": 300} if longest else {})
    at = {"x": axis_schema(fit, 0), "y": axis_schema(fit, 1)}
    word = {"type": "string", "minLength": 1, "maxLength": 20} if longest else {"type": "string"}
    tools: dict[str, dict[str, Any]] = {
        "click": {"element": short, **at, "click_type": {"enum": [*_CLICKS, "move"]}},
        "drag": {"element": short, **at, "button": {"enum": ["left", "right", "middle"]}},
        "write": {"content": text, "press_enter": {"type": "boolean"}},
        "press_keys": {
            "keys": {"type": "array", "items": word, "minItems": 1, "maxItems": 4},
            "hold": {"type": "boolean"},
            "presses": {"type": "integer", "minimum": 1, "maximum": MOST_REPEATS},
        },
        "scroll": {"direction": {"enum": ["up", "down", "left", "right"]}},
        "wait": {},
        "answer": {"status": {"enum": ["success", "failure"]}, "content": text},
    }
    optional = ("click_type", "button", "press_enter", "hold", "presses", "status", "content?")
    calls = [
        object_schema({"tool_name": {"const": name}, **fields}, [each for each in optional if each in fields])
        for name, fields in tools.items()
    ]
    note = {"anyOf": [{"type": "null"}, short]}
    return object_schema({"note": note, "thought": short, "tool_call": {"anyOf": calls}})


@dataclass(frozen=True, slots=True)
class HoloFormat:
    """The agent loop that Holo was trained in."""

    longest_text: int
    turns = _TURNS

    def system(self, goal: str, fit: Fit) -> str:
        return _GUIDE.replace("{schema}", json.dumps(_schema(fit, 0))).replace("{goal}", goal)

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        return " "  # the goal stands in the system prompt

    def reply(self, step: Step, fit: Fit) -> str:
        decision = step.decision
        call = _write(decision.move, fit) or {"tool_name": "wait"}
        thought = decision.thought or ("" if _write(decision.move, fit) else describe_step(step, fit))
        turn = {"note": decision.note or None, "thought": thought, "tool_call": call}
        return escaped(json.dumps(turn, ensure_ascii=False))

    def result(self, step: Step) -> str:
        tool = (_write(step.decision.move, _ANY_FIT) or {"tool_name": "wait"})["tool_name"]
        return f'<tool_output tool="{tool}">\n{outcome_note(step).strip(" ()") or "success"}\n</tool_output>'

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        rules = f"start: turn\nturn: {json_rule(_schema(fit, self.longest_text))}\n"
        return Grammar(rules, _schema(fit, 0), thinking=True)

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        answer = text.rpartition("</think>")[2]
        start = answer.find("{")
        if start < 0:
            raise ValueError(f"one JSON object was wanted; found {shortened(answer.strip())}")
        match read_value(answer, start)[0]:
            case {"tool_call": dict() as call, **rest}:
                pass
            case {"tool_name": str(), **rest} as call:
                pass
            case {"name": str() as name, "arguments": dict() as given, **rest}:
                call = {"tool_name": name, **given}
            case other:
                raise ValueError(f"a tool_call was wanted; found {shortened(other)}")
        thought, note = (rest.get(name) for name in ("thought", "note"))
        return decision_of(
            _moves(call, fit, pointer),
            text,
            instruction=str(call.get("element") or ""),
            thought=thought if isinstance(thought, str) else "",
            note=note if isinstance(note, str) else "",
        )


def _moves(call: dict[str, Any], fit: Fit, pointer: Point | None) -> tuple[Move, ...]:
    """What a tool call does. Raises `ValueError`, saying what was wanted and what was found."""
    match call.get("tool_name", call.get("name")):
        case "click" | "click_element":
            kind = call.get("click_type") or "left"
            if kind == "move":
                return (MoveTo(_at(call, fit)),)
            if kind not in _CLICKS:
                raise ValueError(f"click_type must be one of {', '.join(_CLICKS)}, move; found {shortened(kind)}")
            return (Click(_at(call, fit), *_CLICKS[kind]),)
        case "drag":
            if pointer is None:
                raise ValueError("drag begins where the pointer is, and that is not known: click or move there first")
            return (Drag((pointer, _at(call, fit)), button=_CLICKS.get(str(call.get("button")), ("left", 1))[0]),)
        case "write" | "type":
            text = arguments.text(call, "content", "text")
            return (TypeText(text + "\n" if call.get("press_enter") is True and not text.endswith("\n") else text),)
        case "press_keys" | "press":
            names = keys(call.get("keys", call.get("key")))
            presses = arguments.number(call, "presses") or 1
            if not 1 <= presses <= MOST_REPEATS:
                raise ValueError(f"a key may be pressed {MOST_REPEATS} times; found {presses:g}")
            together = call.get("hold") is True or len(names) == 1
            once = (Press(names),) if together else tuple(Press((name,)) for name in names)
            return once * round(presses)
        case "scroll":
            direction = call.get("direction", "down")
            if direction not in ("up", "down", "left", "right"):
                raise ValueError(f"scroll needs a direction, up, down, left or right; found {shortened(direction)}")
            middle = Point(fit.screen[0] // 2, fit.screen[1] // 2)
            at = _at(call, fit) if "x" in call else pointer or middle
            return (Scroll(at, direction, _NOTCHES),)
        case "wait":
            seconds = arguments.number(call, "seconds", "time")
            return (Wait() if seconds is None else Wait(seconds),)
        case "answer":
            content = arguments.text(call, "content") if call.get("content") is not None else ""
            return (Finish(call.get("status", "success") != "failure", content),)
        case other:
            raise ValueError(f"tool_name must be one of those in the prompt; found {shortened(other)}")


def _at(call: dict[str, Any], fit: Fit) -> Point:
    if call.get("x") is None or call.get("y") is None:
        raise ValueError(f"{call.get('tool_name')} needs x and y; found {shortened(call)}")
    return fit.to_screen(*arguments.pair([call["x"], call["y"]]))


def _write(move: Move, fit: Fit) -> dict[str, Any] | None:
    """`move` as Holo calls it; None where it has no such tool."""

    def at(point: Point) -> dict[str, Any]:
        x, y = fit.to_answer(point)
        return {"element": "", "x": x, "y": y}

    match move:
        case Click(point, button, times, ()) if (button, times) in _CLICKS.values():
            kind = next(name for name, shape in _CLICKS.items() if shape == (button, times))
            return {"tool_name": "click", **at(point)} | ({} if kind == "left" else {"click_type": kind})
        case MoveTo(point):
            return {"tool_name": "click", **at(point), "click_type": "move"}
        case Drag((_, *_, end), _, button, ()):
            return {"tool_name": "drag", **at(end)} | ({} if button == "left" else {"button": button})
        case TypeText(text):
            return {"tool_name": "write", "content": text}
        case Press(names):
            return {"tool_name": "press_keys", "keys": list(names)} | ({"hold": True} if len(names) > 1 else {})
        case Scroll(_, direction):
            return {"tool_name": "scroll", "direction": direction}
        case Wait():
            return {"tool_name": "wait"}
        case Finish(succeeded, answer):
            return {"tool_name": "answer", "status": "success" if succeeded else "failure", "content": answer}
        case Ask() | Unreadable():
            return None
    return None


_ANY_FIT = Fit((1, 1), (1, 1), (1000, 1000), whole_pixels=False)
