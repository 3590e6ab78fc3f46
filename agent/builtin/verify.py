"""Waits and verifies: commands that only look at the screen."""

from agent.builtin.context import StepContext
from agent.builtin.instructions import Await, Expect, Pause
from agent.builtin.not_found import PATIENCE, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.find import find
from agent.grounding.target import Target
from agent.grounding.window_match import named_window
from agent.screen.windows import front_window, windows
from devices import Wait


def pause(command: Pause, context: StepContext) -> Outcome:
    """Wait for as long as asked."""
    left = command.seconds - context.waited
    return Act(Wait(min(left, 60.0))) if left > 0.001 else Done()


def await_(command: Await, context: StepContext) -> Outcome:
    """Wait until the target is, or is no longer, visible."""
    visible = _visible(command.target, context)
    if visible == command.appears:
        return Done(f"{command.target} is {'visible' if visible else 'gone'}")
    if context.waited >= command.seconds:
        verb = "did not appear" if command.appears else "did not disappear"
        return Failed(f"{command.target} {verb} within {command.seconds:g} s; {surroundings(command.target, context)}")
    return Act(Wait(min(max(0.3, context.waited / 2), 3.0)))


def expect(command: Expect, context: StepContext) -> Outcome:
    """Fail unless the target is, or is not, visible; give the screen a moment to show it."""
    if _visible(command.target, context) == command.present:
        return Done(f"{command.target} is {'' if command.present else 'not '}visible")
    if context.waits < len(PATIENCE):
        now = "not" if command.present else "still"
        return Act(Wait(PATIENCE[context.waits]), f"{command.target} is {now} visible")
    wish = "should be visible and is not" if command.present else "should not be visible and is"
    return Failed(f"{command.target} {wish}; {surroundings(command.target, context)}")


def _visible(target: Target, context: StepContext) -> bool:
    screen = context.screen
    if target.role not in ("window", "dialog"):
        return bool(find(target, screen))
    if target.text:
        return named_window(target.text, screen.seen) is not None or bool(find(Target(target.text), screen))
    front, every = front_window(screen.seen), windows(screen.seen)
    if front is None or len(every) < 2:
        return False
    # A dialog lies before the window that it belongs to, and inside it or nearly so.
    owner = every[1].box
    return front.box.area < 0.9 * owner.area
