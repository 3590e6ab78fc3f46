"""The habits: each does its one thing, and every wrapped device still keeps the contract."""

from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
import pytest

from devices import (
    Action,
    ActionRefused,
    Box,
    Click,
    Device,
    Element,
    Observation,
    OpenApp,
    Point,
    Press,
    Scroll,
    Stop,
    TypeText,
    Wait,
)
from devices.replay import Replay
from devices.settled import Settled
from devices.toy import SIZE, Toy
from devices.wrappers import Confirmed, DryRun, Fresh
from tests.device_contract import MIDDLE, DeviceContract

SPOT = Point(60, 60)


class TestSettledContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop) -> Device:
        toy = Toy(stop)
        return Settled(Confirmed(Fresh(toy), lambda question: True, "always"), stop)


class TestDryRunContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop) -> Device:
        return DryRun(Toy(stop), stop)


class TestReplayContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop) -> Device:
        screen = Toy().observe()
        return Replay([screen, screen], [Click(MIDDLE)], stop=stop)


@dataclass
class Film:
    """A device that shows frame after frame, the last one for ever."""

    frames: list[Observation]
    name: str = "film"
    looks: int = 0
    done: list[Action] = field(default_factory=list)

    def observe(self) -> Observation:
        self.looks += 1
        return self.frames[min(self.looks, len(self.frames)) - 1]

    def perform(self, action: Action) -> None:
        self.done.append(action)

    def close(self) -> None:
        pass


def frame(*marks: tuple[int, int, int, int], front: str = "") -> Observation:
    """A grey 200 x 200 screen with white rectangles (left, top, right, bottom)."""
    pixels = np.full((200, 200, 3), 90, np.uint8)
    for left, top, right, bottom in marks:
        pixels[top:bottom, left:right] = 255
    return Observation(pixels, front)


@dataclass
class SlowFilm(Film):
    """A film whose elements take time: a glance has none."""

    whole: int = 0

    def glance(self) -> Observation:
        return super().observe()

    def observe(self) -> Observation:
        self.whole += 1
        return replace(super().observe(), elements=(Element("button", "OK", Box(0, 0, 9, 9)),))


CARET = (100, 100, 102, 118)
BUTTON = (80, 80, 130, 120)


def test_settled_waits_until_two_glances_agree() -> None:
    drawing = [frame((0, 0, 10 * n, 10)) for n in range(1, 6)]
    film = Film(drawing)
    seen = Settled(film, Stop()).observe()
    assert np.array_equal(seen.pixels, drawing[-1].pixels)
    assert film.looks == 6
    assert seen.settle > 0


def test_settled_is_not_held_up_by_a_caret() -> None:
    film = Film([frame(CARET) if n % 2 else frame() for n in range(1000)])
    Settled(film, Stop(), gap=0.001).observe()
    assert film.looks <= 3


def test_settled_gives_up_on_a_screen_that_never_rests() -> None:
    ticks = count()
    film = Film([frame((0, 0, n % 190 + 1, n % 180 + 1)) for n in range(400)])
    seen = Settled(film, Stop(), gap=0.0, budget=20, clock=lambda: float(next(ticks))).observe()
    assert seen.settle >= 20
    assert film.looks < 30


