"""Goes to applications and conversations, opens things and deletes them."""

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.phone.deeds import Enter, InApp
from agent.builtin.phone.filling import shown
from agent.builtin.phone.finding import beginner, rated
from agent.builtin.phone.steps import Converse, Erase, words_for
from agent.builtin.phone.widgets import alike, fields, row_of, title_of, widgets
from devices import Click, Element, LongPress, Observation, OpenApp, Point, Press, TypeText, Wait

DELETES = ("delete", "remove", "trash", "erase")


def in_app(part: InApp, turn: Turn) -> Outcome:
    """Open the first that is installed, and go up to its first screen."""
    opened = any(isinstance(step.decision.move, OpenApp) for step in turn.acts)
    if not opened and len(turn.refused) >= len(part.names):
        return Failed(turn.refused[0].error)
    if not opened:
        return Act(OpenApp(part.names[len(turn.refused)]))
    up = next((e for e in widgets(turn.sight.seen) if e.role == "button" and alike("navigate up", e.text) >= 95), None)
    if up is not None and len(turn.acts) < 5:
        return Act(Click(up.box.center), "up to the first screen")
    return Done("its first screen is in front")


def enter(part: Enter, turn: Turn) -> Outcome:
    """Press what bears the name; one that is opened already, as its title tells, stays."""
    seen = turn.sight.seen
    if turn.acts and turn.changed:
        return Done("the screen changed")
    if turn.acts and turn.waits < 2:
        return Act(Wait(0.4), "nothing changed yet")
    places = [element for _, element in rated(Target(part.name), seen)]
    places.sort(key=lambda each: each.role == "switch")  # a press there turns it, and opens nothing
    if len(turn.acts) >= min(2, max(1, len(places))):
        return Failed(f"pressed {part.name!r}, and nothing on the screen changed")
    if places:
        row = row_of(places[len(turn.acts)], seen)
        if row.role == "text":
            return Done(f"{part.name!r} is the title of this screen")
        return Act(Click(clear_of(row, seen)), f"{row.text!r} is {part.name!r}")
    if turn.waits < 2:
        return Act(Wait(0.4), f"{part.name!r} cannot be seen yet")
    return Failed(f"{part.name!r} is not on the screen; it shows: {shown(seen)}")


def clear_of(row: Element, seen: Observation) -> Point:
    """A point of `row` that nothing lies over: its middle, else further to the left."""
    for share in (2, 1, 3):
        point = Point(row.box.left + row.box.width * share // 4, row.box.center.y)
        over = [e for e in seen.elements if e is not row and point in e.box and e.role in ("button", "image", "switch")]
        if not any(e.box.width < row.box.width and e.box.height < 2 * row.box.height for e in over):
            return point
    return row.box.center


def converse(part: Converse, turn: Turn) -> Outcome:
    """The conversation that there is; else a new one: its recipient typed, and picked where the list has it."""
    seen = turn.sight.seen
    chosen = any("conversation" in step.decision.thought for step in turn.acts)
    begun = any("begins" in step.decision.thought for step in turn.acts)
    if chosen:
        if turn.changed and any(alike(part.to, e.text) >= 76 for e in widgets(seen)):
            return Done(f"{part.to!r} is in front")
        return Act(Wait(0.4), "not there yet") if turn.waits < 3 else Failed(f"no conversation with {part.to!r} opened")
    typed = any(isinstance(step.decision.move, TypeText) for step in turn.acts)
    rows = [e for _, e in rated(Target(part.to), seen) if e.role != "field" and row_of(e, seen).role == "button"]
    rows = [e for e in rows if alike(part.to, title_of(row_of(e, seen), seen)) >= 76]
    if rows and (not begun or typed):
        return Act(Click(clear_of(row_of(rows[0], seen), seen)), f"the conversation with {rows[0].text!r}")
    if not begun:
        button = beginner(words_for("message"), seen)
        if turn.waits < 1:
            return Act(Wait(0.3), f"no conversation with {part.to!r} yet")
        if button is None:
            return Failed(f"no conversation with {part.to!r} is listed and none can be begun; it shows: {shown(seen)}")
        return Act(Click(button.box.center), f"{button.text!r} begins one with {part.to!r}")
    to = fields(seen)
    if to and not typed:
        last = turn.acts[-1].decision.move
        if not to[0].focused and not (isinstance(last, Click) and last.at in to[0].box):
            return Act(Click(to[0].box.center), "the field for the recipient")
        return Act(TypeText(part.to), "the recipient")
    if turn.waits < 2:
        return Act(Wait(0.4), f"{part.to!r} is not offered yet")
    if typed and not any(isinstance(step.decision.move, Press) for step in turn.acts):
        return Act(Press(("enter",)), f"the conversation with {part.to!r}")
    return Failed(f"{part.to!r} is not offered; the screen shows: {shown(seen)}")


def erase(part: Erase, turn: Turn) -> Outcome:
    """Hold it for a menu, or open it for a button; then confirm, since it was asked for, and see it go."""
    seen = turn.sight.seen
    thoughts = [step.decision.thought for step in turn.acts]
    deleting = sum("deletes" in thought for thought in thoughts)
    there = [e for _, e in rated(Target(part.name), seen) if e.role != "field"]
    there.sort(key=lambda each: each.role == "switch")
    button = deleting_button(seen)
    if deleting and button is None:
        if not any(alike(part.name, e.text) >= 95 for e in there) and turn.changed:
            return Done(f"{part.name!r} is gone")
        if turn.waits < 3:
            return Act(Wait(0.5), f"{part.name!r} is still there")
        return Failed(f"{part.name!r} was deleted by its button and is still there; the screen shows: {shown(seen)}")
    if button is not None and thoughts and deleting < 3:
        if deleting and not turn.changed and turn.waits < 2:
            return Act(Wait(0.4), "nothing changed yet")
        return Act(Click(button.box.center), f"{button.text!r} deletes {part.name!r}")
    if thoughts and turn.waits < 2:
        return Act(Wait(0.4), "no menu yet")
    if not there:
        return Failed(f"{part.name!r} is not on the screen; it shows: {shown(seen)}")
    row = row_of(there[0], seen)
    if not thoughts:
        return Act(LongPress(clear_of(row, seen)), f"hold {row.text!r} for its menu")
    if not any("opens" in thought for thought in thoughts):
        return Act(Click(clear_of(row, seen)), f"opens {row.text!r} to delete it there")
    more = next((e for e in widgets(seen) if alike("more options", e.text) >= 95), None)
    if more is not None and not any("more" in thought for thought in thoughts):
        return Act(Click(more.box.center), "there may be more")
    return Failed(f"nothing here deletes {part.name!r}; the screen shows: {shown(seen)}")


def deleting_button(seen: Observation) -> Element | None:
    """The button or menu item that deletes: in a dialog the one that says so, which lies before the rest."""
    found = [e for e in widgets(seen) if e.role in ("button", "image") and e.text.lower().split()[:1]]
    named = [e for e in found if e.text.lower().split()[0] in DELETES]
    asked = any(alike("Cancel", e.text) >= 99 for e in found)
    sure = [e for e in found if asked and e.text in ("OK", "Yes", "Confirm")]
    return next(iter(named or sure), None)
