"""Replies are read tolerantly and never guessed: what is not surely a move is `Unreadable`."""

import json
import os
import random
import time

import pytest

from agent.dialects.dialect import Dialect
from agent.dialects.families import DIALECTS, dialect_named
from agent.episode import Ask, Decision, Finish, Move, Seconds, Step, Unreadable
from devices import Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.actions import points_of
from devices.toy import Toy

SEEN = Toy().observe()  # 640x400, shown as 644x392
QWEN = dialect_named("qwen2.5-vl")
FIT = QWEN.fit(SEEN.size)
PHONE = dialect_named("qwen2.5-vl", surface="phone")
TARS = dialect_named("ui-tars-1.5")
GENERIC = dialect_named("generic")


def call(arguments: str, tool: str = "computer_use") -> str:
    return f'<tool_call>\n{{"name": "{tool}", "arguments": {arguments}}}\n</tool_call>'


def read(text: str, dialect: Dialect = QWEN, past: tuple[Step, ...] = ()) -> Decision:
    return dialect.read(text, dialect.fit(SEEN.size), past)


def after(move: Move, error: str = "") -> tuple[Step, ...]:
    return (Step(0, SEEN, Decision(move), error, None, Seconds()),)


MIDDLE = Point(320, 200)
MOVES: list[tuple[str, Move]] = [
    ('{"action": "left_click", "coordinate": [322, 196]}', Click(MIDDLE)),
    ('{"action": "right_click", "coordinate": [322, 196]}', Click(MIDDLE, "right")),
    ('{"action": "middle_click", "coordinate": [322, 196]}', Click(MIDDLE, "middle")),
    ('{"action": "double_click", "coordinate": [322, 196]}', Click(MIDDLE, times=2)),
    ('{"action": "triple_click", "coordinate": [322, 196]}', Click(MIDDLE, times=3)),
    ('{"action": "mouse_move", "coordinate": [322, 196]}', MoveTo(MIDDLE)),
    ('{"action": "key", "keys": ["Ctrl", "S"]}', Press(("ctrl", "S"))),
    ('{"action": "key", "keys": ["ctrl+shift+t"]}', Press(("ctrl", "shift", "t"))),
    ('{"action": "key", "keys": ["ctrl", "+"]}', Press(("ctrl", "+"))),
    ('{"action": "key", "keys": ["Return"]}', Press(("enter",))),
    ('{"action": "key", "keys": ["page down"]}', Press(("page_down",))),
    ('{"action": "type", "text": "a \\"b\\" {c} \\n"}', TypeText('a "b" {c} \n')),
    ('{"action": "type", "text": ""}', TypeText("")),
    ('{"action": "scroll", "pixels": -500}', Scroll(MIDDLE, "down", 5)),
    ('{"action": "scroll", "pixels": 5}', Scroll(MIDDLE, "up", 1)),
    ('{"action": "scroll", "coordinate": [0, 0], "pixels": -230}', Scroll(Point(0, 0), "down", 2)),
    ('{"action": "hscroll", "coordinate": [0, 0], "pixels": 100}', Scroll(Point(0, 0), "right", 1)),
    ('{"action": "wait", "time": 2.5}', Wait(2.5)),
    ('{"action": "terminate", "status": "success"}', Finish(True)),
    ('{"action": "terminate", "status": "failure"}', Finish(False)),
    ('{"action": "answer", "text": "42"}', Finish(True, "42")),
    ('{"action": "tap", "coordinate": [322, 196]}', Click(MIDDLE)),
    ('{"action": "left_click", "coordinate": [322, 196], "keys": ["ctrl"]}', Click(MIDDLE, holding=("ctrl",))),
    ('{"action": "left_click", "coordinate": [302, 186, 342, 206]}', Click(MIDDLE)),
    ('{"action": "left_click", "coordinate": "[322, 196]"}', Click(MIDDLE)),
    ('{"action": "left_click", "x": 322, "y": 196}', Click(MIDDLE)),
    ('{"action": "left_click", "coordinate": {"x": 322, "y": 196}}', Click(MIDDLE)),
    ('{"action": "left_click", "coordinate": [643, 391]}', Click(Point(639, 399))),
]


