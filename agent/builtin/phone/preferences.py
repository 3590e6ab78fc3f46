"""Turns switches on and off, gives settings their values, and sees that they have them."""

from dataclasses import replace

from agent.builtin.context import StepContext
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone.navigation import way_to
from agent.builtin.phone.press import press
from agent.builtin.phone.text_entry import fill, fill_field, keep_button
from agent.builtin.phone_commands import SETTINGS, FillField, PutValue, TurnSwitch
from agent.builtin.words import number
from agent.episode import Step
from agent.grounding.label_similarity import MIN_SIMILARITY, label_similarity
from agent.grounding.target import Target
from agent.grounding.widget_match import find_switch, matching_widgets
from agent.screen.widgets import fields, row_of, summary_of, texts_in, title_of, widgets
from devices import Click, Element, Observation, Point, Press, TypeText, Wait
from devices.roles import FIELDS

SHARES = {"maximum": 1.0, "max": 1.0, "full": 1.0, "half": 0.5, "minimum": 0.0, "min": 0.0}
"""Words for a place on a slider."""


def switch(command: TurnSwitch, context: StepContext) -> Outcome:
    """Find it, press it unless it is as wanted, and see that it is as wanted."""
    seen = context.screen.seen
    found = find_switch(command.name, seen)
    presses = sum(_presses(find_switch(command.name, step.seen), step) for step in context.acts)
    wish = "on" if command.on else "off"
    if found is None:
        if presses and context.waits < 2:
            return Act(Wait(0.4), "the switch cannot be seen now")
        return way_to(command.name, lambda now: find_switch(command.name, now) is not None, SETTINGS, context)
    if found.checked == command.on:
        return Done(f"it is {wish}")
    if presses and context.waits < 2:
        return Act(Wait(0.4), f"it is not {wish} yet")
    if presses >= 2:
        return Failed(f"{command.name!r} was pressed twice and is still not {wish}")
    return press(found, f"the switch of {command.name!r} is to be {wish}")


def put_value(command: PutValue, context: StepContext) -> Outcome:
    """Press the setting and choose or write its value, or move its slider, and see that it has it."""
    seen = context.screen.seen
    if _is_field(command, context.acts[0].seen if context.acts else seen):
        return fill_field(FillField(command.name, command.value), context)
    if _is_given(command, context.acts):
        return _verify(command, context)
    slider = _slider(command.name, seen)
    if slider is not None and not context.acts:
        share = share_of(command.value)
        if share is None:
            return Failed(f"{command.name!r} is a slider, and {command.value!r} is no place on it: say 50% or maximum")
        return press(slider, f"the slider at {share:.0%}", _at_share(slider, share))
    if not context.acts:
        places = matching_widgets(Target(command.name), seen)
        if not places:
            return Failed(f"{command.name!r} is not on the screen")
        return press(row_of(places[0][1], seen), f"to change {command.name!r}")
    if not context.changed and not context.waits:
        return Act(Wait(0.4), "nothing opened yet")
    option = _option(command, seen)
    if option is not None:
        return press(option, f"{option.text!r} is chosen")
    field = next((each for each in fields(seen) if each.focused), None) or next(iter(fields(seen)), None)
    if field is not None:
        opened = context.tries.index(context.acts[0])
        written = fill(field, command.value, replace(context, tries=context.tries[opened + 1 :]))
        if not isinstance(written, Done):
            return written
        why, button = "it is written: keep it", keep_button(seen)
        return press(button, why) if button is not None else Act(Press(("enter",)), why)
    if context.waits < 2:
        return Act(Wait(0.4), f"{command.value!r} is not offered yet")
    return Failed(f"{command.value!r} is not among what is offered for {command.name!r}: {summary_of(seen)}")


def _is_field(command: PutValue, seen: Observation) -> bool:
    """Whether what bears the name is itself a field, as in a form."""
    places = matching_widgets(Target(command.name), seen)
    return bool(places) and places[0][1].role in FIELDS


def _presses(element: Element | None, step: Step) -> bool:
    """Whether `step` clicked on `element`."""
    move = step.decision.move
    return element is not None and isinstance(move, Click) and move.at in element.box


def _is_given(command: PutValue, acts: tuple[Step, ...]) -> bool:
    """Whether the value was chosen, slid to, or written and kept."""
    typed = False
    for count, step in enumerate(acts):
        if _presses(_slider(command.name, step.seen), step) or (count and _presses(_option(command, step.seen), step)):
            return True
        if typed:
            return True
        typed = isinstance(step.decision.move, TypeText)
    return False


def _option(command: PutValue, seen: Observation) -> Element | None:
    """The choice that bears the value."""
    best, found = 80.0, None
    for element in widgets(seen):
        if element.role in ("field", "text") and row_of(element, seen) is element:
            continue
        score = label_similarity(command.value, title_of(element, seen))
        if score > best and label_similarity(command.name, element.text) < 99:
            best, found = score, element
    return found


def _verify(command: PutValue, context: StepContext) -> Outcome:
    """A setting shows its value beside its name; a slider moves."""
    seen = context.screen.seen
    rows = [row_of(each, seen) for _, each in matching_widgets(Target(command.name), seen)]
    shown = [text.text for row in rows if row.role == "button" for text in texts_in(row.box, seen)[1:]]
    if any(label_similarity(command.value, text) >= MIN_SIMILARITY for text in shown):
        return Done(f"it shows {command.value!r}")
    if context.waits < 2 and (shown or not context.changed):
        return Act(Wait(0.4), f"it does not show {command.value!r} yet")
    if shown:
        return Failed(f"chose {command.value!r} for {command.name!r}, and it shows {'; '.join(shown)}")
    if _slider(command.name, seen) is not None:
        return Done("the slider stands there")
    return Done("the screen changed") if context.changed else Failed(f"chose {command.value!r}, and nothing changed")


def _slider(name: str, seen: Observation) -> Element | None:
    """The slider that bears the name, or stands right below it."""
    sliders = [each for each in widgets(seen) if each.role == "slider"]
    for each in sliders:
        if label_similarity(name, each.text) >= MIN_SIMILARITY:
            return each
    for _, label in matching_widgets(Target(name), seen):
        below = [s for s in sliders if -10 <= s.box.top - label.box.bottom < 1.5 * label.box.height + 20]
        if below:
            return min(below, key=lambda s: s.box.top)
    return None


def _at_share(slider: Element, share: float) -> Point:
    """The point of a slider at `share` of its length; its knob keeps clear of both ends."""
    box = slider.box
    inset = min(box.height // 2, box.width // 10)
    x = box.left + inset + round(share * (box.width - 1 - 2 * inset))
    return Point(box.left + 1 if share == 0 else box.right - 2 if share == 1 else x, box.center.y)


def share_of(value: str) -> float | None:
    """The place on a slider that "50%", "half" or "maximum" names, 0 to 1; None for anything else."""
    words = value.lower().strip()
    if words in SHARES:
        return SHARES[words]
    amount = number(words.removesuffix("percent").removesuffix("%"))
    return min(1.0, max(0.0, amount / 100)) if amount is not None else None
