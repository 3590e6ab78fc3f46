"""The prompt format of UI-TARS 1.5: a thought, then one action written as a function call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from agent.dialects import arguments, mobile_use, places
from agent.dialects.calls import ONLY_THE_FIRST
from agent.dialects.computer_use import keys
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf
from agent.dialects.function_calls import FunctionCall, labelled_call, strip_tags
from agent.dialects.grammars import axis_schema
from agent.dialects.history import describe_step, history_text
from agent.dialects.reply_parts import HELP
from agent.dialects.turns import PLAIN
from agent.episode import Ask, Decision, Finish, Move, Past, Step
from agent.models.chat import Grammar
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.device import Surface

_BOX = "'<|box_start|>({},{})<|box_end|>'"
_START, _END = f"start_box={_BOX.format('x1', 'y1')}", f"end_box={_BOX.format('x3', 'y3')}"
_NOTCHES = 5  # of one scroll, as in the family's own parser
_SECONDS = 5.0  # of one wait, as its prompt says

_TASK = (
    "You are a GUI agent. You are given a task and your action history, with screenshots. "
    "You need to perform the next action to complete the task. \n\n"
)
_NOTE = """
## Note
- Use English in `Thought` part.
- Write a small plan and finally summarize your next action (with its target element) in one sentence in `Thought` part.

## User Instruction
"""
_ESCAPES = (
    "# Use escape characters \\', \\\", and \\n in content part to ensure we can parse the content in normal python "
    "string format."
)
_FINISHED = f"finished(content='xxx') {_ESCAPES}\n"
_TYPE = f"type(content='xxx') {_ESCAPES} If you want to submit your input, use \\n at the end of content. \n"
_SCROLL = f"scroll({_START}, direction='down or up or right or left')\n"
_ACTIONS: dict[Surface, str] = {
    "computer": (
        f"click({_START})\nleft_double({_START})\nright_single({_START})\ndrag({_START}, {_END})\n"
        "hotkey(key='ctrl c') # Split keys with a space and use lowercase. Also, do not use more than 3 keys in one "
        "hotkey action.\n"
        f"{_TYPE}{_SCROLL}wait() #Sleep for 5s and take a screenshot to check for any changes.\n{_FINISHED}"
    ),
    "phone": (
        f"click({_START})\nlong_press({_START})\n{_TYPE}{_SCROLL}open_app(app_name='')\ndrag({_START}, {_END})\n"
        f"press_home()\npress_back()\n{_FINISHED}"
    ),
}

_CALLS: dict[Surface, str] = {
    "computer": (
        '("click" | "left_double" | "right_single") "(" at ")" | "drag(" at ", " to ")" '
        '| "hotkey(key=\'" KEYS "\')" | "type(content=" string ")" '
        '| "scroll(" at ", direction=\'" ("up" | "down" | "left" | "right") "\')" '
        '| "wait()" | "finished(content=" string ")"'
    ),
    "phone": (
        '("click" | "long_press") "(" at ")" | "drag(" at ", " to ")" | "type(content=" string ")" '
        '| "scroll(" at ", direction=\'" ("up" | "down" | "left" | "right") "\')" '
        '| "open_app(app_name=" string ")" | "press_home()" | "press_back()" | "finished(content=" string ")"'
    ),
}


@dataclass(frozen=True, slots=True)
class UiTarsFormat:
    """The prompts of UI-TARS 1.5's own agent, with older steps as text in the first turn."""

    surface: Surface
    longest_text: int

    turns = PLAIN

    def system(self, goal: str, fit: Fit) -> str:
        return "You are a helpful assistant."

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        steps = history_text(past, lambda step: _step_text(step, fit_of(step.seen.size)))
        before = f"\n\n## Action History\n{steps}" if steps else ""
        return (
            f"{_TASK}## Output Format\n```\nThought: ...\nAction: ...\n```\n\n## Action Space\n\n"
            f"{_ACTIONS[self.surface]}\n{_NOTE.strip()}\n{goal}{before}\n"
        )

    def reply(self, step: Step, fit: Fit) -> str:
        thought = escaped(" ".join(step.decision.thought.split()))
        return (
            f"Thought: {thought}\nAction: {write(step.decision.move, fit, _BOX) or escaped(describe_step(step, fit))}"
        )

    def result(self, step: Step) -> str:
        return ""

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        x, y = (json.dumps(axis_schema(fit, axis)) for axis in (0, 1))
        rules = (
            'start: "Thought: " LINE "\\nAction: " call',
            f"call: {_CALLS[self.surface]}",
            """at: "start_box='" box "'\"""",
            """to: "end_box='" box "'\"""",
            'box: <|box_start|> "(" x "," y ")" <|box_end|>',
            f"x: %json {x}",
            f"y: %json {y}",
            """string: "'" STRING "'\"""",
            r"LINE: /[^\n]{1,600}/",
            rf"STRING: /([^'\\\n]|\\[nt'\"\\]){{0,{self.longest_text}}}/",
            "KEYS: /[a-z0-9_]{1,12}( [a-z0-9_]{1,12}){0,2}/",
        )
        return Grammar("\n".join(rules) + "\n")

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        call, before = labelled_call(text)
        thought = before.strip().removeprefix("Thought:").strip()
        thought = f"{thought}\n{ONLY_THE_FIRST}".strip() if call.more else thought
        return Decision(read(call, fit), "", thought, text)