@pytest.mark.parametrize(("arguments", "move"), MOVES, ids=[arguments for arguments, _ in MOVES])
def test_every_action_of_the_computer_is_the_move_it_says(arguments: str, move: Move) -> None:
    assert read(call(arguments)).move == move


def test_every_action_of_the_phone_is_the_move_it_says() -> None:
    said: dict[str, Move] = {
        '{"action": "click", "coordinate": [322, 196]}': Click(MIDDLE),
        '{"action": "long_press", "coordinate": [322, 196], "time": 2}': LongPress(MIDDLE, 2.0),
        '{"action": "swipe", "coordinate": [322, 196], "coordinate2": [0, 0]}': Drag((MIDDLE, Point(0, 0))),
        '{"action": "type", "text": "hé"}': TypeText("hé"),
        '{"action": "system_button", "button": "Back"}': Press(("back",)),
        '{"action": "key", "text": "volume_up"}': Press(("volume_up",)),
        '{"action": "open", "text": "Clock"}': OpenApp("Clock"),
        '{"action": "wait", "time": 1}': Wait(1.0),
        '{"action": "answer", "text": "noon"}': Finish(True, "noon"),
        '{"action": "terminate", "status": "success"}': Finish(True),
    }
    found = {arguments: read(call(arguments, "mobile_use"), PHONE).move for arguments in said}
    assert found == said


def test_ui_tars_calls_are_the_moves_they_say() -> None:
    said: dict[str, Move] = {
        "click(start_box='(322,196)')": Click(MIDDLE),
        "click(start_box='<|box_start|>(322,196)<|box_end|>')": Click(MIDDLE),
        "click(point='<point>322 196</point>')": Click(MIDDLE),
        "click(start_box='[302, 186, 342, 206]')": Click(MIDDLE),
        "left_double(start_box='(322,196)')": Click(MIDDLE, times=2),
        "right_single(start_box='(322,196)')": Click(MIDDLE, "right"),
        "drag(start_box='(322,196)', end_box='(0,0)')": Drag((MIDDLE, Point(0, 0))),
        "drag(start_point='<point>0 0</point>', end_point='<point>322 196</point>')": Drag((Point(0, 0), MIDDLE)),
        "hotkey(key='ctrl c')": Press(("ctrl", "c")),
        "type(content='it's fine, really')": TypeText("it's fine, really"),
        r"type(content='it\'s a \\ \"fine\" day\n')": TypeText('it\'s a \\ "fine" day\n'),
        "type(content='a) b (c), d=\\'e\\'')": TypeText("a) b (c), d='e'"),
        "scroll(start_box='(322,196)', direction='down')": Scroll(MIDDLE, "down", 5),
        "wait()": Wait(5.0),
        "finished(content='42')": Finish(True, "42"),
        "finished()": Finish(True),
        "call_user()": Ask("it asks for your help on this screen"),
        "press_back()": Press(("back",)),
        "open_app(app_name='Clock')": OpenApp("Clock"),
        "long_press(start_box='(322,196)')": LongPress(MIDDLE),
    }
    found = {text: read(f"Thought: I see (1, 2).\nAction: {text}", TARS) for text in said}
    assert {text: decision.move for text, decision in found.items()} == said
    assert {decision.thought for decision in found.values()} == {"I see (1, 2)."}


