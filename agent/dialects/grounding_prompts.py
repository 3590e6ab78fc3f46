"""The grounding questions that each family was trained with, and the grammars of their answers.

No schema goes to a server, but for Holo, whose documentation asks for one: Qwen3.6 held to JSON gives a place without
its numbers (Midscene, models/qwen.ts), and a schema forbids the fence that Qwen was trained to answer in.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.dialects.detections import read_detections
from agent.dialects.dialect import Detection
from agent.dialects.fit import Fit
from agent.dialects.grammars import box_schema, json_rule, object_schema, point_schema
from agent.dialects.pyautogui_code import parts_in
from agent.models.chat import Grammar
from devices import Click, MoveTo, Point

MOST_PLACES = 50  # that a grammar lets be listed


def fenced_list(fit: Fit, boxes: bool) -> Grammar:
    """Qwen2.5-VL's answer: a fenced list of `{"bbox_2d": [...], "label": "..."}` or `{"point_2d": ...}`."""
    some = r'"```json\n[\n\t" place (",\n\t" place){0,' + str(MOST_PLACES - 1) + r'} "\n]\n```"'
    lark = f'start: {some} | "```json\\n[]\\n```"\nplace: {json_rule(_place(fit, boxes, maxLength=80))}\n'
    return Grammar(lark)


def bare_list(fit: Fit, boxes: bool) -> Grammar:
    """The same list as JSON and nothing else."""
    bounded = {"type": "array", "items": _place(fit, boxes, maxLength=80), "maxItems": MOST_PLACES}
    return Grammar(f"start: places\nplaces: {json_rule(bounded)}\n")


def _place(fit: Fit, boxes: bool, **label: int) -> dict[str, Any]:
    numbers = {"bbox_2d": box_schema(fit)} if boxes else {"point_2d": point_schema(fit)}
    return object_schema({**numbers, "label": {"type": "string", **label}})


def one_object(fit: Fit, boxes: bool) -> Grammar:
    """Holo2's answer: `{"x": ..., "y": ...}`."""
    x, y = point_schema(fit)["prefixItems"]
    schema = object_schema({"x": x, "y": y})
    return Grammar(f"start: place\nplace: {json_rule(schema)}\n", schema, thinking=False)


def one_click(form: str) -> Callable[[Fit, bool], Grammar]:
    """A point or a box within a `form` in Lark, such as `"Click(" x ", " y ")"`."""

    def grammar(fit: Fit, boxes: bool) -> Grammar:
        x, y = (json.dumps(side) for side in point_schema(fit)["prefixItems"])
        return Grammar(f"start: {form}\nx: %json {x}\ny: %json {y}\n")

    return grammar


@dataclass(frozen=True, slots=True)
class Grounding:
    """`points` and `boxes` are the questions with `{what}`, and maybe `{right}` and `{bottom}` for the numbers of the
    far edges, in them; `boxes` is "" for a family that knows one kind. `system` is the system prompt, "" for none.

    `answer` makes the grammar of the answer; None where any will do.
    """

    points: str
    boxes: str = ""
    answer: Callable[[Fit, bool], Grammar] | None = None
    system: str = ""
    reader: Callable[[str, Fit], tuple[Detection, ...]] = read_detections

    def system_prompt(self, fit: Fit) -> str:
        """`system` with the size of the picture for `{width}` and `{height}`."""
        width, height = (str(side) for side in fit.picture)
        return self.system.replace("{width}", width).replace("{height}", height)

    def question(self, what: str, fit: Fit, *, boxes: bool) -> tuple[str, Grammar | None]:
        words = ((boxes and self.boxes) or self.points).replace("{what}", what)
        return words, self.answer(fit, boxes) if self.answer else None

    def read(self, text: str, fit: Fit) -> tuple[Detection, ...]:
        return self.reader(text, fit)


