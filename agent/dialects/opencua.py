"""How OpenCUA writes its actions: a thought, an action in words, and pyautogui code, which is read and never run.

Source: xlang-ai/OpenCUA, README.md and its agent in OSWorld (mm_agents/opencua); the words of the prompt as its data
was made with (its V1, of the 7B and 32B), coordinates in pixels of the picture.
"""

from collections.abc import Sequence
from functools import partial

from agent.dialects.call_spelling import CallSpelling
from agent.dialects.fit import Fit
from agent.dialects.function_format import FunctionFormat, ReplyShape
from agent.dialects.pyautogui_code import parts_in
from agent.dialects.reply_parts import Part
from agent.dialects.turns import Turns
from devices import Point

GROUNDING = (
    "You are a GUI agent. You are given a task and a screenshot of the screen. You need to perform a series of "
    "pyautogui actions to complete the task."
)
_PROMPT = (
    GROUNDING
    + """

For each step, provide your response in this format:

Thought:
  - Step by Step Progress Assessment:
    - Analyze completed task parts and their contribution to the overall goal
    - Reflect on potential errors, unexpected results, or obstacles
    - If previous action was incorrect, predict a logical recovery step
  - Next Action Analysis:
    - List possible next actions based on current state
    - Evaluate options considering current state and previous actions
    - Propose most logical next action
    - Anticipate consequences of the proposed action
  - For Text Input Actions:
    - Note current cursor position
    - Consolidate repetitive actions (specify count for multiple keypresses)
    - Describe expected final text outcome
    - Use first-person perspective in reasoning

Action:
  Provide clear, concise, and actionable instructions:
  - If the action involves interacting with a specific target:
    - Describe target explicitly without using coordinates
    - Specify element names when possible (use original language if non-English)
    - Describe features (shape, color, position) if name unavailable
    - For window control buttons, identify correctly (minimize, maximize, close)
  - if the action involves keyboard actions like 'press', 'write', 'hotkey':
    - Consolidate repetitive keypresses with count
    - Specify expected text outcome for typing actions

Finally, output the action as PyAutoGUI code or the following functions:
- {"name": "computer.triple_click", "description": "Triple click on the screen", "parameters": {"type": "object", \
"properties": {"x": {"type": "number", "description": "The x coordinate of the triple click"}, "y": {"type": "number", \
"description": "The y coordinate of the triple click"}}, "required": ["x", "y"]}}
- {"name": "computer.terminate", "description": "Terminate the current task and report its completion status", \
"parameters": {"type": "object", "properties": {"status": {"type": "string", "enum": ["success", "failure"], \
"description": "The status of the task"}}, "required": ["status"]}}"""
)
_QUERY = (
    "# Task Instruction:\n{goal}\n\n{steps}Please generate the next move according to the screenshot, task instruction "
    "and previous steps (if provided).\n"
)
_SHAPE = ReplyShape(
    'start: THOUGHT ACTION "```python\\n" call "\\n```"\nTHOUGHT: /## Thought:\\n[^`#]{1,1200}\\n\\n/\n'
    "ACTION: /## Action:\\n[^`#]{1,400}\\n\\n## Code:\\n/",
    "## Thought:\n{thought}\n\n## Action:\n{instruction}\n\n## Code:\n```python\n{call}\n```",
    r"```[ \t]*(?:python|code)?[ \t]*\n?(.*?)(?:```|\Z)",
    conclusion=r"##[ \t]*Action[ \t]*:?(.*?)(?:##|```)",
)
_SPELLING = CallSpelling(
    (
        ("click", "pyautogui.click({at})"),
        ("double", "pyautogui.doubleClick({at})"),
        ("triple", "computer.triple_click({at})"),
        ("right", "pyautogui.rightClick({at})"),
        ("middle1", "pyautogui.middleClick({at})"),
        ("hover", "pyautogui.moveTo({at})"),
        ("drag", "pyautogui.moveTo({start})\npyautogui.dragTo({end}, button='left')"),
        ("scroll horizontal", "pyautogui.moveTo({at})\npyautogui.hscroll({amount})"),
        ("scroll", "pyautogui.moveTo({at})\npyautogui.scroll({amount})"),
        ("type", "pyautogui.write(message={text})"),
        ("press", "pyautogui.hotkey({keys})"),
        ("wait", "computer.wait({seconds})"),
        ("finish", "computer.terminate(status='success')"),
        ("give up", "computer.terminate(status='failure')"),
    ),
    point="x={x}, y={y}",
    several='one ("\\n" one){1,7}',
)


def opencua(longest: int) -> FunctionFormat:
    turns = Turns(first="{opening}{screen}", later="{note}{screen}")
    return FunctionFormat(_PROMPT, _QUERY, _SHAPE, _SPELLING, _parts, longest, turns, history="instruction")


def _parts(text: str, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    middle = Point(fit.screen[0] // 2, fit.screen[1] // 2)
    return parts_in(text, partial(_point, fit), middle, pointer)


def _point(fit: Fit, x: float, y: float) -> Point:
    return fit.to_screen(x, y)
