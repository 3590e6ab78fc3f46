"""What a person does becomes the moves that it was, on the screens that it was done on."""

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from agent.demonstration import demonstrate
from agent.episode import Ending, Episode, Finish
from agent.recordings.journal import RecordingFailed
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from devices import (
    Action,
    Click,
    DeviceLost,
    Drag,
    LongPress,
    Observation,
    Point,
    Press,
    Scroll,
    Stop,
    Stopped,
    TypeText,
)
from devices.demonstration import HumanAction
from devices.frame_buffer import FrameBuffer, TimedFrame
from devices.gesture_decoder import DOUBLE, HELD, ROLL, GestureDecoder, simplified

HERE, NEARBY, AWAY = Point(100, 100), Point(103, 98), Point(180, 140)


def look(shade: int, front: str = "") -> Observation:
    return Observation(np.full((20, 30, 3), shade, np.uint8), front)


BEFORE = TimedFrame(look(0), 0.0)


def clicks(*at: tuple[float, Point], button: int = 1, held: tuple[str, ...] = ()) -> list[Action]:
    """What clicks at those times and places amount to."""
    gestures, found = GestureDecoder(), list[HumanAction]()
    for time, place in at:
        found += gestures.settle(time)
        found += gestures.button_down(button, place, held, BEFORE, time)
        found += gestures.button_up(button, place, time + 0.05)
    return [deed.action for deed in (*found, *gestures.flush())]


@pytest.mark.parametrize(
    ("at", "done"),
    [
        ([(0.0, HERE)], [Click(HERE)]),
        ([(0.0, HERE), (0.2, NEARBY)], [Click(HERE, times=2)]),
        ([(0.0, HERE), (0.2, HERE), (0.4, HERE)], [Click(HERE, times=3)]),
        ([(0.0, HERE), (0.2, HERE), (0.4, HERE), (0.6, HERE)], [Click(HERE, times=3), Click(HERE)]),
        ([(0.0, HERE), (0.2, AWAY)], [Click(HERE), Click(AWAY)]),
        ([(0.0, HERE), (0.1 + DOUBLE, HERE)], [Click(HERE), Click(HERE)]),
        ([(0.0, HERE), (9.0, HERE)], [Click(HERE), Click(HERE)]),
    ],
)
def test_clicks_are_one_action_only_when_near_and_soon(at: list[tuple[float, Point]], done: list[Action]) -> None:
    assert clicks(*at) == done


def test_buttons_and_held_keys_keep_clicks_apart() -> None:
    assert clicks((0.0, HERE), button=3, held=("ctrl",)) == [Click(HERE, "right", 1, ("ctrl",))]
    gestures = GestureDecoder()
    gestures.button_down(1, HERE, (), BEFORE, 0.0)
    gestures.button_up(1, HERE, 0.05)
    (told,) = gestures.button_down(1, HERE, ("shift",), BEFORE, 0.2)
    assert told.action == Click(HERE)


def test_a_drag_is_its_corners_and_a_tremble_is_a_click() -> None:
    gestures = GestureDecoder()
    way = [Point(x, 10) for x in range(10, 101)] + [Point(100, y) for y in range(11, 61)]
    gestures.button_down(1, way[0], ("shift",), BEFORE, 1.0)
    for point in way:
        gestures.moved(point)
    (deed,) = gestures.button_up(1, way[-1], 1.5)
    assert deed.action == Drag((Point(10, 10), Point(100, 10), Point(100, 60)), 0.5, "left", ("shift",))
    assert (deed.began, deed.ended) == (1.0, 1.5)
    gestures.button_down(1, HERE, (), BEFORE, 2.0)
    gestures.moved(NEARBY)
    assert gestures.button_up(1, NEARBY, 2.1) == []
    assert [each.action for each in gestures.flush()] == [Click(HERE)]


def test_a_way_out_and_back_is_a_drag_and_no_click() -> None:
    gestures = GestureDecoder()
    gestures.button_down(1, HERE, (), BEFORE, 0.0)
    gestures.moved(AWAY)
    (deed,) = gestures.button_up(1, HERE, 0.4)
    assert deed.action == Drag((HERE, AWAY, HERE), 0.4)
    assert simplified((HERE,)) == (HERE,)


