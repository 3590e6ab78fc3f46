"""What strangers say to a phone is done, or it is said why not; judged by the phone's state and by the answer.

SCREENHAND_PHONE_GOALS is how many of the goals are tried, 4 unless it says more; 1000 is all. The policy was written
with one half of them; `Goal.held_out` names the other.
"""

import os

import pytest

from agent.builtin import Builtin
from agent.episode import Ending, Episode, Limits
from agent.loop import run_episode
from devices import Stop
from devices.settled import Settled
from devices.simphone.phone import Phone
from devices.simphone.simphone import SimPhone
from devices.wrappers import Fresh
from tests.phone_goals import GOALS, NOT_YET
from tests.phone_goals.goal import After, Goal, state_of

GIVEN = int(os.environ.get("SCREENHAND_PHONE_GOALS", "4"))
SOLVED = [goal for goal in GOALS if goal.said not in NOT_YET]
TRIED = SOLVED[7 :: max(1, len(SOLVED) // GIVEN)] if len(SOLVED) > GIVEN else SOLVED


@pytest.fixture(scope="module")
def policy() -> Builtin:
    return Builtin()


def attempt(goal: Goal, policy: Builtin) -> After:
    """What the phone is like after `policy` was told `goal` on a new one, and what it did."""
    stop = Stop()
    phone = SimPhone(stop, Phone((540, 1200), animations=False))
    try:
        goal.setup(phone.phone)
        before = state_of(phone.phone)
        episode = run_episode(goal.said, Settled(Fresh(phone), stop), policy, stop=stop, limits=Limits(seconds=120))
        return After(phone.phone, before, episode)
    finally:
        phone.close()


@pytest.mark.parametrize("goal", TRIED, ids=lambda goal: goal.said)
def test_what_a_stranger_says_comes_true_on_the_phone(goal: Goal, policy: Builtin) -> None:
    after = attempt(goal, policy)
    episode = after.episode
    assert goal.met(after), f"{episode.ending}: {episode.reason} {episode.answer}"


def test_no_goal_is_met_by_a_phone_that_nobody_touched() -> None:
    idle = Episode("", (), Ending.FINISHED)
    for goal in GOALS:
        phone = Phone((540, 1200), animations=False)
        goal.setup(phone)
        if goal.met(After(phone, state_of(phone), idle)):
            assert goal.said == "Please turn on Wi-Fi", f"{goal.said!r} is met by doing nothing"


def test_goals_are_told_apart_and_the_known_misses_are_among_them() -> None:
    said = [goal.said for goal in GOALS]
    assert len(set(said)) == len(said) >= 200
    assert set(said) >= NOT_YET
