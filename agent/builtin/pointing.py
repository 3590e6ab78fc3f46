"""Clicks, holds, points, drags, ticks and scrolls, and judges each by its effect."""

from agent.builtin.instructions import Choose, ClickOn, DragOnto, HoldOn, HoverOver, ScrollTo, Target, Tick
from agent.builtin.matching import tidy
from agent.builtin.missing import aside_of, missing, reason, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn, visibly
from agent.builtin.phone.widgets import is_phone
from agent.builtin.shapes import is_tick_box, is_ticked
from agent.builtin.targets import find
from agent.builtin.windows import front_window
from devices import Action, Click, Drag, LongPress, MoveTo, Point, Scroll, Wait

CLOSERS = {"save", "open", "ok", "yes", "replace", "delete", "don't save", "discard"}
"""Buttons that close the dialog they are in."""

MOST_CANDIDATES = 3
MOST_SCROLLS = 30


def click(part: ClickOn | Choose | HoldOn, turn: Turn) -> Outcome:
    """Point at the best candidate; when nothing changes, look again, then try the next best."""
    target = part.option if isinstance(part, Choose) else part.target
    if turn.acts and turn.changed:
        return _after_click(part, turn)
    if turn.acts and not turn.waits:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    late = turn.tries and "look again" in turn.tries[-1].error and not is_phone(turn.sight.seen)
    if late and not isinstance(turn.tries[-1].decision.move, MoveTo):
        return Act(MoveTo(aside_of(turn)), "something came up at the pointer: out of the way, then again")
    if len(turn.refused) > MOST_CANDIDATES:
        return Failed(f"{target} could not be clicked: {turn.refused[-1].error}")
    places = find(target, turn.sight)
    if not places and not turn.acts:
        return missing(target, turn)
    index = len(turn.acts)
    if index and (isinstance(part, Choose) or _needs_no_effect(target, turn)):
        return Done("nothing changed, as it may be for this target")
    # A lone candidate is given a second chance: a window that just opened may not have listened yet.
    candidates = places[:MOST_CANDIDATES] if len(places) > 1 else 2 * places
    if index >= len(candidates):
        tried = ", ".join(str(step.decision.move.at) for step in turn.acts if isinstance(step.decision.move, Click))
        return Failed(f"clicked {target} at {tried}, and nothing on the screen changed")
    place = candidates[index]
    if isinstance(part, ClickOn) and part.times > 1 and _just_clicked(place.at, turn):
        return Act(Wait(0.5), "a double-click right after another click here would count as more than two")
    return Act(_pointed(part, place.at), reason(target, candidates, index))


def _just_clicked(at: Point, turn: Turn) -> bool:
    last = turn.past[-1].decision.move if turn.past else None
    return isinstance(last, Click) and abs(last.at.x - at.x) < 12 and abs(last.at.y - at.y) < 12


def _after_click(part: ClickOn | Choose | HoldOn, turn: Turn) -> Outcome:
    """The screen changed; what was clicked may still be at work: a dialog that closes, a file that opens."""
    last = turn.acts[-1]
    answered = isinstance(part, ClickOn) and (part.times == 2 or "on a button" in last.decision.thought)
    if answered and turn.closing:
        return Act(Wait(0.3), "the dialog may close")
    still = last.change is not None and last.change.share < 0.02 and turn.same_windows
    if isinstance(part, ClickOn) and part.times == 2 and still and turn.waits < 2 and part.target.kind != "word":
        return Act(Wait(0.5), "something may open")
    closes = isinstance(part, ClickOn) and tidy(part.target.text) in CLOSERS
    if answered and closes and turn.in_called_dialog and turn.same_windows and len(turn.acts) == 1:
        # The first click may only have closed a list of completions that hung over the button.
        return Act(last.decision.move, "the dialog is still open")  # type: ignore[arg-type]
    return Done("the screen changed")


