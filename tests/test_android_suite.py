"""Every phone task can be solved and can be failed, and the embedded default solves them.

SCREENHAND_PHONE_TASKS is how many of them the embedded default is given, 3 unless it says more.
"""

import os
from contextlib import closing

import pytest

from agent.builtin import Builtin, Reader, read_text
from agent.episode import Episode, Finish
from agent.loop import run_episode
from agent.policy import Policy, Scripted
from devices import Device, Stop
from devices.android.android import Android
from devices.settled import Settled
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from devices.wrappers import Fresh
from tasks.suites.android import TASKS
from tasks.task import Score, Task
from tasks.world import LiveWorld
from tests.connected_phone import connected_phone

READER = Reader()
GIVEN = int(os.environ.get("SCREENHAND_PHONE_TASKS", "3"))


def attempt(task: Task, policy: Policy, server: PrivateAdbServer, *, settled: bool = True) -> tuple[Episode, Score]:
    """What `policy` did about `task` on a fresh phone, and what the phone says after it."""
    stop = Stop()
    with (
        connected_phone(server, Phone(animations=settled)) as connected,
        closing(Android(connected.adbd.address, stop, server=connected.where, elements=True, name="simphone")) as phone,
    ):
        connected.phone.tilt = 1
        task.setup(phone.probe)
        device: Device = Settled(Fresh(phone), stop) if settled else phone
        episode = run_episode(task.goal, device, policy, stop=stop)
        world = LiveWorld(phone, phone.probe, episode.answer, lambda seen: read_text(seen, READER))
        return episode, task.check(world)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_moves_that_are_known_to_solve_it_do(task: Task, adb_server: PrivateAdbServer) -> None:
    moves = (*task.oracle, Finish(succeeded=True, answer=task.answer))
    episode, score = attempt(task, Scripted(moves), adb_server, settled=False)
    assert [step.error for step in episode.steps if step.error] == []
    assert score.passed, score.reason


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_who_does_nothing_and_claims_success_fails(task: Task, adb_server: PrivateAdbServer) -> None:
    _, score = attempt(task, Scripted(()), adb_server, settled=False)
    assert not score.passed, score.reason


@pytest.mark.parametrize("task", TASKS[:: max(1, len(TASKS) // GIVEN)], ids=lambda task: task.name)
def test_the_embedded_default_solves_it(task: Task, adb_server: PrivateAdbServer) -> None:
    episode, score = attempt(task, Builtin(), adb_server)
    assert score.passed, f"{episode.ending}: {episode.reason} {episode.answer}; {score.reason}"


def test_names_are_unique_and_goals_are_sentences() -> None:
    assert len({task.name for task in TASKS}) == len(TASKS) == 15
    for task in TASKS:
        assert task.goal[0].isupper()
        assert task.goal.endswith(".")
