"""MiniWoB++ episodes, for the tests that work them."""

import shutil
from importlib.util import find_spec

from agent.episode import Episode, Limits
from agent.loop import run_episode
from agent.policy import Policy
from agent.recordings.journal import Journal
from devices import Observation, Stop
from devices.desktop.chromium import PROGRAMS
from devices.desktop.private_display import missing
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.suite import TaskInstance
from tasks.task import Score
from tasks.world import LiveWorld

ABSENT = (
    *missing(),
    *([] if any(map(shutil.which, PROGRAMS)) else ["chromium"]),
    *([] if find_spec("miniwob") else ["the package miniwob"]),
)
"""What these tests need and this machine lacks."""


def worked(stage: TaskInstance, policy: Policy, stop: Stop, journal: Journal | None = None) -> tuple[Episode, Score]:
    """What `policy` did on `stage`, and how it was judged."""
    device = Settled(Fresh(stage.device), stop)
    episode = run_episode(stage.goal, device, policy, limits=Limits(steps=stage.steps), journal=journal, stop=stop)
    return episode, stage.check(LiveWorld(device, stage.probe, episode.answer, _unread))


def _unread(seen: Observation) -> str:
    raise AssertionError("the page's reward judges, and not what can be read")
