"""MiniWoB++ is solved by scripted moves through the screen, failed by idling, and judged by its first reward alone.

SCREENHAND_WOB_SEEDS sets how many seeds of each task the oracle works; 5 is the full proof.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from agent.episode import Ending
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from devices import ActionRefused, Click, Device, DeviceLost, Point, Press, Stop, TypeText
from devices.settled import Settled
from tasks.suites.miniwob import SUITE
from tasks.suites.miniwob.environment import SCALE, SIZE, MiniwobEnvironment, page_seed
from tasks.suites.miniwob.names import LONG, NAMES
from tasks.suites.miniwob.oracles import ORACLES
from tasks.suites.miniwob.page_state import PageState
from tasks.world import LiveWorld
from tests.device_contract import DeviceContract
from tests.doubles.following import Following
from tests.miniwob_stage import ABSENT, worked

pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")

SEEDS = int(os.environ.get("SCREENHAND_WOB_SEEDS", "0"))
QUICK = ("choose-list", "click-dialog", "copy-paste", "drag-sort-numbers", "enter-date", "login-user", "scroll-text-2")
SURROUND = (0x55, 0x55, 0x55)  # core.css
EPISODES = [(task, seed) for task in ORACLES for seed in range(SEEDS)] or [(task, 7) for task in QUICK]


@pytest.fixture(scope="module")
def stop() -> Stop:
    return Stop()


@pytest.fixture(scope="module")
def miniwob(stop: Stop) -> Iterator[MiniwobEnvironment]:
    with closing(MiniwobEnvironment(stop)) as opened:
        yield opened


def page_state(miniwob: MiniwobEnvironment) -> PageState:
    return PageState(miniwob.kiosk.page, Stop(), "", SCALE)


class TestPlayedEpisode(DeviceContract):
    """An episode keeps what every device promises, the browser and its display included."""

    @pytest.fixture
    def device(self, stop: Stop) -> Iterator[Device]:
        with closing(MiniwobEnvironment(stop)) as miniwob:
            yield miniwob.reset("click-link", 1).device


@pytest.mark.parametrize(("task", "seed"), EPISODES, ids=lambda part: str(part))
def test_the_moves_that_are_known_to_solve_it_do(miniwob: MiniwobEnvironment, stop: Stop, task: str, seed: int) -> None:
    stage = miniwob.reset(task, seed)
    episode, score = worked(stage, Following(stage.oracle), stop)
    assert [step.error for step in episode.steps if step.error] == []
    assert (episode.ending, score.value, score.reason) == (Ending.FINISHED, 1.0, "raw reward 1")


def test_who_does_nothing_and_claims_success_fails(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    for task in QUICK[:3]:
        _, score = worked(miniwob.reset(task, 0), Scripted(()), stop)
        assert score.value == 0.0
        assert "not ended" in score.reason


def test_a_wrong_answer_is_told_from_none(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    stage = miniwob.reset("enter-text", 0)
    _, score = worked(stage, Scripted((page_state(miniwob).click("#subbtn"),)), stop)
    assert (score.value, score.reason) == (0.0, "raw reward -1")


def test_only_the_first_reward_counts_and_nobody_starts_another_episode(
    miniwob: MiniwobEnvironment, stop: Stop
) -> None:
    stage = miniwob.reset("click-test-2", 0)
    device = Settled(stage.device, stop)
    device.observe()
    device.perform(page_state(miniwob).click("button", "TWO"))
    miniwob.kiosk.page.until("WOB_DONE_GLOBAL", 20)
    over = device.observe()
    for action in (Click(Point(240, 300)), Press(("enter",)), TypeText("a")):
        with pytest.raises(ActionRefused, match="over"):
            device.perform(action)
    miniwob.kiosk.perform(Click(Point(240, 300)))  # even a hand that is not held back starts nothing
    assert np.array_equal(device.observe().pixels, over.pixels)
    assert page_state(miniwob).value("WOB_DONE_GLOBAL")
    page_state(miniwob).value("console.log('reward: 1 (raw: 1)')")
    _, score = worked(stage, Scripted(()), stop)
    assert score.reason == "raw reward -1"


def test_what_shows_the_reward_is_never_seen(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    stage = miniwob.reset("click-test", 0)
    worked(stage, Following(stage.oracle), stop)
    for name in ("reward-display", "click-canvas"):
        assert page_state(miniwob).value(f"document.getElementById('{name}').checkVisibility()") is False
    whole = miniwob.kiosk.observe().pixels
    assert (whole[210 * SCALE :] == SURROUND).all()
    assert (whole[:, 160 * SCALE :] == SURROUND).all()


def test_a_seed_is_a_task_whatever_was_before_it(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    seen = []
    for before in ("click-tab", "copy-paste"):
        miniwob.reset(before, 3).device.perform(Click(Point(240, 300), times=3))
        stage = miniwob.reset("click-button", 5)
        seen.append((stage.goal, Settled(stage.device, stop).observe().digest, stage.about["page seed"]))
    assert seen[0] == seen[1]
    assert miniwob.reset("click-button", 6).goal != seen[0][0]


def test_seeds_are_those_of_every_other_machine() -> None:
    known = {("click-test", 0): 326745829, ("click-test", 1): 750558046, ("click-link", 0): 1095947798}
    assert {case: page_seed(*case) for case in known} == known


def test_what_was_copied_is_forgotten(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    stage = miniwob.reset("copy-paste", 0)
    for action, _ in zip(stage.oracle, range(3), strict=False):
        stage.device.perform(action)
    device = miniwob.reset("enter-text", 0).device
    device.perform(page_state(miniwob).click("#tt"))
    device.perform(Press(("ctrl", "v")))
    device.perform(TypeText("x"))
    assert page_state(miniwob).value("document.getElementById('tt').value") == "x"


def test_an_old_stage_is_not_worked_on_a_new_page(miniwob: MiniwobEnvironment) -> None:
    old = miniwob.reset("click-test", 0)
    miniwob.reset("click-test", 1)
    with pytest.raises(DeviceLost, match="closed"):
        old.device.perform(Click(Point(5, 5)))


def test_keys_that_leave_the_page_are_refused(miniwob: MiniwobEnvironment) -> None:
    device = miniwob.reset("click-test", 0).device
    for keys in (("ctrl", "w"), ("f5",), ("alt", "left"), ("ctrl", "shift", "t"), ("alt", "f4"), ("ctrl", "n")):
        with pytest.raises(ActionRefused, match="browser"):
            device.perform(Press(keys))


def test_a_page_that_is_left_gives_no_reward(miniwob: MiniwobEnvironment, stop: Stop) -> None:
    stage = miniwob.reset("click-test", 0)
    page_state(miniwob).value("void location.reload()")
    miniwob.kiosk.page.until("core.cover_div != null", 10)
    _, score = worked(stage, Scripted((Click(Point(240, 300)),)), stop)
    assert score.value == 0.0
    assert "left" in score.reason


def test_a_dead_browser_is_a_fault_and_the_next_episode_gets_a_new_one(stop: Stop) -> None:
    with closing(MiniwobEnvironment(stop)) as miniwob:
        stage = miniwob.reset("click-test", 0)
        assert miniwob.kiosk.page.process is not None
        miniwob.kiosk.page.process.kill()
        assert miniwob.kiosk.page.process.wait(10) == -signal.SIGKILL
        episode = run_episode(stage.goal, stage.device, Scripted(()), stop=stop)
        assert episode.ending is Ending.DEVICE_LOST
        assert "browser ended" in episode.reason
        with pytest.raises(DeviceLost, match="browser ended"):
            stage.check(LiveWorld(stage.device, stage.probe, "", lambda seen: ""))
        again = miniwob.reset("click-test", 0)
        assert worked(again, Following(again.oracle), stop)[1].passed


def test_an_unknown_task_is_named_with_the_closest(miniwob: MiniwobEnvironment) -> None:
    with pytest.raises(ValueError, match=r"'click-buton'.*click-button"):
        miniwob.reset("click-buton", 0)


def test_the_names_are_those_that_the_package_registers() -> None:
    spec = find_spec("miniwob")
    assert spec
    assert spec.submodule_search_locations
    registry = (Path(spec.submodule_search_locations[0]) / "registration.py").read_text("utf-8")
    registered = {name for name in re.findall(r'id="miniwob/(.+)-v\d+"', registry) if not name.startswith("flight.")}
    assert set(NAMES) == registered
    assert set(NAMES) >= LONG
    assert ORACLES.keys() <= set(NAMES)
    assert "gymnasium" not in sys.modules


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniwob", None)  # what Python itself writes to say that there is none
    with pytest.raises(DeviceLost, match=r"pip install 'screenhand\[miniwob\]'"):
        SUITE.open(Stop())


def test_a_missing_browser_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceLost, match=r"chromium.*apt-get install chromium"):
        SUITE.open(Stop())


def test_an_episode_is_recorded_and_reads_back_equal(miniwob: MiniwobEnvironment, stop: Stop, tmp_path: Path) -> None:
    stage = miniwob.reset("login-user", 2)
    recorder = Recorder(tmp_path / "episode", stage.goal, device=stage.device.name, agent="oracle")
    episode, score = worked(stage, Following(stage.oracle), stop, recorder)
    assert score.passed
    recording = read_recording(tmp_path / "episode")
    assert recording.episode.steps == episode.steps
    assert {step.seen.size for step in episode.steps} == {(SCALE * SIZE[0], SCALE * SIZE[1])}
