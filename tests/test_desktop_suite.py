"""Every desktop task can be solved and can be failed."""

import shutil

import pytest

from agent.builtin import Reader, read_text
from agent.episode import Episode, Finish
from agent.loop import run_episode
from agent.policy import Policy, Scripted
from agent.recordings.journal import Journal
from devices import Stop
from devices.desktop.private_display import missing
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.suites.desktop import PACKAGES, TASKS
from tasks.task import Score, Task
from tasks.world import LiveWorld

ABSENT = (*missing(), *(program for program in PACKAGES if shutil.which(program) is None))
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")

READER = Reader()


def judged(task: Task, sandbox: Sandbox, answer: str) -> Score:
    return task.check(LiveWorld(sandbox, sandbox.probe, answer, lambda seen: read_text(seen, READER)))


def attempt(task: Task, policy: Policy, journal: Journal | None = None) -> tuple[Episode, Score]:
    """What `policy` did about `task` on a fresh desktop, and how the world looks after it; before it, it has failed."""
    stop = Stop()
    sandbox = Sandbox(stop)
    try:
        task.setup(sandbox.probe)
        assert not judged(task, sandbox, "").passed, "who does nothing and claims success fails"
        episode = run_episode(task.goal, Settled(Fresh(sandbox), stop), policy, journal=journal, stop=stop)
        return episode, judged(task, sandbox, episode.answer)
    finally:
        sandbox.close()


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_moves_that_are_known_to_solve_it_do_and_doing_nothing_does_not(task: Task) -> None:
    episode, score = attempt(task, Scripted((*task.oracle, Finish(succeeded=True, answer=task.answer))))
    assert [step.error for step in episode.steps if step.error] == []
    assert score.passed, score.reason


def test_names_are_unique_and_goals_are_sentences() -> None:
    assert len({task.name for task in TASKS}) == len(TASKS) >= 14
    for task in TASKS:
        assert task.goal[0].isupper()
        assert task.goal.endswith(".")
