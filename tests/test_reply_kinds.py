"""Replies as real models write them: each kind of slip is read as a person reads it, and nothing else is made of it."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.dialects.dialect import Dialect
from agent.dialects.families import DIALECTS, dialect_named
from agent.dialects.whole_reply import is_whole
from agent.episode import Decision, Finish, Move, NonAction, Unreadable
from agent.models.reasoning import answer_in
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.actions import points_of

SIZE = (1000, 1000)
GENERIC, PHONE = dialect_named("generic"), dialect_named("generic", surface="phone")
QWEN = dialect_named("qwen3-vl")
TARS, TARS_PHONE = dialect_named("ui-tars-1.5"), dialect_named("ui-tars-1.5", surface="phone")
MIDDLE = Point(500, 500)


def read(text: str, dialect: Dialect = GENERIC) -> Decision:
    return dialect.read(text, dialect.fit(SIZE), ())


def call(x: int, y: int) -> str:
    arguments = {"action": "left_click", "coordinate": [x, y]}
    return f"<tool_call>\n{json.dumps({'name': 'computer_use', 'arguments': arguments})}\n</tool_call>"


def clicked(x: int, y: int) -> str:
    return f"click(start_box='({x},{y})')"


NO, YES = call(5, 5), call(300, 300)
THOUGHTS = {
    "a closing tag alone": f"{NO} no.</think>{YES}",
    "a thought in tags": f"<think>{NO}</think>{YES}",
    "a thought in other tags": f"<gui_think>{NO}</gui_think>\n{YES}",
    "a thought in capitals": f"<THINK>{NO}</THINK>\n{YES}",
    "Kimi's tags": f"◁think▷{NO}◁/think▷{YES}",
    "a thought in a thought": f"<think>a<think>{NO}</think>{NO}</think>{YES}",
    "two thoughts": f"<think>{NO}</think>\n<think>{NO}</think>\n{YES}",
    "a thought and then a closing tag": f"<think>a</think>{NO}</think>{YES}",
    "a thought after it": f"{YES}\n<think>{NO}",
    "an answer in tags": f"<think>{NO}</think><answer>{YES}</answer>",
    "words that take it back": f"I could {NO} but no, rather\n{YES}",
}


@pytest.mark.parametrize("kind", THOUGHTS)
def test_a_move_within_a_thought_is_never_made(kind: str) -> None:
    decision = read(THOUGHTS[kind], QWEN)
    assert decision.move == Click(Point(300, 300))
    assert decision.raw == THOUGHTS[kind]


@pytest.mark.parametrize("text", [f"<think>{NO}", f"<think>{NO}</think>", f"{NO} no.</think>", f"<thinking>a {NO}\nhm"])
def test_a_reply_that_is_one_thought_moves_nothing_and_says_so(text: str) -> None:
    decision = read(text, QWEN)
    assert isinstance(decision.move, Unreadable)
    assert "one thought" in decision.move.reason
    assert "computer_use" in decision.thought


TARS_THOUGHTS = [
    f"Thought: the prior Action: {clicked(5, 5)} did nothing.\nAction: {clicked(300, 300)}",
    f"Thought: not {clicked(5, 5)}, that is wrong.\n{clicked(300, 300)}",
    f"I could do Action: {clicked(5, 5)}. No. Action: {clicked(300, 300)}",
    f"Action: {clicked(5, 5)}</think>\nAction: {clicked(300, 300)}",
    f"Action_Summary: as before {clicked(5, 5)}\nAction: {clicked(300, 300)}",
]


@pytest.mark.parametrize("text", TARS_THOUGHTS)
def test_a_call_named_in_a_thought_is_not_the_action(text: str) -> None:
    fit = TARS.fit(SIZE)
    assert read(text, TARS).move == Click(fit.to_screen(300, 300))


COMPUTER: dict[str, Move] = {
    '{"action":"left_click","coordinate":["452","310"]}': Click(Point(452, 310)),
    '{"action":"left_click","coordinate":["452, 310"]}': Click(Point(452, 310)),
    '{"action":"click","x":"452, 310"}': Click(Point(452, 310)),
    '{"action":"click","x":[452, 310]}': Click(Point(452, 310)),
    '{"action":"click","x":683,40]': Click(Point(683, 40)),
    '{"action":"click","x":683,40]}': Click(Point(683, 40)),
    '{"action":"click","x":955,28}': Click(Point(955, 28)),
    '{"action":"click","x":642","y":957}': Click(Point(642, 957)),
    '{"action":"click","x":"642,"y":957}': Click(Point(642, 957)),
    '{"action":"click","x":907,"y="499"}': Click(Point(907, 499)),
    "{'action': 'click', '[545, 657]', 'text': ''}": Click(Point(545, 657)),
    '{"action": "left_click", "coordinate": [100, 200}': Click(Point(100, 200)),
    '{"action": "left_click", "coordinate": [100, 200]': Click(Point(100, 200)),
    '{"name": "left_click", "arguments": {"coordinate": [100, 200]}': Click(Point(100, 200)),
    '{"name":"left_click","arguments":[97,923]}': Click(Point(97, 923)),
    '{"name":"left_click","arguments":["97","923"]}': Click(Point(97, 923)),
    '{"name":"left_click","arguments":[{"coordinate":[97,923]}]}': Click(Point(97, 923)),
    '{"name":"key","arguments":[{"text":"esc"}]}': Press(("escape",)),
    '{"name":"key","arguments":[{"text":"ctrl"},{"text":"t"}]}': Press(("ctrl", "t")),
    '{"name":"left_click","parameters":{"coordinate":[97,923]}}': Click(Point(97, 923)),
    '{"function":{"name":"left_click","arguments":"{\\"coordinate\\":[97,923]}"}}': Click(Point(97, 923)),
    '{"action":"left_click","arguments":{"coordinate":[97,923]}}': Click(Point(97, 923)),
    '{"action_type":"click","x":5,"y":7}': Click(Point(5, 7)),
    '{"thought":"it loads","action_type":"wait"}': Wait(),
    '{"action":"LeftClick","coordinate":[5,7]}': Click(Point(5, 7)),
    '{"action":"left_click","coordinate":{"x":"10","y":"20"}}': Click(Point(10, 20)),
    "{“action”: “left_click”, “coordinate”: [1，2]}": Click(Point(1, 2)),
    '{"action"："left_click"，"coordinate"：[1，2]}': Click(Point(1, 2)),
    '{"action":"left_click","coordinate":"（100，200）"}': Click(Point(100, 200)),
    '{"action":"scroll","direction":"down"}': Scroll(MIDDLE, "down", 5),
    '{"action":"scroll","coordinate":[5,7],"scroll_direction":"up","scroll_amount":2}': Scroll(Point(5, 7), "up", 2),
    '{"action":"finished"}': Finish(True),
    '{"action":"status","goal_status":"infeasible"}': Finish(False),
    '{"action":"type","text":"say "hi" now"}': TypeText('say "hi" now'),
    '{"action":"type","text":"搜索"单号""}': TypeText('搜索"单号"'),
    '{"action":"type","text":"hello}': TypeText("hello"),
    '{"action":"type","text":"hello"': TypeText("hello"),
    "{'action': 'type', 'text': 'Karin's art'}": TypeText("Karin's art"),
    "{'action': 'type', 'text': 'don't, won't, can't'}": TypeText("don't, won't, can't"),
    "{'action': 'type', 'text': 'Stokes' theorem'}": TypeText("Stokes' theorem"),
    "{'action': 'type', 'text': 'Schindler''s list'}": TypeText("Schindler's list"),
    "{'action': 'type', 'text': \"Trump's third'}": TypeText("Trump's third"),
    "<answer>[{'action': 'type', 'point': [3, 4], 'input_text': 'a plan:'}}</answer>": TypeText("a plan:"),
    "<answer>[{'action': 'type', 'point': [3, 4], 'input_text': 'a plan'}}]</answer>": TypeText("a plan"),
    "<answer>[{'action': 'type', 'point': [3, 4], 'input_text': 'a plan!']}</answer>": TypeText("a plan!"),
    "<answer>[{'action': 'type', 'input_text': '\"The Road\"}</answer>": TypeText('"The Road"'),
    'click(start_box="(100,200)")': Click(Point(100, 200)),
    "pyautogui.click(x=10, y=20)": Click(Point(10, 20)),
    "action:CLICK\tpoint:892,861\n\n": Click(Point(892, 861)),
    "explain:to close it\taction:CLICK\tpoint:892,861\tsummary:closed": Click(Point(892, 861)),
}


@pytest.mark.parametrize("text", COMPUTER)
def test_what_a_person_would_understand_is_read(text: str) -> None:
    assert read(text).move == COMPUTER[text]


ON_PHONES: dict[str, Move] = {
    '{"action":"press_back"}': Press(("back",)),
    '{"action":"navigate_back"}': Press(("back",)),
    '{"action":"PRESS_HOME"}': Press(("home",)),
    '{"action":"keyboard_enter"}': Press(("enter",)),
    '{"action":"scroll","direction":"down"}': Scroll(MIDDLE, "down", 5),
    '{"action":"scroll","coordinate":[3,4],"direction":"left"}': Scroll(Point(3, 4), "left", 5),
    '{"action":"scroll","pixels":-300}': Scroll(MIDDLE, "down", 3),
    '{"action":"scroll","point":[3,4],"input_text":"UP"}': Scroll(Point(3, 4), "up", 5),
    '{"action":"swipe","direction":"up"}': Scroll(MIDDLE, "down", 5),
    '{"action":"click","x":5,"y":7}': Click(Point(5, 7)),
    '{"action":"click","x":"5, 7"}': Click(Point(5, 7)),
    '{"action":"left_click","point":[5,7]}': Click(Point(5, 7)),
    '{"action":"double_click","coordinate":[5,7]}': Click(Point(5, 7), times=2),
    '{"action":"long_press","x":1,"y":2}': LongPress(Point(1, 2)),
    '{"action":"swipe","x1":1,"y1":2,"x2":3,"y2":4}': Drag((Point(1, 2), Point(3, 4))),
    '{"action":"drag","start_coordinate":[1,2],"end_coordinate":[3,4]}': Drag((Point(1, 2), Point(3, 4))),
    '{"action":"open_app","app_name":"Clock"}': OpenApp("Clock"),
    '{"action":"input_text","text":"hi"}': TypeText("hi"),
    '{"action":"key","keys":["enter"]}': Press(("enter",)),
    '{"action":"wait","time":"2 seconds"}': Wait(2.0),
    '{"action":"status","goal_status":"complete"}': Finish(True),
    '{"action":"terminate","status":"success","text":"42"}': Finish(True, "42"),
}


@pytest.mark.parametrize("text", ON_PHONES)
def test_what_a_computer_accepts_a_phone_accepts(text: str) -> None:
    assert read(text, PHONE).move == ON_PHONES[text]


AS_CALLS: dict[str, Move] = {
    f"Action：{clicked(100, 200)}": Click(Point(99, 198)),
    "Action：click(start_box=‘（100，200）’)": Click(Point(99, 198)),
    "Thought: x\n**Action:** click(start_box='(100,200)')<|im_end|>": Click(Point(99, 198)),
    'click(start_box="(100,200)")': Click(Point(99, 198)),
    "Action: click(start_box='(100,200)": Click(Point(99, 198)),
    "Action: click(start_box='(100,200)'": Click(Point(99, 198)),
    "Action: click(start_box='(100,200))": Click(Point(99, 198)),
    "Action: click(start_box=(100,200))": Click(Point(99, 198)),
    "Action: click(start_box='<bbox>100 200 100 200</bbox>')": Click(Point(99, 198)),
    "Action: click(x=100, y=200)": Click(Point(99, 198)),
    "Action: click(100, 200)": Click(Point(99, 198)),
    "Action: click the (blue) button: click(start_box='(100,200)')": Click(Point(99, 198)),
    "Action: scroll(direction='down')": Scroll(MIDDLE, "down", 5),
    "Action: navigate_back()": Press(("back",)),
    "Action: type(content='it's Bob's')": TypeText("it's Bob's"),
    "Action: type(content='a') click(start_box='(1,2)')": TypeText("a"),
    "Action: type(content='see f(x) or g(y=1)')": TypeText("see f(x) or g(y=1)"),
    "Action: type(content='hello'": TypeText("hello"),
    "Action: type(text='hello world', delay=100)": TypeText("hello world"),
    "Action: hotkey(keys='ctrl a')": Press(("ctrl", "a")),
    "Action: open_app(name='Clock')": OpenApp("Clock"),
    "Action: type(content='doubao.com\n')": TypeText("doubao.com\n"),
}


@pytest.mark.parametrize("text", AS_CALLS)
def test_what_a_person_would_understand_of_a_call_is_read(text: str) -> None:
    assert read(text, TARS_PHONE).move == AS_CALLS[text]


REFUSED = {
    '{"action":"click","x":72}': "without a y",
    '{"action":"click","x":856,"y="}': "two numbers",
    '{"x": 5, "y": 6}': "none beside 'x, y'",
    '{"name":"computer_use","arguments":{"coordinate":[5,5]}}': "none beside 'coordinate'",
    '{"name":"left_click","arguments":[{"coordinate":[1,2]},{"coordinate":[3,4]}]}': "a list of 2",
    '{"name":"left_click","arguments":[1]}': "a list of 1",
    '{"action":"left_click","coordinate":[1,2],"button":"right"}': "has no field 'button'",
    '{"action":"scroll","direction":"sideways"}': "up, down, left or right",
    '{"action":"type","text":"a", "b", "c"}': "name with a colon",
    '{"action":"type","text":"a, "coordinate": 5}': "not closed",
    '{"action":"type","text":"a {c}': "not closed",
    '{"action":"left_click","coordinate":[10': "still to come",
    '{"action":"left_click","coordinate":[10, 20': "still to come",
    '{"action":"click","x":10,"y":20': "still to come",
    '{"name":"a","arguments":{"action":"left_click","coordinate":[10, 20]': "still to come",
    "I will not click [1, 2].": "one action was wanted",
    "The button (3, 4) is pressed, and 5 of 6 are done.": "one action was wanted",
    "I cannot click (that).": "one action was wanted",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_nobody_can_know_is_refused_with_what_is_wrong(text: str) -> None:
    for dialect in (GENERIC, PHONE):
        move = read(text, dialect).move
        if dialect is GENERIC or "button" not in text:
            assert isinstance(move, Unreadable), (text, move)
    reason = getattr(read(text).move, "reason", "")
    assert REFUSED[text] in reason
    assert "None has" not in reason


@pytest.mark.parametrize("text", ["Action: type(content='it's", "Action: click(start_box='(10", "Action: click("])
def test_half_a_call_is_none(text: str) -> None:
    assert isinstance(read(text, TARS).move, Unreadable)


PIECES = st.sampled_from(
    [
        *("<think>", "</think>", "<answer>", "</answer>", "<tool_call>", "</tool_call>", "Action:", "Thought:", "no"),
        *('{"action":', '"left_click"', '"coordinate":', "[1, 2]", "(3,4)", '"x":', "5", "}", "]", ")", '"', "'", ","),
        *("，", "：", "“", "”", "click(", "start_box=", "'(5,6)'", "\t", "\n", "```", "\\", "[" * 40, "{" * 40),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=120), st.sampled_from(sorted(DIALECTS)))
def test_whatever_is_written_a_move_is_on_the_screen_or_there_is_none(text: str, name: str) -> None:
    for surface in ("computer", "phone"):
        dialect = dialect_named(name, surface="computer" if surface == "computer" else "phone")
        fit = dialect.fit(SIZE)
        move = dialect.read(text, fit, ()).move
        if not isinstance(move, NonAction):
            assert all(0 <= at.x < 1000 and 0 <= at.y < 1000 for at in points_of(move))
        try:
            places = dialect.read_where(text, fit)
        except ValueError:
            continue
        assert all(0 <= place.at.x < 1000 and 0 <= place.at.y < 1000 for place in places)
    is_whole(text)


WHOLE = [call(1, 2), f"<think>hm</think>{call(1, 2)}", '{"action": "wait"}', clicked(1, 2), "Action: wait()"]
NOT_WHOLE = [
    *("", "done", "I click it.", call(1, 2)[:-12], '{"action": "wait"', "<think>" + call(1, 2), "type(content='a (b)"),
    "type(content='it (b",
]


@pytest.mark.parametrize(("text", "whole"), [*((text, True) for text in WHOLE), *((text, False) for text in NOT_WHOLE)])
def test_a_call_is_whole_where_its_own_end_stands(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


REPEATED = [
    '"',
    "'",
    "\\",
    "{",
    "[",
    "(",
    "x=",
    "click(",
    '"a":',
    "(1,2)",
    "(1,2),",
    "[1,2]",
    "\n",
    " ",
    "<think>",
    "at ",
]
BEFORE = ["", '{"action":"type","text":"', "{'action':'type','text':'", "Action: type(content='", "```json\n", "x"]


@pytest.mark.parametrize(
    "piece", [*REPEATED, "<tool_call>", "</answer>\n", "<|im_end|>", "a: b\t", "', ", "'}", "top left "]
)
def test_a_reply_of_one_thing_over_and_over_comes_to_an_end(piece: str) -> None:
    for before in BEFORE:
        text = (before + piece * 20_000)[:19_000]
        for dialect in (QWEN, TARS):
            fit = dialect.fit(SIZE)
            assert isinstance(dialect.read(text, fit, ()).move, Unreadable | TypeText)
            with contextlib.suppress(ValueError):
                dialect.read_where(text, fit)
        is_whole(text)
        answer_in(text)
