"""Calls the function that carries out a command."""

from agent.builtin.answers import tell
from agent.builtin.choice_control import choose
from agent.builtin.commands import BringForward, CallDialog, CloseFront, Command, DialogGone, Locate
from agent.builtin.context import StepContext
from agent.builtin.dialog_control import call_dialog, dialog_gone, if_asked
from agent.builtin.field_control import write, write_into
from agent.builtin.instructions import (
    Await,
    Choose,
    ClickOn,
    DragOnto,
    Empty,
    Expect,
    HoldOn,
    HoverOver,
    IfAsked,
    OpenApplication,
    OpenItem,
    Pause,
    PressKeys,
    ScrollTo,
    SetValue,
    Tell,
    Tick,
    Write,
)
from agent.builtin.keyboard_control import clear_focus, press
from agent.builtin.launch import open_application, open_item
from agent.builtin.outcome import Outcome
from agent.builtin.phone.navigation import locate
from agent.builtin.phone.permissions import answer_permission
from agent.builtin.phone_commands import AnswerPermission
from agent.builtin.pointer_control import click, drag, hover, scroll
from agent.builtin.value_control import set_value, tick
from agent.builtin.verify import await_, expect, pause
from agent.builtin.window_control import bring_forward, close_front


def outcome_of(command: Command, context: StepContext) -> Outcome:
    """What `command` comes to on the screen as it is now."""
    match command:
        case ClickOn() | HoldOn():
            return click(command, context)
        case HoverOver():
            return hover(command, context)
        case DragOnto():
            return drag(command, context)
        case Tick():
            return tick(command, context)
        case SetValue():
            return set_value(command, context)
        case Choose():
            return choose(command, context)
        case ScrollTo():
            return scroll(command, context)
        case Write(into=field) | Empty(field) if field is not None:
            return write_into(command, field, context)
        case Write():
            return write(command, context)
        case Empty():
            return clear_focus(context)
        case PressKeys():
            return press(command, context)
        case OpenApplication():
            return open_application(command, context)
        case OpenItem():
            return open_item(command, context)
        case Pause():
            return pause(command, context)
        case Await():
            return await_(command, context)
        case Expect():
            return expect(command, context)
        case IfAsked():
            return if_asked(command, context)
        case CallDialog():
            return call_dialog(command, context)
        case DialogGone():
            return dialog_gone(command, context)
        case BringForward():
            return bring_forward(command, context)
        case CloseFront():
            return close_front(command, context)
        case Tell():
            return tell(command, context)
        case Locate():
            return locate(command, context)
        case AnswerPermission():
            return answer_permission(command, context)
