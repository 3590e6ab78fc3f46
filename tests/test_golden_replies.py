"""Replies as each family writes them, and the moves that a person takes them for.

`p` makes a pixel of the model's own numbers.
"""

from collections.abc import Callable, Iterator

import pytest

from agent.dialects.families import dialect_named
from agent.episode import Ask, Finish, Move, Unreadable
from devices import Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.device import Surface
from devices.toy import Toy

SEEN = Toy().observe()  # 640x400
MIDDLE = Point(320, 200)

Place = Callable[[float, float], Point]
Golden = Callable[[Place], dict[str, list[Move]]]


def xml(**given: str) -> str:
    body = "".join(f"<parameter={name}>\n{value}\n</parameter>\n" for name, value in given.items())
    return f"<tool_call>\n<function=computer_use>\n{body}</function>\n</tool_call>"


def call(arguments: str, tool: str = "computer_use") -> str:
    return f'<tool_call>\n{{"name": "{tool}", "arguments": {arguments}}}\n</tool_call>'


def qwen35(p: Place) -> dict[str, list[Move]]:
    at = "[250, 640]"
    return {
        "Action: Open it.\n" + xml(action="left_click", coordinate=at): [Click(p(250, 640))],
        xml(action="right_click", coordinate=at): [Click(p(250, 640), "right")],
        xml(action="middle_click", coordinate=at): [Click(p(250, 640), "middle")],
        xml(action="double_click", coordinate=at): [Click(p(250, 640), times=2)],
        xml(action="triple_click", coordinate=at): [Click(p(250, 640), times=3)],
        xml(action="left_click", coordinate=at, text="ctrl+shift"): [Click(p(250, 640), holding=("ctrl", "shift"))],
        xml(action="left_click", coordinate=at, text="the button"): [Click(p(250, 640))],
        xml(action="mouse_move", coordinate=at): [MoveTo(p(250, 640))],
        xml(action="type", text='two\nlines, "quoted" <b>'): [TypeText('two\nlines, "quoted" <b>')],
        xml(action="key", keys='["ctrl", "c"]'): [Press(("ctrl", "c"))],
        xml(action="key", keys="""["['alt', "f4']"]"""): [Press(("alt", "f4"))],
        xml(action="key", keys='["ctrl", "+"]'): [Press(("ctrl", "+"))],
        xml(action="scroll", coordinate=at, pixels="-3"): [Scroll(p(250, 640), "down", 3)],
        xml(action="scroll", coordinate=at, pixels="500"): [Scroll(p(250, 640), "up", 5)],
        xml(action="hscroll", pixels="-15"): [Scroll(MIDDLE, "left", 10)],
        xml(action="wait", time="1.5"): [Wait(1.5)],
        xml(action="terminate", status="failure"): [Finish(False)],
        xml(action="answer", text="17 files"): [Finish(True, "17 files")],
        xml(action="call_user", text="Which one?"): [Ask("Which one?")],
        xml(action="screenshot"): [Wait(0.0)],
        xml(action="key_down", keys='["ctrl"]')
        + xml(action="left_click", coordinate=at)
        + xml(action="key_up", keys='["ctrl"]'): [Click(p(250, 640), holding=("ctrl",))],
        xml(action="left_mouse_down", coordinate=at)
        + xml(action="mouse_move", coordinate="[300, 700]")
        + xml(action="left_mouse_up", coordinate="[400, 700]"): [Drag((p(250, 640), p(300, 700), p(400, 700)))],
        "why <tool_call>?\n</think>\n\nAction: x\n" + xml(action="left_click", coordinate=at): [Click(p(250, 640))],
        call('{"action": "left_click", "coordinate": [250, 640]}'): [Click(p(250, 640))],
    }


