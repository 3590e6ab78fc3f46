"""A hand on the pointer stops everything at once; the agent's own moves never do."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from devices import Action, Click, Drag, LongPress, MoveTo, Point, Stop, Stopped, TypeText, Wait
from devices.desktop import Desktop
from devices.desktop.x11 import X11
from tests.conftest import Window, until
from tests.test_desktop import NoApps
from tests.test_desktop_guard import down

CENTER = Point(640, 400)


class Hand:
    """A person's hand: another connection that moves the pointer."""

    def __init__(self, display: str) -> None:
        self.x11 = X11(display)

    def move(self, x: int, y: int) -> None:
        from Xlib import X
        from Xlib.ext.xtest import fake_input

        fake_input(self.x11.display, X.MotionNotify, x=x, y=y)
        self.x11.display.sync()

    def close(self) -> None:
        self.x11.close()


@pytest.fixture
def hand(x_display: str) -> Iterator[Hand]:
    with closing(Hand(x_display)) as person:
        yield person


@pytest.fixture
def stop() -> Stop:
    return Stop()


@pytest.fixture
def desktop(x_display: str, stop: Stop) -> Iterator[Desktop]:
    with closing(Desktop(stop, NoApps(), display_name=x_display, watch_pointer=True)) as device:
        yield device


@pytest.mark.parametrize(
    "action",
    [
        Drag((Point(100, 100), Point(900, 600)), 20, holding=("shift",)),
        LongPress(Point(100, 100), 20),
        Wait(20),
    ],
)
def test_a_moved_pointer_ends_what_is_being_done_within_a_tenth_of_a_second(
    desktop: Desktop, stop: Stop, hand: Hand, action: Action
) -> None:
    desktop.perform(MoveTo(Point(100, 100)))
    moved = []

    def take_the_mouse() -> None:
        Stop().wait(0.2)
        moved.append(time.perf_counter())
        hand.move(1100, 50)

    person = threading.Thread(target=take_the_mouse)
    person.start()
    with pytest.raises(Stopped, match=r"moved by hand from \(.*\) to \(1100, 50\)"):
        desktop.perform(action)
    stopped = time.perf_counter()
    person.join()
    assert stopped - moved[0] < 0.1
    assert not down(hand.x11)
    assert hand.x11.pointer() == (1100, 50), "the pointer belongs to the person now"
    with pytest.raises(Stopped):
        desktop.perform(Click(CENTER))


def test_typing_ends_when_the_pointer_is_moved(desktop: Desktop, hand: Hand, x_display: str) -> None:
    with closing(Window("tk_field", x_display)) as field:
        (window,) = until(lambda: desktop.observe().elements)
        desktop.perform(Click(window.box.center))
        until(lambda: desktop.observe().front)
        person = threading.Timer(0.3, hand.move, (3, 3))
        person.start()
        with pytest.raises(Stopped, match="moved by hand"):
            desktop.perform(TypeText("x" * 100_000))
        person.join()
        typed = len(field.take())
        Stop().wait(0.1)
        assert field.take() == ""
        assert 0 < typed < 100_000


def test_a_pointer_moved_while_the_agent_thinks_is_noticed_in_the_background(
    desktop: Desktop, stop: Stop, hand: Hand
) -> None:
    desktop.perform(MoveTo(CENTER))
    hand.move(CENTER.x + 10, CENTER.y)
    moved = time.perf_counter()
    until(lambda: stop.reason)
    assert time.perf_counter() - moved < 0.1


def test_a_hand_is_seen_before_the_agent_has_moved_at_all(desktop: Desktop, stop: Stop, hand: Hand) -> None:
    hand.move(50, 60)
    with pytest.raises(Stopped, match=r"by hand from .* to \(50, 60\)"):
        desktop.perform(Wait(5.0))


def test_the_agents_own_moves_edges_and_corners_never_stop_it(desktop: Desktop, stop: Stop) -> None:
    draw = random.Random(3)
    width, height = desktop.observe().size
    edges = [Point(x, y) for x in (0, width - 1) for y in (0, height - 1)]
    for turn in range(150):
        point = draw.choice(edges) if turn % 3 else Point(draw.randrange(width), draw.randrange(height))
        desktop.perform(draw.choice((Click(point), MoveTo(point), Drag((point, CENTER), 0.02))))
    assert not stop.reason


def test_a_sandbox_nobody_sees_is_not_watched(x_display: str, hand: Hand) -> None:
    stop = Stop()
    with closing(Desktop(stop, NoApps(), display_name=x_display, watch_pointer=False)) as desktop:
        desktop.perform(MoveTo(CENTER))
        hand.move(10, 10)
        desktop.perform(Wait(0.1))
        desktop.perform(Click(CENTER))
        assert not stop.reason
