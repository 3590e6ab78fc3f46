"""The recorded actions as a policy: each waits for its screen, is done at its point there, or stops the run."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.episode import Decision, Episode, Finish, NonAction, Past, PlanStep, Step
from agent.rerun.screen_match import MatchKind, Mismatch, ScreenMatch, ScreenMatcher
from agent.rerun.variables import Substitution
from devices import Action, Click, Drag, LongPress, MoveTo, Observation, OpenApp, Point, Scroll, Wait
from devices.actions import points_of

INTERVAL = 0.5
"""Seconds between two looks at a screen that is not there yet."""
MAX_REFUSALS = 3
"""How often in a row an action may be refused, because the screen changed in the last moment, before the run stops."""


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """A recorded step whose action is to be done again."""

    step: Step
    action: Action

    @property
    def instruction(self) -> str:
        """The low-level instruction that the action served, "" where none is known."""
        return self.step.decision.instruction


Healer = Callable[[str, RecordedAction, Observation], Decision | None]
"""Given the goal, the recorded action and the current screen: what to do instead, or None for nothing."""


@dataclass(frozen=True, slots=True)
class Miss:
    """The action that stopped the run, its number from 0, both screens, why they differ, and the share that matches."""

    number: int
    then: Observation
    action: Action
    now: Observation
    reason: str
    share: float


class Rerun:
    """The policy that repeats recorded actions. `found`, `miss` and `end` report on the run; no decision reads them.

    Before each action it waits for the recorded screen, `patience` seconds at most, and leaves recorded waits out;
    opening an application needs no screen. `healer` is asked for an action whose target cannot be found; without a
    healer, or without an answer of it, the run gives up.
    """

    name = "rerun"

    def __init__(
        self,
        episode: Episode,
        matcher: ScreenMatcher,
        substitution: Substitution | None = None,
        *,
        patience: float = 10.0,
        healer: Healer | None = None,
    ) -> None:
        self._actions = recorded_actions(episode)
        self._final, self._answer = episode.final, episode.answer
        self._matcher, self._substitution = matcher, substitution or Substitution()
        self._patience, self._healer = patience, healer
        self._screen: tuple[int, Observation] | None = None
        self.found: dict[int, MatchKind] = {}
        self.miss: Miss | None = None
        self.end: ScreenMatch | Mismatch | None = None

    @property
    def count(self) -> int:
        """How many recorded actions there are to do."""
        return len(self._actions)

    @property
    def tries(self) -> int:
        """How often a screen is looked at before it is given up."""
        return int(self._patience / INTERVAL) + 1

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        done = sum(not step.error and not isinstance(step.decision.move, Wait) for step in past)
        if done >= self.count:
            return self._finish(past, seen)
        if (gives_up := _after_refusals(past)) is not None:
            return gives_up
        decision = self._decide(goal, done, past, seen)
        instruction = self._substitution.text(self._actions[done].instruction)
        return replace(decision, instruction=instruction, plan_step=PlanStep(done + 1, self.count))

    def _decide(self, goal: str, number: int, past: Past, seen: Observation) -> Decision:
        recorded = self._actions[number]
        if isinstance(recorded.action, OpenApp):
            self.found.setdefault(number, "same")
            return Decision(recorded.action, thought="an application brings its own window")
        result = self._matcher.match(self._recorded_screen(number), points_of(recorded.action), seen)
        if isinstance(result, ScreenMatch):
            self.found[number] = result.kind
            move = self._substitution.move(relocated(recorded.action, result.points))
            return Decision(move, thought=f"found {result.kind}, {result.share:.0%} of the window is there again")
        if waited(past) < self._patience:
            return Decision(Wait(INTERVAL), thought=f"not there yet: {result.reason}")
        if self._healer is not None and (healed := self._healer(goal, recorded, seen)) is not None:
            self.found[number] = "healed"
            return replace(healed, move=self._substitution.move(healed.move))
        self.miss = Miss(number, self._recorded_screen(number), recorded.action, seen, result.reason, result.share)
        return Decision(Finish(succeeded=False, answer=f"step {number + 1} was not done: {result.reason}"))

    def _recorded_screen(self, number: int) -> Observation:
        """The screen that was recorded before action `number`, read from the disk once while it is waited for."""
        if self._screen is None or self._screen[0] != number:
            self._screen = number, self._actions[number].step.seen.in_memory()
        return self._screen[1]

    def _finish(self, past: Past, seen: Observation) -> Decision:
        """The end, when the screen matches the recorded final one, or when it was waited for long enough."""
        if self._final is None:
            return Decision(Finish(succeeded=True), thought="how the screen looked at the end was not recorded")
        self.end = self._matcher.match(self._final, (), seen)
        if isinstance(self.end, ScreenMatch):
            answer = self._answer if not self._substitution.texts else ""
            return Decision(Finish(succeeded=True, answer=answer), thought="the end is as recorded")
        if waited(past) < self._patience:
            return Decision(Wait(INTERVAL), thought=f"the end is not as recorded yet: {self.end.reason}")
        return Decision(Finish(succeeded=True), thought=f"the end is not as recorded: {self.end.reason}")


def _after_refusals(past: Past) -> Decision | None:
    """A finish that gives up, when the last `MAX_REFUSALS` moves were all refused; else None."""
    errors = [step.error for step in past[-MAX_REFUSALS:]]
    if len(errors) < MAX_REFUSALS or not all(errors):
        return None
    return Decision(Finish(succeeded=False, answer=f"refused {MAX_REFUSALS} times: {errors[-1]}"))


def recorded_actions(episode: Episode) -> tuple[RecordedAction, ...]:
    """The actions that were carried out, without waits: a rerun waits for screens instead."""
    return tuple(
        RecordedAction(step, step.decision.move)
        for step in episode.steps
        if not step.error and not isinstance(step.decision.move, NonAction | Wait)
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
