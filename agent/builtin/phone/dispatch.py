"""Calls the function that carries out a command on a phone."""

from dataclasses import replace

from agent.builtin.answers import answer
from agent.builtin.context import StepContext
from agent.builtin.instructions import IfAsked, OpenApplication, Tell
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone import navigation, permissions, preferences, text_entry
from agent.builtin.phone.press import press
from agent.builtin.phone_commands import AnswerPermission, Enter, FillField, Locate, PhoneCommand, PutValue, TurnSwitch
from agent.grounding.target import Target
from agent.grounding.widget_match import find_switch, matching_widgets, row_value
from agent.screen.screen import Screen
from agent.screen.widgets import fields, widgets
from devices import OpenApp, Point, Scroll, Wait

MOST_LOOKS = 3
"""How often a phone that reported widgets before is looked at again, while its screen moves."""


def outcome_on_phone(command: PhoneCommand, context: StepContext) -> Outcome:
    """The outcome of a command that exists on phones only."""
    match command:
        case TurnSwitch():
            return preferences.switch(command, context)
        case PutValue():
            return preferences.put_value(command, context)
        case AnswerPermission():
            return permissions.answer_permission(command, context)
        case Locate():
            return navigation.locate(command, context)
        case Enter():
            return navigation.enter(command, context)
        case FillField():
            return text_entry.fill_field(command, context)


def wait_for_widgets(context: StepContext) -> Act | None:
    """Another look where widgets were reported before and none are now: the screen moves."""
    if widgets(context.screen.seen):
        return None
    late = context.past[-MOST_LOOKS:]
    looks = sum(isinstance(step.decision.move, Wait) and not widgets(step.seen) for step in late)
    reported = not context.past or any(widgets(step.seen) for step in context.past)
    return Act(Wait(0.25), "the screen moves: no widgets are reported yet") if reported and looks < MOST_LOOKS else None


def open_app(command: OpenApplication, context: StepContext) -> Outcome:
    """Start it; where no application is called so, press what on the screen, or further down, bears the name."""
    if not any(isinstance(step.decision.move, OpenApp) for step in context.tries):
        return Act(OpenApp(command.name))
    if not context.refused:
        if context.changed or context.waits >= 2:
            return Done("it is in front")
        return Act(Wait(0.3), "it may be in front already")
    if context.acts and context.changed and not isinstance(context.acts[-1].decision.move, Scroll):
        return Done("the screen changed")
    if matching_widgets(Target(command.name), context.screen.seen):
        return navigation.enter(Enter(command.name), without_scrolls(context))
    scrolled = scroll_to(Target(command.name), context)
    return scrolled or Failed(f"{context.refused[0].error}; and nothing on the screen is called {command.name!r}")


def scroll_to(target: Target, context: StepContext) -> Act | None:
    """The next scroll that may bring `target` into view, down and then up; None when all was seen."""
    moves = [step for step in context.acts if isinstance(step.decision.move, Scroll)]
    seen = context.screen.seen
    if not widgets(seen) or len(moves) >= navigation.MOST_SCROLLS:
        return None
    ends = [step for step in moves if step.change is None or step.change.share < 0.01]
    if len(ends) >= 2:
        return None
    at = Point(seen.width // 2, seen.height // 2)
    return Act(Scroll(at, "down" if not ends else "up", 5), f"{target} is not on this part of the screen")


def scroll_for(target: Target, context: StepContext) -> Act | None:
    """The next scroll for a target that is not on the screen, as long as nothing else was done about it."""
    if not target.text or target.anchor or matching_widgets(target, context.screen.seen):
        return None
    scrolling = all(isinstance(step.decision.move, Scroll | Wait) for step in context.tries if not step.error)
    return scroll_to(target, context) if scrolling else None


def without_scrolls(context: StepContext) -> StepContext:
    """`context` without its scrolls, which did nothing to the target yet."""
    kept = tuple(step for step in context.tries if not isinstance(step.decision.move, Scroll))
    return context if len(kept) == len(context.tries) else replace(context, tries=kept)


def focus_first(context: StepContext) -> Act | None:
    """A press on the only field there is, when none has the focus to type into."""
    every = fields(context.screen.seen)
    if context.tries or len(every) != 1 or every[0].focused:
        return None
    return press(every[0], "no field has the focus yet")


def if_asked(command: IfAsked, context: StepContext) -> Outcome:
    """The first of these buttons, if a dialog offers one."""
    seen = context.screen.seen
    for name in command.buttons if not context.acts else ():
        for element in widgets(seen):
            if element.role == "button" and element.text.lower() == name.lower():
                return press(element, f"asked, and {element.text!r} is offered")
    return Done() if context.acts or context.waits else Act(Wait(0.3), "nothing is asked yet")


def answer_on_phone(command: Tell, screen: Screen) -> str | None:
    """What `command` asks for, as it is written; None when nothing on the screen reads like it."""
    seen = screen.seen
    if not widgets(seen):
        return answer(command, screen)
    if not command.what:
        return "\n".join(each.text for each in fields(seen)) or str(screen.text) or None
    if value := row_value(command.what, seen):
        return value
    switch = find_switch(command.what, seen)
    return ("on" if switch.checked else "off") if switch is not None else answer(command, screen)