def fara_7b(p: Place) -> dict[str, list[Move]]:
    address: list[Move] = [Press(("ctrl", "l")), TypeText("https://a.example/b\n")]
    return {
        "Here.\n" + call('{"action": "left_click", "coordinate": [10, 20]}'): [Click(p(10, 20))],
        call('{"action": "mouse_move", "coordinate": [10, 20]}'): [MoveTo(p(10, 20))],
        call('{"action": "key", "keys": ["Control", "ArrowLeft"]}'): [Press(("ctrl", "left"))],
        call('{"action": "key", "keys": ["Enter"]}'): [Press(("enter",))],
        call('{"action": "type", "text": "a b"}'): [TypeText("a b")],
        call('{"action": "type", "text": "a", "press_enter": true}'): [TypeText("a\n")],
        call('{"action": "type", "text": "a", "delete_existing_text": true}'): [Press(("ctrl", "a")), TypeText("a")],
        call('{"action": "type", "text": "a", "coordinate": [10, 20]}'): [Click(p(10, 20)), TypeText("a")],
        call('{"action": "scroll", "pixels": -300}'): [Scroll(MIDDLE, "down", 3)],
        call('{"action": "scroll", "pixels": 100, "coordinate": [10, 20]}'): [Scroll(p(10, 20), "up", 1)],
        call('{"action": "visit_url", "url": "https://a.example/b"}'): address,
        call('{"action": "web_search", "query": "a b"}'): [Press(("ctrl", "l")), TypeText("a b\n")],
        call('{"action": "history_back"}'): [Press(("alt", "left"))],
        call('{"action": "refresh"}'): [Press(("f5",))],
        call('{"action": "pause_and_memorize_fact", "fact": "code 7"}'): [Wait(0.0)],
        call('{"action": "wait", "time": 2}'): [Wait(2.0)],
        call('{"action": "terminate", "status": "success"}'): [Finish(True)],
        "It is 7.\n" + call('{"action": "terminate", "status": "success"}'): [Finish(True, "It is 7.")],
        call('{"action": "terminate", "status": "failure"}'): [Finish(False)],
        call('{"action": "left_click", "coordinate": [643, 391]}'): [Click(p(643, 391))],
        "<tool_call>{'name': 'computer_use', 'arguments': {'action': 'wait'}}</tool_call>": [Wait()],
    }


def fara_15(p: Place) -> dict[str, list[Move]]:
    return {
        "Here.\n" + call('{"action": "left_click", "coordinate": [100, 200]}'): [Click(p(100, 200))],
        call('{"action": "right_click", "coordinate": [100, 200]}'): [Click(p(100, 200), "right")],
        call('{"action": "double_click", "coordinate": [100, 200]}'): [Click(p(100, 200), times=2)],
        call('{"action": "triple_click", "coordinate": [100, 200]}'): [Click(p(100, 200), times=3)],
        call('{"action": "mouse_move", "coordinate": [100, 200]}'): [MoveTo(p(100, 200))],
        call('{"action": "left_click", "coordinate": [1000, 1000]}'): [Click(p(1000, 1000))],
        call('{"action": "type", "text": "x"}'): [TypeText("x")],
        call('{"action": "key", "keys": ["Shift", "Tab"]}'): [Press(("shift", "tab"))],
        call('{"action": "scroll", "pixels": 300}'): [Scroll(MIDDLE, "up", 3)],
        call('{"action": "hscroll", "pixels": -300}'): [Scroll(MIDDLE, "left", 3)],
        call('{"action": "visit_url", "url": "a.example"}'): [Press(("ctrl", "l")), TypeText("a.example\n")],
        call('{"action": "web_search", "query": "x"}'): [Press(("ctrl", "l")), TypeText("x\n")],
        call('{"action": "history_back"}'): [Press(("alt", "left"))],
        call('{"action": "ask_user_question", "question": "Which day?"}'): [Ask("Which day?")],
        call('{"action": "pause_and_memorize_fact", "fact": "x"}'): [Wait(0.0)],
        call('{"action": "wait", "time": 4}'): [Wait(4.0)],
        call('{"action": "terminate", "answer": "It is 7."}'): [Finish(True, "It is 7.")],
        call('{"action": "terminate", "status": "failure"}'): [Finish(False)],
        call('{"action": "terminate"}'): [Finish(True)],
        '{"name":"computer_use","arguments":{"action":"left_click","coordinate":[100,200]}}': [Click(p(100, 200))],
        call("{'action': 'left_click', 'coordinate': [100, 200]}"): [Click(p(100, 200))],
    }


def turn(tool_call: str, note: str = "null") -> str:
    return f'{{"note": {note}, "thought": "so", "tool_call": {tool_call}}}'


