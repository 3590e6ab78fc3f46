"""What a command is judged by: the screen now and the steps already spent on it."""

from dataclasses import dataclass

from agent.episode import Past, Step
from agent.screen.screen import Screen
from agent.screen.widgets import widgets
from agent.screen.windows import windows
from devices import LongPress, MoveTo, Observation, OpenApp, Refusal, Wait

MOST_STALE = 3
"""How many stale refusals, of actions decided on a screen that had just changed, are tried again."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """The screen now, the steps spent on the command so far, whether other commands follow, and all steps."""

    screen: Screen
    tries: tuple[Step, ...]
    more: bool
    past: Past = ()

    @property
    def acts(self) -> tuple[Step, ...]:
        """The tries that did something: without waits, pointer moves and refused actions."""
        return tuple(s for s in self.tries if not isinstance(s.decision.move, Wait | MoveTo) and not s.error)

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
        return _opened_by_a_step(self.screen.seen, self.past)

    @property
    def closing(self) -> bool:
        """Whether a dialog that was just answered is still there, and may close any moment."""
        return self.in_called_dialog and self.waits < 3 and self.same_windows

    @property
    def same_windows(self) -> bool:
        """Whether the windows are those that were there before the last act."""
        return not self.acts or _titles(self.acts[-1].seen) == _titles(self.screen.seen)

    @property
    def new_windows(self) -> bool:
        """Whether the last step of all opened, closed or renamed a window."""
        return bool(self.past) and _titles(self.past[-1].seen) != _titles(self.screen.seen)

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

    @property
    def changed(self) -> bool:
        """Whether the screen, or the widgets that a phone reports, changed since the last act."""
        done = self.acts
        if done and (before := widgets(done[-1].seen)) and (now := widgets(self.screen.seen)) and before != now:
            return True
        for step in reversed(self.tries):
            if isinstance(step.decision.move, MoveTo) or step.error:
                continue
            if visibly_changed(step):
                return True
            if not isinstance(step.decision.move, Wait):
                return False
        return False


def is_stale(step: Step) -> bool:
    """Whether the action of `step` was refused because the screen had changed since it was decided."""
    return step.refusal in (Refusal.STALE, Refusal.UNCERTAIN)


def visibly_changed(step: Step) -> bool:
    """Whether the screen changed by more than a blinking caret in this step."""
    if step.change is None or step.change.box is None:
        return False
    box = step.change.box
    if box.width <= 3 and box.height <= 48:
        move = step.decision.move
        return isinstance(move, LongPress) and abs(box.center.x - move.at.x) < 12
    return True


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
