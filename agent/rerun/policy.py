"""The recorded moves as a policy: each waits for its screen, is done at today's point, or stops the run."""

from dataclasses import dataclass, replace

from agent.episode import Decision, Episode, Finish, Past, Step, Unreadable
from agent.policy import Policy
from agent.rerun.finding import Finder, Found, How, Unlike
from agent.rerun.variables import Replaced
from devices import Action, Click, Drag, LongPress, MoveTo, Observation, OpenApp, Point, Scroll, Wait
from devices.actions import describe, points_of

LOOK_AGAIN = 0.5
"""Seconds between two looks at a screen that is not there yet."""
REFUSALS = 3
"""How often a move may be refused, because the screen changed in the last moment, before the run stops."""


@dataclass(frozen=True, slots=True)
class Miss:
    """The step that stopped the run: what was seen then and is seen now, the points, and why they are not the same."""

    number: int
    then: Observation
    move: Action
    now: Observation
    why: str
    alike: float


class Rerun:
    """Does what was recorded again; see `Policy`. What it tells of steps found and missed is for people to read.

    Before a move its screen is waited for, `patience` seconds at most; recorded waits are left out for that. Opening an
    application needs no screen. `healer` is asked for a step whose target cannot be found; without one the run gives up.
    """

    name = "rerun"

    def __init__(
        self,
        episode: Episode,
        finder: Finder,
        replaced: Replaced | None = None,
        *,
        patience: float = 10.0,
        healer: Policy | None = None,
    ) -> None:
        self._todo = recorded_actions(episode)
        self._final, self._answer = episode.final, episode.answer
        self._finder, self._replaced = finder, replaced or Replaced()
        self._patience, self._healer = patience, healer
        self.found: dict[int, How] = {}
        self.miss: Miss | None = None
        self.end: Found | Unlike | None = None

    @property
    def count(self) -> int:
        """How many recorded actions there are to do."""
        return len(self._todo)

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        done = sum(not step.error and not isinstance(step.decision.move, Wait) for step in past)
        if done >= len(self._todo):
            return self._finished(past, seen)
        recorded, label = self._todo[done], f"{done + 1}/{len(self._todo)}"
        action = recorded.decision.move
        assert not isinstance(action, Finish | Unreadable)
        label = f"{label} {recorded.decision.instruction}".strip()
        if isinstance(action, OpenApp):
            self.found.setdefault(done, "same")
            return self._refused(past) or Decision(action, label, "an application brings its own window")
        result = self._finder.find(recorded.seen, points_of(action), seen)
        if isinstance(result, Found):
            self.found[done] = result.how
            move = self._replaced.move(relocated(action, result.points))
            told = f"found {result.how}, {result.alike:.0%} of the window is there again"
            return self._refused(past) or Decision(move, label, told)
        if waited(past) < self._patience:
            return Decision(Wait(LOOK_AGAIN), label, f"not there yet: {result.why}")
        self.miss = Miss(done, recorded.seen, action, seen, result.why, result.alike)
        return self._healed(goal, past, seen, recorded, label) or Decision(
            Finish(succeeded=False), label, f"step {done + 1} was not done: {result.why}"
        )

    def _finished(self, past: Past, seen: Observation) -> Decision:
        """The end, when the screen is as it was recorded, or when it was waited for long enough."""
        if self._final is None:
            return Decision(Finish(succeeded=True), "", "how the screen looked at the end was not recorded")
        self.end = self._finder.find(self._final, (), seen)
        if isinstance(self.end, Found):
            answer = self._answer if not self._replaced.texts else ""
            return Decision(Finish(succeeded=True, answer=answer), "", "the end is as recorded")
        if waited(past) < self._patience:
            return Decision(Wait(LOOK_AGAIN), "", f"the end is not as recorded yet: {self.end.why}")
        return Decision(Finish(succeeded=True), "", f"the end is not as recorded: {self.end.why}")

    def _refused(self, past: Past) -> Decision | None:
        """Giving up, when the last moves were all refused."""
        errors = [step.error for step in past[-REFUSALS:]]
        if len(errors) < REFUSALS or not all(errors):
            return None
        return Decision(Finish(succeeded=False), "", f"refused {REFUSALS} times: {errors[-1]}")

    def _healed(self, goal: str, past: Past, seen: Observation, recorded: Step, label: str) -> Decision | None:
        """What the model would do for this one step; None where there is no model, or it knows no move."""
        if self._healer is None or self._refused(past):
            return None
        decision = self._healer.decide(one_step(goal, recorded), past, seen)
        if isinstance(decision.move, Finish | Unreadable | Wait):
            return None
        assert self.miss is not None
        self.found[self.miss.number], self.miss = "healed", None
        return replace(decision, instruction=label, move=self._replaced.move(decision.move))


def recorded_actions(episode: Episode) -> tuple[Step, ...]:
    """The steps to do again: those that were carried out, without waits, for which a screen is waited now."""
    return tuple(
        step
        for step in episode.steps
        if not step.error and not isinstance(step.decision.move, Finish | Unreadable | Wait)
    )


def relocated(action: Action, points: tuple[Point, ...]) -> Action:
    """`action` at other points, as many as it has."""
    match action:
        case Click() | LongPress() | MoveTo() | Scroll():
            return replace(action, at=points[0])
        case Drag():
            return replace(action, path=points)
        case _:
            return action


def waited(past: Past) -> float:
    """Seconds of waiting since the last move."""
    seconds = 0.0
    for step in reversed(past):
        if not isinstance(step.decision.move, Wait):
            break
        seconds += step.decision.move.seconds
    return seconds


def one_step(goal: str, recorded: Step) -> str:
    """What a model is asked when the target of a recorded step is not found."""
    move = recorded.decision.move
    assert not isinstance(move, Finish | Unreadable)
    told = recorded.decision.instruction or describe(move)
    return (
        f"Do exactly one step and nothing else: {told}. When this was recorded, it was done by: {describe(move)}, on a "
        f"screen of {recorded.seen.width} x {recorded.seen.height} pixels that looked otherwise. The whole work is: {goal}"
    )
