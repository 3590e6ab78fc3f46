"""Does the parts that wait, verify, ask, and see to windows."""

import re

from agent.builtin.instructions import Await, Expect, IfAsked, Pause, Target
from agent.builtin.missing import PATIENCE, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.parts import BringForward, CallDialog, CloseFront, DialogGone
from agent.builtin.targets import Found, Sight, find
from agent.builtin.windows import front_title, front_window, named_window, windows
from agent.builtin.words import APPS
from devices import Box, Click, Observation, OpenApp, Point, Press, Wait

DONT_SAVE = ("Don't Save", "Close without Saving", "Discard", "Discard Changes", "No")
SAVE = ("Save", "Yes")


def pause(part: Pause, turn: Turn) -> Outcome:
    waited = sum(step.decision.move.seconds for step in turn.tries if isinstance(step.decision.move, Wait))
    left = part.seconds - waited
    return Act(Wait(min(left, 60.0))) if left > 0.001 else Done()


def await_(part: Await, turn: Turn) -> Outcome:
    seen = _there(part.target, turn)
    if seen == part.appears:
        return Done(f"{part.target} is {'there' if seen else 'gone'}")
    waited = sum(step.decision.move.seconds for step in turn.tries if isinstance(step.decision.move, Wait))
    if waited >= part.seconds:
        verb = "did not appear" if part.appears else "did not disappear"
        return Failed(f"{part.target} {verb} within {part.seconds:g} s; {surroundings(part.target, turn)}")
    return Act(Wait(min(max(0.3, waited / 2), 3.0)))


def _there(target: Target, turn: Turn) -> bool:
    if target.kind == "window":
        if target.text:
            return named_window(target.text, turn.sight.seen) is not None or bool(find(Target(target.text), turn.sight))
        front = front_window(turn.sight.seen)
        every = windows(turn.sight.seen)
        # A dialog lies before the window that it belongs to, and inside it or nearly so.
        return front is not None and len(every) > 1 and front.box.width * front.box.height < 0.9 * _area(every[1].box)
    return bool(find(target, turn.sight))


def _area(box: Box) -> int:
    return box.width * box.height


def expect(part: Expect, turn: Turn) -> Outcome:
    if _there(part.target, turn) == part.present:
        return Done(f"{part.target} is {'' if part.present else 'not '}there")
    if turn.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[turn.waits]), f"{part.target} is {'not ' if part.present else 'still '}there")
    wish = "should be visible and is not" if part.present else "should not be visible and is"
    return Failed(f"{part.target} {wish}; {surroundings(part.target, turn)}")


def if_asked(part: IfAsked, turn: Turn) -> Outcome:
    if turn.acts:
        return Done() if turn.changed or turn.waits else Act(Wait(0.3), "nothing changed yet: looking again")
    button = asked(part.buttons, turn.sight)
    if button is not None:
        return Act(Click(button.at), f"asked, and {button.why}")
    return Done("nothing was asked") if turn.waits else Act(Wait(0.3), "nothing is asked yet")


def asked(buttons: tuple[str, ...], sight: Sight) -> Found | None:
    """The first of these buttons that a dialog offers."""
    for name in buttons:
        for place in find(Target(name, "button"), sight):
            drawn = any(place.at in frame and frame.height <= 70 and frame.width <= 400 for frame in sight.text.frames)
            alone = len(windows(sight.seen)) > 1 and any(line.box == place.box for line in sight.text.lines)
            front = front_window(sight.seen)
            if place.score >= 90 and (drawn or alone) and (front is None or place.at in front.box):
                return place
    return None


