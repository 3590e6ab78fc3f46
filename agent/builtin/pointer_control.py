"""Clicks, hovers, drags, checks boxes and scrolls, and judges each by its effect."""

from dataclasses import replace

from agent.builtin.context import StepContext, visibly_changed
from agent.builtin.instructions import Choose, ClickOn, DragOnto, HoldOn, HoverOver, ScrollTo, Tick
from agent.builtin.not_found import clear_of_pointer, not_found, reason, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.find import find
from agent.grounding.similarity import tidy
from agent.grounding.target import Target
from agent.screen.shapes import is_tick_box, is_ticked
from agent.screen.windows import front_window
from devices import Action, Click, Drag, LongPress, MoveTo, Point, Scroll, Wait

CLOSERS = {"save", "open", "ok", "yes", "replace", "delete", "don't save", "discard"}
"""Buttons that close the dialog they are in."""

MOST_CANDIDATES = 3
MOST_SCROLLS = 30
NOT_YET = Act(Wait(0.3), "nothing changed yet: looking again")


def click(command: ClickOn | Choose | HoldOn, context: StepContext) -> Outcome:
    """Point at the best candidate; when nothing changes, look again, then try the next best."""
    target = command.option if isinstance(command, Choose) else command.target
    if context.acts and context.changed:
        return _after_click(command, context)
    if context.acts and not context.waits:
        return NOT_YET
    late = context.stale and context.screen.seen.surface == "computer"
    if late and not isinstance(context.tries[-1].decision.move, MoveTo):
        return Act(MoveTo(clear_of_pointer(context)), "something came up at the pointer: out of the way, then again")
    if len(context.refused) > MOST_CANDIDATES:
        return Failed(f"{target} could not be clicked: {context.refused[-1].error}")
    places = find(target, context.screen)
    if not places and not context.acts:
        return not_found(target, context)
    index = len(context.acts)
    if index and _may_lack_effect(target, context):
        return Done("nothing changed, as it may be for this target")
    # A lone candidate is given a second chance: a window that just opened may not have listened yet.
    candidates = places[:MOST_CANDIDATES] if len(places) > 1 else 2 * places
    if index >= len(candidates):
        tried = ", ".join(str(step.decision.move.at) for step in context.acts if isinstance(step.decision.move, Click))
        return Failed(f"clicked {target} at {tried}, and nothing on the screen changed")
    place = candidates[index]
    if isinstance(command, ClickOn) and command.times > 1 and _just_clicked(place.at, context):
        return Act(Wait(0.5), "a double-click right after another click here would count as more than two")
    if isinstance(command, ClickOn) and command.times > 1 and not context.tries and context.new_windows:
        return Act(Wait(0.5), "an application that just opened or closed a window may lose half of a double-click")
    return Act(_action(command, place.at), reason(target, candidates, index), place.element)


def _just_clicked(at: Point, context: StepContext) -> bool:
    last = context.past[-1].decision.move if context.past else None
    return isinstance(last, Click) and abs(last.at.x - at.x) < 12 and abs(last.at.y - at.y) < 12


def _after_click(command: ClickOn | Choose | HoldOn, context: StepContext) -> Outcome:
    """The screen changed; the effect may not be over yet: a dialog that closes, a file that opens."""
    last = context.acts[-1]
    pressed = last.decision.target is not None and last.decision.target.role == "button"
    answered = isinstance(command, ClickOn) and (command.times == 2 or pressed)
    if answered and context.closing:
        return Act(Wait(0.3), "the dialog may close")
    still = last.change is not None and last.change.share < 0.02 and context.same_windows
    double = isinstance(command, ClickOn) and command.times == 2 and command.target.role != "word"
    if double and still and context.waits < 2:
        return Act(Wait(0.5), "something may open")
    closes = isinstance(command, ClickOn) and tidy(command.target.text) in CLOSERS
    if answered and closes and context.in_called_dialog and context.same_windows and len(context.acts) == 1:
        # The first click may only have closed a list of completions that hung over the button.
        return Act(last.decision.move, "the dialog is still open")  # type: ignore[arg-type]
    return Done("the screen changed")


