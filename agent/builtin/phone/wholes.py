"""Does things to every row of a list, or through the menu of one row."""

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.phone.deeds import RemoveAll, SwitchAll
from agent.builtin.phone.filling import shown
from agent.builtin.phone.finding import rated
from agent.builtin.phone.steps import Pick
from agent.builtin.phone.visiting import clear_of, deleting_button
from agent.builtin.phone.widgets import alike, row_of, widgets
from devices import Click, Element, LongPress, Observation, Point, Scroll, Wait

MOST_ACTS = 60


def erase_all(part: RemoveAll, turn: Turn) -> Outcome:
    """Hold the first row for its menu, delete it there, confirm, and go on until no row is left."""
    seen = turn.sight.seen
    if len(turn.acts) >= MOST_ACTS:
        return Failed(f"there are still things to delete after {len(turn.acts)} steps; the screen shows: {shown(seen)}")
    button = deleting_button(seen)
    last = turn.acts[-1].decision.move if turn.acts else None
    if button is not None and last is not None:
        if not turn.changed and not turn.waits:
            return Act(Wait(0.4), "nothing changed yet")
        return Act(Click(button.box.center), f"{button.text!r} deletes it")
    rows = rows_in(seen)
    if isinstance(last, LongPress):
        if turn.waits < 2:
            return Act(Wait(0.4), "no menu yet")
        return Failed(f"nothing here deletes a {part.kind}; the screen shows: {shown(seen)}")
    if rows:
        return Act(LongPress(clear_of(rows[0], seen)), f"hold {rows[0].text!r} for its menu")
    if turn.waits < 2:
        return Act(Wait(0.4), f"no {part.kind} can be seen")
    return Done(f"no {part.kind} is left")


def switch_all(part: SwitchAll, turn: Turn) -> Outcome:
    """Press the first switch that is not as wished; when all are, see whether there are more further down."""
    seen = turn.sight.seen
    switches = [each for each in widgets(seen) if each.role == "switch" and each.checked is not None]
    wrong = [each for each in switches if each.checked != part.on]
    pressed = [step.decision.move for step in turn.acts if isinstance(step.decision.move, Click)]
    if wrong and pressed and not turn.changed and turn.waits < 2:
        return Act(Wait(0.4), "it is not as wished yet")
    if wrong and sum(move.at in wrong[0].box for move in pressed[-3:]) >= 2:
        return Failed(f"{wrong[0].text!r} was pressed twice and is still not {'on' if part.on else 'off'}")
    if wrong and len(turn.acts) < MOST_ACTS:
        return Act(Click(wrong[0].box.center), f"{wrong[0].text!r} is to be {'on' if part.on else 'off'}")
    scrolls = [step for step in turn.acts if isinstance(step.decision.move, Scroll)]
    if not switches and turn.waits < 2:
        return Act(Wait(0.4), f"no {part.kind} with a switch can be seen")
    if not switches and not scrolls:
        return Failed(f"no {part.kind} here has a switch; the screen shows: {shown(seen)}")
    end = scrolls and (scrolls[-1].change is None or scrolls[-1].change.share < 0.01)
    if end or len(scrolls) > 12:
        return Done(f"every {part.kind} is as wished")
    return Act(Scroll(Point(seen.width // 2, seen.height // 2), "down", 6), "there may be more below")


def pick(part: Pick, turn: Turn) -> Outcome:
    """Hold what bears the name for its menu, and choose from it."""
    seen = turn.sight.seen
    held = any(isinstance(step.decision.move, LongPress) for step in turn.acts)
    chosen = any(isinstance(step.decision.move, Click) for step in turn.acts)
    if chosen:
        if turn.changed:
            return Done("the screen changed")
        return Act(Wait(0.4), "nothing changed yet") if turn.waits < 2 else Failed("the choice changed nothing")
    if not held:
        there = [element for _, element in rated(Target(part.name), seen) if element.role != "field"]
        if not there:
            return Failed(f"{part.name!r} is not on the screen; it shows: {shown(seen)}")
        return Act(LongPress(clear_of(row_of(there[0], seen), seen)), f"hold {part.name!r} for its menu")
    for word in part.words:
        for each in widgets(seen):
            if each.role == "button" and alike(word, each.text) >= 95:
                return Act(Click(each.box.center), f"{each.text!r} is offered")
    if turn.waits < 2:
        return Act(Wait(0.4), "no menu yet")
    return Failed(f"the menu of {part.name!r} has no {part.words[0]!r}; the screen shows: {shown(seen)}")


def rows_in(seen: Observation) -> list[Element]:
    """The rows of the list in front, from the top; what floats over them left out."""
    return [
        each
        for each in widgets(seen)
        if each.role == "button" and each.box.width > 0.6 * seen.width and each.box.height > 0.02 * seen.height
    ]
