"""Gives what holds a value its value: ticks, sliders, spinners, dates, choices, fields."""

from dataclasses import replace

from agent.builtin.aim import aimed, patience, point_on, why_this
from agent.builtin.choice_control import is_value, option_of
from agent.builtin.commands import Locate
from agent.builtin.context import StepContext
from agent.builtin.dates import is_date, is_placeholder, shown_like
from agent.builtin.effect import again
from agent.builtin.field_control import fill, holds, start_of
from agent.builtin.instructions import SetValue, Tick
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone.navigation import locate
from agent.builtin.slider_control import as_number, slide
from agent.grounding.find import Candidate
from agent.grounding.resolve import resolve
from agent.grounding.target import Target
from agent.moves import name_of
from devices import Click, Element, Wait
from devices.roles import FIELDS, TOGGLES

STATES = {"on": True, "off": False, "checked": True, "unchecked": False, "true": True, "false": False}


def tick(command: Tick, context: StepContext) -> Outcome:
    """Click what can be on and off unless it is as wanted, and see that it is then."""
    if context.refused:
        return Failed(f"{command.target} could not be clicked: {context.refused[-1].error}")
    wish = "on" if command.on else "off"
    clicked = context.clicks[-1].decision.target if context.clicks else None
    if clicked is None:
        found = aimed(toggle(command.target), context)
        if not isinstance(found, Candidate):
            return found
        if found.element.checked is None:
            return Failed(f"whether {name_of(found.element)} is on cannot be seen")
        if found.element.checked == command.on:
            return Done(f"it is {wish}")
        return Act(Click(point_on(found.element, context.screen)), why_this(command.target, found), found.element)
    named = resolve(toggle(command.target), context.screen)  # what it sets may turn or repaint the whole screen
    now = named.element if isinstance(named, Candidate) else again(clicked, context.screen)
    if now is None and context.screen.is_listed:
        after = context.tries[context.tries.index(context.clicks[-1]) + 1 :]
        sought = locate(Locate(toggle(command.target)), replace(context, tries=after))
        return sought if isinstance(sought, Act) else Failed(f"{name_of(clicked)} was clicked, and is out of sight")
    if now is None:
        return patience(context, f"{name_of(clicked)} was clicked, and cannot be seen any more")
    if now.checked == command.on:
        return Done(f"it is {wish}")
    if context.waits < 3:
        return Act(Wait(0.4), f"it is not {wish} yet")
    if len(context.clicks) >= 2 or now.checked is None:
        return Failed(f"{name_of(clicked)} was clicked and is still not {wish}")
    return Act(Click(point_on(now, context.screen)), f"it is still not {wish}", now)


def toggle(target: Target) -> Target:
    """The target as something that is on or off, whatever people call it."""
    return replace(target, role="toggle")


def set_value(command: SetValue, context: StepContext) -> Outcome:
    """The next step to give the target its value, by the kind of thing that it is."""
    element = context.acts[0].decision.target if context.acts else None
    if element is None:
        if context.refused:
            return Failed(f"{command.target} could not be set: {context.refused[-1].error}")
        found = aimed(holder(command.target), context)
        if not isinstance(found, Candidate):
            return found
        element = found.element
    value = command.value.strip()
    if element.role in TOGGLES:
        on = STATES.get(value.lower())
        if on is None:
            return Failed(f"{name_of(element)} is on or off, and {value!r} is neither")
        return tick(Tick(command.target, on), context)
    if element.role == "slider":
        return slide(element, value, context)
    if element.role in (*FIELDS, "spinner") or element.editable:
        return _entered(element, value, context)
    if not context.acts:
        if element.value and is_value(value, element.value):
            return Done(f"it is {value!r} already")
        return Act(Click(point_on(element, context.screen)), f"to change {name_of(element)}", element)
    return option_of(Target(value), element, context, writing=True)


def holder(target: Target) -> Target:
    """The target as something that holds a value, if no role was said."""
    return target if target.role and target.role != "text" else replace(target, role="value")


def _entered(element: Element, value: str, context: StepContext) -> Outcome:
    """Type the value into a field or a spinner, a date as the field shows dates."""
    text = value
    shown = element.value or element.hint or element.text
    if is_date(shown):
        written = shown_like(shown, value)
        if written is None:
            return Failed(f"{name_of(element)} shows {shown!r}, and how {value!r} is written there is not known")
        text = written
    if not context.acts:
        if holds(element, text):
            return Done(f"it is {value!r} already")
        at = start_of(element, context.screen) if is_date(shown) else point_on(element, context.screen)
        return Act(Click(at), f"to change {name_of(element)}", element)
    if element.role != "spinner":
        return fill(text, context, replacing=not is_placeholder(shown), segmented=is_date(shown))
    outcome = fill(text, context, commit="tab")
    now = again(element, context.screen)
    if isinstance(outcome, Done) and now is not None and now.value and as_number(now.value) != as_number(value):
        return patience(context, f"entered {value!r}, and {name_of(element)} shows {now.value!r}")
    return outcome
