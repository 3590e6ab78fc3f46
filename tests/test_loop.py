"""Every way an episode can end, on a real little device."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from agent.endings import EXIT_CODES
from agent.episode import Decision, Ending, Finish, Limits, Move, Past, Step, Unreadable
from agent.loop import run_episode
from agent.policy import NotUnderstood, PolicyFailed, Scripted
from agent.recordings.journal import Nowhere, RecordingFailed
from devices import Click, Device, DeviceLost, Observation, Point, Press, Refusal, Stop, TypeText, Wait
from devices.toy import BOXES, Toy

SIGN_IN: tuple[Move, ...] = (Click(BOXES["Name"].center), TypeText("Ada\tsecret"), Click(BOXES["Sign in"].center))
DEAD = Click(Point(5, 5))


@dataclass
class Deciding:
    """A policy made of one function."""

    choose: Callable[[Past, Observation], Move]
    name: str = "deciding"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        return Decision(self.choose(past, seen))


@dataclass
class Diary:
    """A journal that keeps the order of things."""

    device: Toy
    lines: list[str] = field(default_factory=list)

    def intend(self, index: int, seen: Observation, decision: Decision) -> None:
        self.lines.append(f"intend {index}: {self.device.message}")

    def record(self, step: Step) -> None:
        self.lines.append(f"record {step.index}: {self.device.message}")

    def close(self, episode: object) -> None:
        self.lines.append("close")


def test_a_goal_is_reached_and_n_steps_have_n_plus_one_screens() -> None:
    toy = Toy()
    shown: list[Step] = []
    episode = run_episode("sign in", toy, Scripted(SIGN_IN), watchers=[shown.append])
    assert (episode.ending, toy.message) == (Ending.FINISHED, "Welcome, Ada")
    assert shown == list(episode.steps)
    assert len(episode.steps) == 4
    assert episode.final == episode.steps[-1].seen
    assert [step.change.nothing for step in episode.steps if step.change] == [True, False, False, True]


def test_the_intent_is_written_before_the_hand_moves() -> None:
    toy = Toy()
    diary = Diary(toy)
    run_episode("sign in", toy, Scripted(SIGN_IN), journal=diary)
    assert diary.lines[4:6] == ["intend 2: Please sign in", "record 2: Welcome, Ada"]
    assert diary.lines[-1] == "close"


def test_a_refused_action_is_told_to_the_policy_and_the_run_goes_on() -> None:
    heard: list[str] = []

    def choose(past: Past, seen: Observation) -> Move:
        heard.extend(step.error for step in past[-1:])
        assert all(step.refusal is Refusal.UNAVAILABLE for step in past)
        return Finish(True) if len(past) == 2 else Press(("nosuchkey",))

    assert run_episode("x", Toy(), Deciding(choose)).ending is Ending.FINISHED
    assert all("nosuchkey" in error for error in heard)
    assert len(heard) == 2


def raising(fault: BaseException) -> Callable[[Past, Observation], Move]:
    def choose(past: Past, seen: Observation) -> Move:
        raise fault

    return choose


ENDINGS: list[tuple[Ending, Callable[[Past, Observation], Move], Limits]] = [
    (Ending.FINISHED, lambda past, seen: Finish(True), Limits()),
    (Ending.GAVE_UP, lambda past, seen: Finish(False, "it is not there"), Limits()),
    (Ending.LIMIT_STEPS, lambda past, seen: TypeText("a"), Limits(steps=5)),
    (Ending.LIMIT_SECONDS, lambda past, seen: Wait(0.05), Limits(seconds=0.2)),
    (Ending.LIMIT_SECONDS, lambda past, seen: (threading.Event().wait(30) and DEAD) or DEAD, Limits(seconds=0.2)),
    (Ending.STUCK, lambda past, seen: DEAD, Limits()),
    (Ending.UNREADABLE, lambda past, seen: Unreadable("no JSON"), Limits()),
    (Ending.NOT_UNDERSTOOD, raising(NotUnderstood("frobnicate")), Limits()),
    (Ending.POLICY_FAILED, raising(PolicyFailed("no such model")), Limits()),
    (Ending.INTERNAL_ERROR, raising(ZeroDivisionError("a slip")), Limits()),
    (Ending.STOPPED, raising(KeyboardInterrupt()), Limits()),
]


@pytest.mark.parametrize(("ending", "choose", "limits"), ENDINGS, ids=lambda value: getattr(value, "value", ""))
def test_every_ending_has_a_name(ending: Ending, choose: Callable[[Past, Observation], Move], limits: Limits) -> None:
    episode = run_episode("x", Toy(), Deciding(choose), limits=limits)
    assert episode.ending is ending
    assert episode.reason or ending not in {Ending.POLICY_FAILED, Ending.INTERNAL_ERROR, Ending.NOT_UNDERSTOOD}


def test_every_ending_has_an_exit_code_of_its_own() -> None:
    assert EXIT_CODES.keys() == set(Ending)
    assert len(set(EXIT_CODES.values())) == len(Ending)


def two_states(past: Past, seen: Observation) -> Move:
    return Press(("tab",))


def test_a_loop_between_two_screens_is_stuck_and_progress_is_not() -> None:
    assert run_episode("x", Toy(), Deciding(two_states)).ending is Ending.STUCK
    typing = Deciding(lambda past, seen: TypeText("a") if len(past) < 12 else Finish(True))
    assert run_episode("x", Toy(), typing).ending is Ending.FINISHED


def test_waiting_is_not_being_stuck() -> None:
    patient = Deciding(lambda past, seen: Wait(0) if len(past) < 20 else Finish(True))
    assert run_episode("x", Toy(), patient).ending is Ending.FINISHED


class Breaks(Toy):
    """A toy whose cable is pulled while it acts."""

    def perform(self, action: object) -> None:
        self.close()
        raise DeviceLost("the cable was pulled")


def test_a_device_lost_in_mid_action_leaves_a_step_that_says_so() -> None:
    device: Device = Breaks()
    episode = run_episode("x", device, Scripted((DEAD,)))
    assert episode.ending is Ending.DEVICE_LOST
    assert episode.steps[0].change is None
    assert "not known whether this was done: the cable was pulled" in episode.steps[0].error


def test_a_stop_ends_thinking_at_once() -> None:
    stop, thinking = Stop(), threading.Event()

    def choose(past: Past, seen: Observation) -> Move:
        threading.Timer(0.05, stop.ask, ["a hand on the pointer"]).start()
        thinking.wait(30)
        return DEAD

    episode = run_episode("x", Toy(stop), Deciding(choose), stop=stop)
    thinking.set()
    assert (episode.ending, episode.reason, episode.steps) == (Ending.STOPPED, "a hand on the pointer", ())
    assert episode.seconds < 5


class FullDisk(Nowhere):
    def intend(self, index: int, seen: Observation, decision: Decision) -> None:
        raise RecordingFailed("no space left")


def test_nothing_is_done_that_cannot_be_recorded() -> None:
    toy = Toy()
    episode = run_episode("x", toy, Scripted((TypeText("a"),)), journal=FullDisk())
    assert (episode.ending, toy.fields["Name"]) == (Ending.RECORDING_FAILED, "")


def test_a_misspelt_or_zero_limit_fails() -> None:
    with pytest.raises(ValueError, match="steps must be above zero; found 0"):
        Limits(steps=0)
    with pytest.raises(TypeError):
        Limits(step=3)  # type: ignore[call-arg]
