"""What is seen is the screen that is there now, and a point means the pixel it was chosen on."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import ActionRefused, Box, Click, DeviceLost, MoveTo, Point, Press, Stop
from devices.desktop import Desktop
from devices.desktop.geometry import Geometry
from devices.desktop.x11 import X11
from tests.conftest import Window, private_display, until
from tests.test_desktop import NoApps


@pytest.fixture
def desktop(x_display: str) -> Iterator[Desktop]:
    with closing(Desktop(Stop(), NoApps(), display_name=x_display)) as device:
        yield device


@pytest.mark.parametrize("scale", [1, 2, 1.5, 1.25])
def test_the_pointer_goes_to_the_unit_that_holds_the_pixel(scale: float) -> None:
    screen = Geometry(-1280, -40, 1280, 800, (round(1280 * scale), round(800 * scale)))
    wide, high = screen.size
    assert screen.pointer_at(Point(0, 0)) == (-1280, -40)
    assert screen.pointer_at(Point(wide - 1, high - 1)) == (-1, 759)
    assert screen.pointer_at(Point(wide // 2, high // 2)) == (-640, 360)


@given(st.integers(0, 2559), st.integers(0, 1599))
def test_no_pixel_of_a_retina_screen_is_clicked_beside_itself(x: int, y: int) -> None:
    screen = Geometry(100, 50, 1280, 800, (2560, 1600))
    left, top = screen.pointer_at(Point(x, y))
    assert (left - 100) * 2 <= x < (left - 100 + 1) * 2
    assert (top - 50) * 2 <= y < (top - 50 + 1) * 2


def test_a_window_is_told_in_pixels_and_clipped_to_the_display() -> None:
    screen = Geometry(-1280, 0, 1280, 800, (2560, 1600))
    assert screen.box_of(-1290, 10, 20, 20) == Box(0, 20, 20, 60)
    assert screen.box_of(0, 0, 100, 100) is None


def test_the_window_in_front_comes_first_with_its_frame_and_title(desktop: Desktop, x_display: str) -> None:
    with closing(Window("tk_field", x_display)):
        until(lambda: len(desktop.observe().elements) == 1)
        with closing(Window("tk_field", x_display, "second")):
            until(lambda: len(desktop.observe().elements) == 2)
            second = next(one for one in desktop.observe().elements if one.text == "second")
            desktop.perform(Click(Point(second.box.center.x, second.box.bottom - 5)))
            until(lambda: desktop.observe().front == "second")
            seen = desktop.observe()
            assert [element.text for element in seen.elements] == ["second", "Tk field"]
            assert [element.focused for element in seen.elements] == [True, False]
            box = seen.elements[0].box
            assert (box.width, box.height) > (400, 200), "the frame belongs to the window"
    until(lambda: not desktop.observe().elements)
    assert desktop.observe().front == ""


def test_looking_costs_milliseconds(desktop: Desktop, x_display: str) -> None:
    with closing(Window("tk_field", x_display)):
        until(lambda: desktop.observe().elements)
        taken = []
        for _ in range(20):
            started = time.perf_counter()
            desktop.observe()
            taken.append(time.perf_counter() - started)
    assert sorted(taken)[10] < 0.02, f"{sorted(taken)[10] * 1000:.1f} ms"


def test_a_changed_resolution_is_noticed_and_a_point_from_before_it_refused() -> None:
    if shutil.which("xrandr") is None:
        pytest.skip("xrandr is not installed: sudo apt install x11-xserver-utils")
    stop = Stop()
    with private_display() as name, closing(Desktop(stop, NoApps(), display_name=name)) as desktop:
        assert desktop.observe().size == (1280, 800)
        desktop.perform(MoveTo(Point(1270, 790)))
        # Xvfb does resize, and xrandr complains all the same.
        subprocess.run(["xrandr", "--display", name, "--fb", "1024x600"], capture_output=True, check=False)
        with pytest.raises(ActionRefused, match=r"was 1280x800 .* is now 1024x600: look again"):
            desktop.perform(Click(Point(10, 10)))
        desktop.perform(Press(("shift",)))
        assert desktop.observe().size == (1024, 600)
        desktop.perform(Click(Point(1023, 599)))
        with pytest.raises(ActionRefused, match=r"x goes from 0 to 1023"):
            desktop.perform(Click(Point(1024, 599)))
        desktop.perform(MoveTo(Point(10, 10)))
        assert not stop.reason, "the server moved the pointer into the smaller screen, and no hand did"


def test_two_desktops_side_by_side_do_not_work_each_others_screen(x_display: str) -> None:
    with (
        private_display() as other,
        closing(Desktop(Stop(), NoApps(), display_name=x_display)) as here,
        closing(Desktop(Stop(), NoApps(), display_name=other)) as there,
        closing(X11(x_display)) as pointer_here,
        closing(X11(other)) as pointer_there,
    ):
        for x in (100, 200, 300):
            here.perform(MoveTo(Point(x, 10)))
            there.perform(MoveTo(Point(x, 20)))
            assert (pointer_here.pointer(), pointer_there.pointer()) == ((x, 10), (x, 20))


def test_a_display_that_is_not_there_is_said_and_not_guessed(x_display: str) -> None:
    with pytest.raises(DeviceLost, match="there is no display 7: this desktop has 1, counted from 0"):
        Desktop(Stop(), NoApps(), display_name=x_display, display=7)