def read(call: FunctionCall, fit: Fit) -> Move:
    """The move that a call stands for. Raises `ValueError`, saying what was wanted and what was found."""
    given = call.arguments
    match call.name:
        case "click" | "left_single":
            return Click(_at(call, fit))
        case "left_double":
            return Click(_at(call, fit), times=2)
        case "right_single":
            return Click(_at(call, fit), "right")
        case "long_press":
            return LongPress(_at(call, fit))
        case "drag" | "select":
            return _drag(call, fit)
        case "scroll":
            direction = places.direction(given)
            if direction is None:
                raise ValueError("scroll needs a direction, up, down, left or right; found none")
            return Scroll(places.place(_untagged(given), fit) or places.middle(fit), direction, _NOTCHES)
        case "hotkey" | "press":
            return Press(keys(arguments.text(given, "key", "hotkey", "keys", "content", "text")))
        case "type":
            return TypeText(arguments.text(given, "content", "text", "input_text", "value"))
        case "open_app":
            return OpenApp(arguments.text(given, "app_name", "app", "name", "content", "text"))
        case "press_home" | "press_back" | "press_enter":
            return Press((call.name.removeprefix("press_"),))
        case "wait":
            return Wait(_SECONDS)
        case "finished":
            return Finish(True, given.get("content", ""))
        case "call_user":
            return Ask(given.get("content") or HELP)
    return mobile_use.read({"action": call.name, **_untagged(given)}, fit, None)


def write(move: Move, fit: Fit, box: str = "'({},{})'") -> str | None:
    """`move` as the family writes it, points in `box`; None where it has no such action."""

    def at(point: Point) -> str:
        return box.format(*fit.to_answer(point))

    match move:
        case Click(point, "left", 1, ()):
            return f"click(start_box={at(point)})"
        case Click(point, "left", 2, ()):
            return f"left_double(start_box={at(point)})"
        case Click(point, "right", 1, ()):
            return f"right_single(start_box={at(point)})"
        case LongPress(point):
            return f"long_press(start_box={at(point)})"
        case Drag((start, *_, end)):
            return f"drag(start_box={at(start)}, end_box={at(end)})"
        case Scroll(point, direction):
            return f"scroll(start_box={at(point)}, direction='{direction}')"
        case Press((("home" | "back") as name,)):
            return f"press_{name}()"
        case Press(names):
            return f"hotkey(key={_quoted(' '.join(names))})"
        case TypeText(text):
            return f"type(content={_quoted(text)})"
        case OpenApp(name):
            return f"open_app(app_name={_quoted(name)})"
        case Wait():
            return "wait()"
        case Ask():
            return "call_user()"
        case Finish(True, answer):
            return f"finished(content={_quoted(answer)})"
    return None


def _untagged(given: Mapping[str, str]) -> dict[str, str]:
    return {name: strip_tags(value).strip() if name in places.FIELDS else value for name, value in given.items()}


def _at(call: FunctionCall, fit: Fit) -> Point:
    at = places.place(_untagged(call.arguments), fit)
    if at is None:
        raise ValueError(f"{call.name} needs start_box='(x,y)'; found none")
    return at


def _drag(call: FunctionCall, fit: Fit) -> Drag:
    start, end = places.drag_ends(_untagged(call.arguments), fit, None)
    if start is None or end is None:
        raise ValueError(f"{call.name} needs {'start' if start is None else 'end'}_box='(x,y)'; found none")
    return Drag((start, end))


def _step_text(step: Step, fit: Fit) -> str:
    return write(step.decision.move, fit) or describe_step(step, fit)


def _quoted(text: str) -> str:
    body = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t")
    return f"'{escaped(body)}'"
