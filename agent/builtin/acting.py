"""Does the parts that point, type and press, and judges each by its effect."""

import re

from agent.builtin.instructions import (
    Choose,
    ClickOn,
    DragOnto,
    HoldOn,
    HoverOver,
    OpenApplication,
    OpenItem,
    PressKeys,
    ScrollTo,
    Target,
    Tick,
    Write,
)
from agent.builtin.matching import tidy
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn, visibly
from agent.builtin.parts import SelectOld
from agent.builtin.shapes import field_beside, is_field, is_tick_box, is_ticked
from agent.builtin.targets import Found, closest, find
from agent.builtin.windows import front_title, front_window, named_window
from devices import Action, Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait

PATIENCE = (0.5, 1.0, 1.5)
"""Seconds to wait for a target that is not there yet; three seconds in all."""

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
    if len(turn.refused) > MOST_CANDIDATES:
        return Failed(f"{target} could not be clicked: {turn.refused[-1].error}")
    places = find(target, turn.sight)
    if not places and not turn.acts:
        return missing(target, turn)
    index = len(turn.acts)
    if index and (isinstance(part, Choose) or _needs_no_effect(target, turn)):
        return Done("nothing changed, as it may be for this target")
    if index >= min(MOST_CANDIDATES, len(places)):
        tried = ", ".join(str(step.decision.move.at) for step in turn.acts if isinstance(step.decision.move, Click))
        return Failed(f"clicked {target} at {tried}, and nothing on the screen changed")
    place = places[index]
    if isinstance(part, ClickOn) and part.times > 1 and _just_clicked(place.at, turn):
        return Act(Wait(0.5), "a double-click right after another click here would count as more than two")
    return Act(_pointed(part, place.at), _reason(target, places, index))


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


def _reason(target: Target, places: tuple[Found, ...], index: int) -> str:
    others = [f"{p.text!r} {p.score:.0f}" for n, p in enumerate(places[:4]) if n != index]
    return f"{target} is at {places[index].at}: {places[index].why}" + (
        f"; other candidates: {', '.join(others)}" if others else ""
    )


def missing(target: Target, turn: Turn) -> Outcome:
    """Wait a little for `target`; when it does not come, say what is there instead."""
    aside = [step for step in turn.tries if isinstance(step.decision.move, MoveTo)]
    pointed = any(isinstance(step.decision.move, Click | MoveTo) for step in turn.past[-2:])
    if not turn.tries and pointed and not aside:
        return Act(MoveTo(aside_of(turn)), f"{target} cannot be seen; a hint at the pointer may cover it")
    if turn.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[turn.waits]), f"{target} cannot be seen yet")
    return Failed(f"wanted {target}, which is not on the screen; {surroundings(target, turn)}")


def aside_of(turn: Turn) -> Point:
    """Where the pointer covers nothing and nothing happens: the title of the window in front."""
    front = front_window(turn.sight.seen)
    box = front.box if front else turn.sight.seen.box
    return Point(
        min(max(box.center.x, 0), turn.sight.seen.width - 1), min(max(box.top + 6, 0), turn.sight.seen.height - 1)
    )


def surroundings(target: Target, turn: Turn) -> str:
    """What is on the screen instead of `target`: the closest words with their scores, and what was read."""
    front = front_window(turn.sight.seen)
    text = turn.sight.text.within(front.box) if front else turn.sight.text
    read = "; ".join(line.text for line in text.lines[:14]) or "nothing"
    near = ", ".join(f"{match.text!r} {match.score:.0f}" for match in closest(target, turn.sight)) or "none"
    where = f"in {front.text!r}" if front and front.text else "on the screen"
    return f"closest of 100: {near}; read {where}: {read}"


def hover(part: HoverOver, turn: Turn) -> Outcome:
    if any(isinstance(step.decision.move, MoveTo) and not step.error for step in turn.tries):
        return Done()
    if turn.refused:
        return Failed(f"cannot point at {part.target}: {turn.refused[-1].error}")
    places = find(part.target, turn.sight)
    return Act(MoveTo(places[0].at), _reason(part.target, places, 0)) if places else missing(part.target, turn)


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
    return Act(Click(places[0].at), _reason(target, places, 0))


def write(part: Write, turn: Turn) -> Outcome:
    """Type it, and see that something changed."""
    if not part.text:
        return Done("there is nothing to type")
    if turn.refused:
        return Failed(f"{part.text!r} could not be typed: {turn.refused[-1].error}")
    calculator = named_window("calculator", turn.sight.seen)
    apart = calculator is not None and calculator == front_window(turn.sight.seen)
    pieces = typed_apart(part.text) if apart else (part.text,)
    typed = sum(isinstance(step.decision.move, TypeText) for step in turn.acts)
    if not turn.acts and turn.front_is_dialog and _keeps_ending(part.text, turn):
        return Act(Press(("ctrl", "a")), "a whole file name replaces the one that is there")
    if 0 < typed < len(pieces) and not turn.waits:
        return Act(Wait(0.35), "its keys come up again")
    if typed < len(pieces):
        return Act(TypeText(pieces[typed]))
    if turn.changed:
        return Done("the screen changed")
    if turn.waits < 2:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    if turn.more and not part.text.strip("\n\t "):
        return Done()
    return Failed(f"typed {part.text!r}, and nothing on the screen changed: nothing seems to have the focus")