MENDED = {
    "bare": '{"action": "left_click", "coordinate": [322, 196]}',
    "with its name, bare": '{"name": "computer_use", "arguments": {"action": "left_click", "coordinate": [322, 196]}}',
    "fenced": 'Sure!\n```json\n{"action": "left_click", "coordinate": [322, 196]}\n```\nDone.',
    "no closing tag": '<tool_call>\n{"arguments": {"action": "left_click", "coordinate": [322, 196]}}',
    "a brace too many": call('{"action": "left_click", "coordinate": [322, 196]}}'),
    "a brace too few": call('{"action": "left_click", "coordinate": [322, 196]').replace("]}", "]"),
    "trailing text": call('{"action": "left_click", "coordinate": [322, 196]}') + " I clicked {it}.",
    "python quotes": "{'action': 'left_click', 'coordinate': (322, 196)}",
    "no quotes at names": '{action: "left_click", coordinate: [322, 196,]}',
    "no name for y": '{"action": "left_click", "x":322, 196}',
    "arguments in a string": json.dumps({"name": "x", "arguments": MOVES[0][0]}),
    "the action as the name": '{"name": "left_click", "arguments": {"coordinate": [322, 196]}}',
    "in a list": '[{"action": "left_click", "coordinate": [322, 196]}]',
    "nested action": '{"note": "n", "action": {"action": "click", "element": "OK", "x": 322, "y": 196}}',
    "a thought with a call in it": '<think>maybe {"action": "wait"}</think>' + call(MENDED_CLICK := MOVES[0][0]),
    "prose with a brace": "The {button} it is: " + MENDED_CLICK,
    "a block begun twice": '<tool_call>{"name": "comp<tool_call>\n' + MENDED_CLICK + "</tool_call>",
    "windows line ends": call(MENDED_CLICK).replace("\n", "\r\n"),
    "nulls for what is not meant": '{"action": "left_click", "coordinate": [322, 196], "text": null, "keys": null}',
}


@pytest.mark.parametrize("slip", MENDED)
def test_a_usual_slip_is_mended(slip: str) -> None:
    assert read(MENDED[slip]).move == Click(MIDDLE)


def test_of_two_calls_the_first_is_done_and_the_thought_says_so() -> None:
    click, wait = MOVES[0][0], '{"action": "wait", "time": 1}'
    for text in (
        call(click) + call(wait),
        f"<tool_call>{click}{wait}</tool_call>",
        f"{click}\n{wait}",
        f"[{click}, {wait}]",
    ):
        decision = read(text)
        assert decision.move == Click(MIDDLE)
        assert "only the first was taken" in decision.thought
    assert "only the first" in read("Action: click(start_box='(322,196)')\n\nwait()", TARS).thought
    assert "only the first" not in read(call(click)).thought


def test_thought_instruction_and_call_are_told_apart() -> None:
    owl = read(f"<thinking>\nwhy\n</thinking>\n{call(MOVES[0][0])}\n<conclusion>\nClick it.\n</conclusion>")
    assert (owl.thought, owl.instruction) == ("why", "Click it.")
    three = read(f'Thought: why\nAction: "Click it."\n{call(MOVES[0][0])}')
    assert (three.thought, three.instruction) == ("why", "Click it.")
    assert read('{"thought": "why", "action": "wait"}', GENERIC).thought == "why"
    assert read("I should wait. " + call('{"action": "wait"}')).thought == "I should wait."


