"""How AutoGLM-Phone writes its actions: `do(action="Tap", element=[x, y])` and `finish(message="...")`.

Source: zai-org/Open-AutoGLM (Apache-2.0): the prompt is its English one (phone_agent/config/prompts_en.py) without the
date, the turns are those of phone_agent/agent.py - every past screen is taken out, every reply stays - and the actions
those of phone_agent/actions/handler.py, of which the English prompt shows the usual ones only. `Type` empties the field
first there; here it types where the caret is.
"""

from collections.abc import Sequence

from agent.dialects.call_parser import read_calls
from agent.dialects.call_spelling import CallSpelling
from agent.dialects.fit import Fit
from agent.dialects.function_format import FunctionFormat, ReplyShape
from agent.dialects.function_verbs import read_actions
from agent.dialects.reply_parts import Part
from agent.dialects.turns import Turns
from devices import Point

_PROMPT = """\
# Setup
You are a professional Android operation agent assistant that can fulfill the user's high-level instructions. \
Given a screenshot of the Android interface at each step, you first analyze the situation, then plan the best course \
of action using Python-style pseudo-code.

# More details about the code
Your response format must be structured as follows:

Think first: Use <think>...</think> to analyze the current screen, identify key elements, and determine the most \
efficient action.
Provide the action: Use <answer>...</answer> to return a single line of pseudo-code representing the operation.

Your output should STRICTLY follow the format:
<think>
[Your thought]
</think>
<answer>
[Your operation code]
</answer>

- **Tap**
  Perform a tap action on a specified screen area. The element is a list of 2 integers, representing the coordinates \
of the tap point.
  **Example**:
  <answer>
  do(action="Tap", element=[x,y])
  </answer>
- **Type**
  Enter text into the currently focused input field.
  **Example**:
  <answer>
  do(action="Type", text="Hello World")
  </answer>
- **Swipe**
  Perform a swipe action with start point and end point.
  **Examples**:
  <answer>
  do(action="Swipe", start=[x1,y1], end=[x2,y2])
  </answer>
- **Long Press**
  Perform a long press action on a specified screen area.
  You can add the element to the action to specify the long press area. The element is a list of 2 integers, \
representing the coordinates of the long press point.
  **Example**:
  <answer>
  do(action="Long Press", element=[x,y])
  </answer>
- **Launch**
  Launch an app. Try to use launch action when you need to launch an app. Check the instruction to choose the right \
app before you use this action.
  **Example**:
  <answer>
  do(action="Launch", app="Settings")
  </answer>
- **Back**
  Press the Back button to navigate to the previous screen.
  **Example**:
  <answer>
  do(action="Back")
  </answer>
- **Finish**
  Terminate the program and optionally print a message.
  **Example**:
  <answer>
  finish(message="Task completed.")
  </answer>


REMEMBER:
- Think before you act: Always analyze the current UI and the best course of action before executing any step, and \
output in <think> part.
- Only ONE LINE of action in <answer> part per response: Each step must contain exactly one line of executable code.
- Generate execution code strictly according to format requirements.
"""

_SHAPE = ReplyShape(
    'start: <think> THOUGHT </think> "\\n"? "<answer>" call "</answer>"\nTHOUGHT: /[^<]{1,900}/',
    "<think>{thought}</think><answer>{call}</answer>",
    r"(?<!\w)((?:do|finish)\s?\(.*?)(?:</answer>|\Z)",
)
_TURNS = Turns(
    first='{screen}{opening}\n\n{"current_app": {app}}',
    later='{screen}{note}** Screen Info **\n\n{"current_app": {app}}',
    replays_all=True,
)
_SPELLING = CallSpelling(
    (
        ("click", 'do(action="Tap", element={at})'),
        ("double", 'do(action="Double Tap", element={at})'),
        ("long", 'do(action="Long Press", element={at})'),
        ("drag", 'do(action="Swipe", start={start}, end={end})'),
        ("type", 'do(action="Type", text={text})'),
        ("open", 'do(action="Launch", app={text})'),
        ("press back", 'do(action="Back")'),
        ("press home", 'do(action="Home")'),
        ("wait", 'do(action="Wait", duration="{seconds} seconds")'),
        ("ask", 'do(action="Take_over", message={text})'),
        ("finish", "finish(message={text})"),
    ),
    point="[{x},{y}]",
    quote='"',
)


def autoglm(longest: int) -> FunctionFormat:
    return FunctionFormat(_PROMPT, "{goal}", _SHAPE, _SPELLING, _parts, longest, _TURNS)


def _parts(text: str, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    return read_actions(read_calls(text), fit, pointer)
