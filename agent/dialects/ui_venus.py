"""How UI-Venus writes its actions: version 2 on computers and phones, and 1.5 as another profile of the same voice.

Sources: inclusionAI/UI-Venus, branch UI-Venus-2, as cua-lite's lite/agents/models/ui_venus_2/adapter.py keeps it: the
task stands in the system prompt, every reply is replayed, and a screen that is gone leaves an empty turn. Its chat
template opens `<think>`, so a reply may have the closing tag alone; with the thought switched
off it scores less than half. For 1.5: models/navigation/utils.py there.
"""

from collections.abc import Sequence

from agent.dialects.call_parser import read_calls
from agent.dialects.call_spelling import CallSpelling
from agent.dialects.fit import Fit
from agent.dialects.function_format import FunctionFormat, ReplyShape
from agent.dialects.function_verbs import read_actions
from agent.dialects.reply_parts import Part
from agent.dialects.turns import Turns
from agent.dialects.ui_venus_15_prompts import MOBILE_15, WEB_15
from agent.dialects.ui_venus_prompts import COMPUTER, MOBILE
from devices import Point
from devices.device import Surface

_SHAPE = ReplyShape(
    'start: <think>? THOUGHT </think> "\\n<action>" call "</action>"\nTHOUGHT: /[^<]{1,900}/',
    "<think>{thought}</think>\n<action>{call}</action>",
    r"<action>(.*?)(?:</action>|\Z)",
    r"^[ \t]*([A-Z]\w{2,20}\(.*)",
)
_SHAPE_15 = ReplyShape(
    'start: <think> THOUGHT </think> "\\n<action>" call "</action>" CONCLUSION\nTHOUGHT: /[^<]{1,900}/\n'
    "CONCLUSION: /\\n<conclusion>[^<]{1,300}<\\/conclusion>/",
    "<think>{thought}</think>\n<action>{call}</action>\n<conclusion>{instruction}</conclusion>",
    r"<action>(.*?)(?:</action>|\Z)",
    r"^[ \t]*([A-Z]\w{2,20}\([^<]*)",
    r"<conclusion>(.*?)</conclusion>",
)
_TURNS = Turns(
    first="{screen}",
    later="{note}{screen}",
    label="Current Screenshot:\n",
    past_label="History Screenshot:\n",
    replays_all=True,
)

_ENDS = (("ask", "CallUser(content={text})"), ("wait", "Wait()"), ("finish", "Finished(content={text})"))
_KEYS = (("press back", "PressBack()"), ("press home", "PressHome()"), ("press enter", "PressEnter()"))
_COMPUTER = CallSpelling(
    (
        ("click", "Click(box={at})"),
        ("double", "DoubleClick(box={at})"),
        ("triple", "TripleClick(box={at})"),
        ("right", "RightClick(box={at})"),
        ("middle1", "MiddleClick(box={at})"),
        ("hover", "Hover(box={at})"),
        ("drag", "Drag(end={end}, start={start})"),
        ("scroll", "Sequence(actions=[Hover(box={at}), Swipe(amount={amount}, axis='{axis}')])"),
        ("type", "Type(content={text})"),
        ("press", "Hotkey(keys={keys})"),
        *_ENDS,
    ),
    several='"Sequence(actions=[" one (", " one){1,31} "])"',
)
_PHONE = CallSpelling(
    (
        ("click", "Click(point={at})"),
        ("drag", "Swipe(start={start}, end={end})"),
        ("double", "DoubleClick(point={at})"),
        ("long", "LongPress(point={at})"),
        ("type", "Type(content={text})"),
        ("open", "LaunchApp(app={text})"),
        *_KEYS,
        ("press recents", "PressRecent()"),
        ("answer", "Answer(content={text})"),
        *_ENDS,
    )
)
_WEB_15 = CallSpelling(
    (
        ("click", "Click(box={at})"),
        ("double", "DoubleClick(box={at})"),
        ("hover", "Hover(box={at})"),
        ("long", "LongPress(box={at})"),
        ("drag", "Drag(start={start}, end={end})"),
        ("scroll", "Scroll(start={at}, direction='{direction}')"),
        ("type", "Type(content={text})"),
        ("open", "Launch(app={text})"),
        *_KEYS,
        ("press", "Hotkey(keys={keys})"),
        *_ENDS,
    )
)
_MOBILE_15 = CallSpelling(
    (
        ("click", "Click(box={at})"),
        ("drag", "Drag(start={start}, end={end})"),
        ("long", "LongPress(box={at})"),
        ("scroll", "Scroll(start={at}, direction='{direction}')"),
        ("type", "Type(content={text})"),
        ("open", "Launch(app={text})"),
        *_KEYS,
        ("press recents", "PressRecent()"),
        *_ENDS,
    )
)


def venus_2(surface: Surface, longest: int) -> FunctionFormat:
    prompt, spelling = (COMPUTER, _COMPUTER) if surface == "computer" else (MOBILE, _PHONE)
    return FunctionFormat(prompt, " ", _SHAPE, spelling, _parts, longest, _TURNS, thinking=True)


def venus_15(surface: Surface, longest: int) -> FunctionFormat:
    query, spelling = (WEB_15, _WEB_15) if surface == "computer" else (MOBILE_15, _MOBILE_15)
    system = "You are a helpful assistant."
    return FunctionFormat(system, query, _SHAPE_15, spelling, _parts, longest, history="instruction")


def _parts(text: str, fit: Fit, pointer: Point | None) -> Sequence[Part]:
    return read_actions(read_calls(text), fit, pointer)
