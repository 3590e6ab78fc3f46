"""Writes into fields by their labels, and sees that they hold the text."""

import re

from agent.builtin.context import StepContext
from agent.builtin.not_found import not_found, reason
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone.navigation import way_to
from agent.builtin.phone.press import press
from agent.builtin.phone_commands import FillField
from agent.grounding.find import find
from agent.grounding.label_similarity import MIN_SIMILARITY, label_similarity
from agent.grounding.target import Target
from agent.grounding.widget_match import labelled_field
from agent.screen.widgets import fields, widgets
from devices import Click, Element, Observation, Press, Scroll, TypeText, Wait

KEEP = ("OK", "Save", "Done", "Set", "Apply")
MOST_PRESSES = 2
"""How often a field is pressed that does not take the focus."""


def fill_field(command: FillField, context: StepContext) -> Outcome:
    """Find the field that is labelled so, scrolling if need be, and make it hold the text."""
    if not widgets(context.screen.seen):
        return _fill_unreported(command, context)
    begun = any(not isinstance(step.decision.move, Scroll) for step in context.acts)
    field = field_in_use(context) if begun else find_field(command.name, context)
    if field is not None:
        return fill(field, command.text, context, label=command.name)
    typed = any(isinstance(step.decision.move, TypeText) for step in context.acts)
    if typed and context.changed:
        return Done("the field is gone")
    if begun:
        return Act(Wait(0.4), "no field yet") if context.waits < 2 else Failed(f"{command.name!r} is no field")
    return way_to(command.name, lambda _: False, (), context)


def _fill_unreported(command: FillField, context: StepContext) -> Outcome:
    """Press the field by what is drawn, replace what it holds, and see the screen change: no widgets are reported."""
    moves = [step.decision.move for step in context.acts]
    if not moves:
        target = Target(command.name, "field")
        places = find(target, context.screen)
        if not places:
            return not_found(target, context)
        return Act(Click(places[0].at), reason(target, places, 0), places[0].element)
    if not isinstance(moves[-1], TypeText) and Press(("delete",)) not in moves:
        if len(moves) == 1:
            return Act(Press(("ctrl", "a")), "what the field holds is replaced")
        return Act(TypeText(command.text)) if command.text else Act(Press(("delete",)))
    if context.changed or not command.text:
        return Done("the screen changed")
    if context.waits < 2:
        return Act(Wait(0.3), "nothing changed yet")
    return Failed(f"typed {command.text!r}, and nothing on the screen changed")


def field_in_use(context: StepContext) -> Element | None:
    """The field that was pressed last, or took the focus since; without a press, the one that has the focus."""
    every = fields(context.screen.seen)
    focused = next((each for each in every if each.focused), None)
    for step in reversed(context.acts):
        if isinstance(step.decision.move, Click):
            before = next((each for each in fields(step.seen) if each.focused), None)
            at = step.decision.move.at
            pressed = next((each for each in every if at in each.box), None)
            # A keyboard that opens may move the fields: the focus tells, unless it stayed where it was.
            unmoved = before is not None and focused is not None and before.text == focused.text
            return pressed if unmoved or focused is None else focused
    return focused


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
        why = context.refused[-1].error if context.refused else f"it holds {field.text!r}"
        return Failed(f"typed {text!r}: {why}")
    selected = isinstance(last, Press)
    pressed = isinstance(last, Click) and last.at in field.box
    unreported = not any(each.focused for each in fields(context.screen.seen))
    if not selected and not field.focused and not (pressed and unreported):
        if pressed and not context.waits:
            return Act(Wait(0.3), "it has no focus yet")
        if sum(isinstance(move, Click) and move.at in field.box for move in moves) >= MOST_PRESSES:
            return Failed(f"the field {field.text!r} does not take the focus")
        return press(field, f"the field {field.text!r}")
    if not selected and (not text or label_similarity(label, field.text) < MIN_SIMILARITY):
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


def find_field(name: str, context: StepContext) -> Element | None:
    """The field that is labelled so: by its hint, by a text beside it, by what is drawn in or above it."""
    seen = context.screen.seen
    every = fields(seen)
    best = max(every, key=lambda each: label_similarity(name, each.text), default=None)
    if best is None or label_similarity(name, best.text) >= MIN_SIMILARITY:
        return best
    labels = (each for each in widgets(seen) if each.role == "text" and label_similarity(name, each.text) >= 90)
    beside = next((found for label in labels if (found := labelled_field(label.box, seen))), None)
    return beside or _drawn_label(name, context, every)


def _drawn_label(name: str, context: StepContext, every: tuple[Element, ...]) -> Element | None:
    """The field in or above which `name` is drawn without being reported."""
    for line in context.screen.drawn.lines:
        if label_similarity(name, line.text) < 90:
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