def holo3(p: Place) -> dict[str, list[Move]]:
    at = '"element": "a", "x": 300, "y": 400'
    return {
        turn(f'{{"tool_name": "click", {at}}}'): [Click(p(300, 400))],
        turn(f'{{"tool_name": "click", {at}, "click_type": "left"}}'): [Click(p(300, 400))],
        turn(f'{{"tool_name": "click", {at}, "click_type": "right"}}'): [Click(p(300, 400), "right")],
        turn(f'{{"tool_name": "click", {at}, "click_type": "middle"}}'): [Click(p(300, 400), "middle")],
        turn(f'{{"tool_name": "click", {at}, "click_type": "double"}}'): [Click(p(300, 400), times=2)],
        turn(f'{{"tool_name": "click", {at}, "click_type": "triple"}}'): [Click(p(300, 400), times=3)],
        turn(f'{{"tool_name": "click", {at}, "click_type": "move"}}'): [MoveTo(p(300, 400))],
        turn('{"tool_name": "write", "content": "a\\nb"}', '"b is 7"'): [TypeText("a\nb")],
        turn('{"tool_name": "write", "content": "a", "press_enter": true}'): [TypeText("a\n")],
        turn('{"tool_name": "press_keys", "keys": ["enter"]}'): [Press(("enter",))],
        turn('{"tool_name": "press_keys", "keys": ["ctrl", "s"], "hold": true}'): [Press(("ctrl", "s"))],
        turn('{"tool_name": "press_keys", "keys": ["tab"], "presses": 2}'): [Press(("tab",))] * 2,
        turn('{"tool_name": "press_keys", "keys": ["home", "delete"]}'): [Press(("home",)), Press(("delete",))],
        turn('{"tool_name": "scroll", "direction": "up"}'): [Scroll(MIDDLE, "up", 3)],
        turn('{"tool_name": "scroll"}'): [Scroll(MIDDLE, "down", 3)],
        turn('{"tool_name": "wait"}'): [Wait()],
        turn('{"tool_name": "answer", "content": "7"}'): [Finish(True, "7")],
        turn('{"tool_name": "answer", "status": "failure", "content": "none"}'): [Finish(False, "none")],
        "<think>\n{?}\n</think>\n" + turn(f'{{"tool_name": "click", {at}}}'): [Click(p(300, 400))],
        "```json\n" + turn('{"tool_name": "wait"}') + "\n```": [Wait()],
        f'{{"tool_name": "click", {at}}}': [Click(p(300, 400))],
    }


def act(calls: str) -> str:
    return f"I see (1, 2).</think>\n<action>{calls}</action>"


def venus_computer(p: Place) -> dict[str, list[Move]]:
    return {
        act("Click(box=(300, 400))"): [Click(p(300, 400))],
        act("Click(box=(300,400))"): [Click(p(300, 400))],
        act("DoubleClick(box=(300, 400))"): [Click(p(300, 400), times=2)],
        act("TripleClick(box=(300, 400))"): [Click(p(300, 400), times=3)],
        act("RightClick(box=(300, 400))"): [Click(p(300, 400), "right")],
        act("MiddleClick(box=(300, 400))"): [Click(p(300, 400), "middle")],
        act("Hover(box=(300, 400))"): [MoveTo(p(300, 400))],
        act("Drag(end=(1, 2), start=(300, 400))"): [Drag((p(300, 400), p(1, 2)))],
        act("Swipe(amount=3, axis='vertical')"): [Scroll(MIDDLE, "up", 3)],
        act("Swipe(amount=-3, axis='horizontal')"): [Scroll(MIDDLE, "left", 3)],
        act("Type(content='don\\'t')"): [TypeText("don't")],
        act("Type(content='don't, (please)')"): [TypeText("don't, (please)")],
        act("Type(content=\"a, b='c'\\n\")"): [TypeText("a, b='c'\n")],
        act("Hotkey(keys=['ctrl', 'z'], repeat=2)"): [Press(("ctrl", "z"))] * 2,
        act("Hotkey(keys=['enter'])"): [Press(("enter",))],
        act("Wait()"): [Wait(5.0)],
        act("CallUser(content='Which file?')"): [Ask("Which file?")],
        act("Finished(content='done')"): [Finish(True, "done")],
        act("Finished()"): [Finish(True)],
        act("Sequence(actions=[TripleClick(box=(300, 400)), Type(content='x, [y]\\n'), Wait()])"): [
            Click(p(300, 400), times=3),
            TypeText("x, [y]\n"),
            Wait(5.0),
        ],
        act("Sequence(actions=[KeyDown(keys=['shift']), Click(box=(1, 2)), KeyUp(keys=['shift'])])"): [
            Click(p(1, 2), holding=("shift",))
        ],
        act("Sequence(actions=[MouseDown(box=(1, 2)), Hover(box=(30, 40)), MouseUp()])"): [
            Drag((p(1, 2), p(30, 40), p(30, 40)))
        ],
        act("Sequence(actions=[Hover(box=(300, 400)), Swipe(amount=-2, axis='vertical')])"): [
            Scroll(p(300, 400), "down", 2)
        ],
        "<think>t</think>\n<action> Click(box=(300, 400)) ": [Click(p(300, 400))],
        "Click(box=(300, 400))": [Click(p(300, 400))],
    }


