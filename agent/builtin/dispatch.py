"""Calls the function that carries out a command."""

from agent.builtin import instructions as do
from agent.builtin.answers import tell
from agent.builtin.choice_control import choose
from agent.builtin.commands import BringForward, CallDialog, CloseFront, Command, DialogGone, Locate
from agent.builtin.context import StepContext
from agent.builtin.dialog_control import call_dialog, dialog_gone, if_asked
from agent.builtin.field_control import write, write_into
from agent.builtin.keyboard_control import clear_focus, press
from agent.builtin.launch import open_application, open_item
from agent.builtin.outcome import Outcome
from agent.builtin.phone.navigation import locate
from agent.builtin.pointer_control import click, drag, hover, scroll
from agent.builtin.value_control import set_value, tick
from agent.builtin.verify import await_, expect, pause
from agent.builtin.window_control import bring_forward, close_front


def outcome_of(command: Command, context: StepContext) -> Outcome:
    """What `command` comes to on the screen as it is now."""
    match command:
        case do.ClickOn() | do.HoldOn():
            return click(command, context)
        case do.HoverOver():
            return hover(command, context)
        case do.DragOnto():
            return drag(command, context)
        case do.Tick():
            return tick(command, context)
        case do.SetValue():
            return set_value(command, context)
        case do.Choose():
            return choose(command, context)
        case do.ScrollTo():
            return scroll(command, context)
        case do.Write(into=field) | do.Empty(field) if field is not None:
            return write_into(command, field, context)
        case do.Write():
            return write(command, context)
        case do.Empty():
            return clear_focus(context)
        case do.PressKeys():
            return press(command, context)
        case do.OpenApplication():
            return open_application(command, context)
        case do.OpenItem():
            return open_item(command, context)
        case do.Pause():
            return pause(command, context)
        case do.Await():
            return await_(command, context)
        case do.Expect():
            return expect(command, context)
        case do.IfAsked():
            return if_asked(command, context)
        case CallDialog():
            return call_dialog(command, context)
        case DialogGone():
            return dialog_gone(command, context)
        case BringForward():
            return bring_forward(command, context)
        case CloseFront():
            return close_front(command, context)
        case do.Tell():
            return tell(command, context)
        case Locate():
            return locate(command, context)
