"""Calls the function that carries out a command; a phone has its own way for some."""

from agent.builtin.answers import tell
from agent.builtin.commands import BringForward, CallDialog, CloseFront, Command, DialogGone, SelectContent
from agent.builtin.context import StepContext
from agent.builtin.dialog_control import call_dialog, dialog_gone, if_asked
from agent.builtin.instructions import (
    Await,
    Choose,
    ClickOn,
    DragOnto,
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
from agent.builtin.keyboard_control import press, select_content, write
from agent.builtin.launch import open_application, open_item
from agent.builtin.outcome import Done, Failed, Outcome
from agent.builtin.phone.dispatch import (
    answer_on_phone,
    focus_first,
    open_app,
    outcome_on_phone,
    scroll_for,
    without_scrolls,
)
from agent.builtin.phone.dispatch import if_asked as if_asked_on_phone
from agent.builtin.phone.navigation import way_to
from agent.builtin.phone_commands import PhoneCommand
from agent.builtin.pointer_control import click, drag, hover, scroll, tick
from agent.builtin.verify import await_, expect, pause
from agent.builtin.window_control import bring_forward, close_front


def on_phone(command: Command, context: StepContext) -> Outcome:
    """The outcome of `command` on a phone."""
    if isinstance(command, PhoneCommand):
        return outcome_on_phone(command, context)
    match command:
        case OpenApplication():
            return open_app(command, context)
        case ClickOn() | HoldOn() | Choose():
            target = command.option if isinstance(command, Choose) else command.target
            return scroll_for(target, context) or on_desktop(command, without_scrolls(context))
        case Write():
            return focus_first(context) or on_desktop(command, context)
        case IfAsked():
            return if_asked_on_phone(command, context)
        case Tell():
            return _tell_on_phone(command, context)
        case _:
            return on_desktop(command, context)


def on_desktop(command: Command, context: StepContext) -> Outcome:
    """The outcome of `command` on a desktop, and on a phone where phones have no way of their own for it."""
    match command:
        case ClickOn() | HoldOn() | Choose():
            return click(command, context)
        case HoverOver():
            return hover(command, context)
        case DragOnto():
            return drag(command, context)
        case SetValue(target):
            return Failed(f"a {target.role} cannot be set yet")
        case Tick():
            return tick(command, context)
        case ScrollTo():
            return scroll(command, context)
        case Write():
            return write(command, context)
        case PressKeys():
            return press(command, context)
        case SelectContent():
            return select_content(command, context)
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
    raise TypeError(f"{command!r} is a command of phones")


def _tell_on_phone(command: Tell, context: StepContext) -> Outcome:
    """Answer, after scrolling to what is asked for if need be."""
    answer = answer_on_phone(command, context.screen)
    if answer is not None:
        return Done(answer=answer)
    if command.what and (context.acts or context.waits):
        return way_to(command.what, lambda _: False, (), context)
    return tell(command, context)
