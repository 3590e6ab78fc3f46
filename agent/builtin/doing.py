"""What each part of an instruction comes to: the deed that it names, on a phone as a phone wants it."""

from agent.builtin import looking, opening, pointing, writing
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
    Tick,
    Write,
)
from agent.builtin.outcome import Done, Outcome, Turn
from agent.builtin.parts import BringForward, CallDialog, CloseFront, DialogGone, Part, SelectOld
from agent.builtin.phone.doing import focus_first, if_asked, open_app, outcome_on_phone, scroll_for, without_scrolls
from agent.builtin.phone.steps import PhonePart


def on_phone(part: Part, turn: Turn) -> Outcome:
    """What `part` comes to on a phone: as the phone wants it, else as anywhere."""
    if isinstance(part, PhonePart):
        return outcome_on_phone(part, turn)
    match part:
        case OpenApplication():
            return open_app(part, turn)
        case ClickOn() | HoldOn() | Choose():
            target = part.option if isinstance(part, Choose) else part.target
            return scroll_for(target, turn) or anywhere(part, without_scrolls(turn))
        case Write():
            return focus_first(turn) or anywhere(part, turn)
        case IfAsked():
            return if_asked(part, turn)
        case _:
            return anywhere(part, turn)


def anywhere(part: Part, turn: Turn) -> Outcome:
    """What `part` comes to on a desktop, and on a phone where nothing is special about it."""
    match part:
        case ClickOn() | HoldOn() | Choose():
            return pointing.click(part, turn)
        case Write():
            return writing.write(part, turn)
        case PressKeys():
            return writing.press(part, turn)
        case HoverOver():
            return pointing.hover(part, turn)
        case DragOnto():
            return pointing.drag(part, turn)
        case Tick():
            return pointing.tick(part, turn)
        case ScrollTo():
            return pointing.scroll(part, turn)
        case OpenApplication():
            return opening.open_application(part, turn)
        case OpenItem():
            return opening.open_item(part, turn)
        case SelectOld():
            return writing.select_old(part, turn)
        case Pause():
            return looking.pause(part, turn)
        case Await():
            return looking.await_(part, turn)
        case Expect():
            return looking.expect(part, turn)
        case IfAsked():
            return looking.if_asked(part, turn)
        case BringForward():
            return looking.bring_forward(part, turn)
        case CloseFront():
            return looking.close_front(part, turn)
        case CallDialog():
            return looking.call_dialog(part, turn)
        case DialogGone():
            return looking.dialog_gone(part, turn)
        case _:
            return Done()
