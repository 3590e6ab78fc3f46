"""The words that Qwen's GUI models were trained with, byte for byte: a changed character changes what they do."""

import json
from typing import Any

from devices.device import Surface

TOOLS = """\
# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
{tools}
</tools>

For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
<tool_call>
{{"name": <function-name>, "arguments": <args-json-object>}}
</tool_call>"""

CENTER = (
    "Make sure to click any buttons, links, icons, etc with the cursor tip in the center of the element. "
    "Don't click boxes on their edges unless asked."
)

COMPUTER = (
    """\
Use a mouse and keyboard to interact with a computer, and take screenshots.
* This is an interface to a desktop GUI. You do not have access to a terminal or applications menu. \
You must click on desktop icons to start applications.
* Some applications may take time to start or process actions, so you may need to wait and take successive \
screenshots to see the results of your actions.{example}
* The screen's resolution is {width}x{height}.
* Whenever you intend to move the cursor to click on an element like an icon, you should consult a screenshot to \
determine the coordinates of the element before moving the cursor.
* If you tried clicking on a program or link but it failed to load, even after waiting, try adjusting your cursor \
position so that the tip of the cursor visually falls on the element that you want to click.
* """
    + CENTER
)

EXAMPLE = " E.g. if you click on Firefox and a window doesn't open, try wait and taking another screenshot."

PHONE = (
    """\
Use a touchscreen to interact with a mobile device, and take screenshots.
* This is an interface to a mobile device with touchscreen. You can perform actions like clicking, typing, swiping, etc.
* Some applications may take time to start or process actions, so you may need to wait and take successive \
screenshots to see the results of your actions.
* The screen's resolution is {width}x{height}.
* """
    + CENTER
)

_KEY = (
    "Performs key down presses on the arguments passed in order, then performs key releases in reverse order.",
    "Type a string of text on the keyboard.",
)

COMPUTER_VERBS = {
    "key": _KEY[0],
    "type": _KEY[1],
    "mouse_move": "Move the cursor to a specified (x, y) pixel coordinate on the screen.",
    "left_click": "Click the left mouse button.",
    "left_click_drag": "Click and drag the cursor to a specified (x, y) pixel coordinate on the screen.",
    "right_click": "Click the right mouse button.",
    "middle_click": "Click the middle mouse button.",
    "double_click": "Double-click the left mouse button.",
    "scroll": "Performs a scroll of the mouse scroll wheel.",
    "wait": "Wait specified seconds for the change to happen.",
    "terminate": "Terminate the current task and report its completion status.",
}

PHONE_VERBS = {
    "key": (
        "Perform a key event on the mobile device.\n    - This supports adb's `keyevent` syntax.\n"
        '    - Examples: "volume_up", "volume_down", "power", "camera", "clear".'
    ),
    "click": "Click the point on the screen with coordinate (x, y).",
    "long_press": "Press the point on the screen with coordinate (x, y) for specified seconds.",
    "swipe": "Swipe from the starting point with coordinate (x, y) to the end point with coordinates2 (x2, y2).",
    "type": "Input the specified text into the activated input box.",
    "system_button": "Press the system button.",
    "open": "Open an app on the device.",
    "wait": "Wait specified seconds for the change to happen.",
    "terminate": "Terminate the current task and report its completion status.",
    "answer": "Output the answer.",
}
"""With `answer`, which the AndroidWorld setting of the family's authors adds, so that a question can be answered."""

_XY = "(x, y): The x (pixels from the left edge) and y (pixels from the top edge) coordinates to move the mouse to. "
_STATUS = {
    "description": "The status of the task. Required only by `action=terminate`.",
    "type": "string",
    "enum": ["success", "failure"],
}


def _field(description: str, kind: str) -> dict[str, Any]:
    return {"description": description, "type": kind}


COMPUTER_FIELDS = {
    "keys": _field("Required only by `action=key`.", "array"),
    "text": _field("Required only by `action=type`.", "string"),
    "coordinate": _field(_XY + "Required only by `action=mouse_move` and `action=left_click_drag`.", "array"),
    "pixels": _field(
        "The amount of scrolling to perform. Positive values scroll up, negative values scroll down. "
        "Required only by `action=scroll`.",
        "number",
    ),
    "time": _field("The seconds to wait. Required only by `action=wait`.", "number"),
    "status": _STATUS,
}

