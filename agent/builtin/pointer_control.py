"""Clicks, hovers, drags and scrolls, and judges each by its effect."""

from dataclasses import replace

from agent.builtin.aim import PATIENCE, aimed, clear_of_pointer, patience, point_on, why_this
from agent.builtin.context import StepContext
from agent.builtin.effect import Effect, again, changed, effect
from agent.builtin.instructions import ClickOn, DragOnto, HoldOn, HoverOver, ScrollTo
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.tooltips import is_rest
from agent.episode import Step
from agent.grounding.find import Candidate, find
from agent.grounding.geometry import front_window
from agent.grounding.resolve import not_found
from agent.grounding.similarity import tidy
from agent.moves import name_of
from devices import Action, Click, Drag, Element, LongPress, MoveTo, Point, Scroll, Wait
from devices.roles import FIELDS, TOGGLES

CLOSERS = {"save", "open", "ok", "yes", "replace", "delete", "don't save", "discard"}
"""Buttons that close the dialog they are in."""

ACTS_ELSEWHERE = {"button", "link", "menuitem", "menu"}
"""What does nothing by being lit: its effect shows somewhere else, or in what it says."""

MOST_REFUSED = 3
MOST_SCROLLS = 30


def click(command: ClickOn | HoldOn, context: StepContext) -> Outcome:
    """Point at the one element that is meant, and see that something came of it."""
    if context.acts:
        return _after_click(command, context)
    if context.stale and context.seen.surface == "computer" and not isinstance(context.tries[-1].decision.move, MoveTo):
        return Act(MoveTo(clear_of_pointer(context)), "something came up at the pointer: out of the way, then again")
    if len(context.refused) > MOST_REFUSED:
        return Failed(f"{command.target} could not be clicked: {context.refused[-1].error}")
    double = isinstance(command, ClickOn) and command.times > 1
    opens = double and not command.target.role  # nobody double-clicks a field by its label
    found = aimed(replace(command.target, role="item") if opens else command.target, context)
    if not isinstance(found, Candidate):
        return found
    at = point_on(found.element, context.screen)
    if double and _just_clicked(at, context):
        return Act(Wait(0.5), "a double-click right after another click here would count as more than two")
    if double and not context.tries and context.new_windows:
        return Act(Wait(0.5), "an application that just opened or closed a window may lose half of a double-click")
    return Act(_action(command, at), why_this(command.target, found), found.element)


def _action(command: ClickOn | HoldOn, at: Point) -> Action:
    if isinstance(command, HoldOn):
        return LongPress(at)
    return Click(at, command.button, command.times, command.holding)


def _just_clicked(at: Point, context: StepContext) -> bool:
    last = context.past[-1].decision.move if context.past else None
    return isinstance(last, Click) and abs(last.at.x - at.x) < 12 and abs(last.at.y - at.y) < 12


def _after_click(command: ClickOn | HoldOn, context: StepContext) -> Outcome:
    """Whether the click had the effect that a click on such an element has; effects may take a while."""
    clicked = context.target or Element("", "", context.seen.box)
    reach = effect(context)
    single = isinstance(command, ClickOn) and command.times == 1 and command.button == "left"
    if not _suffices(reach, clicked, single, context):
        if context.waits < len(PATIENCE):
            return Act(Wait(PATIENCE[context.waits]), "nothing came of it yet: looking again")
        if single and _may_show_nothing(clicked, context):
            return Done("it may have the focus already, or be a key that shows nothing")
        if single and reach == Effect.ITSELF and clicked.source == "device" and clicked.role in ACTS_ELSEWHERE:
            return Done(f"{name_of(clicked)} took the click, and nothing else on the screen changed")
        only = f"nothing but {name_of(clicked)} itself changed" if reach == Effect.ITSELF else "nothing changed"
        return Failed(f"clicked {name_of(clicked)}, and {only}")
    times = command.times if isinstance(command, ClickOn) else 1
    if (times == 2 or clicked.role == "button") and context.closing:
        return Act(Wait(0.3), "the dialog may close")
    last = context.acts[-1]
    little = last.change is not None and last.change.share < 0.02 and context.same_windows
    if times == 2 and little and context.waits < 2 and command.target.role != "word":
        return Act(Wait(0.5), "something may open")
    closes = clicked.role == "button" and tidy(command.target.text) in CLOSERS
    if closes and context.in_called_dialog and context.same_windows and len(context.acts) == 1:
        # The first click may only have closed a list of completions that hung over the button.
        return Act(last.decision.move, "the dialog is still open", clicked)  # type: ignore[arg-type]
    return Done("the screen changed")