def venus_phone(p: Place) -> dict[str, list[Move]]:
    return {
        act("Click(point=(300, 400))"): [Click(p(300, 400))],
        act("Swipe(start=(300, 400), end=(300, 100))"): [Drag((p(300, 400), p(300, 100)))],
        act("Drag(start=(300, 400), end=(300, 100))"): [Drag((p(300, 400), p(300, 100)))],
        act("DoubleClick(point=(300, 400))"): [Click(p(300, 400), times=2)],
        act("LongPress(point=(300, 400))"): [LongPress(p(300, 400))],
        act("Type(content='7 am')"): [TypeText("7 am")],
        act("LaunchApp(app='Clock')"): [OpenApp("Clock")],
        act("PressBack()"): [Press(("back",))],
        act("PressHome()"): [Press(("home",))],
        act("PressEnter()"): [Press(("enter",))],
        act("PressRecent()"): [Press(("recents",))],
        act("Wait()"): [Wait(5.0)],
        act("GetScreenshot()"): [Wait(0.0)],
        act("CallUser(content='Log in, please')"): [Ask("Log in, please")],
        act("Answer(content='7 am')"): [Finish(True, "7 am")],
        act("Finished(content='')"): [Finish(True)],
        act("TakeNote(content='7 am')"): [Wait(0.0)],
        act("Scroll(start=(300, 400), direction='down')"): [Scroll(p(300, 400), "down", 5)],
        act("Launch(app='Clock')"): [OpenApp("Clock")],
        act("Click(box=(300, 400))") + "\n<conclusion>Opened it.</conclusion>": [Click(p(300, 400))],
    }


def do(action: str) -> str:
    return f"<think>I see (1, 2).</think><answer>{action}</answer>"


def autoglm(p: Place) -> dict[str, list[Move]]:
    return {
        do('do(action="Tap", element=[300,400])'): [Click(p(300, 400))],
        do('do(action="Tap", element=[300, 400], message="important operation")'): [Click(p(300, 400))],
        do('do(action="Double Tap", element=[300,400])'): [Click(p(300, 400), times=2)],
        do('do(action="Long Press", element=[300,400])'): [LongPress(p(300, 400))],
        do('do(action="Swipe", start=[300,800], end=[300,200])'): [Drag((p(300, 800), p(300, 200)))],
        do('do(action="Type", text="a "b" c")'): [TypeText('a "b" c')],
        do('do(action="Type", text="咖啡（大）")'): [TypeText("咖啡（大）")],
        do('do(action="Type_Name", text="Ada")'): [TypeText("Ada")],
        do('do(action="Launch", app="Clock")'): [OpenApp("Clock")],
        do('do(action="Back")'): [Press(("back",))],
        do('do(action="Home")'): [Press(("home",))],
        do('do(action="Wait", duration="2 seconds")'): [Wait(2.0)],
        do('do(action="Wait", duration=2)'): [Wait(2.0)],
        do('do(action="Note", message="True")'): [Wait(0.0)],
        do('do(action="Call_API", instruction="sum it up")'): [Wait(0.0)],
        do('do(action="Interact", message="Which?")'): [Ask("Which?")],
        do('do(action="Take_over", message="Log in")'): [Ask("Log in")],
        do('finish(message="It is "7".")'): [Finish(True, 'It is "7".')],
        'I do. do(action="Tap", element=[300,400])': [Click(p(300, 400))],
        '<think>x</think>\n<answer>\ndo(action="Back")\n</answer>': [Press(("back",))],
        'x</think><answer>do(action="Home")': [Press(("home",))],
    }


def code(lines: str) -> str:
    return f"## Thought:\nI see (1, 2).\n\n## Action:\nDo it.\n\n## Code:\n```python\n{lines}\n```"