UNREADABLE = {
    "": "found nothing",
    "I cannot do that.": "one action was wanted",
    '{"action": "left_click"}': "needs a coordinate",
    '{"action": "left_click", "coordinate": [644, 5]}': "x must lie from 0 to 643",
    '{"action": "left_click", "coordinate": [5, -1]}': "y must lie from 0 to 391",
    '{"action": "left_click", "coordinate": [5]}': "two numbers",
    '{"action": "left_click", "coordinate": [5, "a"]}': "two numbers",
    '{"action": "left_click", "coordinate": [true, false]}': "two numbers",
    '{"action": "left_click", "coordinate": [NaN, 5]}': "finite",
    '{"action": "left_click", "coordinate": [1e999, 5]}': "finite",
    '{"action": "left_click", "coordinate": [' + "9" * 400 + ", 5]}": "20 digits",
    '{"action": "left_click", "coordinate": [1, 2], "coordinate": [3, 4]}': "stands twice",
    '{"action": "left_click", "coordinate": [300, 200, 100, 250]}': "left top",
    '{"action": "fly", "coordinate": [5, 5]}': "found 'fly'",
    '{"action": ["left_click"]}': "action must be one of",
    '{"action": null}': "action must be one of",
    '{"action": "left_click", "coordinate": [5, 5], "button": "right"}': "has no field 'button'",
    '{"action": "left_click_drag", "coordinate": [5, 5]}': "use mouse_move first",
    '{"action": "scroll", "pixels": 0}': "pixels",
    '{"action": "scroll", "pixels": "lots"}': "number",
    '{"action": "key", "keys": []}': "keys were wanted",
    '{"action": "key", "keys": [5]}': "keys were wanted",
    '{"action": "type"}': "text was wanted",
    '{"action": "type", "text": "\\ud800"}': "surrogate",
    '{"action": "terminate"}': "success or failure",
    '{"action": "terminate", "status": "maybe"}': "success or failure",
    '{"action": "type", "text": "cut of': "not closed",
    '{"action": "left_click", "coordinate": [32': "still to come",
    '{"name": "computer_use", "arguments": {"action": "left_click", "coordinate": [322, 196]}': "still to come",
    "[" * 15_000: "one action was wanted",
    '{"a":' * 3_000: "nested",
    '{"action": ' + "[" * 5_000 + "]" * 5_000 + "}": "",
    '{"action": "wait", "time": 1} ' + "x" * 1_000_000: "characters",
}


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text[:60])
def test_what_is_no_move_is_unreadable_and_says_why(text: str) -> None:
    began = time.perf_counter()
    move = read(text).move
    assert isinstance(move, Unreadable)
    assert UNREADABLE[text] in move.reason
    assert len(move.reason) < 400
    assert "\n" not in move.reason
    assert time.perf_counter() - began < 0.05


def test_ui_tars_says_why_too() -> None:
    said = {
        "Action: click(start_box='(19": "not closed",
        "Action: click()": "needs start_box",
        "Action: click(start_box='(644,5)')": "x must lie from 0 to 643",
        "Action: drag(start_box='(1,2)')": "needs end_box",
        "Action: scroll(start_box='(1,2)', direction='sideways')": "up, down, left or right",
        "Action: __import__('os').system('true')": "was wanted",
        "Action: exit()": "found 'exit'",
        "Action: click(start_box=__import__('os'))": "two numbers",
        "Thought: nothing": "was wanted",
    }
    for text, reason in said.items():
        move = read(text, TARS).move
        assert isinstance(move, Unreadable), text
        assert reason in move.reason, (text, move.reason)


def test_here_is_where_the_last_action_that_was_done_left_the_pointer() -> None:
    drag, click = '{"action": "left_click_drag", "coordinate": [0, 0]}', '{"action": "left_click"}'
    assert read(call(drag), past=after(MoveTo(MIDDLE))).move == Drag((MIDDLE, Point(0, 0)))
    assert read(call(click), past=after(Drag((Point(0, 0), MIDDLE)))).move == Click(MIDDLE)
    assert read(call(click), past=(*after(MoveTo(MIDDLE)), *after(TypeText("x")))).move == Click(MIDDLE)
    assert read(call('{"action": "scroll", "pixels": 100}'), past=after(Click(Point(7, 7)))).move == Scroll(
        Point(7, 7), "up", 1
    )
    refused = after(Click(Point(1, 1)), error="covered")
    assert isinstance(read(call(click), past=refused).move, Unreadable)
    assert read(call(click), past=(*after(MoveTo(MIDDLE)), *refused)).move == Click(MIDDLE)


