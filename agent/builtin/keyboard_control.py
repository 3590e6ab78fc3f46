"""Types text and presses keys, and judges each by its effect."""

import re

from agent.builtin.commands import SelectContent
from agent.builtin.context import StepContext
from agent.builtin.instructions import PressKeys, Write
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.find import find
from agent.screen.shapes import is_field
from agent.screen.windows import front_title, front_window
from devices import Press, TypeText, Wait

FILE_DIALOG = re.compile(r"(?:save|open|select|choose)\b", re.IGNORECASE)
"""How the titles of dialogs that ask for a file begin."""


def write(command: Write, context: StepContext) -> Outcome:
    """Type it, and see that something changed."""
    if not command.text:
        return Done("there is nothing to type")
    if context.refused:
        return Failed(f"{command.text!r} could not be typed: {context.refused[-1].error}")
    if not context.acts and context.front_is_dialog and _keeps_extension(command.text, context):
        return Act(Press(("ctrl", "a")), "a whole file name replaces the one that is there")
    if not any(isinstance(step.decision.move, TypeText) for step in context.acts):
        return Act(TypeText(command.text))
    if context.changed:
        return Done("the screen changed")
    if context.waits < 2:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    if context.more and not command.text.strip("\n\t "):
        return Done()
    return Failed(f"typed {command.text!r}, and nothing on the screen changed: nothing seems to have the focus")


def _keeps_extension(text: str, context: StepContext) -> bool:
    """Whether a dialog holds a file name of which only the stem is selected, so that ".txt" would stand twice."""
    extension = re.search(r"\.\w{1,5}$", text)
    front = front_window(context.screen.seen)
    if extension is None or front is None:
        return False
    inside = context.screen.text.within(front.box)
    fields = [frame for frame in inside.frames if is_field(frame, inside.scale)]
    names = [word for word in inside.words if word.text.lower().endswith(extension[0].lower())]
    return any(word.box.center in field for word in names for field in fields)


def press(command: PressKeys, context: StepContext) -> Outcome:
    """Press a chord as often as asked."""
    if context.refused:
        return Failed(f"{'+'.join(command.keys)} could not be pressed: {context.refused[-1].error}")
    if len(context.acts) < command.times:
        return Act(Press(command.keys))
    if command.keys[-1] in ("enter", "esc", "y", "n") and context.closing:
        return Act(Wait(0.3), "the dialog may close")
    dialog = FILE_DIALOG.match(front_title(context.screen.seen)) and context.in_called_dialog and context.same_windows
    if command.keys == ("enter",) and dialog and len(context.acts) == 1:
        # The first Enter may only have closed a list of completions that hung over the field.
        return Act(Press(command.keys), "the dialog is still open")
    if not context.more and not context.changed and not context.waits:
        return Act(Wait(0.4), "the last press may take a moment")
    return Done()


def select_content(command: SelectContent, context: StepContext) -> Outcome:
    """Select the content of a field, if it has any."""
    if context.tries:
        return Done()
    places = find(command.field, context.screen)
    held = context.screen.text.within(places[0].box).lines if places else ()
    return Act(Press(("ctrl", "a")), "the content of the field is replaced") if held else Done("it is empty")
