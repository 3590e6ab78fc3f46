"""Where a finger goes: scaled screens, directions, and swipes that keep off the edges."""

import re

import pytest

from devices import Click, Drag, Point, Press, Scroll
from devices.actions import Direction
from devices.android.geometry import in_units
from devices.android.input import NOTCH, drag_commands, scroll_commands

SIZE = (1080, 2400)


@pytest.mark.parametrize(
    ("at", "units", "to"),
    [
        (Point(0, 0), (540, 1200), Point(0, 0)),
        (Point(1079, 2399), (540, 1200), Point(539, 1199)),
        (Point(1079, 2399), (1440, 3200), Point(1439, 3199)),
        (Point(540, 1200), (1440, 3200), Point(720, 1600)),
        (Point(5, 6), SIZE, Point(5, 6)),
        (Point(5, 6), None, Point(5, 6)),
        (Point(5, 6), (2400, 1080), Point(5, 6)),
    ],
)
def test_a_screen_that_draws_at_another_size_is_touched_where_it_was_pointed_at(
    at: Point, units: tuple[int, int] | None, to: Point
) -> None:
    assert in_units(Click(at), SIZE, units) == Click(to)
    assert in_units(Drag((at, at)), SIZE, units) == Drag((to, to))
    assert in_units(Press(("a",)), SIZE, units) == Press(("a",))


def swipes(action: Scroll) -> list[tuple[int, ...]]:
    return [tuple(map(int, re.findall(r"\d+", line)[:4])) for line in scroll_commands(action, SIZE)]


@pytest.mark.parametrize(
    ("direction", "moves"), [("down", (0, -1)), ("up", (0, 1)), ("right", (-1, 0)), ("left", (1, 0))]
)
@pytest.mark.parametrize("at", [Point(540, 1200), Point(0, 0), Point(1079, 2399), Point(3, 2000)])
@pytest.mark.parametrize("notches", [1, 3, 40])
def test_the_finger_moves_against_what_comes_into_view(
    direction: Direction, moves: tuple[int, int], at: Point, notches: int
) -> None:
    found = swipes(Scroll(at, direction, notches))
    for x, y, to_x, to_y in found:
        assert ((to_x > x) - (to_x < x), (to_y > y) - (to_y < y)) == moves
        assert 0 <= min(x, to_x) <= max(x, to_x) < SIZE[0]
        assert 0 <= min(y, to_y) <= max(y, to_y) < SIZE[1]
        along = (y, to_y, SIZE[1]) if moves[1] else (x, to_x, SIZE[0])
        assert min(along[:2]) >= 0.11 * along[2], "a swipe from the edge is the system's"
        assert max(along[:2]) <= 0.89 * along[2]
    whole = sum(abs(to_x - x) + abs(to_y - y) for x, y, to_x, to_y in found)
    assert whole == pytest.approx(notches * NOTCH * (SIZE[1] if moves[1] else SIZE[0]), abs=len(found))


def test_a_path_goes_through_each_point_in_its_share_of_the_time_and_ends_with_the_finger_up() -> None:
    path = (Point(0, 0), Point(30, 0), Point(30, 90))
    assert drag_commands(Drag(path, 0.4)) == (
        "input motionevent DOWN 0 0",
        "sleep 0.100",
        "input motionevent MOVE 30 0",
        "sleep 0.300",
        "input motionevent MOVE 30 90",
        "input motionevent UP 30 90",
    )
