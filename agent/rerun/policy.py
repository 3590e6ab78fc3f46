"""The recorded moves as a policy: each waits for its screen, is done at today's point, or stops the run."""

from dataclasses import dataclass, replace

from agent.episode import Decision, Episode, Finish, Past, PlanStep, Step, Unreadable
from agent.rerun.finding import Finder, Found, How, Unlike
from agent.rerun.healing import Healer
from agent.rerun.variables import Replaced
from devices import Action, Click, Drag, LongPress, MoveTo, Observation, OpenApp, Point, Scroll, Wait
from devices.actions import points_of

LOOK_AGAIN = 0.5
"""Seconds between two looks at a screen that is not there yet."""
REFUSALS = 3
"""How often a move may be refused, because the screen changed in the last moment, before the run stops."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A recorded step whose action is to be done again."""

    step: Step
    action: Action


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

    Before a move its screen is waited for, `patience` seconds at most; recorded waits are left out for that. Opening
    an application needs no screen. `healer` is asked for a step whose target cannot be found; without one, or when it
    knows none either, the run gives up.
    """

    name = "rerun"

    def __init__(
        self,
        episode: Episode,
        finder: Finder,
        replaced: Replaced | None = None,
        *,
        patience: float = 10.0,
        healer: Healer | None = None,
    ) -> None:
        self._todo = recorded_actions(episode)
        self._final, self._answer = episode.final, episode.answer
        self._finder, self._replaced = finder, replaced or Replaced()
        self._patience, self._healer = patience, healer
        self._read: tuple[int, Observation] | None = None
        self.found: dict[int, How] = {}
        self.miss: Miss | None = None
        self.end: Found | Unlike | None = None

    @property
    def count(self) -> int:
        """How many recorded actions there are to do."""
        return len(self._todo)

    @property
    def tries(self) -> int:
        """How often a screen is looked at before it is given up."""
        return int(self._patience / LOOK_AGAIN) + 1

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        done = sum(not step.error and not isinstance(step.decision.move, Wait) for step in past)
        if done >= len(self._todo):
            return self._finished(past, seen)
        todo, place = self._todo[done], PlanStep(done + 1, len(self._todo))
        words = todo.step.decision.instruction
        if (given_up := _refused(past)) is not None:
            return given_up
        if isinstance(todo.action, OpenApp):
            self.found.setdefault(done, "same")
            return Decision(todo.action, words, "an application brings its own window", plan_step=place)
        result = self._finder.find(self._screen(done), points_of(todo.action), seen)
        if isinstance(result, Found):
            self.found[done] = result.how
            move = self._replaced.move(relocated(todo.action, result.points))
            why = f"found {result.how}, {result.alike:.0%} of the window is there again"
            return Decision(move, words, why, plan_step=place)
        if waited(past) < self._patience:
            return Decision(Wait(LOOK_AGAIN), words, f"not there yet: {result.why}", plan_step=place)
        if self._healer is not None and (healed := self._healer(goal, todo.step, seen)) is not None:
            self.found[done] = "healed"
            move = self._replaced.move(healed.move)
            return replace(healed, instruction=words, plan_step=place, move=move)
        self.miss = Miss(done, self._screen(done), todo.action, seen, result.why, result.alike)
        end = Finish(succeeded=False, answer=f"step {done + 1} was not done: {result.why}")
        return Decision(end, words, plan_step=place)

    def _screen(self, number: int) -> Observation:
        """The screen that was recorded before action `number`, read from the disk once while it is waited for."""
        if self._read is None or self._read[0] != number:
            seen = self._todo[number].step.seen
            self._read = number, Observation(seen.pixels, seen.front, seen.at, seen.elements)
        return self._read[1]

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


def _refused(past: Past) -> Decision | None:
    """Giving up, when the last moves were all refused."""
    errors = [step.error for step in past[-REFUSALS:]]
    if len(errors) < REFUSALS or not all(errors):
        return None
    return Decision(Finish(succeeded=False, answer=f"refused {REFUSALS} times: {errors[-1]}"))


def recorded_actions(episode: Episode) -> tuple[Todo, ...]:
    """What there is to do again: what was carried out, without waits, for which a screen is waited now."""
    return tuple(
        Todo(step, step.decision.move)
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