class Clock(Stop):
    """A stop on whose clock time passes only by waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def wait(self, seconds: float) -> None:
        self.now += seconds


class Dialog(Film):
    """A dialog whose pressed button lights up after 34 ms; at 541 ms the dialog is gone."""

    def __init__(self, clock: Clock) -> None:
        super().__init__([])
        self.clock = clock

    def observe(self) -> Observation:
        dark, lit, gone = frame(BUTTON, front="d"), frame(BUTTON, (0, 0, 9, 9), front="d"), frame(front="e")
        ages = ((0.034, dark), (0.541, lit), (9, gone))
        return next(look for until, look in ages if self.clock.now < until)


def test_settled_outlasts_a_button_that_lights_up_before_its_dialog_goes() -> None:
    clock = Clock()
    settled = Settled(Dialog(clock), clock, clock=lambda: clock.now)
    settled.observe()
    clock.now = 0.0
    settled.perform(Press(("enter",)))
    assert np.array_equal(settled.observe().pixels, frame().pixels)


NO_ANSWER: list[tuple[Action | None, str, float]] = [
    (None, "Editor", 0.017),
    (Wait(1.0), "Editor", 0.017),
    (Click(SPOT), "", 0.017),
    (Click(SPOT), "Editor", 0.085),
    (TypeText("x"), "Editor", 0.085),
]


@pytest.mark.parametrize(("action", "front", "seconds"), NO_ANSWER, ids=repr)
def test_settled_loses_no_time_on_what_nobody_answers(action: Action | None, front: str, seconds: float) -> None:
    clock = Clock()
    settled = Settled(Film([frame(front=front)]), clock, clock=lambda: clock.now)
    settled.observe()
    if action:
        settled.perform(action)
    assert settled.observe().settle == pytest.approx(seconds)


class Slow(Film):
    """A device whose every look takes `seconds`."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__([frame()])
        self.clock, self.seconds = clock, seconds

    def observe(self) -> Observation:
        self.clock.now += self.seconds
        return super().observe()


@pytest.mark.parametrize(("look", "settle"), [(0.005, 0.022), (0.020, 0.040)])
def test_settled_waits_for_the_gap_from_the_beginning_of_a_look_and_no_longer(look: float, settle: float) -> None:
    clock = Clock()
    device = Slow(clock, look)
    assert Settled(device, clock, clock=lambda: clock.now).observe().settle == pytest.approx(settle)
    assert device.looks == 2


@pytest.mark.parametrize(("action", "seconds"), [(TypeText("x"), 0.06), (Click(SPOT), 0.3), (Wait(1), 0.017)], ids=repr)
def test_settled_wants_quiet_after_an_answer(action: Action, seconds: float) -> None:
    clock = Clock()
    settled = Settled(Film([frame(), frame(), frame(BUTTON)]), clock, clock=lambda: clock.now)
    settled.observe()
    settled.perform(action)
    assert settled.observe().settle == pytest.approx(seconds, abs=0.016)


def test_settled_gives_typed_text_its_time_before_a_key_acts_on_it() -> None:
    clock = Clock()
    settled = Settled(Film([frame()]), clock, clock=lambda: clock.now)
    settled.perform(TypeText("a.txt"))
    settled.perform(TypeText("!"))
    assert clock.now == 0.0, "typing on need not wait"
    clock.now = 0.1
    settled.perform(Press(("enter",)))
    assert clock.now == pytest.approx(0.25)


def test_elements_are_looked_for_only_in_what_may_be_the_last_frame() -> None:
    film = SlowFilm([frame((0, 0, 10 * n, 10)) for n in range(1, 4)])
    device = Settled(Confirmed(Fresh(film), lambda question: True), Stop())
    device.observe()
    film.looks, film.whole = 0, 0
    device.perform(Press(("tab",)))
    seen = device.observe()
    assert [each.text for each in seen.elements] == ["OK"]
    assert film.looks > 2
    assert film.whole < film.looks / 2


def test_a_screen_that_never_rests_is_returned_with_its_elements() -> None:
    film = SlowFilm([frame((0, 0, n + 1, 9)) for n in range(190)])
    device = Settled(film, Stop(), budget=0.2)
    device.observe()
    device.perform(Click(Point(5, 5)))
    assert device.observe().elements
    assert film.whole < film.looks


def test_settled_waits_for_nothing_after_a_stop() -> None:
    stop = Stop()
    stop.ask("enough")
    film = Film([frame((0, 0, n + 1, 9)) for n in range(90)])
    Settled(film, stop).observe()
    assert film.looks == 1


