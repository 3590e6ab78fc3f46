"""A stroke of the finger is taken for what Android takes it for."""

import pytest

from devices.simphone.gestures import Hold, Path, Stroke, Tap, gesture

LINE = [(n / 100, 300, 900 - 9 * n) for n in range(31)]  # 270 pixels up in 0.3 s


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ([(0.0, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.3, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.2, 15, 20), (0.3, 5, 6)], Tap(5, 6)),
        ([(0.0, 5, 6), (0.5, 8, 9)], Hold(5, 6)),
        ([(0.0, 300, 900), (0.9, 300, 400)], Stroke(300, 900, 0, -500, False, 0)),
        ([(0.0, 300, 900), (0.6, 300, 900), (1.5, 300, 400)], Stroke(300, 900, 0, -500, True, 0)),
        (LINE, Stroke(300, 900, 0, -270, False, 0)),
        ([(0.0, 300, 900), (0.1, 300, 500)], Stroke(300, 900, 0, -400, False, -400)),
    ],
)
def test_tap_long_press_and_drag_are_told_apart(path: Path, meaning: object) -> None:
    assert gesture(path, density=2.0) == meaning


def test_a_finger_that_stops_before_it_leaves_does_not_fling() -> None:
    stopped = [(0.0, 300, 900), (0.1, 300, 500), (0.3, 300, 500)]
    assert gesture(stopped, density=2.0) == Stroke(300, 900, 0, -400, False, 0)