def _pointed(part: ClickOn | Choose | HoldOn, at: Point) -> Action:
    match part:
        case ClickOn(_, button, times, holding):
            return Click(at, button, times, holding)
        case HoldOn():
            return LongPress(at)
        case Choose():
            return Click(at)


def _needs_no_effect(target: Target, turn: Turn) -> bool:
    """Fields take the focus without a sign, keys of a calculator may show nothing, and a window may be in front."""
    front = front_window(turn.sight.seen)
    last = turn.acts[-1].decision.move
    titled = front is not None and isinstance(last, Click) and last.at.y < front.box.top + 24
    return target.kind in ("field", "word", "line", "window") or len(target.text) <= 2 or titled


def hover(part: HoverOver, turn: Turn) -> Outcome:
    if any(isinstance(step.decision.move, MoveTo) and not step.error for step in turn.tries):
        return Done()
    if turn.refused:
        return Failed(f"cannot point at {part.target}: {turn.refused[-1].error}")
    places = find(part.target, turn.sight)
    return Act(MoveTo(places[0].at), reason(part.target, places, 0)) if places else missing(part.target, turn)


def drag(part: DragOnto, turn: Turn) -> Outcome:
    if turn.acts:
        return Done() if turn.changed or turn.waits else Act(Wait(0.3), "nothing changed yet: looking again")
    ends = []
    for target in (part.what, part.onto):
        places = find(target, turn.sight)
        if not places:
            return missing(target, turn)
        ends.append(places[0].at)
    start, end = ends
    middle = Point((start.x + end.x) // 2, (start.y + end.y) // 2)
    return Act(Drag((start, middle, end), 0.6), f"{part.what} is at {start}, {part.onto} at {end}")


def tick(part: Tick, turn: Turn) -> Outcome:
    """Make a tick box be as wished; one that already is stays untouched."""
    target = Target(
        part.target.text, part.target.kind or "checkbox", part.target.ordinal, part.target.side, part.target.anchor
    )
    if target.kind == "field":
        target = Target(target.text, "checkbox", target.ordinal, target.side, target.anchor)
    places = find(target, turn.sight)
    if turn.acts and turn.changed and (not places or not is_tick_box(places[0].box)):
        return Done("the screen changed")
    if not places:
        return Done("it is not there") if part.if_there else missing(target, turn)
    box = places[0].box
    known = is_tick_box(box)
    if known and is_ticked(box, turn.sight.seen.pixels) == part.on:
        return Done("it is as wished")
    if turn.acts and (turn.changed or turn.waits):
        if known and len(turn.acts) >= 2:
            return Failed(f"{part.target} was clicked twice and is still {'not ' if part.on else ''}checked")
        if not known:
            return Failed(f"clicked {part.target}, and nothing on the screen changed")
    elif turn.acts:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    return Act(Click(places[0].at), reason(target, places, 0))


def scroll(part: ScrollTo, turn: Turn) -> Outcome:
    if part.until is not None and find(part.until, turn.sight):
        return Done(f"{part.until} can be seen")
    if turn.refused:
        return Failed(f"cannot scroll: {turn.refused[-1].error}")
    if part.until is None and turn.acts:
        return Done()
    if part.until is not None:
        still = sum(not visibly(step) for step in turn.tries[-2:]) == 2
        if still or len(turn.acts) >= MOST_SCROLLS:
            end = "the end is reached" if still else f"scrolled {len(turn.acts)} times"
            return Failed(f"{end} and {part.until} did not come into view; {surroundings(part.until, turn)}")
    seen = turn.sight.seen
    front = front_window(seen)
    at = (front.box if front else seen.box).center
    if part.over is not None and (places := find(part.over, turn.sight)):
        at = places[0].at
    at = Point(min(max(at.x, 0), seen.width - 1), min(max(at.y, 0), seen.height - 1))
    return Act(Scroll(at, part.direction, min(100, part.notches)))
