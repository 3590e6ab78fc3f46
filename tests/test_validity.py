"""What no device would accept is refused in words, and nothing sensible is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import ActionRefused, Click, Drag, Point, Scroll, TypeText, Wait
from devices.validity import refuse_invalid
from tests.device_contract import EVERY_ACTION

SIZE = (60, 40)


def test_no_sensible_action_is_refused() -> None:
    for action in EVERY_ACTION:
        refuse_invalid(action, SIZE)


@pytest.mark.parametrize("x", [0, 59])
@pytest.mark.parametrize("y", [0, 39])
def test_corner_pixels_are_on_the_screen(x: int, y: int) -> None:
    refuse_invalid(Click(Point(x, y)), SIZE)


def test_every_point_of_a_drag_is_looked_at_not_only_the_first() -> None:
    with pytest.raises(ActionRefused, match=r"\(60, 0\) is outside .* x goes from 0 to 59"):
        refuse_invalid(Drag((Point(0, 0), Point(60, 0), Point(1, 1))), SIZE)


def test_a_control_character_is_named_with_its_place() -> None:
    with pytest.raises(ActionRefused, match=r"U\+0007 at place 2"):
        refuse_invalid(TypeText("ab\x07c\x08"), SIZE)


def test_newline_tab_accents_and_emoji_families_are_not_control_characters() -> None:
    refuse_invalid(TypeText("a\tb\nÉ 中文 👩‍👩‍👧 \u00a0"), SIZE)


@given(st.integers(), st.integers())
def test_a_point_is_refused_exactly_when_it_is_no_pixel_of_the_screen(x: int, y: int) -> None:
    inside = x in range(60) and y in range(40)
    try:
        refuse_invalid(Scroll(Point(x, y), "up"), SIZE)
    except ActionRefused:
        assert not inside
    else:
        assert inside


@given(st.floats())
def test_a_wait_that_would_never_end_is_refused(seconds: float) -> None:
    try:
        refuse_invalid(Wait(seconds), SIZE)
    except ActionRefused:
        assert not 0 <= seconds <= 60
    else:
        assert 0 <= seconds <= 60