@pytest.mark.parametrize("action", [Click(Point(100, 100)), Scroll(Point(100, 100), "down")], ids=repr)
def test_fresh_refuses_a_target_that_changed_meanwhile(action: Action) -> None:
    film = Film([frame(), frame(BUTTON)])
    fresh = Fresh(film)
    fresh.observe()
    with pytest.raises(ActionRefused, match=r"around \(100, 100\) changed meanwhile"):
        fresh.perform(action)
    assert film.done == []


@pytest.mark.parametrize(
    "then", [frame(CARET), frame((0, 0, 30, 30)), frame(front="clock 12:01")], ids=["caret", "elsewhere", "title"]
)
def test_fresh_lets_a_caret_and_changes_elsewhere_pass(then: Observation) -> None:
    film = Film([frame(), then])
    fresh = Fresh(film)
    fresh.observe()
    fresh.perform(Click(Point(100, 100)))
    assert film.done == [Click(Point(100, 100))]


def test_fresh_refuses_keys_when_the_focus_was_stolen() -> None:
    for action in (Press(("enter",)), TypeText("secret")):
        film = Film([frame(front="Editor"), frame(front="Pop-up")])
        fresh = Fresh(film)
        fresh.observe()
        with pytest.raises(ActionRefused, match="from 'Editor' to 'Pop-up'"):
            fresh.perform(action)
        assert film.done == []


def test_fresh_refuses_what_was_decided_on_another_size() -> None:
    film = Film([frame(), Observation(np.zeros((300, 200, 3), np.uint8))])
    fresh = Fresh(film)
    fresh.observe()
    with pytest.raises(ActionRefused, match=r"\(200, 200\).*\(200, 300\)"):
        fresh.perform(Click(Point(1, 1)))


RISKY = [
    (Click(SPOT), "Sign in", True),
    (Click(SPOT), "Cancel", False),
    (Click(SPOT), "", False),
    (Scroll(SPOT, "down"), "Delete", False),
    (TypeText("hello"), "", False),
    (TypeText("hello\n"), "", True),
    (Press(("enter",)), "", True),
    (Press(("alt", "f4")), "", True),
    (Press(("tab",)), "", False),
    (OpenApp("terminal"), "", True),
]


@pytest.mark.parametrize(("action", "label", "asked"), RISKY, ids=repr)
def test_confirmed_asks_before_consequences_only(action: Action, label: str, asked: bool) -> None:
    questions: list[str] = []
    film = Film([frame()])

    def refuse(question: str) -> bool:
        questions.append(question)
        return False

    confirmed = Confirmed(film, refuse, "risky", lambda seen, point: label)
    confirmed.observe()
    if asked:
        with pytest.raises(ActionRefused, match="did not agree"):
            confirmed.perform(action)
    else:
        confirmed.perform(action)
    assert len(questions) == asked
    assert film.done == ([] if asked else [action])


def test_confirmed_without_eyes_for_labels_takes_every_click_for_risky() -> None:
    confirmed = Confirmed(Film([frame()]), lambda question: False, "risky")
    with pytest.raises(ActionRefused):
        confirmed.perform(Click(Point(1, 1)))


def test_a_dry_run_sends_nothing() -> None:
    toy = Toy()
    with pytest.raises(ActionRefused, match="dry run: type 'a' was not sent"):
        DryRun(toy, Stop()).perform(TypeText("a"))
    assert toy.fields["Name"] == ""


def test_a_replay_refuses_to_improvise_and_names_both_actions() -> None:
    screens = [frame(), frame(BUTTON)]
    replay = Replay(screens, [Click(Point(1, 1))])
    with pytest.raises(ActionRefused, match=r"step 0 is to click \(1, 1\); asked to click \(2, 2\)"):
        replay.perform(Click(Point(2, 2)))
    replay.perform(Click(Point(1, 1)))
    assert replay.exhausted
    assert replay.observe().digest == screens[1].digest != screens[0].digest
    with pytest.raises(ActionRefused, match="it ends here"):
        replay.perform(Click(Point(1, 1)))


def test_the_toy_is_as_large_as_its_pictures() -> None:
    assert Toy().observe().size == SIZE