def read_click(text: str, fit: Fit) -> tuple[Detection, ...]:
    """The places that pyautogui code in `text` points at; where there is none, whatever else does."""
    code = re.search(r"(?:pyautogui|computer)\.\w+\([^()]{0,80}\)", text)
    if code is None:
        return read_detections(text, fit)
    moves = parts_in(code[0], fit.to_screen, Point(0, 0))
    return tuple(Detection("", move.at) for move in moves if isinstance(move, Click | MoveTo))


JSON_LIST = Grounding(
    "Locate {what}, output its point coordinates using JSON format.",
    "Locate {what}, output its bbox coordinates using JSON format.",
    fenced_list,
)
"""Qwen2.5-VL and what was made of it (its README and cookbooks)."""

QWEN2_BOX = Grounding(
    "Find <|object_ref_start|>{what}<|object_ref_end|>",
    answer=one_click('<|box_start|> "(" x "," y "),(" x "," y ")" <|box_end|>'),
)
UI_TARS_CLICK = Grounding(
    "You are a GUI agent. You are given a task and your action history, with screenshots. You need to perform the next "
    "action to complete the task. \n\n## Output Format\n\nAction: ...\n\n\n## Action Space\n"
    "click(start_box='<|box_start|>(x1,y1)<|box_end|>')\n\n## User Instruction\n{what}",
    answer=one_click('"Action: click(start_box=\'" <|box_start|> "(" x "," y ")" <|box_end|> "\')"'),
)
INTERNVL_BOX = Grounding(
    "Please provide the bounding box coordinate of the region this sentence describes: <ref>{what}</ref>"
)
GTA1_POINT = Grounding(
    "{what}",
    answer=one_click('"(" x "," y ")"'),
    system=(
        "You are an expert UI element locator. Given a GUI image and a user's element description, provide the "
        "coordinates of the specified element as a single (x,y) point. The image resolution is height {height} and "
        "width {width}. For elements with area, return the center point.\n\nOutput the coordinate pair exactly:\n(x,y)"
    ),
)
"""GTA1 (Yan98/GTA1, README.md)."""

VENUS_POINT = Grounding(
    "Output the center point of the position corresponding to the following instruction: \n{what}. \n\n"
    "The output should just be the coordinates of a point, in the format [x,y]. Additionally, if the task is "
    "infeasible (e.g., the task is not related to the image), the output should be [-1,-1].",
    answer=one_click('"[" x "," y "]" | "[-1,-1]"'),
)
"""UI-Venus (inclusionAI/UI-Venus, models/grounding)."""

PYAUTOGUI_CLICK = Grounding(
    "{what}",
    answer=one_click('"```python\\npyautogui.click(x=" x ", y=" y ")\\n```"'),
    system=(
        "You are a GUI agent. You are given a task and a screenshot of the screen. You need to perform a series of "
        "pyautogui actions to complete the task."
    ),
    reader=read_click,
)
"""OpenCUA and Aguvis (xlang-ai/OpenCUA, README.md)."""

HOLO_CLICK = Grounding(
    "Localize an element on the GUI image according to my instructions and output a click position as Click(x, y) with "
    "x num pixels from the left edge and y num pixels from the top edge.\n{what}",
    answer=one_click('"Click(" x ", " y ")"'),
)
HOLO_JSON = Grounding(
    "Localize an element on the GUI image according to the provided target and output a click position.\n"
    ' * You must output a valid JSON following the format: {"x": <integer 0-1000>, "y": <integer 0-1000>}\n'
    " Your target is:\n{what}",
    answer=one_object,
)
_SCALE = (
    "x goes from 0 at the left edge to {right} at the right edge, y from 0 at the top to {bottom} at the bottom. "
    "Answer [] if it is nowhere."
)
ANY = Grounding(
    'Where on this picture is {what}? Answer with JSON only, a list of {"point_2d": [x, y], "label": "..."}. ' + _SCALE,
    'Where on this picture is {what}? Answer with JSON only, a list of {"bbox_2d": [left, top, right, bottom], '
    '"label": "..."}. ' + _SCALE,
    bare_list,
)
