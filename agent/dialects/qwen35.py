"""What Qwen3.5 and its successors call `computer_use` and `mobile_use` with, beyond what Qwen3-VL does.

Sources: OSWorld's mm_agents/qwen35vl_agent.py; cua-lite's qwen3_8/action_space.py for what 3.8 adds (`key_down`,
`key_up`, `left_mouse_down`, `left_mouse_up`, `screenshot`, `call_user`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.dialects import arguments, computer_use, mobile_use
from agent.dialects.fit import Fit
from agent.dialects.qwen35_prompts import COMPUTER_VERBS
from agent.dialects.reply_parts import HELP, ButtonDown, ButtonUp, KeyDown, KeyUp, Part
from agent.dialects.tools import Tool
from agent.episode import Ask, Move
from devices import Point, Wait

MOST_CLICKS = 20
"""`pixels` up to here are wheel clicks, as OSWorld passes them on; beyond they are pixels of a page."""

MOST_NOTCHES = 10  # of one scroll, as another harness clamps them

_CLICKS = ("left_click", "right_click", "middle_click", "double_click", "triple_click")
_COMPUTER = {verb: ("coordinate", "text?") if verb in _CLICKS else computer_use.VERBS[verb] for verb in COMPUTER_VERBS}
_PHONE = ("click", "long_press", "swipe", "type", "answer", "system_button", "wait", "terminate")


def computer_tool() -> Tool:
    return Tool("computer_use", _COMPUTER, _read, _write)


def phone_tool() -> Tool:
    verbs = {verb: mobile_use.VERBS[verb] for verb in _PHONE}
    return Tool("mobile_use", verbs, _read_phone, mobile_use.write, mobile_use.BUTTONS)


def _read(fields: Mapping[str, Any], fit: Fit, pointer: Point | None) -> Sequence[Part]:
    match fields.get("action"):
        case "key_down":
            return (KeyDown(computer_use.keys(fields.get("keys", fields.get("text")))),)
        case "key_up":
            return (KeyUp(computer_use.keys(fields.get("keys", fields.get("text")))),)
        case "left_mouse_down" | "left_mouse_up" as verb:
            at = arguments.point(fields, fit, "coordinate") or pointer
            if at is None:
                raise ValueError(f"{verb} needs a coordinate [x, y]: where the pointer is, is not known")
            return (ButtonDown(at) if verb == "left_mouse_down" else ButtonUp(at),)
        case "screenshot":
            return (Wait(0.0),)
        case "call_user":
            return (Ask(arguments.text(fields, "text", "question") if fields.get("text") else HELP),)
        case "scroll" | "hscroll":
            pixels = arguments.number(fields, "pixels", "amount") or 0
            if 0 < abs(pixels) <= MOST_CLICKS:
                notches = max(-MOST_NOTCHES, min(MOST_NOTCHES, pixels))
                fields = {**fields, "pixels": notches * computer_use.PIXELS_A_NOTCH}
    return (computer_use.read(fields, fit, pointer),)


def _read_phone(fields: Mapping[str, Any], fit: Fit, pointer: Point | None) -> Sequence[Part]:
    if fields.get("action") == "call_user":
        return (Ask(arguments.text(fields, "text", "question") if fields.get("text") else HELP),)
    return (mobile_use.read(fields, fit, pointer),)


def _write(move: Move, fit: Fit) -> dict[str, Any] | None:
    """As Qwen3-VL; what is held during a click is called `text`."""
    written = computer_use.write(move, fit)
    if written and written["action"] in _CLICKS and "keys" in written:
        return {**{name: value for name, value in written.items() if name != "keys"}, "text": "+".join(written["keys"])}
    return written
