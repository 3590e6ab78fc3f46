"""Turns switches on and off, gives settings their values, and sees that they have them."""

import re

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.phone.deeds import Switch
from agent.builtin.phone.finding import rated, switch_named
from agent.builtin.phone.locating import way_to
from agent.builtin.phone.steps import PutValue
from agent.builtin.phone.vocabulary import SETTINGS
from agent.builtin.phone.widgets import alike, fields, row_of, texts_in, title_of, widgets
from agent.builtin.words import number
from devices import Click, Element, Observation, Point, Press, TypeText, Wait

SHARES = {
    "maximum": 1.0, "max": 1.0, "full": 1.0, "highest": 1.0, "the maximum": 1.0, "the highest": 1.0, "loudest": 1.0,
    "brightest": 1.0, "minimum": 0.0, "min": 0.0, "lowest": 0.0, "the minimum": 0.0, "the lowest": 0.0, "zero": 0.0,
    "a quarter": 0.25, "one quarter": 0.25, "three quarters": 0.75, "a third": 0.33, "two thirds": 0.67, "half": 0.5,
    "medium": 0.5, "the middle": 0.5, "mute": 0.0, "silent": 0.0, "off": 0.0,
}  # fmt: skip
"""Words for where a slider stands."""

STEPS = {"more": 1, "less": -1}
"""Values that depend on the one there is."""

STEP = 0.2
"""How far "a little more" moves a slider, as a share of its length."""

CHOSEN, TYPED = "choice", "its new text"
"""How thoughts tell which half of the work is done."""


def switch(part: Switch, turn: Turn) -> Outcome:
    """Find it, press it unless it is as wished, and see that it is as wished."""
    seen = turn.sight.seen
    found = switch_named(part.name, seen)
    pressed = sum("switch" in step.decision.thought for step in turn.acts)
    wish = "on" if part.on else "off"
    if found is None:
        if pressed and turn.waits < 2:
            return Act(Wait(0.4), "the switch cannot be seen now")
        return way_to(part.name, lambda now: switch_named(part.name, now) is not None, SETTINGS, turn)
    if found.checked == part.on:
        return Done(f"it is {wish}")
    if pressed and turn.waits < 2:
        return Act(Wait(0.4), f"it is not {wish} yet")
    if pressed >= 2:
        return Failed(f"{part.name!r} was pressed twice and is still not {wish}")
    around = [e for e in seen.elements if e.role == "button" and found.box.center in e.box and not e.checked]
    whole = around[0].text if around and not found.text else found.text
    return Act(Click(found.box.center), f"the switch of {whole!r} is to be {wish}")


