"""Makes fields hold a text: gives one the focus, replaces what it holds, and sees that it holds it."""

import re
from dataclasses import replace

from agent.builtin.aim import PATIENCE, aimed, patience, point_on, why_this
from agent.builtin.context import StepContext
from agent.builtin.effect import Effect, again, changed, changed_in, effect
from agent.builtin.instructions import Empty, Write
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.episode import Step
from agent.grounding.find import Candidate
from agent.grounding.similarity import label_similarity, tidy
from agent.grounding.target import Target
from agent.moves import name_of
from agent.screen.screen import Screen
from devices import Box, Click, Element, Observation, Point, Press, TypeText, Wait
from devices.changes import Change
from devices.roles import FIELDS

MOST_PRESSES = 2
"""How often a field is pressed that does not take the focus."""

NONE = Change(0.0, None)
SELECT_ALL, DELETE = Press(("ctrl", "a")), Press(("delete",))
NUMBER = re.compile(r"[\d\s()+./,-]*\d[\d\s()+./,-]*")


def write_into(command: Write | Empty, field: Target, context: StepContext) -> Outcome:
    """Find the field and make it hold the text."""
    text, replacing = (command.text, command.afresh) if isinstance(command, Write) else ("", True)
    if not context.acts:
        found = aimed(_as_field(field), context)
        if not isinstance(found, Candidate):
            return found
        if context.refused:
            return Failed(f"{name_of(found.element)} could not be clicked: {context.refused[-1].error}")
        if found.element.focused and not replacing:
            return Act(TypeText(text), "it has the focus", found.element)
        at = point_on(found.element, context.screen)
        return Act(Click(at), why_this(field, found), found.element)
    return fill(text, context, replacing=replacing)


def _as_field(target: Target) -> Target:
    role = target.role if target.role in (*FIELDS, "spinner", "choice") else "field"
    return Target(target.text, role, target.ordinal, target.side, target.anchor)


def fill(
    text: str, context: StepContext, *, replacing: bool = True, commit: str = "", segmented: bool = False
) -> Outcome:
    """The next step to make the field that was clicked hold `text`.

    `commit` is a key that ends the entry. A `segmented` field, for a date, may have no content that can be selected.
    """
    begun = context.clicks[0].decision.target if context.clicks else context.target
    if begun is None:
        return Failed("there is no field to type into")
    moves = [step.decision.move for step in context.acts]
    typed = next((i for i, move in enumerate(moves) if isinstance(move, TypeText) or move == DELETE), None)
    field = field_in_use(begun, context)
    if refused := [step for step in context.refused if isinstance(step.decision.move, TypeText)]:
        return Failed(f"{text!r} could not be typed: {refused[-1].error}")
    if typed is not None:
        if segmented and field is not None and 2 * field.box.width < begun.box.width:
            field = replace(begun, value="")  # what has the focus holds the year alone
        if commit and Press((commit,)) not in moves:
            return Act(Press((commit,)), "the entry is over", field or begun)
        if commit:
            field = again(begun, context.screen)  # the focus is in the next one
        whole = replacing and begun.role in FIELDS
        return _verified(text, field, begun, context.acts[typed], context, whole=whole)
    if field is not None and _elsewhere(field, context.screen):
        if context.waits < 1:
            return Act(Wait(0.3), "it has no focus yet")
        if len(context.clicks) >= MOST_PRESSES:
            return Failed(f"{name_of(begun)} does not take the focus")
        return Act(Click(point_on(field, context.screen)), "another field has the focus still", field)
    lit = changed_in(_reach(begun, context), context.acts[0].seen, context.seen)  # and no caret that blinks elsewhere
    if begun.role == "text" and len(moves) == 1 and not lit:
        return patience(context, f"clicked {begun.text!r}, which seems to be no field: nothing came of it")
    if moves[-1] == SELECT_ALL and not (field and field.focused) and _selected_more(context):
        if not segmented:
            return Failed(f"{name_of(begun)} seems to be no field: more than its content was selected")
        return Act(Click(start_of(begun, context.screen)), "it has no content to select: written from its start", begun)
    blank = bool(context.clicks) and _is_empty(begun, context.clicks[0].seen)
    if replacing and SELECT_ALL not in moves and not blank:
        return Act(SELECT_ALL, "what the field holds is replaced", field or begun)
    return Act(TypeText(text) if text else DELETE, "", field or begun)


def field_in_use(begun: Element, context: StepContext) -> Element | None:
    """The field that was clicked as it is now: what took the focus since, for a keyboard that opens moves fields."""
    focused = next((e for e in context.screen.elements if e.focused and _takes_text(e)), None)
    before = next((e for e in context.clicks[0].seen.elements if e.focused), None) if context.clicks else None
    same = before is not None and focused is not None and (before.text, before.role) == (focused.text, focused.role)
    # On a computer nothing moves to make room: what has the focus elsewhere had it before, unlisted.
    here = context.seen.surface == "phone" or (focused is not None and _touch(focused.box, _reach(begun, context)))
    if focused is not None and not same and here:
        return focused
    now = again(begun, context.screen)
    if now is not None and begun.source == "drawn" and _takes_text(begun) and not _takes_text(now):
        return replace(begun, value="")  # its frame is drawn otherwise with the focus, and its label is seen alone
    return now


def _reach(begun: Element, context: StepContext) -> Box:
    """Where the field is that was clicked; a label's is beside it or below it."""
    return _written_area(begun, context.screen) if begun.role == "text" else begun.box


def _touch(one: Box, other: Box) -> bool:
    return max(one.left, other.left) < min(one.right, other.right) and max(one.top, other.top) < min(
        one.bottom, other.bottom
    )


