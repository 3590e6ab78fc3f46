"""Recorded work is done again where it can be, and nothing is touched where it cannot."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from agent.builtin import Builtin
from agent.episode import Decision, Ending, Episode, Finish, Limits
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.reader import read_recording
from agent.recordings.untrusted import Untrusted
from agent.recordings.writer import Recorder
from agent.rerun.healer import model_prompt, policy_healer
from agent.rerun.policy import Healer, RecordedAction, Rerun
from agent.rerun.screen_match import MIN_SHARE, Mismatch, ScreenMatch, ScreenMatcher
from agent.rerun.variables import Substitution, declare_variables, read_variables, variable_values, write_variables
from devices import Action, Click, Device, Observation, Point, Press, TypeText, Wait
from devices.toy import SIZE, Toy
from devices.wrappers import Wrapper
from tests.rerun_stage import READER, TransformedScreen

GOAL = "click the Name field, type 'Grace', press tab, type 'secret' and click Sign in"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "recording"
    run_episode(GOAL, Toy(), Builtin(), journal=Recorder(folder, GOAL, device="toy", agent="builtin"))
    return folder


def again(
    folder: Path, device: Device, substitution: Substitution | None = None, healer: Healer | None = None
) -> tuple[Episode, Rerun]:
    substitution = substitution or Substitution()
    matcher = ScreenMatcher(READER, MIN_SHARE, substitution.affects)
    policy = Rerun(read_recording(folder).episode, matcher, substitution, patience=0.5, healer=healer)
    return run_episode(GOAL, device, policy, limits=Limits(steps=40)), policy


@pytest.mark.parametrize(
    ("shift", "scale", "inverted", "how"),
    [
        ((0, 0), 1.0, False, "same"),
        ((90, 57), 1.0, False, "moved"),
        ((0, 0), 1.25, False, "scaled"),
        ((30, 0), 1.5, False, "scaled"),
        ((0, 0), 1.0, True, "restyled"),
    ],
)
def test_work_is_done_again_on_a_screen_that_looks_otherwise(
    recorded: Path, shift: tuple[int, int], scale: float, inverted: bool, how: str
) -> None:
    toy = Toy()
    episode, policy = again(recorded, TransformedScreen(toy, shift, scale, inverted=inverted))
    assert episode.ending is Ending.FINISHED, policy.miss
    assert toy.message == "Welcome, Grace"
    assert list(policy.found.values()) == [how] * 5
    assert isinstance(policy.end, ScreenMatch)


class Painted(Wrapper):
    """A toy with something painted over its screen, once it was sent `after` actions; what is sent to it is kept."""

    def __init__(self, paint: Callable[[ImageDraw.ImageDraw], None], after: int = 0) -> None:
        self.toy = Toy()
        super().__init__(self.toy)
        self._paint, self._after = paint, after
        self.sent: list[Action] = []

    def observe(self) -> Observation:
        seen = self.device.observe()
        picture = Image.fromarray(seen.pixels)
        if len(self.sent) >= self._after:
            self._paint(ImageDraw.Draw(picture))
        return replace(seen, pixels=np.asarray(picture))

    def perform(self, action: Action) -> None:
        if not isinstance(action, Wait):
            self.sent.append(action)
        self.device.perform(action)


def blank(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, *SIZE), "#e8ecf1")


def renamed(draw: ImageDraw.ImageDraw) -> None:
    """Says "Delete" where "Sign in" was."""
    draw.rectangle((200, 230, 340, 274), "#2563eb")
    draw.text((232, 238), "Delete", "white", ImageFont.load_default(22))


def other_page(draw: ImageDraw.ImageDraw) -> None:
    """The same fields and the same button, for something else."""
    blank_title = ImageFont.load_default(22)
    draw.rectangle((190, 20, 600, 70), "#e8ecf1")
    draw.text((200, 28), "Transfer money", "#1d2733", blank_title)


@pytest.mark.parametrize("paint", [blank, renamed, other_page])
def test_a_wrong_screen_is_never_touched(recorded: Path, paint: Callable[[ImageDraw.ImageDraw], None]) -> None:
    device = Painted(paint)
    episode, policy = again(recorded, device)
    assert device.sent == []
    assert episode.ending is Ending.GAVE_UP
    assert policy.miss is not None
    assert policy.miss.number == 0
    assert "step 1 was not done" in episode.answer


def test_only_the_step_that_is_not_found_is_asked_for(recorded: Path) -> None:
    asked = []

    def healer(goal: str, recorded: RecordedAction, seen: Observation) -> Decision:
        asked.append(recorded)
        return Decision(Click(Point(270, 252)))

    episode, policy = again(recorded, Painted(renamed, 4), healer=healer)
    assert episode.ending is Ending.FINISHED
    assert list(policy.found.values()) == ["same"] * 4 + ["healed"]
    assert [type(each.action) for each in asked] == [Click]
    assert [str(step.decision.plan_step) for step in episode.steps if step.decision.plan_step][-1] == "5/5"


def test_a_healer_that_only_says_it_is_done_heals_nothing(recorded: Path) -> None:
    device = Painted(renamed, 4)
    healer = policy_healer(Scripted((Finish(succeeded=True),)), model_prompt)
    episode, policy = again(recorded, device, healer=healer)
    assert episode.ending is Ending.GAVE_UP
    assert [type(action) for action in device.sent] == [Click, TypeText, Press, TypeText]
    assert policy.miss is not None


def test_another_text_is_typed_for_a_variable_and_the_screens_may_show_it(recorded: Path) -> None:
    toy = Toy()
    episode, policy = again(recorded, toy, Substitution({"Grace": "Ada {0} %s"}))
    assert episode.ending is Ending.FINISHED, policy.miss
    assert toy.message == "Welcome, Ada {0} %s"


def test_an_end_that_differs_is_said(recorded: Path) -> None:
    class Grumpy(Toy):
        def _activate(self, name: str) -> None:
            super()._activate(name)
            self.message = self.message.replace("Welcome", "Wrong password")

    _, policy = again(recorded, Grumpy())
    assert isinstance(policy.end, Mismatch)
    assert "Welcome" in policy.end.reason


def test_only_whole_words_are_replaced_and_all_at_once() -> None:
    substitution = Substitution({"Ann": "Bob", "Bob": "Ann", "a.c": "x"})
    assert substitution.text("Ann, Bob, Anna, abc, a.c") == "Bob, Ann, Anna, abc, x"


def test_a_variable_that_nobody_named_lists_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no variable 'nme'; known: name \('Grace'\).*'Grace', 'secret'"):
        variable_values({"name": "Grace"}, ["nme=Ada"], ("Grace", "secret"))
    with pytest.raises(ValueError, match="was not typed"):
        declare_variables({}, ["name=Grac"], ("Grace",))
    with pytest.raises(ValueError, match="NAME=TEXT"):
        declare_variables({}, ["name"], ("Grace",))


@pytest.mark.parametrize(
    "text",
    [
        '{"schema_version": 1, "variables": {"name": ""}}',
        '{"schema_version": 1, "variables": {"../x": "a"}}',
        "[]",
        "{",
    ],
)
def test_a_hostile_file_of_variables_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "variables.json").write_text(text)
    with pytest.raises(Untrusted, match=r"variables\.json"):
        read_variables(tmp_path)


def test_variables_are_kept_beside_a_recording(tmp_path: Path) -> None:
    write_variables(tmp_path, {"name": "Grace"})
    assert read_variables(tmp_path) == {"name": "Grace"}
    assert (tmp_path / "variables.json").stat().st_mode & 0o777 == 0o600