PHONE_FIELDS = {
    "coordinate": _field(_XY + "Required only by `action=click`, `action=long_press`, and `action=swipe`.", "array"),
    "coordinate2": _field(_XY + "Required only by `action=swipe`.", "array"),
    "text": _field("Required only by `action=key`, `action=type`, `action=open`, and `action=answer`.", "string"),
    "time": _field("The seconds to wait. Required only by `action=long_press` and `action=wait`.", "number"),
    "button": {
        "description": (
            "Back means returning to the previous interface, Home means returning to the desktop, Menu means opening "
            "the application background menu, and Enter means pressing the enter. "
            "Required only by `action=system_button`"
        ),
        "enum": ["Back", "Home", "Menu", "Enter"],
        "type": "string",
    },
    "status": _STATUS,
}


PHONE_FIELDS_3 = {
    **PHONE_FIELDS,
    "text": _field("Required only by `action=key`, `action=type`, and `action=open`.", "string"),
}


def function_signature(name: str, description: str, verbs: dict[str, str], fields: dict[str, Any], *, old: bool) -> str:
    """A function signature as Qwen-Agent printed it: with `old`, as in January 2025, when Qwen2.5-VL was trained."""
    actions = "\n".join(f"* `{verb}`: {what}" for verb, what in verbs.items())
    action = {
        "description": f"The action to perform. The available actions are:\n{actions}",
        "enum": list(verbs),
        "type": "string",
    }
    parameters = {"properties": {"action": action, **fields}, "required": ["action"], "type": "object"}
    function: dict[str, Any] = {"name": name, "description": description, "parameters": parameters}
    if old:
        function = {"name_for_human": name, **function, "args_format": "Format the arguments as a JSON object."}
    return json.dumps({"type": "function", "function": function}, ensure_ascii=False)


_AT = " at a specified (x, y) pixel coordinate on the screen"

COMPUTER_VERBS_3 = {
    **{verb: COMPUTER_VERBS[verb] for verb in ("key", "type", "mouse_move")},
    "left_click": f"Click the left mouse button{_AT}.",
    "left_click_drag": COMPUTER_VERBS["left_click_drag"],
    "right_click": f"Click the right mouse button{_AT}.",
    "middle_click": f"Click the middle mouse button{_AT}.",
    "double_click": f"Double-click the left mouse button{_AT}.",
    "triple_click": (
        f"Triple-click the left mouse button{_AT} (simulated as double-click since it's the closest action)."
    ),
    "scroll": COMPUTER_VERBS["scroll"],
    "hscroll": "Performs a horizontal scroll (mapped to regular scroll).",
    **{verb: COMPUTER_VERBS[verb] for verb in ("wait", "terminate")},
    "answer": "Answer a question.",
}

PHONE_VERBS_3 = {
    **{verb: PHONE_VERBS[verb] for verb in ("click", "long_press", "swipe", "type")},
    "answer": PHONE_VERBS["answer"],
    **{verb: PHONE_VERBS[verb] for verb in ("system_button", "wait", "terminate")},
}

_FORMAT_3 = """

# Response format

Response format for every step:
1) Action: a short imperative describing what to do in the UI.
2) A single <tool_call>...</tool_call> block containing only the JSON: \
{"name": <function-name>, "arguments": <args-json-object>}.

Rules:
- Output exactly in the order: Action, <tool_call>.
- Be brief: one sentence for Action.
- Do not output anything else outside those parts.
- If finishing, use action=terminate in the tool call."""


def prompt(surface: Surface, width: int, height: int) -> str:
    """Qwen2.5-VL's system prompt for a picture of that size (Nous's template, as Qwen-Agent filled it)."""
    return "You are a helpful assistant.\n\n" + TOOLS.format(tools=_signature(surface, width, height, old=True))


def prompt_3(surface: Surface, width: int, height: int) -> str:
    """Qwen3-VL's system prompt for a picture whose far edges have those numbers, as in OSWorld's runs of it."""
    return TOOLS.format(tools=_signature(surface, width, height, old=False)) + _FORMAT_3


def _signature(surface: Surface, width: int, height: int, *, old: bool) -> str:
    if surface == "computer":
        verbs, fields = COMPUTER_VERBS if old else COMPUTER_VERBS_3, COMPUTER_FIELDS
        return function_signature(
            "computer_use", COMPUTER.format(width=width, height=height, example=EXAMPLE), verbs, fields, old=old
        )
    verbs, fields = (PHONE_VERBS, PHONE_FIELDS) if old else (PHONE_VERBS_3, PHONE_FIELDS_3)
    return function_signature("mobile_use", PHONE.format(width=width, height=height), verbs, fields, old=old)
