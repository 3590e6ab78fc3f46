"""Calls dialogs, answers what they ask, and sees them close."""

import re

from agent.builtin.aim import instead, patience
from agent.builtin.commands import CallDialog, DialogGone
from agent.builtin.context import StepContext
from agent.builtin.effect import changed
from agent.builtin.instructions import IfAsked
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.find import Candidate, find
from agent.grounding.geometry import front_window
from agent.grounding.similarity import label_similarity
from agent.grounding.target import Target
from agent.screen.screen import Screen
from agent.screen.windows import front_title, windows
from devices import Click, Press, Wait


def if_asked(command: IfAsked, context: StepContext) -> Outcome:
    """Click the first of the buttons that a dialog offers."""
    if context.acts:
        return Done() if changed(context) else patience(context, "the button was clicked, and nothing changed")
    button = offered_button(command.buttons, context.screen)
    if button is not None:
        return Act(Click(button.at), f"asked, and {button.why}", button.element)
    return Done("nothing was asked") if context.waits >= 2 else Act(Wait(0.4), "nothing is asked yet")


def offered_button(names: tuple[str, ...], screen: Screen) -> Candidate | None:
    """The first of these buttons that is on the screen, in the window in front."""
    front = front_window(screen)
    for name in names:
        for found in find(Target(name, "button"), screen):
            called = label_similarity(name, found.element.text) >= 90 and not found.part
            alone = found.element.role != "text" or len(screen.windows) > 1  # a dialog's flat buttons are but text
            if called and alone and (front is None or found.at in front.box):
                return found
    return None


def call_dialog(command: CallDialog, context: StepContext) -> Outcome:
    """Press the shortcuts in turn until a dialog appears."""
    if context.tries and _dialog_appeared(context):
        return Done("a dialog appeared")
    pressed = len(context.acts) + len(context.refused)
    if context.tries and context.waits < 2:
        return Act(Wait(0.4), "no dialog yet")
    if pressed < len(command.ways):
        return Act(Press(command.ways[pressed]))
    ways = " nor ".join("+".join(way) for way in command.ways)
    return Failed(f"no dialog appeared after {ways}")


def _dialog_appeared(context: StepContext) -> bool:
    first, seen = context.tries[0].seen, context.seen
    before, now = windows(first), windows(seen)
    if before or now:
        return len(now) > len(before) or (front_title(first) != front_title(seen) and bool(now))
    return any(step.change is not None and step.change.share > 0.03 for step in context.tries)


def dialog_gone(command: DialogGone, context: StepContext) -> Outcome:
    """See that the dialog is closed; press Enter once more if it is not."""
    seen = context.seen
    titles = [front_title(seen), *(window.text for window in windows(seen))]  # an error may lie over the dialog
    title = next((each for each in titles if re.match(rf"{command.word}\b", each, re.IGNORECASE)), None)
    if title is None:
        return Done()
    if not context.waits:
        return Act(Wait(0.4), f"the dialog {title!r} is still open")
    if len(context.acts) < 2:
        # A list of completions may have taken the first Enter.
        return Act(Press(("enter",)), f"the dialog {title!r} is still open")
    return Failed(f"the dialog {title!r} stays open; {instead(context)}")
