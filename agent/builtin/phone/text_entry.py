"""Writes into fields by their labels, and sees that they hold the text."""

import re

from agent.builtin.context import StepContext
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone.commands import FillField
from agent.builtin.phone.finding import field_below
from agent.builtin.phone.navigation import way_to
from agent.builtin.phone.widgets import ALIKE, alike, fields, widgets
from devices import Click, Element, Observation, Press, TypeText, Wait

KEEP = ("OK", "Save", "Done", "Set", "Apply")
MOST_PRESSES = 2
"""How often a field is pressed that does not take the focus."""


def fill_field(command: FillField, context: StepContext) -> Outcome:
    """Find the field that is labelled so, scrolling if need be, and make it hold the text."""
    begun = any(isinstance(step.decision.move, Click | TypeText) for step in context.acts)
    field = field_in_use(context) if begun else field_named(command.name, context)
    if field is not None:
        return fill(field, command.text, context, label=command.name)
    typed = any(isinstance(step.decision.move, TypeText) for step in context.acts)
    if typed and context.changed:
        return Done("the field is gone")
    if begun:
        return Act(Wait(0.4), "no field yet") if context.waits < 2 else Failed(f"{command.name!r} is no field")
    return way_to(command.name, lambda _: False, (), context)


def field_in_use(context: StepContext) -> Element | None:
    """The field with the focus, else the one that was pressed last."""
    every = fields(context.screen.seen)
    pressed = [step.decision.move.at for step in context.acts if isinstance(step.decision.move, Click)]
    focused = next((each for each in every if each.focused), None)
    return focused or next((each for each in every if pressed and pressed[-1] in each.box), None)


def fill(field: Element, text: str, context: StepContext, label: str = "") -> Outcome:
    """Give the field the focus, select what it holds, type. `label` may be shown in it as long as it is empty."""
    moves = [step.decision.move for step in context.acts]
    last = moves[-1] if moves else None
    typed = any(isinstance(move, TypeText) for move in moves)
    emptied = Press(("delete",)) in moves
    if (text and holds(field, text)) or emptied:
        return Done("the field holds it")
    if typed or any(isinstance(step.decision.move, TypeText) for step in context.refused):
        if context.waits < 2:
            return Act(Wait(0.3), "the text is not there yet")
        return Failed(
            f"typed {text!r}: " + (context.refused[-1].error if context.refused else f"it holds {field.text!r}")
        )
    selected = isinstance(last, Press)
    if not selected and not field.focused and not (isinstance(last, Click) and last.at in field.box):
        if sum(isinstance(move, Click) and move.at in field.box for move in moves) >= MOST_PRESSES:
            return Failed(f"the field {field.text!r} does not take the focus")
        return Act(Click(field.box.center), f"the field {field.text!r}")
    if not selected and (not text or alike(label, field.text) < ALIKE):
        return Act(Press(("ctrl", "a")), "what the field holds is replaced")
    return Act(TypeText(text)) if text else Act(Press(("delete",)))


def holds(field: Element, text: str) -> bool:
    """Whether a field holds `text`; a password shows dots, and numbers may be set out with spaces and dashes."""
    shown, wanted = " ".join(field.text.split()), " ".join(text.split())
    if shown == wanted or shown == "•" * len(wanted):
        return True
    number = r"[\d\s()+./-]*\d[\d\s()+./-]*"
    return bool(re.fullmatch(number, shown) and re.fullmatch(number, wanted)) and _digits(shown) == _digits(wanted)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def field_named(name: str, context: StepContext) -> Element | None:
    """The field that is labelled so: by its hint, by a text beside it, by what is drawn in or above it."""
    seen = context.screen.seen
    every = fields(seen)
    best = max(every, key=lambda each: alike(name, each.text), default=None)
    if best is None or alike(name, best.text) >= ALIKE:
        return best
    labels = (each for each in widgets(seen) if each.role == "text" and alike(name, each.text) >= 90)
    beside = next((found for label in labels if (found := field_below(label.box, seen))), None)
    return beside or _drawn_label(name, context, every)


def _drawn_label(name: str, context: StepContext, every: tuple[Element, ...]) -> Element | None:
    """The field in or above which `name` is drawn without being reported."""
    for line in context.screen.drawn.lines:
        if alike(name, line.text) < 90:
            continue
        for field in every:
            around = field.box.left - 8 <= line.box.center.x <= field.box.right
            if around and field.box.top - 2.2 * line.box.height <= line.box.center.y < field.box.bottom:
                return field
    return None


def keep_button(seen: Observation) -> Element | None:
    """The button of a dialog that keeps what was written."""
    buttons = [each for each in widgets(seen) if each.role == "button"]
    return next((each for word in KEEP for each in buttons if each.text == word), None)
