"""Places as real models answer them: what has a form wins, boxes are boxes, and no number in words is a place."""

import pytest

from agent.dialects.families import dialect_named
from devices import Box, Point

SIZE = (1000, 1000)
CLICK = '{"name": "computer_use", "arguments": {"action": "left_click", "coordinate": [100, 200]}}'
TOOL = f"<tool_call>\n{CLICK}\n</tool_call>"

Place = tuple[int, int] | tuple[int, int, int, int]


def places(text: str, name: str = "qwen3-vl") -> list[Place]:
    dialect = dialect_named(name)
    found = dialect.read_where(text, dialect.fit(SIZE))
    return [(at.box.left, at.box.top, at.box.right, at.box.bottom) if at.box else (at.at.x, at.at.y) for at in found]


KINDS: dict[str, list[Place]] = {
    '[{"point_2d":[100,200],"label":"cell (3,4)"}]': [(100, 200)],
    'I see 3 cells at (3, 4) and [5, 6]. [{"point_2d":[100,200]}]': [(100, 200)],
    'It is 3 px [approx] {"x": 5, "y": 6}': [(5, 6)],
    'The picture is 16:9 (16, 9).\n```json\n{"point_2d":[7,8]}\n```\nSee (1, 2).': [(7, 8)],
    TOOL: [(100, 200)],
    '{"name":"left_click","arguments":[100,200]}': [(100, 200)],
    '{"name":"left_click","arguments":"{\\"coordinate\\": [100, 200]}"}': [(100, 200)],
    "Thought: I see (3,4).\nAction: click(start_box='(100,200)')": [(100, 200)],
    "pyautogui.click(x=100, y=200)": [(100, 200)],
    "Click(352, 348)": [(352, 348)],
    "x=10, y=20": [(10, 20)],
    '[{"bbox_2d":[-5,10,50,60]},{"bbox_2d":[2000,2000,3000,3000]},{"bbox_2d":[10,10,1100,40]}]': [
        (0, 10, 50, 60),
        (10, 10, 1000, 40),
    ],
    '[{"point_2d":[5000,5]},{"point_2d":[5,6]}]': [(5, 6)],
    "- Top-left corner: (625, 759)\n- Bottom-right corner: (929, 788)": [(625, 759, 929, 788)],
    "from (1,2) to (3,4)": [(1, 2, 3, 4)],
    "It is located at (450, 220) and has a width of 50 and a height of 40.": [(450, 220, 500, 260)],
    '{"x": 10, "y": 20, "width": 30, "height": 40}': [(10, 20, 40, 60)],
    "<|box_start|>(51,895,101,935)<|box_end|>": [(51, 895, 101, 935)],
    "I see cell (3,4). The button is at (100,200).": [(100, 200)],
    "not (3,4) but (100,200)": [(100, 200)],
    "The cells [3, 4] and so on; the point is [100, 200]": [(100, 200)],
    "(5, 5) no.</think>(300,300)": [(300, 300)],
    '<think>{"point_2d": [5, 5]}</think>{"point_2d": [300, 300]}': [(300, 300)],
    '<grounding_think>(5,5)</grounding_think><answer>{"coordinate":[30,40]}</answer>': [(30, 40)],
    '{"point_2d": [1,2]}\n{"point_2d": [3,4]}': [(1, 2), (3, 4)],
    '[{"point_2d": [1,2], "label":"a"}, {"point_2d": [3,': [(1, 2)],
    '{"thought": "x", "result": [769, 70]}': [(769, 70)],
    '{"locate": {"prompt": "the "search" box", "bbox": [630, 312, 750, 342]}}': [(630, 312, 750, 342)],
    '{"point_2d": ["10", "20"]}': [(10, 20)],
    '{"thought": "x at (1,2)", "point": null}': [],
    '{"coordinate": [-1,-1]}': [],
    "there is no button at (3,4)": [],
    "[]": [],
}


@pytest.mark.parametrize("text", KINDS)
def test_the_places_are_those_that_a_person_reads(text: str) -> None:
    assert places(text) == KINDS[text]


UNREADABLE = {
    "(3,4) or (100,200)?": "no word says which",
    '{"point_2d": [100, 20': "still to come",
    '{"bbox_2d":[50,60,10,20]}': "left top",
    '[{"bbox_2d":[2000,2000,3000,3000]}]': "inside the picture",
    '{"action":"click","x":72}': "two numbers",
    '{"confidence": 0.9}': "boxes or points were wanted",
    "<think>(5,5)": "one thought",
    "It has 3 rows, 4 columns.": "boxes or points were wanted",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_no_place_is_made_up(text: str) -> None:
    with pytest.raises(ValueError, match=UNREADABLE[text]):
        places(text)


def test_the_order_of_box_2d_belongs_to_the_family() -> None:
    answer = '[{"box_2d": [10, 20, 30, 60], "label": "a"}]'
    assert places(answer) == [(10, 20, 30, 60)]
    assert places(answer, "gemini") == [(20, 10, 60, 30)]
    assert places('{"point": [10, 900]}', "gemini") == [(900, 10)]
    assert places('{"point_2d": [900, 10]}', "gemini") == [(900, 10)]


def test_a_box_that_sticks_out_has_its_middle_on_the_picture() -> None:
    dialect = dialect_named("qwen3-vl")
    (found,) = dialect.read_where('{"bbox_2d": [900, 900, 3000, 3000]}', dialect.fit(SIZE))
    assert (found.box, found.at) == (Box(900, 900, 1000, 1000), Point(950, 950))
