"""One trial played: the world alone says how it went, and what says nothing about the policy is a fault."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.episode import Ending, Finish
from agent.evaluate.live.player import Player
from agent.evaluate.live.reference_policies import IDLE, Oracle
from agent.evaluate.live.trials import Trial
from agent.models.chat import EndpointDown
from agent.policy import Policy, Scripted
from agent.recordings.reader import read_recording
from devices import Action, DeviceLost, Observation, Stop, Stopped, TypeText, Wait
from devices.toy import Toy
from devices.wrappers import Wrapper
from tasks.suite import Suite, TaskInstance
from tasks.suites.toy.tasks import NAME
from tasks.task import Score, World

TRIAL = Trial("any", 0)


class Cut(Wrapper):
    """A device whose cable comes off with the first action."""

    def perform(self, action: Action) -> None:
        raise DeviceLost("the cable came off")


class Down:
    """A policy whose endpoint is down."""

    name = "down"

    def decide(self, goal: str, past: object, seen: Observation) -> None:
        raise EndpointDown("nobody answers")


class Environments:
    """Opens environments that all set up the same stage, and counts them."""

    def __init__(self, stage: Callable[[], TaskInstance]) -> None:
        self._stage, self.opened, self.closed = stage, 0, 0

    def open(self, stop: Stop) -> "Environments":
        self.opened += 1
        return self

    def reset(self, task: str, seed: int) -> TaskInstance:
        return self._stage()

    def close(self) -> None:
        self.closed += 1


class NoProbe:
    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def write(self, path: str, data: bytes) -> None:
        raise FileNotFoundError(path)

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        raise FileNotFoundError(command)


def filled_in(world: World) -> Score:
    name = toy_of(world).fields["Name"]
    return Score(float(name == "Ada"), f"the name is {name!r}")


def toy_of(world: World) -> Toy:
    device = getattr(world, "device")  # noqa: B009 - a check of this test alone looks behind the promise of a world
    assert isinstance(device, Toy)
    return device


def stage() -> TaskInstance:
    return TaskInstance("type 'Ada'", Toy(), NoProbe(), filled_in, about={"screen": "640x400"})


def player(environments: Environments, policy: Policy, **limits: float) -> Player:
    suite = Suite("any", ("any",), "nothing", environments.open)
    return Player(suite, lambda stage: policy, lambda seen: "", Stop(), steps=3, **limits)


def moves(*each: Action | Finish) -> Scripted:
    return Scripted(each)


JUDGED = [
    (moves(TypeText("Ada")), 1.0, Ending.FINISHED),
    (moves(TypeText("Ada"), Finish(succeeded=False)), 1.0, Ending.GAVE_UP),
    (moves(TypeText("Ada"), Wait(0), Wait(0), Wait(0)), 1.0, Ending.LIMIT_STEPS),
    (moves(TypeText("Bob")), 0.0, Ending.FINISHED),
    (moves(NAME, Finish(succeeded=False)), 0.0, Ending.GAVE_UP),
]


@pytest.mark.parametrize(("policy", "value", "ending"), JUDGED)
def test_the_world_judges_whatever_the_policy_says_of_itself(
    tmp_path: Path, policy: Policy, value: float, ending: Ending
) -> None:
    result = player(Environments(stage), policy).play(TRIAL, tmp_path / "e")
    assert (result.value, result.ending, result.fault) == (value, ending, "")
    assert result.about == {"screen": "640x400"}
    recording = read_recording(tmp_path / "e")
    assert (recording.verdict, recording.verdict_reason) == ("verified" if value else "failed", result.reason)


def test_a_lost_device_is_a_fault_not_a_zero_and_the_next_trial_gets_new_environment(tmp_path: Path) -> None:
    environments = Environments(lambda: replace(stage(), device=Cut(Toy())))
    playing = player(environments, moves(TypeText("Ada")))
    result = playing.play(TRIAL, tmp_path / "e")
    assert (result.value, result.ending) == (None, Ending.DEVICE_LOST)
    assert result.fault == "device_lost: the cable came off"
    assert (environments.opened, environments.closed) == (1, 1)
    playing.play(TRIAL, tmp_path / "e")
    assert environments.opened == 2
    assert read_recording(tmp_path / "e").verdict == "failed", "the second recording took the first one's place"


def test_a_world_that_cannot_be_set_up_is_a_fault_without_an_episode(tmp_path: Path) -> None:
    def lost() -> TaskInstance:
        raise DeviceLost("no display")

    result = player(Environments(lost), IDLE).play(TRIAL, tmp_path / "e")
    assert (result.value, result.ending, result.fault) == (None, None, "no display")
    assert not (tmp_path / "e").exists()


def test_an_endpoint_that_is_down_is_a_fault(tmp_path: Path) -> None:
    down: Policy = Down()  # type: ignore[assignment]  # it never returns, so it decides nothing
    result = player(Environments(stage), down).play(TRIAL, tmp_path / "e")
    assert (result.value, result.ending) == (None, Ending.ENDPOINT_DOWN)


def test_a_check_that_cannot_look_is_a_fault_of_the_examiner(tmp_path: Path) -> None:
    def blind(world: World) -> Score:
        raise OSError("the file cannot be read")

    environments = Environments(lambda: replace(stage(), check=blind))
    result = player(environments, moves(TypeText("Ada"))).play(TRIAL, tmp_path / "e")
    assert (result.value, result.ending) == (None, Ending.FINISHED)
    assert result.fault.startswith("the check could not look")


def test_a_stop_is_no_result(tmp_path: Path) -> None:
    stop = Stop()

    def asked() -> TaskInstance:
        stop.ask("enough")
        return stage()

    suite = Suite("any", ("any",), "nothing", Environments(asked).open)
    with pytest.raises(Stopped, match="enough"):
        Player(suite, lambda stage: IDLE, lambda seen: "", stop).play(TRIAL, tmp_path / "e")


def test_the_oracle_finds_a_move_when_it_is_needed_and_not_before() -> None:
    found = []

    def moves() -> Iterator[Action]:
        for text in ("one", "two"):
            found.append(text)
            yield TypeText(text)

    oracle = Oracle(moves(), "42")
    seen = Toy().observe()
    assert oracle.decide("", (), seen).move == TypeText("one")
    assert found == ["one"]
    assert oracle.decide("", (None,) * 3, seen).move == Finish(succeeded=True, answer="42")  # type: ignore[arg-type]
    assert oracle.decide("", (None,), seen).move == TypeText("two")  # type: ignore[arg-type]  # only its length counts