def opencua(p: Place) -> dict[str, list[Move]]:
    at = "x=300, y=200"
    return {
        code(f"pyautogui.click({at})"): [Click(p(300, 200))],
        code("pyautogui.click(300, 200)"): [Click(p(300, 200))],
        code(f"pyautogui.click({at}, button='right')"): [Click(p(300, 200), "right")],
        code(f"pyautogui.click({at}, clicks=2)"): [Click(p(300, 200), times=2)],
        code(f"pyautogui.doubleClick({at})"): [Click(p(300, 200), times=2)],
        code(f"pyautogui.rightClick({at})"): [Click(p(300, 200), "right")],
        code(f"pyautogui.middleClick({at})"): [Click(p(300, 200), "middle")],
        code(f"computer.triple_click({at})"): [Click(p(300, 200), times=3)],
        code(f"pyautogui.moveTo({at})"): [MoveTo(p(300, 200))],
        code(f"pyautogui.moveTo({at})\npyautogui.dragTo(x=30, y=40)"): [Drag((p(300, 200), p(30, 40)))],
        code("pyautogui.scroll(5)"): [Scroll(MIDDLE, "up", 5)],
        code("pyautogui.hscroll(-5)"): [Scroll(MIDDLE, "left", 5)],
        code("pyautogui.write(message='a\\'b\\n')"): [TypeText("a'b\n")],
        code("pyautogui.press('enter')"): [Press(("enter",))],
        code("pyautogui.press(keys=['down'], presses=2)"): [Press(("down",))] * 2,
        code("pyautogui.hotkey('ctrl', 's')"): [Press(("ctrl", "s"))],
        code("import time\npyautogui.hotkey(['alt', 'f4'])\ntime.sleep(1)"): [Press(("alt", "f4")), Wait(1.0)],
        code(f"pyautogui.keyDown('shift')\npyautogui.click({at})\npyautogui.keyUp('shift')"): [
            Click(p(300, 200), holding=("shift",))
        ],
        code("computer.wait()"): [Wait()],
        code("computer.terminate(status='success')"): [Finish(True)],
        code("computer.terminate(status='failure')"): [Finish(False)],
        f"pyautogui.click({at})": [Click(p(300, 200))],
    }


FAMILIES: list[tuple[str, Surface, Golden]] = [
    ("qwen3.5", "computer", qwen35),
    ("fara-7b", "computer", fara_7b),
    ("fara-1.5", "computer", fara_15),
    ("holo3", "computer", holo3),
    ("ui-venus-2", "computer", venus_computer),
    ("ui-venus-2", "phone", venus_phone),
    ("ui-venus-1.5", "phone", venus_phone),
    ("autoglm-phone", "phone", autoglm),
    ("opencua", "computer", opencua),
]


def cases() -> Iterator[tuple[str, Surface, str, list[Move]]]:
    for name, surface, golden in FAMILIES:
        fit = dialect_named(name, surface=surface).fit(SEEN.size)
        for text, moves in golden(fit.to_screen).items():
            yield name, surface, text, moves


@pytest.mark.parametrize(("name", "surface", "text", "moves"), list(cases()), ids=lambda value: str(value)[:70])
def test_a_reply_is_what_a_person_takes_it_for(name: str, surface: Surface, text: str, moves: list[Move]) -> None:
    dialect = dialect_named(name, surface=surface)
    decision = dialect.read(text, dialect.fit(SEEN.size), ())
    assert [decision.move, *decision.then] == moves


def test_every_family_has_twenty() -> None:
    for name, _, golden in FAMILIES:
        assert len(golden(lambda x, y: Point(int(x), int(y)))) >= 20, name


