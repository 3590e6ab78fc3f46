"""What a part can come to: something to do, or over, or impossible."""

from dataclasses import dataclass

from agent.builtin.phone.widgets import widgets
from agent.builtin.targets import Sight
from agent.builtin.windows import windows
from agent.episode import Past, Step
from devices import Action, Click, LongPress, MoveTo, Observation, OpenApp, Wait


@dataclass(frozen=True, slots=True)
class Act:
    """Do `move`, for the reason `why`."""

    move: Action
    why: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The part is over."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The part cannot be done; `why` says what was wanted, what was found and what was tried."""

    why: str


Outcome = Act | Done | Failed


@dataclass(frozen=True, slots=True)
class Turn:
    """What a part is judged by: the screen now, the steps already spent on it, and whether other parts follow."""

    sight: Sight
    tries: tuple[Step, ...]
    more: bool
    past: Past = ()

    @property
    def acts(self) -> tuple[Step, ...]:
        """The tries that did something: waits, looks aside and refused moves left out."""
        return tuple(s for s in self.tries if not isinstance(s.decision.move, Wait | MoveTo) and not s.error)

    @property
    def refused(self) -> tuple[Step, ...]:
        """The tries that will not do; one that only came too late ("look again") counts from the fourth time on."""
        late = [step for step in self.tries if "look again" in step.error]
        return tuple(step for step in self.tries if step.error and (step not in late[:3]))

    @property
    def in_called_dialog(self) -> bool:
        """Whether the last thing that was done was done in a window that an earlier step called up, a dialog."""
        done = self.acts
        return bool(done) and self._called(done[-1].seen, self.past[: done[-1].index])

    @property
    def front_is_dialog(self) -> bool:
        """Whether an earlier step called up the window that is in front now."""
        return self._called(self.sight.seen, self.past)

    @staticmethod
    def _called(seen: Observation, past: Past) -> bool:
        shown = windows(seen)
        for step in reversed(past):
            earlier = windows(step.seen)
            if len(earlier) < len(shown):
                return not isinstance(step.decision.move, OpenApp)
            if len(earlier) > len(shown):
                return False
        return False

    @property
    def closing(self) -> bool:
        """Whether a dialog that was just answered is still there, and may close any moment."""
        if not self.in_called_dialog or self.waits >= 3:
            return False
        return self.same_windows

    @property
    def same_windows(self) -> bool:
        """Whether the windows are those that were there before the last thing that was done."""
        before = self.acts[-1].seen if self.acts else self.sight.seen
        return [window.text for window in windows(before)] == [window.text for window in windows(self.sight.seen)]

    @property
    def waits(self) -> int:
        """How many waits there were since something was last done."""
        count = 0
        for step in reversed(self.tries):
            if not isinstance(step.decision.move, Wait):
                break
            count += 1
        return count

    @property
    def changed(self) -> bool:
        """Whether the screen changed since the last thing that was done; a phone's widgets count, seen or not."""
        done = self.acts
        if done and (before := widgets(done[-1].seen)) and (now := widgets(self.sight.seen)) and before != now:
            return True
        for step in reversed(self.tries):
            if isinstance(step.decision.move, MoveTo) or step.error:
                continue
            if visibly(step):
                return True
            if not isinstance(step.decision.move, Wait):
                return False
        return False


def visibly(step: Step) -> bool:
    """Whether the screen changed by more than a blinking caret in this step."""
    if step.change is None or step.change.box is None:
        return False
    box = step.change.box
    if box.width <= 3 and box.height <= 48:
        move = step.decision.move
        near = isinstance(move, Click | LongPress) and abs(box.center.x - move.at.x) < 12
        return near and isinstance(move, LongPress)
    return True