def bring_forward(part: BringForward, turn: Turn) -> Outcome:
    seen = turn.sight.seen
    window = named_window(part.name, seen)
    if window is not None and window.focused:
        return Done(f"{window.text!r} is in front")
    moves = [step.decision.move for step in turn.tries]
    if any(isinstance(move, OpenApp) for move in moves):
        if turn.refused:
            return Failed(f"no window is called {part.name!r}, and {turn.refused[-1].error}")
        return Done() if turn.changed or turn.waits >= 3 else Act(Wait(0.5), "its window is not there yet")
    if window is not None and len(turn.acts) < 8:
        point = _bare_title(window.box, seen)
        if point is not None and len(turn.acts) < 2:
            return Act(Click(point), f"the title bar of {window.text!r}")
        return Act(Press(("alt", "tab")) if len(turn.acts) < 3 else Press(("alt", "esc")), "its title bar is covered")
    if not windows(seen) and not turn.acts and (places := find(Target(part.name), turn.sight)):
        return Act(Click(places[0].at), places[0].why)
    if turn.acts and not windows(seen):
        return Done()
    places = find(Target(part.name), turn.sight) if part.name.lower() not in APPS and not turn.acts else ()
    if places and places[0].score >= 90:
        return Act(Click(places[0].at), f"no window is called {part.name!r}, but {places[0].why}")
    if turn.acts and not any(isinstance(step.decision.move, Press) for step in turn.acts) and window is None:
        return Done("what bears that name was clicked")
    if part.else_open or part.name.lower() in APPS:
        return Act(OpenApp(part.name), f"no window is called {part.name!r}")
    titles = ", ".join(repr(w.text) for w in windows(seen)) or "none"
    return Failed(f"no window is called {part.name!r}; open windows: {titles}")


def _bare_title(box: Box, seen: Observation) -> Point | None:
    """A point of the title bar that no window in front covers."""
    before = []
    for window in windows(seen):
        if window.box == box:
            break
        before.append(window.box)
    y = min(max(box.top + 9, 0), seen.height - 1)
    for share in (0.5, 0.35, 0.65, 0.2, 0.75, 0.12):
        point = Point(round(box.left + share * box.width), y)
        if point in seen.box and not any(point in other for other in before):
            return point
    return None


def close_front(part: CloseFront, turn: Turn) -> Outcome:
    if not turn.tries:
        return Act(Press(("alt", "f4")))
    if turn.refused:
        return Failed(f"the window could not be closed: {turn.refused[-1].error}")
    before, now = windows(turn.tries[0].seen), windows(turn.sight.seen)
    if not before or len(now) < len(before):
        return Done("the window is gone")
    buttons = () if part.saving is None else SAVE if part.saving else DONT_SAVE
    button = asked(buttons, turn.sight)
    if button is not None and len(turn.acts) < 3:
        return Act(Click(button.at), f"asked whether to save, and {button.why}")
    if len(now) > len(before) and part.saving is None:
        if turn.more:
            return Done("it asks something, and there is more to do")
        question = " ".join(line.text for line in turn.sight.text.within(now[0].box).lines)
        return Failed(f'closing asks: {question!r}; say "close without saving" or "close and save"')
    if turn.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[turn.waits]), "the window is still there")
    return Done() if turn.changed else Failed("the window did not close")


def call_dialog(part: CallDialog, turn: Turn) -> Outcome:
    if turn.tries and _appeared(turn):
        return Done("a dialog appeared")
    pressed = len(turn.acts) + len(turn.refused)
    if turn.tries and turn.waits < 2:
        return Act(Wait(0.4), "no dialog yet")
    if pressed < len(part.ways):
        return Act(Press(part.ways[pressed]))
    ways = " nor ".join("+".join(way) for way in part.ways)
    return Failed(f"no dialog appeared after {ways}; {surroundings(Target('dialog'), turn)}")


def _appeared(turn: Turn) -> bool:
    before, now = windows(turn.tries[0].seen), windows(turn.sight.seen)
    if before or now:
        return len(now) > len(before) or (front_title(turn.tries[0].seen) != front_title(turn.sight.seen) and bool(now))
    return any(step.change is not None and step.change.share > 0.03 for step in turn.tries)


def dialog_gone(part: DialogGone, turn: Turn) -> Outcome:
    title = front_title(turn.sight.seen).lower()
    if not re.match(rf"{part.word}\b", title):
        return Done()
    if not turn.waits:
        return Act(Wait(0.4), f"the dialog {title!r} is still open")
    if len(turn.acts) < 2:
        # A list of completions may have taken the first Enter.
        return Act(Press(("enter",)), f"the dialog {title!r} is still open")
    return Failed(f"the dialog {title!r} stays open; {surroundings(Target(title), turn)}")