UNREADABLE: list[tuple[str, Surface, str, str]] = [
    ("qwen3.5", "computer", xml(action="left_click"), "needs a coordinate"),
    ("qwen3.5", "computer", xml(action="left_click", coordinate="[1001, 5]"), "x must lie from 0 to 1000"),
    ("qwen3.5", "computer", xml(action="key_down", keys='["ctrl"]'), "still held"),
    ("qwen3.5", "computer", xml(action="left_click", coordinate="[1, 5]").partition("</f")[0], "still to come"),
    ("fara-7b", "computer", call('{"action": "read_page_answer_question", "question": "x"}'), "scroll through it"),
    ("fara-1.5", "computer", call('{"action": "ask_user_question"}'), "question was wanted"),
    ("holo3", "computer", turn('{"tool_name": "click", "x": 5}'), "needs x and y"),
    ("holo3", "computer", turn('{"tool_name": "fly"}'), "must be one of those"),
    ("holo3", "computer", turn('{"tool_name": "drag", "x": 5, "y": 5}'), "not known"),
    ("holo3", "computer", turn('{"tool_name": "press_keys", "keys": ["a"], "presses": 99}'), "20 times"),
    ("ui-venus-2", "computer", act("Click(box=(3, 4))</action>\n<action>Click(box=(1, 2))"), "one action was wanted"),
    ("ui-venus-2", "computer", act("Click()"), "needs a point"),
    ("ui-venus-2", "computer", act("Click(box=(300, 400"), "not closed"),
    ("ui-venus-2", "computer", act("Sequence(actions=[Sequence(actions=[Wait()])])"), "another one"),
    ("ui-venus-2", "computer", act("KeyDown(keys=['ctrl'])"), "still held"),
    ("ui-venus-2", "computer", act(f"Sequence(actions=[{', '.join(['Wait()'] * 40)}])"), "32 actions"),
    ("ui-venus-2", "computer", act("Fly(box=(1, 2))"), "found 'fly'"),
    ("autoglm-phone", "phone", do('do(action="Fly")'), "found 'fly'"),
    ("autoglm-phone", "phone", do('do(action="Tap", element=[1001,5])'), "x must lie from 0 to 1000"),
    ("autoglm-phone", "phone", "I cannot.", "was wanted"),
    ("opencua", "computer", code("__import__('os').system('true')"), "no call of pyautogui"),
    ("opencua", "computer", code("x = 1\npyautogui.click(1, 2)"), "no call of pyautogui"),
    ("opencua", "computer", code("pyautogui.click(x=644, y=5)"), "x must lie from 0 to 643"),
    ("opencua", "computer", code("pyautogui.press('a', presses=1000000)"), "20 times"),
    ("opencua", "computer", code("while True: pass"), "no call of pyautogui"),
]


@pytest.mark.parametrize(("name", "surface", "text", "reason"), UNREADABLE, ids=lambda value: str(value)[:60])
def test_what_cannot_be_meant_is_unreadable_and_says_why(name: str, surface: Surface, text: str, reason: str) -> None:
    dialect = dialect_named(name, surface=surface)
    move = dialect.read(text, dialect.fit(SEEN.size), ()).move
    assert isinstance(move, Unreadable)
    assert reason in move.reason


def test_notes_are_kept_apart_from_thoughts() -> None:
    holo = dialect_named("holo3").read(
        turn('{"tool_name": "wait"}', '"code 7"'), dialect_named("holo3").fit(SEEN.size), ()
    )
    assert (holo.note, holo.thought) == ("code 7", "so")
    fara = dialect_named("fara-7b")
    noted = fara.read(call('{"action": "pause_and_memorize_fact", "fact": "code 7"}'), fara.fit(SEEN.size), ())
    assert noted.note == "code 7"


GROUNDERS = {
    "(320,200)": Point(320, 200),
    "(320, 200)": Point(320, 200),
    " (320,200)\n": Point(320, 200),
    "( 320 , 200 )": Point(320, 200),
    "(320.0, 200.0)": Point(320, 200),
    "The element is at (320, 200).": Point(320, 200),
    "Answer: (320,200)": Point(320, 200),
    "**(320, 200)**": Point(320, 200),
    "`(320, 200)`": Point(320, 200),
    "```\n(320, 200)\n```": Point(320, 200),
    "The OK button, at\n(320,200)": Point(320, 200),
    "(0,0)": Point(0, 0),
    "(0, 391)": Point(0, 391),
    "(643,0)": Point(643, 0),
    "(643,391)": Point(643, 391),
    "(12,13)": Point(12, 13),
    "[320, 200]": Point(320, 200),
    '{"x": 320, "y": 200}': Point(320, 200),
    '[{"point_2d": [320, 200], "label": "x"}]': Point(320, 200),
    "(300, 190, 340, 210)": Point(320, 200),
}


@pytest.mark.parametrize("text", GROUNDERS)
def test_gta1_points_in_pixels_of_the_picture(text: str) -> None:
    dialect = dialect_named("gta1")
    fit = dialect.fit(SEEN.size)
    (found,) = dialect.read_where(text, fit)
    assert found.at == fit.to_screen(GROUNDERS[text].x, GROUNDERS[text].y)
