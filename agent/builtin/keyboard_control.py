"""Presses keys, and clears what has the focus."""

import re

from agent.builtin.context import StepContext
from agent.builtin.effect import changed
from agent.builtin.field_control import DELETE, SELECT_ALL
from agent.builtin.instructions import PressKeys
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.screen.screen import Screen
from agent.screen.windows import front_title
from devices import Press, Wait
from devices.roles import FIELDS

FILE_DIALOG = re.compile(r"(?:save|open|select|choose)\b", re.IGNORECASE)
"""How the titles of dialogs that ask for a file begin."""


def press(command: PressKeys, context: StepContext) -> Outcome:
    """Press a chord as often as asked."""
    if context.refused:
        return Failed(f"{'+'.join(command.keys)} could not be pressed: {context.refused[-1].error}")
    if len(context.acts) < command.times:
        return Act(Press(command.keys))
    if command.keys[-1] in ("enter", "esc", "y", "n") and context.closing:
        return Act(Wait(0.3), "the dialog may close")
    dialog = FILE_DIALOG.match(front_title(context.seen)) and context.in_called_dialog and context.same_windows
    if command.keys == ("enter",) and dialog and len(context.acts) == 1:
        # The first Enter may only have closed a list of completions that hung over the field.
        return Act(Press(command.keys), "the dialog is still open")
    if not context.more and not context.waits and not changed(context):
        return Act(Wait(0.4), "the last press may take a moment")
    return Done()


def clear_focus(context: StepContext) -> Outcome:
    """Delete what the thing with the focus holds."""
    if context.refused:
        return Failed(f"it could not be cleared: {context.refused[-1].error}")
    if not context.acts and not _may_be_text(context.screen):
        return Failed("nothing that holds text has the focus: click the field first")
    if len(context.acts) < 2:
        return Act((SELECT_ALL, DELETE)[len(context.acts)])
    return Done() if changed(context) or context.waits else Act(Wait(0.4), "nothing changed: it may be empty already")


def _may_be_text(screen: Screen) -> bool:
    """Whether the focus may be in a text: elsewhere "select all, delete" may delete every file of a folder."""
    focused = [each for each in screen.elements if each.focused and each.role != "window"]
    return any(each.role in FIELDS or each.editable for each in focused) if focused else True