def test_a_button_that_is_kept_down_is_a_long_press() -> None:
    gestures = GestureDecoder()
    gestures.button_down(1, HERE, (), BEFORE, 0.0)
    (deed,) = gestures.button_up(1, HERE, HELD + 0.2)
    assert deed.action == LongPress(HERE, 1.0)


def test_notches_of_the_wheel_are_counted_together() -> None:
    gestures, found = GestureDecoder(), list[HumanAction]()
    for time, button in ((0.0, 5), (0.1, 5), (0.2, 5), (0.3, 4), (0.4 + ROLL, 4), (5.0, 7)):
        found += gestures.button_down(button, HERE, (), BEFORE, time)
        gestures.button_up(button, HERE, time)
    done = [deed.action for deed in (*found, *gestures.flush())]
    assert done == [Scroll(HERE, "down", 3), Scroll(HERE, "up", 1), Scroll(HERE, "up", 1), Scroll(HERE, "right", 1)]


def test_a_wheel_turned_with_a_key_held_says_so() -> None:
    gestures = GestureDecoder()
    gestures.button_down(4, HERE, ("ctrl",), BEFORE, 0.0)
    (deed,) = gestures.flush()
    assert "ctrl was held" in deed.note


def test_what_was_erased_was_never_typed_and_a_backspace_alone_is_a_key() -> None:
    gestures = GestureDecoder()
    for character in "helo":
        gestures.typed(character, BEFORE, 0.0)
    gestures.erased(BEFORE, 0.1)
    gestures.typed("lo", BEFORE, 0.2)
    assert [each.action for each in gestures.flush()] == [TypeText("hello")]
    assert [each.action for each in gestures.erased(BEFORE, 1.0)] == [Press(("backspace",))]
    gestures.typed("a", BEFORE, 0.0)
    gestures.erased(BEFORE, 0.1)
    assert gestures.flush() == []


def test_text_in_private_is_left_out_with_its_length() -> None:
    gestures = GestureDecoder()
    gestures.typed("user", BEFORE, 0.0)
    (told,) = gestures.private(on=True)
    for character in "hunter2":
        gestures.typed(character, BEFORE, 1.0)
    gestures.erased(BEFORE, 1.0)
    (hidden,) = gestures.private(on=False)
    gestures.typed("open", BEFORE, 2.0)
    (shown,) = gestures.flush()
    assert [each.action for each in (told, hidden, shown)] == [
        TypeText("user"),
        TypeText("{password}"),
        TypeText("open"),
    ]
    assert "hunter2" not in repr(gestures)


def test_the_look_before_is_the_last_one_that_was_over() -> None:
    now, shade = 0.0, 0

    def observe() -> Observation:
        nonlocal now, shade
        now, shade = now + 0.1, shade + 1
        return look(shade)

    frames = FrameBuffer(observe, gap=0.0, idle=0.0, clock=lambda: now)
    for _ in range(5):
        frames.capture_if_due()
    assert frames.before(0.35).seen == look(3)
    assert frames.before(0.05).seen == look(1), "too late, and the oldest there is"
    assert frames.before(9.9).at == pytest.approx(0.5)


@dataclass
class Shown:
    """An monitor that was told beforehand what is done: each of `turns` at one `watch`, then the end of it."""

    turns: list[list[HumanAction] | BaseException]
    left: list[HumanAction] = field(default_factory=list)
    final: Observation = field(default_factory=lambda: look(200, "end"))
    over: bool = False
    name: str = "shown"
    missed: tuple[str, ...] = ()

    def observe(self) -> Observation:
        return self.final

    def watch(self) -> list[HumanAction]:
        turn = self.turns.pop(0)
        self.over = not self.turns
        if isinstance(turn, BaseException):
            raise turn
        return turn

    def flush(self) -> list[HumanAction]:
        return self.left

    def close(self) -> None:
        pass


def deed(action: Action, shade: int, began: float, front: str = "app", seen_at: float | None = None) -> HumanAction:
    return HumanAction(action, look(shade, front), began - 0.01 if seen_at is None else seen_at, began, began + 0.1)


def shown(folder: Path, monitor: Shown) -> Episode:
    recorder = Recorder(folder, "g", device="shown", agent="a person", recorded_by="human")
    episode = demonstrate("g", monitor, recorder, Stop())
    assert read_recording(folder).episode == episode, "it reads back equal"
    return episode


def moves(episode: Episode) -> list[object]:
    return [step.decision.move for step in episode.steps]


