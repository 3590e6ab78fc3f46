"""A stroke of the finger is taken for what Android takes it for."""

import numpy as np
import pytest

from devices.simphone.gesture_classifier import Hold, Path, Swipe, Tap, classify_gesture
from devices.simphone.phone import Phone

LINE = [(n / 100, 300, 900 - 9 * n) for n in range(31)]  # 270 pixels up in 0.3 s


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ([(0.0, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.3, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.2, 15, 20), (0.3, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.5, 8, 9)], Hold(5, 6)),
        ([(0.0, 300, 900), (0.9, 300, 400)], Swipe(300, 900, 0, -500, False, 0)),
        ([(0.0, 300, 900), (0.6, 300, 900), (1.5, 300, 400)], Swipe(300, 900, 0, -500, True, 0)),
        (LINE, Swipe(300, 900, 0, -270, False, 0)),
        ([(0.0, 300, 900), (0.1, 300, 500)], Swipe(300, 900, 0, -400, False, -400)),
    ],
)
def test_tap_long_press_and_drag_are_told_apart(path: Path, meaning: object) -> None:
    assert classify_gesture(path, density=2.0) == meaning


def test_a_finger_that_stops_before_it_leaves_does_not_fling() -> None:
    stopped = [(0.0, 300, 900), (0.1, 300, 500), (0.3, 300, 500)]
    assert classify_gesture(stopped, density=2.0) == Swipe(300, 900, 0, -400, False, 0)


def test_a_list_follows_the_finger_while_it_is_down_and_a_tap_waits_until_it_is_lifted() -> None:
    now = [0.0]
    phone = Phone((540, 1200), clock=lambda: now[0], animations=False)
    phone.start("com.android.settings")
    before, tops = phone.frame(), []
    phone.held_touch.down(270, 900)
    for y in (899, 700, 500):
        now[0] += 0.2
        phone.held_touch.move(270, y)
        tops.append(next(node.box.top for node in phone.tree().walk() if node.text == "Display"))
    assert tops[0] - tops[1] == 200
    assert tops[1] - tops[2] == 200
    now[0] += 1.0
    phone.held_touch.up(270, 500)
    assert not np.array_equal(phone.frame(), before)
    assert phone.front[1].endswith("Settings"), "a finger that scrolled has pressed nothing"
    assert phone.input_log == ["touch 270,900 to 270,500 in 1.6 s"]

    display = next(node.box.center for node in phone.tree().walk() if node.text == "Display")
    phone.held_touch.down(display.x, display.y)
    now[0] += 0.1
    phone.held_touch.cancel()
    phone.held_touch.up(display.x, display.y)
    assert len(phone.input_log) == 1
    phone.held_touch.down(display.x, display.y)
    phone.held_touch.up(display.x, display.y)
    assert any(node.text == "Brightness level" for node in phone.tree().walk())
