"""Every toy task can be solved and can be failed, at any seed, and an unknown name is told with the known ones."""

from contextlib import closing
from pathlib import Path

import pytest

from agent.evaluate.live.player import Player
from agent.evaluate.live.reference_policies import IDLE, Oracle
from agent.evaluate.live.trials import Trial
from devices import Stop
from tasks.suites import NAMES, suite_named

TOY = suite_named("toy")


@pytest.mark.parametrize("seed", [0, 2026])
@pytest.mark.parametrize("task", [task for task in TOY.tasks if "wait" not in task])
def test_the_known_moves_solve_it_and_doing_nothing_does_not(tmp_path: Path, task: str, seed: int) -> None:
    with closing(Player(TOY, lambda stage: Oracle(stage.oracle, stage.answer), lambda seen: "", Stop())) as solving:
        solved = solving.play(Trial(task, seed), tmp_path / "solved")
    with closing(Player(TOY, lambda stage: IDLE, lambda seen: "", Stop())) as idling:
        idle = idling.play(Trial(task, seed), tmp_path / "idle")
    assert (solved.passed, idle.passed, solved.fault, idle.fault) == (True, False, "", ""), (solved.reason, idle.reason)


def test_the_same_seed_is_the_same_task_and_another_is_another() -> None:
    with closing(TOY.open(Stop())) as environment:
        goals = [environment.reset("sign-in", seed).goal for seed in (3, 3, 4)]
        assert goals[0] == goals[1] != goals[2]
        with pytest.raises(ValueError, match="no task is called 'fly'; there are sign-in"):
            environment.reset("fly", 0)


def test_every_suite_that_is_named_is_there_and_no_other() -> None:
    for name in NAMES:
        suite = suite_named(name)
        assert suite.name == name
        assert len(set(suite.tasks)) == len(suite.tasks) > 5
    with pytest.raises(ValueError, match="no suite is called 'tetris'; there are toy, desktop, android, miniwob"):
        suite_named("tetris")
