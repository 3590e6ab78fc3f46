"""Brings windows to the front and closes them."""

from itertools import takewhile

from agent.builtin.aim import patience
from agent.builtin.commands import BringForward, CloseFront
from agent.builtin.context import StepContext
from agent.builtin.dialog_control import offered_button
from agent.builtin.effect import changed
from agent.builtin.instructions import OpenApplication
from agent.builtin.launch import open_application
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.windows import named_window
from agent.screen.windows import windows
from devices import Box, Click, Observation, OpenApp, Point, Press

DONT_SAVE = ("Don't Save", "Close without Saving", "Discard", "Discard Changes", "No")
SAVE = ("Save", "Yes")
MOST_SWITCHES = 8


def bring_forward(command: BringForward, context: StepContext) -> Outcome:
    """Click the window's title bar, else switch by keys; open the application when there is no such window."""
    seen = context.seen
    window = named_window(command.name, context.screen)
    if window is not None and window.focused:
        return Done(f"{window.text!r} is in front")
    opened = any(isinstance(step.decision.move, OpenApp) for step in context.tries)
    if opened or (window is None and command.else_open):
        return open_application(OpenApplication(command.name), context)
    if window is not None and len(context.acts) < MOST_SWITCHES:
        point = _bare_title(window.box, seen)
        if point is not None and len(context.acts) < 2:
            return Act(Click(point), f"the title bar of {window.text!r}")
        keys = ("alt", "tab") if len(context.acts) < 3 else ("alt", "esc")
        return Act(Press(keys), "its title bar is covered")
    titles = ", ".join(repr(w.text) for w in windows(seen)) or "none"
    return Failed(f"no window is called {command.name!r}; open windows: {titles}")


def _bare_title(box: Box, seen: Observation) -> Point | None:
    """A point of the title bar that no window in front covers."""
    before = [window.box for window in takewhile(lambda each: each.box != box, windows(seen))]
    y = min(max(box.top + 9, 0), seen.height - 1)
    points = [Point(round(box.left + share * box.width), y) for share in (0.5, 0.35, 0.65, 0.2, 0.75, 0.12)]
    return next((p for p in points if p in seen.box and not any(p in other for other in before)), None)


def close_front(command: CloseFront, context: StepContext) -> Outcome:
    """Close the window in front, answer whether to save, and see it go."""
    if not context.tries:
        return Act(Press(("alt", "f4")))
    if context.refused:
        return Failed(f"the window could not be closed: {context.refused[-1].error}")
    before, now = windows(context.tries[0].seen), windows(context.seen)
    if not before:  # a device that lists no windows
        return Done("the screen changed") if changed(context) else patience(context, "nothing changed")
    if len(now) < len(before):
        return Done("the window is gone")
    buttons = () if command.saving is None else SAVE if command.saving else DONT_SAVE
    button = offered_button(buttons, context.screen)
    if button is not None and len(context.acts) < 3:
        return Act(Click(button.at), f"asked whether to save, and {button.why}", button.element)
    if len(now) > len(before) and command.saving is None:
        if context.more:
            return Done("it asks something, and there is more to do")
        question = " ".join(line.text for line in context.screen.text.within(now[0].box).lines)
        return Failed(f'closing asks: {question!r}; say "close without saving" or "close saving changes"')
    return patience(context, "the window did not close")
