"""Several moves in one reply: made in order, each a step of its own, and dropped when the screen is not as expected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from agent.action_queue import queued, without_played
from agent.dialects.families import dialect_named
from agent.dialects.history import outcome_note
from agent.episode import Ask, Decision, Ending, Finish, Limits, Move, Past, Seconds, Step
from agent.loop import run_episode
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from devices import ActionRefused, Click, MoveTo, Observation, Point, Press, Refusal, TypeText
from devices.changes import change_between
from devices.toy import BOXES, Toy

NAME, SIGN_IN = BOXES["Name"].center, BOXES["Sign in"].center


@dataclass
class Replying:
    """A policy whose replies hold several moves each, and that counts how often it was asked."""

    replies: Sequence[Sequence[Move]]
    asked: int = 0
    name: str = "replying"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        first, *then = self.replies[self.asked]
        self.asked += 1
        return Decision(first, raw=f"reply {self.asked}", then=tuple(then))


def test_the_moves_of_one_reply_are_steps_of_their_own_and_cost_one_reply() -> None:
    toy = Toy()
    policy = Replying([[Click(NAME), TypeText("Ada\tsecret"), Click(SIGN_IN)], [Finish(True)]])
    episode = run_episode("sign in", toy, policy)
    assert (toy.message, episode.ending, policy.asked) == ("Welcome, Ada", Ending.FINISHED, 2)
    assert [step.decision.move for step in episode.steps] == [
        *(Click(NAME), TypeText("Ada\tsecret"), Click(SIGN_IN), Finish(True))
    ]
    assert [step.decision.raw for step in episode.steps] == ["reply 1", "", "", "reply 2"]
    assert [len(step.decision.then) for step in episode.steps] == [2, 1, 0, 0]


def test_what_is_left_of_a_reply_is_in_the_recording(tmp_path: Path) -> None:
    policy = Replying([[Click(NAME), TypeText("Ada")], [Ask("Which?")]])
    recorder = Recorder(tmp_path / "e", "x", device="toy", agent="replying")
    episode = run_episode(
        "x", Toy(), policy, journal=recorder, ask=lambda question: "the first", limits=Limits(steps=3)
    )
    read = read_recording(tmp_path / "e").episode
    assert [step.decision for step in read.steps] == [step.decision for step in episode.steps]
    assert read.steps[2].decision.move == Ask("Which?", "the first")


class Refusing(Toy):
    """A toy that does not let itself be typed into."""

    def perform(self, action: object) -> None:
        if isinstance(action, TypeText):
            raise ActionRefused("the focus went elsewhere: look again", Refusal.STALE)
        super().perform(action)  # type: ignore[arg-type]  # what the loop gives


def test_after_a_refusal_the_rest_is_dropped_and_the_policy_is_told() -> None:
    policy = Replying([[TypeText("Ada"), Click(SIGN_IN), Click(NAME)], [Finish(False)]])
    episode = run_episode("x", Refusing(), policy)
    assert [step.decision.move for step in episode.steps] == [TypeText("Ada"), Finish(False)]
    note = outcome_note(without_played(episode.steps)[0])
    assert "look again; the screen was not as expected, so the other 2 of this reply were not done" in note


def after(before: Observation, seen: Observation, move: Move, *then: Move) -> tuple[Step, ...]:
    decision = Decision(move, raw="a reply", then=then)
    return (Step(0, before, decision, "", change_between(before, seen), Seconds()),)


def painted(seen: Observation, top: int, bottom: int) -> Observation:
    pixels = seen.pixels.copy()
    pixels[top:bottom] = np.uint8(17)
    return replace(seen, pixels=pixels)


SEEN = Toy().observe()
FAR, NEAR = Click(Point(600, 380)), Click(Point(100, 60))
CASES: dict[str, tuple[Observation, Move, Move, bool]] = {
    "the place is as it was": (painted(SEEN, 0, 40), NEAR, FAR, True),
    "the place looks otherwise": (painted(SEEN, 340, 400), NEAR, FAR, False),
    "the place was touched by this very reply": (painted(SEEN, 40, 90), NEAR, Click(Point(110, 70), times=2), True),
    "another screen came up": (painted(SEEN, 0, 250), NEAR, Press(("enter",)), False),
    "a click that changed nothing may have been right": (SEEN, NEAR, TypeText("x"), True),
    "text that changed nothing went nowhere": (SEEN, TypeText("x"), Press(("enter",)), False),
    "a key that changed nothing may have been right": (SEEN, Press(("ctrl", "c")), FAR, True),
    "the pointer went there": (SEEN, MoveTo(Point(600, 380)), FAR, True),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rest_is_made_only_where_the_screen_is_as_expected(case: str) -> None:
    seen, first, second, made = CASES[case]
    found = queued(after(SEEN, seen, first, second), seen)
    assert (found.move if found else None) == (second if made else None)


def test_another_size_of_screen_drops_the_rest() -> None:
    smaller = replace(SEEN, pixels=SEEN.pixels[:300])
    assert queued(after(SEEN, SEEN, NEAR, FAR), smaller) is None
    assert queued((), SEEN) is None
    assert queued(after(SEEN, SEEN, NEAR), SEEN) is None


def test_a_step_that_was_made_is_not_told_as_left_out() -> None:
    episode = run_episode("x", Toy(), Replying([[Click(NAME), TypeText("Ada")], [Finish(True)]]))
    told = without_played(episode.steps)
    assert [step.decision.then for step in told] == [(), (), ()]
    prompt = str(dialect_named("ui-venus-2").ask("x", episode.steps, SEEN).messages)
    assert "not as expected" not in prompt
