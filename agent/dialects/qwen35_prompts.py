"""The words that Qwen3.5, 3.6 and 3.8 are asked with on a screen: the tool as JSON, its call as XML.

Source: OSWorld's agent for them (mm_agents/qwen35vl_agent.py, also in mrwwk/DeskCraft). The date that it puts in is
left out: a prompt here depends on nothing but what was seen and done. No mobile prompt was published; `mobile_use` is
Qwen3-VL's.
"""

import json
from typing import Any

from agent.dialects import qwen_prompts as words
from devices.device import Surface

COLLAPSED = "This screenshot has been collapsed."

_HEAD = (
    "You are a multi-purpose intelligent assistant. Based on my requests, you can use tools to help me complete "
    "various tasks.\n\n# Tools\n\nYou have access to the following functions:\n\n<tools>\n"
)
_TAIL = f"""
</tools>

If you choose to call a function ONLY reply in the following format with NO suffix:

<tool_call>
<function=example_function_name>
<parameter=example_parameter_1>
value_1
</parameter>
<parameter=example_parameter_2>
This is the value for the second parameter
that can span
multiple lines
</parameter>
</function>
</tool_call>

<IMPORTANT>
Reminder:
- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within \
<tool_call></tool_call> XML tags
- Required parameters MUST be specified
- You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after
- If there is no function call available, answer the question like normal with your current knowledge and do not tell \
the user about function calls
- Collapsed screenshots appear as text: {COLLAPSED}
</IMPORTANT>

# Response format

Response format for every step:
1) Action: a short imperative describing what to do in the UI.
2) A single <tool_call>...</tool_call> block.

Rules:
- Output exactly in the order: Action, <tool_call>.
- Be brief: one sentence for Action.
- Do not output anything else outside those parts.
- If finishing, use action=terminate in the tool call."""

_HELD = " Optional `text` parameter can specify modifier keys that will be held during the click."
_HELD_KEYS = (
    ' Optional `text` parameter can specify modifier keys (e.g., "ctrl", "shift", "ctrl+shift") that will be held '
    "during the click."
)
_THREE = words.COMPUTER_VERBS_3

COMPUTER_VERBS = {
    **{verb: _THREE[verb] for verb in ("key", "type", "mouse_move")},
    "left_click": _THREE["left_click"] + _HELD_KEYS,
    "left_click_drag": _THREE["left_click_drag"],
    **{verb: _THREE[verb] + _HELD for verb in ("right_click", "middle_click", "double_click", "triple_click")},
    "scroll": (
        _THREE["scroll"] + ' Optional `text` parameter can specify a modifier key (e.g., "shift", "ctrl") that will be '
        "held during scrolling."
    ),
    "hscroll": (
        _THREE["hscroll"] + " Optional `text` parameter can specify a modifier key that will be held during scrolling."
    ),
    **{verb: _THREE[verb] for verb in ("wait", "terminate", "answer")},
}

_FIELDS: dict[str, Any] = {
    "keys": words.COMPUTER_FIELDS["keys"],
    "text": {
        "description": (
            "Required by `action=type` and `action=answer`. Optional for click actions (left_click, right_click, "
            "middle_click, double_click, triple_click) to specify modifier keys (e.g., 'ctrl', 'shift', 'ctrl+shift'). "
            "Optional for scroll actions (scroll, hscroll) to specify a modifier key (e.g., 'shift', 'ctrl') to hold "
            "during scrolling."
        ),
        "type": "string",
    },
    "coordinate": {"description": "(x, y) coordinates.", "type": "array"},
    "pixels": {"description": "Scroll amount.", "type": "number"},
    "time": {"description": "Seconds to wait.", "type": "number"},
    "status": {"description": "Task status for terminate.", "type": "string", "enum": ["success", "failure"]},
}


def prompt(surface: Surface, width: int, height: int) -> str:
    """Qwen3.5's system prompt for a picture whose far edges have those numbers."""
    if surface == "phone":
        function = json.loads(
            words.prompt_3("phone", width, height).partition("<tools>\n")[2].partition("\n</tools>")[0]
        )
    else:
        actions = "\n".join(f"* `{verb}`: {what}" for verb, what in COMPUTER_VERBS.items())
        action = {"description": f"\n{actions}\n        ", "enum": list(COMPUTER_VERBS), "type": "string"}
        description = words.COMPUTER.format(width=width, height=height, example="")
        parameters = {"properties": {"action": action, **_FIELDS}, "required": ["action"], "type": "object"}
        function = {
            "type": "function",
            "function": {"name": "computer_use", "description": description, "parameters": parameters},
        }
    return _HEAD + json.dumps(function) + _TAIL