def _may_show_nothing(clicked: Element, context: StepContext) -> bool:
    """Whether a click on it may be seen nowhere: a field that has the focus, a window in front, a key with one sign."""
    if clicked.role in FIELDS:
        now = again(clicked, context.screen)
        return clicked.source != "device" or (now is not None and now.focused)
    return clicked.role == "window" or (clicked.role == "button" and len(tidy(clicked.text)) == 1)


def _suffices(reach: Effect, clicked: Element, single: bool, context: StepContext) -> bool:
    """Whether an effect as far as `reach` is what a click on `clicked` is made for."""
    if reach == Effect.MORE:
        return True
    now = again(clicked, context.screen)
    if now is not None and clicked.role in TOGGLES and None not in (now.checked, clicked.checked):
        return now.checked != clicked.checked
    if now is not None and clicked.role in FIELDS and (now.focused or reach >= Effect.CARET):
        return True
    if now is not None and now.source == clicked.source and _state(now) != _state(clicked):
        return True
    return reach == Effect.ITSELF and not (single and clicked.role in ACTS_ELSEWHERE)


def _state(element: Element) -> tuple[object, ...]:
    return element.text, element.value, element.checked, element.selected, element.expanded, element.enabled


def hover(command: HoverOver, context: StepContext) -> Outcome:
    """Move the pointer onto the target."""
    moves = [step for step in context.tries if isinstance(step.decision.move, MoveTo) and not step.error]
    if any(not (command.target.text and is_rest(step)) for step in moves):
        return Done()
    if context.refused:
        return Failed(f"cannot hover over {command.target}: {context.refused[-1].error}")
    found = aimed(command.target, context, usable=False)
    if not isinstance(found, Candidate):
        return found
    return Act(MoveTo(point_on(found.element, context.screen)), why_this(command.target, found), found.element)


def drag(command: DragOnto, context: StepContext) -> Outcome:
    """Drag from the middle of one target to the middle of the other."""
    if context.refused:
        return Failed(f"{command.what} could not be dragged: {context.refused[-1].error}")
    if context.acts:
        return Done() if changed(context) else patience(context, f"dragged {command.what}, and nothing changed")
    start, end = (aimed(target, context) for target in (command.what, command.onto))
    for each in (start, end):
        if not isinstance(each, Candidate):
            return each
    assert isinstance(start, Candidate) and isinstance(end, Candidate)  # noqa: S101, PT018 - the loop saw to it
    middle = Point((start.at.x + end.at.x) // 2, (start.at.y + end.at.y) // 2)
    why = f"{command.what} is at {start.at}, {command.onto} at {end.at}"
    return Act(Drag((start.at, middle, end.at), 0.6), why, start.element)


def moved(step: Step, unit: int) -> bool:
    """Whether a scroll brought something else into view; a scroll bar that lights up is nothing else."""
    box = step.change.box if step.change is not None else None
    return box is not None and min(box.width, box.height) > 2 * unit


def scroll(command: ScrollTo, context: StepContext) -> Outcome:
    """Scroll once, or until the target is visible or the end is reached."""
    if command.until is not None and find(command.until, context.screen):
        return Done(f"{command.until} is visible")
    if context.refused:
        return Failed(f"cannot scroll: {context.refused[-1].error}")
    if command.until is None and context.acts:
        return Done()
    if command.until is not None:
        still = bool(context.acts) and not moved(context.acts[-1], context.screen.unit)
        if still or len(context.acts) >= MOST_SCROLLS:
            end = "the end is reached" if still else f"scrolled {len(context.acts)} times"
            return Failed(f"{end}: {not_found(command.until, context.screen)}")
    front, whole = front_window(context.screen), context.seen.box
    at = (front.box if front else whole).center
    if command.over is not None:
        found = aimed(command.over, context, usable=False)
        if not isinstance(found, Candidate):
            return found
        at = found.at
    at = Point(min(max(at.x, 0), whole.right - 1), min(max(at.y, 0), whole.bottom - 1))
    return Act(Scroll(at, command.direction, min(100, command.notches)))
