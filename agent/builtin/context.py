"""What a command is judged by: the screen now and the steps already spent on it."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.episode import Past, Step
from agent.screen.screen import Screen
from agent.screen.windows import windows
from devices import Click, Element, MoveTo, Observation, OpenApp, Refusal, Wait

MOST_STALE = 3
"""How many stale refusals, of actions decided on a screen that had just changed, are tried again."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """The screen now, the steps spent on the command so far, whether other commands follow, and all steps.

    `parse` reads the screen of an earlier step again.
    """

    screen: Screen
    tries: tuple[Step, ...]
    more: bool
    parse: Callable[[Observation], Screen]
    past: Past = ()

    @property
    def seen(self) -> Observation:
        return self.screen.seen

    @property
    def acts(self) -> tuple[Step, ...]:
        """The tries that did something: without waits, pointer moves and refused actions."""
        return tuple(s for s in self.tries if not isinstance(s.decision.move, Wait | MoveTo) and not s.error)

    @property
    def clicks(self) -> tuple[Step, ...]:
        """The tries that clicked."""
        return tuple(step for step in self.acts if isinstance(step.decision.move, Click))

    @property
    def target(self) -> Element | None:
        """The element that the last act was meant for, as it was seen then."""
        return self.acts[-1].decision.target if self.acts else None

    @property
    def stale(self) -> bool:
        """Whether the last try was refused only because the screen had changed since it was decided."""
        return bool(self.tries) and is_stale(self.tries[-1])

    @property
    def refused(self) -> tuple[Step, ...]:
        """The refused tries; stale ones count only after the first `MOST_STALE`."""
        late = [step for step in self.tries if is_stale(step)][:MOST_STALE]
        return tuple(step for step in self.tries if step.error and step not in late)

    @property
    def in_called_dialog(self) -> bool:
        """Whether the last act was done in a window that an earlier step opened: a dialog."""
        done = self.acts
        return bool(done) and _opened_by_a_step(done[-1].seen, self.past[: done[-1].index])

    @property
    def front_is_dialog(self) -> bool:
        """Whether an earlier step opened the window that is in front now."""
        return _opened_by_a_step(self.seen, self.past)

    @property
    def closing(self) -> bool:
        """Whether a dialog that was just answered is still there, and may close any moment."""
        return self.in_called_dialog and self.waits < 3 and self.same_windows

    @property
    def same_windows(self) -> bool:
        """Whether the windows are those that were there before the last act."""
        return not self.acts or _titles(self.acts[-1].seen) == _titles(self.seen)

    @property
    def new_windows(self) -> bool:
        """Whether the last step of all opened, closed or renamed a window."""
        return bool(self.past) and _titles(self.past[-1].seen) != _titles(self.seen)

    @property
    def waits(self) -> int:
        """How many waits there were since the last act."""
        count = 0
        for step in reversed(self.tries):
            if not isinstance(step.decision.move, Wait):
                break
            count += 1
        return count

    @property
    def waited(self) -> float:
        """How many seconds of waiting the tries add up to."""
        return sum(step.decision.move.seconds for step in self.tries if isinstance(step.decision.move, Wait))


def is_stale(step: Step) -> bool:
    """Whether the action of `step` was refused because the screen had changed since it was decided."""
    return step.refusal in (Refusal.STALE, Refusal.UNCERTAIN)


def _titles(seen: Observation) -> list[str]:
    return [window.text for window in windows(seen)]


def _opened_by_a_step(seen: Observation, past: Past) -> bool:
    shown = windows(seen)
    for step in reversed(past):
        earlier = windows(step.seen)
        if len(earlier) < len(shown):
            return not isinstance(step.decision.move, OpenApp)
        if len(earlier) > len(shown):
            return False
    return False