def _takes_text(element: Element) -> bool:
    return element.role in FIELDS or element.editable or element.role == "spinner"


def _elsewhere(field: Element, screen: Screen) -> bool:
    """Whether the device says that another field has the focus."""
    return not field.focused and any(e.focused and e.role in FIELDS for e in screen.elements)


def _selected_more(context: StepContext) -> bool:
    """Whether more than the field's own content was lit by selecting all: the focus is not in it."""
    return effect(context) == Effect.MORE and (context.acts[-1].change or NONE).share > 0.01


def start_of(field: Element, screen: Screen) -> Point:
    """Where the first character of a field is."""
    return Point(min(field.box.left + screen.unit, field.box.center.x), field.box.center.y)


def _is_empty(field: Element, seen: Observation) -> bool:
    """Whether nothing is drawn in the field, so that nothing need be selected; what a device tells may be less."""
    if field.role == "text" or field.value:
        return False
    box, inset = field.box, max(3, field.box.height // 6)
    inner = seen.pixels[box.top + inset : box.bottom - inset, box.left + inset : box.right - inset]
    return bool(inner.size) and int(inner.max()) - int(inner.min()) < 40


def _verified(
    text: str, field: Element | None, begun: Element, typing: Step, context: StepContext, *, whole: bool
) -> Outcome:
    """Whether the field holds `text`, with `whole` nothing else: as the device says, as it is read, by its pixels."""
    if field is None and begun.source == "device":
        if changed(context):
            return Done("the field is gone")
        return Act(Wait(0.4), "no field yet") if context.waits < 2 else Failed(f"{name_of(begun)} is gone")
    field = field or begun
    if holds(field, text):
        return Done("the field holds it")
    told = (field.value or (field.text if context.screen.is_listed else "")) if field.source == "device" else ""
    area = _reach(begun, context) if begun.role == "text" else field.box
    shown = " ".join(line.text for line in context.screen.text.within(area).lines)
    touched = changed_in(area, typing.seen, context.seen)
    legible = not shown if not text else touched and (field.role == "password" or reads_like(text, shown, whole=whole))
    if legible and not told:
        return Done("it can be read there" if text.isascii() else "the field changed, as far as it can be read")
    if context.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[context.waits]), "the field does not hold it yet")
    if not touched and not told:
        return Failed(f"typed {text!r}, and nothing in {name_of(begun)} changed: it seems to have no focus")
    return Failed(f"typed {text!r}, and the field holds {(told or shown)[:60]!r}")


def _written_area(label: Element, screen: Screen) -> Box:
    """Where the text of a field may be that is drawn as nothing but its label: in it, right of it, below it."""
    box, unit = label.box, screen.unit
    return Box(box.left - unit, box.top - unit, max(box.right, box.left + 30 * unit), box.bottom + 4 * unit)


def holds(field: Element, text: str) -> bool:
    """Whether a field holds `text`; a password shows dots, and numbers may be set out with spaces and dashes."""
    wanted = " ".join(text.split())
    shown = [" ".join(each.split()) for each in (field.value, field.text if not field.value else "")]
    if not wanted:
        return not field.value and field.source == "device"
    if any(each in (wanted, "•" * len(wanted)) for each in shown):
        return True
    set_out = [each for each in shown if NUMBER.fullmatch(each) and NUMBER.fullmatch(wanted)]
    return any(_digits(each) == _digits(wanted) for each in set_out)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def reads_like(text: str, shown: str, *, whole: bool = False) -> bool:
    """Whether what was read may be `text`, or the part that a narrow field shows; what is illegible may be anything."""
    from rapidfuzz import fuzz

    wanted, read = tidy(text), tidy(shown)
    if sum(map(str.isalnum, read)) < 2 or not wanted.isascii():
        return True
    if NUMBER.fullmatch(wanted):
        return _digits(wanted) == _digits(read)
    may_be_part = not whole or len(read) <= len(wanted)
    return label_similarity(wanted, read) >= 60 or (may_be_part and fuzz.partial_ratio(wanted, read) >= 70)


def write(command: Write, context: StepContext) -> Outcome:
    """Type where the focus is, and see that something changed."""
    if not command.text:
        return Done("there is nothing to type")
    if context.refused:
        return Failed(f"{command.text!r} could not be typed: {context.refused[-1].error}")
    if not context.acts and context.front_is_dialog and _keeps_extension(command.text, context):
        return Act(SELECT_ALL, "a whole file name replaces the one that is there")
    if not context.tries and (only := _only_field(context.screen)) is not None:
        return Act(Click(point_on(only, context.screen)), "no field has the focus yet", only)
    if not any(isinstance(step.decision.move, TypeText) for step in context.acts):
        return Act(TypeText(command.text))
    if effect(context) > Effect.CARET:
        return Done("the screen changed")
    if context.waits < 2:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    if not command.text.strip("\n\t ") and context.more:
        return Done()
    return Failed(f"typed {command.text!r}, and nothing on the screen changed: nothing seems to have the focus")


def _only_field(screen: Screen) -> Element | None:
    """The only field of a phone's screen, where it has not the focus."""
    fields = [each for each in screen.elements if each.role in FIELDS] if screen.is_listed else []
    return fields[0] if len(fields) == 1 and not fields[0].focused else None


def _keeps_extension(text: str, context: StepContext) -> bool:
    """Whether a dialog holds a file name of which only the stem is selected, so that ".txt" would stand twice."""
    extension = re.search(r"\.\w{1,5}$", text)
    fields = (each for each in context.screen.elements if each.role in FIELDS)
    names = (word for field in fields for word in f"{field.value} {field.text}".split())
    return extension is not None and any(name.lower().endswith(extension[0].lower()) for name in names)
