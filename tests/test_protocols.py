"""Every protocol calls the right answer right, and lets pass exactly what its source lets pass."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.episode import Finish, Move, Unreadable
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.protocols import PROTOCOLS, StepScore, protocol_named
from agent.evaluate.protocols.move_features import finger_direction, first_point
from agent.evaluate.protocols.texts import bag_f1, levenshtein_ratio, same_text, set_f1
from devices import (
    Box,
    Click,
    Drag,
    Element,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    TypeText,
    Wait,
)
from devices.device import Surface

ROOT = Path(__file__).parent.parent
SIZE = (1000, 2000)
SURFACES: tuple[Surface, ...] = ("phone", "computer")
BUTTON, CONTAINER = Area(400, 900, 600, 1000), Area(0, 0, 1000, 2000)
TARGET = Click(Point(500, 950))
UP, DOWN = Drag((Point(500, 1500), Point(500, 500))), Drag((Point(500, 500), Point(500, 1500)))
LEFT = Drag((Point(900, 1000), Point(100, 1000)))
GOLD_MOVES: tuple[Move, ...] = (
    TARGET,
    Click(Point(500, 950), "right", 2, ("ctrl",)),
    LongPress(Point(500, 950)),
    MoveTo(Point(500, 950)),
    UP,
    Scroll(Point(500, 950), "down"),
    TypeText("Hello, World"),
    TypeText("\n"),
    Press(("ctrl", "s")),
    Press(("back",)),
    Wait(2),
    OpenApp("Clock"),
    Finish(True, "42"),
    Finish(False),
)
BARE = Gold((GoldAnswer(TARGET),), SIZE, "phone")
BOXED = Gold((GoldAnswer(TARGET, (BUTTON, CONTAINER)),), SIZE, "phone")


def gold(move: Move, *areas: Area, elements: tuple[Element, ...] = ()) -> Gold:
    return Gold((GoldAnswer(move, areas),), SIZE, "phone", elements)


def right(protocol: str, of: Gold, move: Move) -> bool | None:
    score = protocol_named(protocol).score(of, move)
    return score.exact if score else None


POINTING = ("in-box", "screenspot")
"""These have a say only on steps that point into a box."""


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("move", GOLD_MOVES, ids=repr)
@pytest.mark.parametrize("surface", SURFACES)
def test_the_right_answer_is_right(name: str, move: Move, surface: Surface) -> None:
    points = first_point(move) is not None
    for areas in ((), (BUTTON, CONTAINER) if points else ()):
        step = replace(gold(move, *areas), surface=surface)
        score = PROTOCOLS[name].score(step, move)
        no_say = name in POINTING and not areas
        no_say |= name == "androidcontrol-smallest-box" and isinstance(move, Click | LongPress) and not areas
        assert score == (None if no_say else StepScore(same_type=True, value=1.0))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_an_unreadable_reply_is_never_right_and_never_gold(name: str) -> None:
    for move in GOLD_MOVES:
        score = PROTOCOLS[name].score(gold(move, BUTTON), Unreadable("no JSON"))
        assert score is None or (not score.same_type and score.value == 0)
        assert PROTOCOLS[name].score(gold(Unreadable("no JSON")), move) is None


POINTS = [
    # protocol, gold, where a click lands, right
    ("in-box", BOXED, (600, 1000), True),
    ("in-box", gold(TARGET, BUTTON), (601, 1000), False),
    ("in-box", BARE, (500, 950), None),
    ("screenspot", gold(TARGET, BUTTON), (400, 900), True),
    ("aitw", BARE, (500, 950 + 279), True),
    ("aitw", BARE, (500, 950 + 281), False),
    ("aitw", gold(TARGET, BUTTON), (740, 1070), True),  # 2.4 x: 260 to 740, 830 to 1070
    ("aitw", gold(TARGET, BUTTON), (741, 1070), False),
    ("aitz", gold(TARGET, BUTTON), (620, 1010), True),  # 1.2 x
    ("aitz", gold(TARGET, BUTTON), (621, 1010), False),
    ("aitz", BARE, (500, 1229), True),
    ("aitz", gold(TARGET, BUTTON), (0, 0), False),  # which the published script calls right
    ("androidcontrol-14pct", BOXED, (640, 950), True),
    ("androidcontrol-14pct", BOXED, (641, 950), False),
    ("androidcontrol-qwen", gold(TARGET, BUTTON), (620, 1010), True),
    ("androidcontrol-qwen", gold(TARGET, BUTTON), (620, 1011), False),
    ("androidcontrol-qwen", BARE, (540, 950), True),
    ("androidcontrol-qwen", BARE, (541, 950), False),
    ("androidcontrol-qwen", BOXED, (5, 5), True),  # the container lets it pass
    ("androidcontrol-smallest-box", BOXED, (600, 1000), True),
    ("androidcontrol-smallest-box", BOXED, (5, 5), False),
    ("androidcontrol-smallest-box", BARE, (500, 950), None),
    ("agentnet", gold(TARGET, BUTTON), (600, 1000), True),
    ("agentnet", BARE, (514, 950), True),
    ("agentnet", BARE, (515, 950), False),
    ("mind2web", gold(TARGET, BUTTON), (600, 1000), True),
    ("mind2web", gold(TARGET, BUTTON), (601, 1000), False),
    ("screenhand", BOXED, (600, 1000), True),
    ("screenhand", BOXED, (5, 5), False),
    ("screenhand", BARE, (540, 950), True),
    ("screenhand", BARE, (541, 950), False),
]


@pytest.mark.parametrize(("name", "step", "at", "verdict"), POINTS)
def test_where_a_click_may_land(name: str, step: Gold, at: tuple[int, int], verdict: bool | None) -> None:
    assert right(name, step, Click(Point(*at))) is verdict
    assert protocol_named(name).grounded(step, Click(Point(*at))) is verdict


MOVES = [
    ("aitw", TypeText("a"), TypeText("anything at all"), True),  # text is not looked at
    ("aitw", UP, DOWN, True),  # the axis is
    ("aitw", UP, LEFT, False),
    ("aitw", TARGET, UP, False),
    ("aitw", TARGET, Drag((Point(500, 950), Point(510, 960))), True),  # lifted within 4 %: a tap
    ("aitw", Press(("back",)), Press(("home",)), False),
    ("aitw", Finish(True), Finish(False), False),
    ("aitz", UP, Scroll(Point(1, 1), "down"), True),
    ("aitz", UP, Scroll(Point(1, 1), "up"), False),
    ("aitz", TypeText("clock"), TypeText(""), True),  # the empty text is part of every text
    ("aitz", TypeText("clocks"), TypeText("clacks"), True),
    ("aitz", TypeText("clock"), TypeText("radio"), False),
    ("aitz", Press(("back",)), Press(("home",)), False),
    ("aitz", Finish(True), Finish(False), True),
    ("androidcontrol-14pct", UP, Scroll(Point(1, 1), "up"), False),
    ("androidcontrol-14pct", TypeText("new york"), TypeText("new delhi"), True),  # its F1 sees one word
    ("androidcontrol-14pct", TypeText("new york"), TypeText(""), False),
    ("androidcontrol-14pct", TARGET, LongPress(Point(500, 950)), False),
    ("androidcontrol-qwen", TypeText("new york"), TypeText(""), True),
    ("androidcontrol-qwen", TypeText("new york"), TypeText("E"), True),
    ("androidcontrol-qwen", TypeText("new york"), TypeText(" NEW "), True),
    ("androidcontrol-qwen", UP, DOWN, True),
    ("androidcontrol-qwen", OpenApp("Clock"), TARGET, False),
    ("androidcontrol-qwen", Press(("back",)), Press(("home",)), False),
    ("androidcontrol-smallest-box", UP, DOWN, False),
    ("androidcontrol-smallest-box", TypeText("a"), TypeText("A"), False),
    ("agentnet", Press(("ctrl", "s")), Press(("S", "ctrl")), True),
    ("agentnet", TARGET, Click(Point(500, 950), "right"), False),
    ("agentnet", Scroll(Point(500, 950), "down"), Scroll(Point(500, 950), "up"), True),
    ("agentnet", TypeText("hello world"), TypeText("hello worlds\n"), True),
    ("agentnet", TypeText("hello world"), TypeText(""), False),
    ("agentnet", Finish(True), Finish(False), False),
    ("mind2web", TypeText("New York"), TypeText("york, new"), True),
    ("mind2web", TypeText("New York"), TypeText("york"), False),
    ("screenhand", TypeText("Straße  1"), TypeText("STRASSE 1\n"), True),
    ("screenhand", TypeText("hello"), TypeText(""), False),
    ("screenhand", TypeText(""), TypeText(""), False),  # the empty text is never right
    ("screenhand", TypeText("hello"), TypeText("hello world"), False),
    ("screenhand", UP, Scroll(Point(1, 1), "down"), True),
    ("screenhand", UP, DOWN, False),
    ("screenhand", TARGET, replace(TARGET, times=2), False),
    ("screenhand", Press(("control", "S")), Press(("s", "ctrl")), True),
    ("screenhand", Press(("ctrl", "s")), Press(("ctrl", "a")), False),
    ("screenhand", Finish(True, "42"), Finish(True, "41"), False),
    ("screenhand", Finish(True), Finish(True, "done"), True),
    ("screenhand", Wait(1), Wait(5), True),
    ("screenhand", OpenApp("Clock"), OpenApp("clock"), True),
]


@pytest.mark.parametrize(("name", "wanted", "found", "verdict"), MOVES)
def test_what_else_passes(name: str, wanted: Move, found: Move, verdict: bool) -> None:
    assert right(name, gold(wanted), found) is verdict


def test_opening_an_app_by_its_icon_is_opening_it() -> None:
    step = gold(OpenApp("Clock"), BUTTON)
    assert right("androidcontrol-qwen", step, TARGET)
    assert right("androidcontrol-smallest-box", step, TARGET)
    assert not right("screenhand", step, TARGET)
    back = Element("button", "Go back", Box(0, 0, 100, 100))
    assert right("androidcontrol-smallest-box", gold(Press(("back",)), elements=(back,)), Click(Point(5, 5)))


def test_any_of_the_alternatives_is_right() -> None:
    step = Gold((GoldAnswer(TARGET, (BUTTON,)), GoldAnswer(Press(("enter",)))), SIZE)
    for name in ("agentnet", "screenhand"):
        assert right(name, step, Press(("enter",)))
        assert right(name, step, TARGET)
        assert not right(name, step, Click(Point(5, 5)))


def test_a_drag_on_a_desktop_is_judged_by_both_its_ends() -> None:
    desktop, phone = replace(gold(UP), surface="computer"), gold(UP)
    short = Drag((Point(500, 1500), Point(500, 1200)))
    assert right("screenhand", phone, short)
    assert not right("screenhand", desktop, short)
    assert not right("screenhand", desktop, Scroll(Point(500, 1500), "down"))


def test_agentnet_gives_a_share_for_what_is_nearly_right() -> None:
    score = protocol_named("agentnet").score(BARE, Click(Point(524, 950)))
    assert score
    assert 0.2 < score.value < 0.4
    assert score.same_type


@given(st.integers(0, 999), st.integers(0, 1999))
def test_swiping_and_scrolling_agree_on_where_the_finger_goes(x: int, y: int) -> None:
    assert finger_direction(Drag((Point(x, y), Point(x, y)))) is None
    assert (
        finger_direction(Drag((Point(x, y), Point(x, y - 1)))) == finger_direction(Scroll(Point(x, y), "down")) == "up"
    )
    assert (
        finger_direction(Drag((Point(x, y), Point(x + 2, y - 1))))
        == finger_direction(Scroll(Point(x, y), "left"))
        == "right"
    )


@given(st.text(), st.text())
def test_measures_of_text_are_symmetric_and_whole_for_equals(one: str, other: str) -> None:
    for measure in (set_f1, bag_f1, levenshtein_ratio):
        assert measure(one, other) == measure(other, one)
        assert 0 <= measure(one, other) <= 1
    assert same_text(one, one) is bool(one)
    assert not same_text(one, "")


def test_an_unknown_protocol_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"androidcontrol.*aitz.*androidcontrol-qwen.*mind2web"):
        protocol_named("androidcontrol")


def test_the_table_in_the_readme_says_what_the_code_accepts() -> None:
    table = (ROOT / "recordings" / "README.md").read_text()
    for protocol in PROTOCOLS.values():
        row = protocol.accepts
        wanted = f"| `{protocol.name}` v{protocol.version} | {row.point} | {row.text} | {row.scroll} | {row.other} |"
        assert wanted in table, f"add or mend this row:\n{wanted}"
    assert len(re.findall(r"^\| `[a-z0-9-]+` v\d", table, re.MULTILINE)) == len(PROTOCOLS)
