"""Waits and verifies: commands that only look at the screen."""

from dataclasses import replace

from agent.builtin.aim import aimed, patience
from agent.builtin.context import StepContext
from agent.builtin.instructions import Await, ElementState, Expect, Pause
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.grounding.find import Candidate, find
from agent.grounding.geometry import front_window
from agent.grounding.resolve import not_found, resolve
from agent.grounding.similarity import tidy
from agent.grounding.target import Target
from agent.grounding.windows import named_window
from agent.moves import name_of
from devices import Wait
from devices.roles import FIELDS

VALUED = FIELDS | {"choice", "spinner", "slider"}
"""What holds a value, by which it is judged."""


def pause(command: Pause, context: StepContext) -> Outcome:
    """Wait for as long as asked."""
    left = command.seconds - context.waited
    return Act(Wait(min(left, 60.0))) if left > 0.001 else Done()


def await_(command: Await, context: StepContext) -> Outcome:
    """Wait until the target is, or is no longer, visible."""
    visible = is_visible(command.target, context)
    if visible == command.appears:
        return Done(f"{command.target} is {'visible' if visible else 'gone'}")
    if context.waited >= command.seconds:
        verb = "did not appear" if command.appears else "did not disappear"
        return Failed(f"{command.target} {verb} within {command.seconds:g} s")
    return Act(Wait(min(max(0.3, context.waited / 2), 3.0)))


def expect(command: Expect, context: StepContext) -> Outcome:
    """Fail unless the target is, or is not, visible; give the screen a moment to show it."""
    if command.state is not None:
        return _expect_state(command.target, command.state, command.present, context)
    if is_visible(command.target, context) == command.present:
        return Done(f"{command.target} is {'' if command.present else 'not '}visible")
    if not command.present:
        return patience(context, f"{command.target} should not be visible and is")
    near = not_found(command.target, context.screen).closest
    return patience(context, f"{command.target} should be visible and is not{near and '; ' + near}")


def _expect_state(target: Target, state: ElementState, wished: bool, context: StepContext) -> Outcome:
    found = aimed(replace(target, role="toggle") if state in ("on", "off") else target, context, usable=False)
    if not isinstance(found, Candidate):
        return found
    element = found.element
    told: dict[ElementState, bool | None] = {
        "on": element.checked,
        "off": None if element.checked is None else not element.checked,
        "enabled": element.enabled,
        "disabled": not element.enabled,
        "selected": element.selected,
        "focused": element.focused,
    }
    if told[state] is None:
        return Failed(f"whether {name_of(element)} is {state} cannot be seen")
    word = "" if wished else "not "
    if told[state] == wished:
        return Done(f"{name_of(element)} is {word}{state}")
    return patience(context, f"{name_of(element)} should be {word}{state} and is {'not' if wished else 'so'}")


def is_visible(target: Target, context: StepContext) -> bool:
    """Whether anything that `target` may mean is on the screen, or such a window is open."""
    screen = context.screen
    if target.side == "in" and target.anchor is not None and target.anchor.role in VALUED:
        holder = resolve(target.anchor, screen)
        if isinstance(holder, Candidate):
            box = holder.element.box
            held = holder.element.value or " ".join(line.text for line in screen.text.within(box).lines)
            return tidy(target.text) in tidy(held)
    if target.role not in ("window", "dialog"):
        return bool(find(target, screen))
    if target.text:
        return named_window(target.text, screen) is not None or bool(find(Target(target.text), screen))
    front = front_window(screen)
    if front is None or len(screen.windows) < 2:
        return False
    # A dialog lies before the window that it belongs to, and inside it or nearly so.
    return front.box.area < 0.9 * screen.windows[1].box.area