def test_half_a_character_in_a_reply_kills_nobody() -> None:
    decision = read('\ud800 {"thought": "\\ud800", "action": "wait"}', GENERIC)
    json.dumps([decision.thought, decision.instruction, decision.raw], ensure_ascii=False).encode()
    assert decision.move == Wait()


HOSTILE = (
    *(
        '"',
        "'",
        "\\",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ":",
        "=",
        "\n",
        " ",
        "0",
        "9" * 30,
        "-",
        "1e999",
        "NaN",
        "null",
    ),
    *("<tool_call>", "</tool_call>", "<think>", "</think>", "<thinking>", "```", "```json\n", "Action:", "Thought:"),
    *(
        "\ud800",
        "\\u",
        "\\ud83d",
        "\x00",
        "é",
        "👍",
        "<|box_start|>",
        "coordinate",
        '"action"',
        "x",
        "True",
        "{'",
        "},{",
    ),
    *(
        "\n" * 500,
        " " * 500,
        "[" * 500,
        "{" * 300,
        "(" * 500,
        "'" * 300,
        '"action":' * 50,
        "<tool_call>" * 80,
        "click(" * 80,
    ),
)


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at, until = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(HOSTILE) + text[at:]
            case 1:
                text = text[:at] + text[min(until, at + 8) :]
            case 2:
                text = text[:until]
            case 3:
                text = text[:at] + text[at:until] * chance.randint(2, 3) + text[until:]
            case _:
                text = text[:at] + chance.choice(HOSTILE) + text[min(until, at + 4) :]
    return text[:6_000]


def test_hostile_replies_are_moves_inside_the_screen_or_unreadable_and_never_slow() -> None:
    """20,000 by default; SCREENHAND_REPLIES=1000000 for the whole proof."""
    replies = int(os.environ.get("SCREENHAND_REPLIES", "20000"))
    chance = random.Random(5)
    corpus = (
        [call(arguments) for arguments, _ in MOVES]
        + list(MENDED.values())
        + [text for text in UNREADABLE if len(text) < 400]
    )
    corpus += [
        f"Thought: t\nAction: {verb}(start_box='(322,196)', end_box='(0,0)', content='it\\'s')"
        for verb in ("click", "type", "drag")
    ]
    corpus += [
        "Action: a\n<tool_call>\n<function=computer_use>\n<parameter=action>\nleft_click\n</parameter>\n"
        "<parameter=coordinate>\n[322, 196]\n</parameter>\n</function>\n</tool_call>",
        "why</think>\n<action>Sequence(actions=[Click(box=(322, 196)), Type(content='it\\'s'), Wait()])</action>",
        '<think>why</think><answer>do(action="Swipe", start=[322,196], end=[0,0])</answer>',
        "## Action:\na\n## Code:\n```python\npyautogui.moveTo(x=322, y=196)\npyautogui.dragTo(0, 0)\n```",
        '{"note": null, "thought": "t", "tool_call": {"tool_name": "click", "element": "a", "x": 322, "y": 196}}',
    ] * 8
    speakers = [dialect_named(name, surface=surface) for name in DIALECTS for surface in ("computer", "phone")]
    slowest, slow = 0.0, ""
    unreadable = 0
    past = after(MoveTo(MIDDLE))
    for _ in range(replies):
        dialect, text = chance.choice(speakers), mutated(chance.choice(corpus), chance)
        fit = dialect.fit(SEEN.size)
        began = time.thread_time()
        decision = dialect.read(text, fit, past)
        took = time.thread_time() - began
        slowest, slow = max((slowest, slow), (took, text))
        match decision.move:
            case Unreadable(reason):
                unreadable += 1
                assert reason
                assert "\n" not in reason
                assert len(reason) < 600
            case Finish() | Ask():
                pass
            case action:
                assert all(point in SEEN.box for point in points_of(action)), (text, action)
    assert slowest < 0.05, (slowest, slow)
    assert 0.2 < unreadable / replies < 0.98, "the mutations are too tame or too wild to prove anything"