def test_a_demonstration_is_an_episode_like_an_agents(tmp_path: Path) -> None:
    t = monotonic()
    done = [deed(Click(Point(1, 1)), 10, t), deed(TypeText("hi"), 20, t + 1.1), deed(Press(("enter",)), 20, t + 2.2)]
    episode = shown(tmp_path / "e", Shown([[done[0]], [], done[1:]]))
    assert moves(episode) == [Click(Point(1, 1)), TypeText("hi"), Press(("enter",)), Finish(True)]
    assert episode.ending is Ending.FINISHED
    assert [step.change.nothing for step in episode.steps if step.change] == [False, True, False, True]
    assert episode.steps[1].seconds.think == pytest.approx(1.0)
    assert '"recorded_by": "human"' in (tmp_path / "e" / "steps.jsonl").read_text()
    assert episode.final == look(200, "end")


def test_a_screen_that_is_older_than_the_step_before_says_so(tmp_path: Path) -> None:
    t = monotonic()
    done = [deed(Click(Point(1, 1)), 10, t), deed(Click(Point(2, 2)), 10, t + 0.2, seen_at=t - 0.01)]
    episode = shown(tmp_path / "e", Shown([done]))
    assert "seen before the step before had ended" in episode.steps[1].decision.thought
    assert episode.steps[0].decision.thought == ""


@pytest.mark.parametrize(
    ("way", "seen_in", "left"),
    [
        (Click(Point(9, 9)), "app", [Click(Point(1, 1))]),
        (Press(("alt", "tab")), "app", [Click(Point(1, 1))]),
        (Click(Point(9, 9)), "terminal", [Click(Point(1, 1)), Click(Point(9, 9))]),
    ],
)
def test_ctrl_c_in_the_terminal_and_the_way_there_are_no_part_of_it(
    tmp_path: Path, way: Action, seen_in: str, left: list[Action]
) -> None:
    t = monotonic()
    done = [deed(Click(Point(1, 1)), 10, t - 0.3), deed(way, 20, t - 0.2, seen_in)]
    stop = deed(Press(("ctrl", "c")), 30, t - 0.1, "terminal")
    episode = shown(tmp_path / "e", Shown([done, Stopped("SIGINT: stopped by Ctrl-C")], [stop]))
    assert moves(episode) == [*left, Finish(True)]
    assert episode.ending is Ending.FINISHED


def test_a_copy_that_ended_nothing_is_kept(tmp_path: Path) -> None:
    copy = deed(Press(("ctrl", "c")), 30, monotonic())
    assert moves(shown(tmp_path / "e", Shown([[copy]]))) == [Press(("ctrl", "c")), Finish(True)]
    long_ago = deed(Press(("ctrl", "c")), 30, monotonic() - 10)
    stopped = Shown([[long_ago], Stopped("SIGTERM")])
    assert moves(shown(tmp_path / "f", stopped)) == [Press(("ctrl", "c")), Finish(True)]


def test_a_lost_device_is_an_ending_and_all_that_was_done_is_kept(tmp_path: Path) -> None:
    t = monotonic()
    done = [deed(Click(Point(n, n)), 10 * n, t + n) for n in range(4)]
    episode = shown(tmp_path / "e", Shown([done, DeviceLost("the display is gone"), []]))
    assert episode.ending is Ending.DEVICE_LOST
    assert len(episode.steps) == 4
    assert "it is not known whether" in episode.steps[-1].error
    assert not episode.steps[-2].error


def test_nothing_done_is_no_success(tmp_path: Path) -> None:
    episode = shown(tmp_path / "e", Shown([[]]))
    assert (episode.ending, episode.steps) == (Ending.STOPPED, ())


class Full:
    """A journal whose disk is full from its second line on."""

    def __init__(self) -> None:
        self.lines = 0

    def intend(self, *_: object) -> None:
        self.lines += 1
        if self.lines > 1:
            raise RecordingFailed("no space left on device")

    def record(self, *_: object) -> None: ...
    def close(self, *_: object) -> None: ...


def test_a_full_disk_ends_it() -> None:
    t = monotonic()
    done = [deed(Click(Point(n, n)), 10 * n, t + n) for n in range(6)]
    episode = demonstrate("g", Shown([done, []]), Full(), Stop())
    assert episode.ending is Ending.RECORDING_FAILED
