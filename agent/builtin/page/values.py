"""Sets spinners and colours."""

import re

from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.arena import ground_box
from agent.builtin.page.deeds_of_values import PutInto, PutShownColour, SpinTo
from agent.builtin.targets import Sight
from devices import Box, Click, Point, Press, TypeText

NUMBER = re.compile(r"[-−]?\s?\d+")


def spin_to(part: SpinTo, turn: Turn) -> Outcome:
    """Press an arrow up to three times at once until the value must be there."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    scale = first.text.scale
    numbers = [w for w in first.widgets if w.kind in ("field", "list", "button") and NUMBER.fullmatch(w.text)]
    if not numbers:
        return Failed("no field with a number can be seen")
    box, value = numbers[0].box, int(numbers[0].text.replace("−", "-").replace(" ", ""))
    for step in turn.acts:
        if isinstance(step.decision.move, Click):
            value += step.decision.move.times * (1 if step.decision.move.at.y < box.center.y else -1)
    if value == part.value:
        return Done(f"it was pressed until {value}")
    # The arrows stand one above the other right of the field.
    y = box.top + box.height // 4 if part.value > value else box.bottom - box.height // 4
    times = min(3, abs(part.value - value))
    return Act(Click(Point(box.right + 9 * scale, y), times=times), f"{value} is to be {part.value}")


def put_into(part: PutInto, turn: Turn) -> Outcome:
    """Click the field three times, which selects what it holds, and type."""
    return _typed(part.text, turn)


def _typed(text: str, turn: Turn) -> Outcome:
    if turn.refused:
        return Failed(turn.refused[-1].error)
    moves = [step.decision.move for step in turn.acts]
    if not moves:
        field = _only_field(turn.sight)
        return Act(Click(field.center, times=2), "the field") if field else Failed("no field can be seen")
    if len(moves) == 1:
        return Act(Press(("ctrl", "a")), "what it holds is replaced")
    if len(moves) == 2:
        return Act(TypeText(text))
    if len(moves) == 3:
        ground = ground_box(turn.sight)
        corner = Point(ground.right - 2, ground.bottom - 2)
        return Act(Click(corner), "a click on nothing leaves the field and closes what hangs from it")
    return Done("it was typed")


def _only_field(sight: Sight) -> Box | None:
    fields = [w.box for w in sight.widgets if w.kind in ("field", "area")]
    if fields:
        return fields[0]
    scale = sight.text.scale
    # A field may be filled with its colour.
    filled = [
        r.box
        for r in sight.regions
        if r.outline == "rectangle"
        and 12 * scale <= r.box.height <= 32 * scale
        and r.box.width > 3 * r.box.height
        and min(r.colour) < 230
        and r.box.top > 0
    ]
    return filled[0] if filled else None


def put_shown_colour(part: PutShownColour, turn: Turn) -> Outcome:
    """Read the patch in the goal, then as with a colour that was named."""
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    scale = first.text.scale
    patches = [
        r
        for r in first.regions
        if r.square
        and r.outline == "rectangle"
        and 6 * scale <= r.box.width <= 16 * scale
        and r.holes < 0.2
        and r.box.top < 50 * scale
    ]
    if not patches:
        return Failed("the goal shows no patch of a colour")
    return _typed("{:02X}{:02X}{:02X}".format(*patches[0].colour), turn)
