"""What the hands do is what a program's window receives."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any

import pytest

from devices import (
    ActionRefused,
    Box,
    Click,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    Stop,
    TypeText,
)
from devices.desktop import Desktop
from devices.desktop.input import steps
from tests.conftest import Window, until
from tests.test_desktop import NoApps
from tests.test_desktop_guard import down, x11

__all__ = ["x11"]


@pytest.fixture
def desktop(x_display: str) -> Iterator[Desktop]:
    with closing(Desktop(Stop(), NoApps(), display_name=x_display)) as device:
        yield device


@pytest.fixture
def window(desktop: Desktop, x_display: str) -> Iterator[Window]:
    with closing(Window("tk_events", x_display)) as program:
        until(lambda: desktop.observe().elements)
        desktop.perform(Click(middle(desktop)))
        until(lambda: desktop.observe().front)
        program.take()
        yield program


def box(desktop: Desktop) -> Box:
    return desktop.observe().elements[0].box


def middle(desktop: Desktop) -> Point:
    return box(desktop).center


def presses(events: list[Any]) -> list[Any]:
    return [event for event in events if event[0] in ("down", "up")]


@pytest.mark.parametrize(("button", "number"), [("left", 1), ("middle", 2), ("right", 3)])
def test_each_button_is_the_button_that_was_named(desktop: Desktop, window: Window, button: Any, number: int) -> None:
    at = middle(desktop)
    desktop.perform(Click(at, button))
    assert presses(window.take()) == [["down", number, at.x, at.y, []], ["up", number, at.x, at.y, []]]


@pytest.mark.parametrize(("times", "named"), [(1, []), (2, [["Double"]]), (3, [["Double"], ["Triple"]])])
def test_two_clicks_are_a_double_click_and_three_a_triple(
    desktop: Desktop, window: Window, times: int, named: list[Any]
) -> None:
    desktop.perform(MoveTo(Point(5, 5)))
    Stop().wait(0.6)  # longer than Tk's double-click time, so that the fixture's click does not count
    desktop.perform(Click(middle(desktop), times=times))
    events = window.take()
    assert [event[0] for event in presses(events)] == ["down", "up"] * times
    assert [event for event in events if event[0] in ("Double", "Triple")] == named


def test_modifiers_are_down_during_the_click_and_up_after_it(desktop: Desktop, window: Window, x11: Any) -> None:
    desktop.perform(Click(middle(desktop), holding=("Control_L", "shift")))
    first, second = presses(window.take())
    assert first[4] == second[4] == ["shift", "ctrl"]
    assert not down(x11)


@pytest.mark.parametrize(("direction", "number"), [("up", 4), ("down", 5), ("left", 6), ("right", 7)])
def test_scrolling_brings_into_view_what_was_named(
    desktop: Desktop, window: Window, direction: Any, number: int
) -> None:
    # X11's wheel: 4 is away from the person and shows what is above, 5 below, 6 left, 7 right. Tk knows no 6 and 7.
    desktop.perform(Scroll(middle(desktop), direction, 3))
    if number < 6:
        assert [event[1] for event in presses(window.take()) if event[0] == "down"] == [number] * 3


def test_a_drag_passes_every_point_of_its_path_with_the_button_down(desktop: Desktop, window: Window) -> None:
    left, top = box(desktop).left + 50, box(desktop).top + 60
    path = (Point(left, top), Point(left + 300, top), Point(left + 300, top + 200))
    desktop.perform(Drag(path, 0.2))
    events = window.take()
    dragged = [tuple(event[1:3]) for event in events if event[0] == "move" and event[3]]
    assert {(point.x, point.y) for point in path[1:]} <= set(dragged), "a corner was cut"
    assert len(dragged) >= 8, "it jumped"
    first, last = presses(events)
    assert first[:4] == ["down", 1, left, top]
    assert last[:4] == ["up", 1, left + 300, top + 200]


def test_a_drags_steps_are_even_and_end_where_they_should() -> None:
    points = [(0, 0), *steps([(0, 0), (90, 0), (90, 30)], 6)]
    assert points == [(0, 0), (30, 0), (60, 0), (90, 0), (90, 10), (90, 20), (90, 30)]
    assert all(before != after for before, after in pairwise(points))


def test_a_long_press_lasts(desktop: Desktop, window: Window, x11: Any) -> None:
    desktop.perform(LongPress(middle(desktop), 0.1))
    assert [event[0] for event in presses(window.take())] == ["down", "up"]
    assert not down(x11)


def test_a_chord_goes_down_in_order_and_up_in_reverse(desktop: Desktop, window: Window) -> None:
    desktop.perform(Press(("ctrl", "Shift", "F5")))
    assert window.take() == [
        ["key down", "Control_L"],
        ["key down", "Shift_L"],
        ["key down", "F5"],
        ["key up", "F5"],
        ["key up", "Shift_L"],
        ["key up", "Control_L"],
    ]


@pytest.mark.parametrize(
    ("layout", "text"),
    [("de", 'Grüße "zyZY" @€ {}\\ <>|'), ("fr", "azerty 12 <é> @#"), ("ru", "Привет, hello! 12"), ("gr", "Γειά abc;")],
)
def test_text_does_not_depend_on_the_layout(desktop: Desktop, x_display: str, layout: str, text: str) -> None:
    with closing(Window("gtk_field", x_display)) as field:
        until(lambda: desktop.observe().elements)
        desktop.perform(Click(middle(desktop)))
        until(lambda: desktop.observe().front)
        subprocess.run(["setxkbmap", "-display", x_display, "-layout", layout], check=True)
        try:
            desktop.perform(TypeText(text))
            desktop.perform(Press(("y",)))
            assert field.take() == text + "y"
        finally:
            subprocess.run(["setxkbmap", "-display", x_display, "-layout", "us"], check=True)


def test_nothing_is_typed_while_a_person_holds_a_modifier(desktop: Desktop, window: Window, x11: Any) -> None:
    from Xlib import X
    from Xlib.ext.xtest import fake_input

    fake_input(x11.display, X.KeyPress, 37)
    x11.display.sync()
    try:
        with pytest.raises(ActionRefused, match="Control is held down"):
            desktop.perform(TypeText("s"))
    finally:
        fake_input(x11.display, X.KeyRelease, 37)
        x11.display.sync()
    assert [event for event in window.take() if event[-1] == "s"] == []


class Starts:
    """A launcher that opens a Tk window whatever it is asked for, or nothing."""

    def __init__(self, display: str, double: str) -> None:
        self._display, self._double = display, double
        self.opened: list[Window] = []

    def start(self, name: str) -> None:
        if self._double:
            self.opened.append(Window(self._double, self._display, name))


def test_opening_an_app_returns_when_its_window_is_there(x_display: str) -> None:
    apps = Starts(x_display, "tk_field")
    with closing(Desktop(Stop(), apps, display_name=x_display)) as desktop:
        desktop.perform(OpenApp("Notes"))
        try:
            assert [element.text for element in desktop.observe().elements] == ["Notes"]
        finally:
            apps.opened[0].close()
        until(lambda: not desktop.observe().elements)


def test_an_app_that_shows_no_window_is_not_called_open(x_display: str) -> None:
    with (
        closing(Desktop(Stop(), Starts(x_display, ""), display_name=x_display, app_seconds=0.2)) as desktop,
        pytest.raises(ActionRefused, match=r"'Ghost' was started but showed no window within 0.2 seconds"),
    ):
        desktop.perform(OpenApp("Ghost"))