def _keeps_ending(text: str, turn: Turn) -> bool:
    """Whether a dialog holds a file name of which only the stem is selected, so that ".txt" would stand twice."""
    ending = re.search(r"\.\w{1,5}$", text)
    front = front_window(turn.sight.seen)
    if ending is None or front is None:
        return False
    inside = turn.sight.text.within(front.box)
    fields = [frame for frame in inside.frames if is_field(frame)]
    return any(
        w.text.lower().endswith(ending[0].lower()) and any(w.box.center in f for f in fields) for w in inside.words
    )


def typed_apart(text: str) -> tuple[str, ...]:
    """`text` in pieces none of which has a character twice.

    A calculator of GTK presses its button for every key, and a button that is still down takes no second press: of
    "100" typed at once Galculator shows 10.
    """
    pieces = [""]
    for character in text:
        if character in pieces[-1]:
            pieces.append("")
        pieces[-1] += character
    return tuple(pieces)


def press(part: PressKeys, turn: Turn) -> Outcome:
    if turn.refused:
        return Failed(f"{'+'.join(part.keys)} could not be pressed: {turn.refused[-1].error}")
    if len(turn.acts) < part.times:
        return Act(Press(part.keys))
    if part.keys[-1] in ("enter", "esc", "y", "n") and turn.closing:
        return Act(Wait(0.3), "the dialog may close")
    files = re.match(r"(?:save|open|select|choose)\b", front_title(turn.sight.seen), re.IGNORECASE)
    if part.keys == ("enter",) and files and turn.in_called_dialog and turn.same_windows and len(turn.acts) == 1:
        # The first Enter may only have closed a list of completions that hung over the field.
        return Act(Press(part.keys), "the dialog is still open")
    if not turn.more and not turn.changed and not turn.waits:
        return Act(Wait(0.4), "the last press may take a moment")
    return Done()


def select_old(part: SelectOld, turn: Turn) -> Outcome:
    if turn.tries:
        return Done()
    places = find(part.field, turn.sight)
    held = turn.sight.text.within(places[0].box).lines if places else ()
    box = field_beside(places[0].box, turn.sight.text) if places else None
    return (
        Act(Press(("ctrl", "a")), "what the field holds is replaced") if held and (box or held) else Done("it is empty")
    )


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


def open_application(part: OpenApplication, turn: Turn) -> Outcome:
    """Start it; where no application is called so, open what on the screen bears the name."""
    if not turn.tries:
        return Act(OpenApp(part.name))
    if turn.acts:
        if turn.changed or turn.waits >= 3 or isinstance(turn.acts[-1].decision.move, Click):
            return Done()
        return Act(Wait(0.5), "its window is not there yet")
    places = find(Target(part.name), turn.sight)
    if not places or len(turn.refused) > 1:
        return Failed(f"{turn.refused[0].error}; and nothing on the screen is called {part.name!r}")
    place = places[0]
    front = front_window(turn.sight.seen)
    once = "just appeared" in place.why or "button" in place.why or (front and place.box.top < front.box.top + 60)
    return Act(Click(place.at, times=1 if once else 2), f"no such application, but {place.why}")


def open_item(part: OpenItem, turn: Turn) -> Outcome:
    """Double-click what is on the screen; a file that is not, through the open dialog."""
    moves = [step.decision.move for step in turn.acts]
    if any(isinstance(move, Click) for move in moves):
        return Done() if turn.changed or turn.waits else Act(Wait(0.4), "nothing changed yet: looking again")
    if not moves and (places := find(part.target, turn.sight)):
        if places[0].score >= 85:
            return Act(Click(places[0].at, times=2), _reason(part.target, places, 0))
    if not part.target.text or part.target.kind == "folder":
        return missing(part.target, turn)
    editor = front_window(turn.sight.seen) is None or any(isinstance(move, OpenApp) for move in moves)
    script: tuple[Action, ...] = (
        *((OpenApp("text editor"),) if editor else ()),
        Press(("ctrl", "o")),
        Press(("ctrl", "l")),
        TypeText(part.target.text),
        Press(("enter",)),
    )
    called = moves and moves[-1] == Press(("ctrl", "o"))
    if turn.refused or (called and not turn.changed and turn.waits):
        return Failed(f"wanted to open {part.target}; {surroundings(part.target, turn)}")
    if called and not turn.changed:
        return Act(Wait(0.5), "the open dialog is not there yet")
    if len(moves) < len(script):
        return Act(script[len(moves)], f"{part.target} is not on the screen: through the open dialog")
    return Act(Wait(0.3), "the dialog may close") if turn.closing else Done()
