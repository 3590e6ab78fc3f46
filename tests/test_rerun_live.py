"""Real applications, web pages and a phone worked again; SCREENHAND_RERUNS says how many recordings, 1 by default."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from agent.builtin import Builtin
from agent.episode import Ending
from agent.loop import run_episode
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from agent.rerun.policy import Rerun
from agent.rerun.screen_match import ScreenMatcher
from devices import Stop
from devices.desktop.chromium import PROGRAMS
from devices.desktop.private_display import missing
from devices.settled import Settled
from devices.simphone.simphone import SimPhone
from devices.wrappers import Fresh
from tasks.suites.desktop import PACKAGES, TASKS
from tests.rerun_stage import (
    CLICKED,
    LOOKS,
    READER,
    WEB_TASKS,
    attempt,
    attempt_web,
    record_desktop,
    record_web,
    web_environment,
)

MANY = int(os.environ.get("SCREENHAND_RERUNS", "1"))
NO_DESKTOP = (*missing(), *(program for program in PACKAGES if shutil.which(program) is None))
NO_WEB = (
    *missing(),
    *([] if any(map(shutil.which, PROGRAMS)) else ["chromium"]),
    *([] if find_spec("miniwob") else ["the package miniwob"]),
)
SOME = CLICKED if MANY > 1 else ("show-line-numbers",)
WEB = WEB_TASKS[:MANY] if MANY > 1 else ("click-dialog",)


@pytest.mark.skipif(bool(NO_DESKTOP), reason=f"not installed: {', '.join(NO_DESKTOP)}")
def test_desktop_work_is_done_again_where_windows_open_elsewhere(tmp_path: Path) -> None:
    record_desktop(tmp_path, SOME[:MANY], say=lambda line: None)
    failed = []
    for look in ("moved", "dark", "1.25x", "1.5x") if MANY > 1 else ("moved",):
        for task in (task for task in TASKS if task.name in SOME[:MANY]):
            policy = Rerun(read_recording(tmp_path / task.name).episode, ScreenMatcher(READER))
            _, score = attempt(task, policy, tmp_path / f"{task.name}-{look}", LOOKS[look])
            if not score.passed:
                failed.append((task.name, look, score.reason, policy.miss and policy.miss.reason))
    assert len(failed) <= 0.1 * MANY, failed


@pytest.mark.skipif(bool(NO_WEB), reason=f"not installed: {', '.join(NO_WEB)}")
def test_a_web_page_is_worked_again_and_one_of_another_seed_is_not_touched(tmp_path: Path) -> None:
    record_web(tmp_path, WEB, 1, say=lambda line: None)
    stop = Stop()
    environment = web_environment("same", stop)
    try:
        for task in WEB:
            recorded = read_recording(tmp_path / f"{task}-0").episode
            again = Rerun(recorded, ScreenMatcher(READER))
            _, score = attempt_web(environment, task, 0, again, tmp_path / f"{task}-again", "same", stop)
            assert score.passed, (task, again.miss)
            astray = Rerun(recorded, ScreenMatcher(READER), patience=0.5)
            episode, _ = attempt_web(environment, task, 1, astray, tmp_path / f"{task}-astray", "same", stop)
            assert episode.ending is Ending.GAVE_UP, task
            assert not astray.found, task
    finally:
        environment.close()


def test_a_phone_is_worked_again_by_its_widgets_and_a_switch_that_is_set_already_is_left_alone(tmp_path: Path) -> None:
    stop, goal = Stop(), "turn off Wi-Fi"
    phone = SimPhone(stop)
    try:
        recorder = Recorder(tmp_path / "then", goal, device="simphone", agent="builtin")
        run_episode(goal, Settled(Fresh(phone), stop), Builtin(READER), journal=recorder, stop=stop)
    finally:
        phone.close()
    recorded = read_recording(tmp_path / "then").episode
    assert recorded.ending is Ending.FINISHED
    phone = SimPhone(stop)
    try:
        policy = Rerun(recorded, ScreenMatcher(READER), patience=3.0)
        episode = run_episode(goal, Settled(Fresh(phone), stop), policy, stop=stop)
        assert episode.ending is Ending.FINISHED, policy.miss
        assert phone.probe.run(("settings", "get", "global", "wifi_on")).strip() == "0"
    finally:
        phone.close()