def put_value(part: PutValue, turn: Turn) -> Outcome:
    """Press the setting and choose or write its value, or move its slider, and see that it has it."""
    seen = turn.sight.seen
    thoughts = [step.decision.thought for step in turn.acts]
    if any(thought.startswith(CHOSEN) for thought in thoughts):
        return _verified(part, turn)
    slider = _slider(part.name, seen)
    if slider is not None and not turn.acts:
        share = share_of(part.value)
        if part.value in STEPS:
            share = min(1.0, max(0.0, stands_at(slider, seen) + STEPS[part.value] * STEP))
        if share is None:
            return Failed(f"{part.name!r} is a slider, and {part.value!r} is no place on it: say 50% or maximum")
        inset = min(slider.box.height // 2, slider.box.width // 10)
        x = slider.box.left + inset + round(share * (slider.box.width - 1 - 2 * inset))
        x = slider.box.left + 1 if share == 0 else slider.box.right - 2 if share == 1 else x
        return Act(Click(Point(x, slider.box.center.y)), f"{CHOSEN} on the slider at {share:.0%}")
    if not turn.acts:
        places = rated(Target(part.name), seen)
        if not places:
            return Failed(f"{part.name!r} is not on the screen")
        return Act(Click(row_of(places[0][1], seen).box.center), f"to change {part.name!r}")
    if not turn.changed and not turn.waits:
        return Act(Wait(0.4), "nothing opened yet")
    option = _option(part, seen)
    if option is not None:
        return Act(Click(option.box.center), f"{CHOSEN} {option.text!r}")
    written = [each for each in fields(seen) if not each.text.lower().startswith("search")]
    if written:
        return _written(part, turn, written[0])
    if turn.waits < 2:
        return Act(Wait(0.4), f"{part.value!r} is not offered yet")
    shown = "; ".join(each.text for each in widgets(seen)[:12])
    return Failed(f"{part.value!r} is not among what is offered for {part.name!r}: {shown}")


def _option(part: PutValue, seen: Observation) -> Element | None:
    """The choice that bears the value; for "more" and "less" the one beside the choice that stands."""
    if part.value in STEPS:
        choices = [each for each in widgets(seen) if each.checked is not None and each.role != "switch"]
        chosen = next((number for number, each in enumerate(choices) if each.checked), None)
        beside = None if chosen is None else chosen + STEPS[part.value]
        return choices[beside] if beside is not None and 0 <= beside < len(choices) else None
    best, found = 80.0, None
    for element in widgets(seen):
        if element.role in ("field", "text") and row_of(element, seen) is element:
            continue
        if (score := alike(part.value, title_of(element, seen))) > best and alike(part.name, element.text) < 99:
            best, found = score, element
    return found


def _written(part: PutValue, turn: Turn, field: Element) -> Outcome:
    moves = [step.decision.move for step in turn.acts]
    if field.text == part.value:
        from agent.builtin.phone.filling import keeper
        from agent.builtin.phone.steps import KEEP

        button = keeper(KEEP, turn.sight.seen)
        move = Click(button.box.center) if button else Press(("enter",))
        return Act(move, f"{CHOSEN} is written; keep it")
    if any(isinstance(move, TypeText) for move in moves):
        return Failed(f"typed {part.value!r}, and the field holds {field.text!r}")
    clicks = sum(isinstance(move, Click) for move in moves)
    if not field.focused and not isinstance(moves[-1], Press) and clicks < 3:
        return Act(Click(field.box.center), "the field")
    if not isinstance(moves[-1], Press):
        return Act(Press(("ctrl", "a")), "what the field holds is replaced")
    return Act(TypeText(part.value), TYPED)


def _verified(part: PutValue, turn: Turn) -> Outcome:
    """A setting shows its value below its name; a slider moves."""
    seen = turn.sight.seen
    places = [row_of(e, seen) for _, e in rated(Target(part.name), seen)]
    if any(alike(part.value, t.text) >= 80 for row in places for t in texts_in(row.box, seen)):
        return Done(f"it shows {part.value!r}")
    if turn.changed:
        return Done("the screen changed")
    if turn.waits < 2:
        return Act(Wait(0.4), "nothing changed yet")
    if "slider" in turn.acts[-1].decision.thought:
        return Done("the slider stands there")
    return Failed(f"chose {part.value!r} for {part.name!r}, and nothing on the screen changed")


def _slider(name: str, seen: Observation) -> Element | None:
    """The slider that bears the name, or stands right below it."""
    sliders = [each for each in widgets(seen) if each.role == "slider"]
    for each in sliders:
        if alike(name, each.text) >= 80:
            return each
    for _, label in rated(Target(name), seen):
        below = [s for s in sliders if -10 <= s.box.top - label.box.bottom < 1.5 * label.box.height + 20]
        if below:
            return min(below, key=lambda s: s.box.top)
    return None


def stands_at(slider: Element, seen: Observation) -> float:
    """Where a slider stands, 0 to 1: how far along its middle the colour of its beginning reaches."""
    box = slider.box
    inset = min(box.height // 2, box.width // 10)
    across = seen.pixels[box.center.y, box.left + inset : max(box.left + inset + 2, box.right - inset)].astype(int)
    empty = abs(across - across[-1]).sum(axis=1) < 40
    filled = int((~empty).nonzero()[0].max(initial=0))
    return filled / max(1, len(across) - 1)


def share_of(value: str) -> float | None:
    """Where on a slider "50%", "half" or "maximum" is, 0 to 1; None for what is no place."""
    said = value.lower().strip().removesuffix(" volume").removesuffix(" brightness").strip()
    said = re.sub(r"^(?:its |the )", "", said)
    if said in SHARES:
        return SHARES[said]
    found = re.fullmatch(r"(\w+?) ?(?:%|per ?cent)?", said)
    amount = number(found[1]) if found else None
    return min(1.0, max(0.0, amount / 100)) if amount is not None else None