def _action(command: ClickOn | Choose | HoldOn, at: Point) -> Action:
    match command:
        case ClickOn(_, button, times, holding):
            return Click(at, button, times, holding)
        case HoldOn():
            return LongPress(at)
        case Choose():
            return Click(at)


def _may_lack_effect(target: Target, context: StepContext) -> bool:
    """Fields take the focus without a sign, keys of a calculator may show nothing, and a window may be in front."""
    front = front_window(context.screen.seen)
    last = context.acts[-1].decision.move
    titled = front is not None and isinstance(last, Click) and last.at.y < front.box.top + 24
    return target.role in ("field", "word", "line", "window", "dialog") or len(target.text) <= 2 or titled


def hover(command: HoverOver, context: StepContext) -> Outcome:
    """Move the pointer onto the target."""
    if any(isinstance(step.decision.move, MoveTo) and not step.error for step in context.tries):
        return Done()
    if context.refused:
        return Failed(f"cannot hover over {command.target}: {context.refused[-1].error}")
    places = find(command.target, context.screen)
    if not places:
        return not_found(command.target, context)
    return Act(MoveTo(places[0].at), reason(command.target, places, 0), places[0].element)


def drag(command: DragOnto, context: StepContext) -> Outcome:
    """Drag from the middle of one target to the middle of the other."""
    if context.acts:
        return Done() if context.changed or context.waits else NOT_YET
    ends = []
    for target in (command.what, command.onto):
        places = find(target, context.screen)
        if not places:
            return not_found(target, context)
        ends.append(places[0])
    start, end = (place.at for place in ends)
    middle = Point((start.x + end.x) // 2, (start.y + end.y) // 2)
    why = f"{command.what} is at {start}, {command.onto} at {end}"
    return Act(Drag((start, middle, end), 0.6), why, ends[0].element)


def tick(command: Tick, context: StepContext) -> Outcome:
    """Click a checkbox unless it is as wanted, and see that it is then."""
    kind = command.target.role if command.target.role not in ("", "field") else "checkbox"
    target = replace(command.target, role=kind)
    places = find(target, context.screen)
    scale = context.screen.text.scale
    known = bool(places) and is_tick_box(places[0].box, scale)
    if context.acts and context.changed and not known:
        return Done("the screen changed")
    if not places:
        return not_found(target, context)
    if known and is_ticked(places[0].box, context.screen.seen.pixels) == command.on:
        return Done("it is as wanted")
    if context.acts and (context.changed or context.waits):
        if not known:
            return Failed(f"clicked {command.target}, and nothing on the screen changed")
        if len(context.acts) >= 2:
            return Failed(f"{command.target} was clicked twice and is still {'not ' if command.on else ''}checked")
    elif context.acts:
        return NOT_YET
    return Act(Click(places[0].at), reason(target, places, 0), places[0].element)


def scroll(command: ScrollTo, context: StepContext) -> Outcome:
    """Scroll once, or until the target is visible or the end is reached."""
    if command.until is not None and find(command.until, context.screen):
        return Done(f"{command.until} is visible")
    if context.refused:
        return Failed(f"cannot scroll: {context.refused[-1].error}")
    if command.until is None and context.acts:
        return Done()
    if command.until is not None:
        still = sum(not visibly_changed(step) for step in context.tries[-2:]) == 2
        if still or len(context.acts) >= MOST_SCROLLS:
            end = "the end is reached" if still else f"scrolled {len(context.acts)} times"
            return Failed(f"{end} and {command.until} is not visible; {surroundings(command.until, context)}")
    seen = context.screen.seen
    front = front_window(seen)
    at = (front.box if front else seen.box).center
    if command.over is not None and (places := find(command.over, context.screen)):
        at = places[0].at
    at = Point(min(max(at.x, 0), seen.width - 1), min(max(at.y, 0), seen.height - 1))
    return Act(Scroll(at, command.direction, min(100, command.notches)))
