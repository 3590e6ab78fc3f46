"""Chooses from what a list offers: opens it, clicks the option, and sees that it is chosen."""

from dataclasses import replace

from agent.builtin.aim import PATIENCE, aimed, instead, patience, point_on, why_this
from agent.builtin.context import StepContext
from agent.builtin.effect import Effect, again, changed, effect
from agent.builtin.field_control import fill, holds
from agent.builtin.instructions import Choose
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.pointer_control import moved
from agent.grounding.find import Candidate, find
from agent.grounding.geometry import same_place
from agent.grounding.resolve import Ambiguous, resolve
from agent.grounding.similarity import label_similarity, min_similarity
from agent.grounding.target import Target
from agent.moves import name_of
from devices import Click, Element, Press, Scroll, TypeText, Wait
from devices.roles import FIELDS

KEEP = ("OK", "Save", "Done", "Set", "Apply")
"""Buttons that keep what was written in a dialog."""

MOST_SCROLLS = 12


def choose(command: Choose, context: StepContext) -> Outcome:
    """Click the option, after opening the list it is in; see that it is chosen."""
    if context.refused:
        return Failed(f"{command.option} could not be chosen: {context.refused[-1].error}")
    if context.acts:
        return _continued(command, context)
    source = command.source or _only_choice(command.option, context)
    if source is None:
        return _click_option(command.option, context)
    found = aimed(replace(source, role=source.role or "choice"), context)
    if not isinstance(found, Candidate):
        return found
    if found.element.value and is_value(command.option.text, found.element.value):
        return Done("it is chosen already")
    shown = [each for each in find(command.option, context.screen) if each.element.box != found.element.box]
    if found.element.role != "choice" and len(shown) == 1:
        return _pressed(shown[0].element, f"{command.option} is in the list already", context)
    return _pressed(found.element, why_this(source, found), context)


def _click_option(option: Target, context: StepContext) -> Outcome:
    found = aimed(option, context)
    if not isinstance(found, Candidate):
        return found
    if found.element.checked or found.element.selected:
        return Done("it is chosen already")
    return _pressed(found.element, why_this(option, found), context)


def _only_choice(option: Target, context: StepContext) -> Target | None:
    """The only list on the screen that can be opened, where the option is nowhere to be seen."""
    choices = [each for each in context.screen.elements if each.role == "choice"]
    if len(choices) != 1 or find(option, context.screen):
        return None
    return Target(choices[0].text or choices[0].value, "choice")


def _pressed(element: Element, why: str, context: StepContext) -> Act:
    return Act(Click(point_on(element, context.screen)), why, element)


def _continued(command: Choose, context: StepContext) -> Outcome:
    opened = context.clicks[0].decision.target if context.clicks else None
    if command.source is None and (opened is None or opened.role != "choice"):
        return _chosen(command.option.text, None, context)
    return option_of(command.option, opened, context)


def option_of(option: Target, opened: Element | None, context: StepContext, *, writing: bool = False) -> Outcome:
    """After a click on `opened`: click the option that it offers, or write it into the field that it offers."""
    clicks = context.clicks
    typed = any(isinstance(step.decision.move, TypeText) for step in context.acts)
    if len(clicks) > 1 and not typed and clicks[1].decision.target and clicks[1].decision.target.role not in FIELDS:
        return _chosen(option.text, opened, context)
    if opened is not None and effect(context) < Effect.ITSELF and not context.waits and len(context.acts) == 1:
        return Act(Wait(0.4), "nothing opened yet")
    match resolve(_offered(option), context.screen):
        case Candidate(element) if not typed and not _is_source(element, opened, context):
            return _pressed(element, f"{element.text!r} is offered", context)
        case Ambiguous() as several if not typed:
            offered = [each for each in several.candidates if not _is_source(each.element, opened, context)]
            if len(offered) == 1:
                return _pressed(offered[0].element, f"{offered[0].element.text!r} is offered", context)
            if context.waits:
                return Failed(str(several))
    if writing and (written := _written(option.text, opened, context)) is not None:
        return written
    if context.waits < 2:
        return Act(Wait(0.4), f"{option} is not offered yet")
    scrolls = [step for step in context.acts if isinstance(step.decision.move, Scroll)]
    fresh = context.screen.fresh
    if fresh is not None and len(scrolls) < MOST_SCROLLS and (not scrolls or moved(scrolls[-1], context.screen.unit)):
        return Act(Scroll(fresh.center, "down", 3), f"{option} may be further down in the list")
    return Failed(f"{option} is not among what is offered; {instead(context)}")


def _offered(option: Target) -> Target:
    return replace(option, role="" if option.role in ("item", "menuitem", "choice") else option.role)


def _is_source(element: Element, opened: Element | None, context: StepContext) -> bool:
    """Whether this was there before the list was opened, in the same place, or is what was opened."""
    if opened is not None and same_place(element.box, opened.box) and element.role == opened.role:
        return True
    before = context.parse(context.acts[0].seen).elements
    return any(each.text == element.text and each.box == element.box for each in before)


def _written(text: str, opened: Element | None, context: StepContext) -> Outcome | None:
    """Write the value into the field of the dialog that opened, and keep it; None when it has no field."""
    fields = [each for each in context.screen.elements if each.role in FIELDS]
    field = next((each for each in fields if each.focused), fields[0] if len(fields) == 1 else None)
    kept = len(context.acts) > 1 and (context.acts[-1].decision.move == Press(("enter",)) or _is_keeper(context.target))
    if kept:
        return _chosen(text, opened, context)
    if field is None:
        return None
    own = replace(context, tries=context.tries[context.tries.index(context.acts[0]) + 1 :])
    if not holds(field, text):
        if not own.acts:
            return _pressed(field, "the value is written here", context)
        written = fill(text, own)
        if not isinstance(written, Done):
            return written
    keeper = next((e for name in KEEP for e in context.screen.elements if e.role == "button" and e.text == name), None)
    if keeper is not None:
        return _pressed(keeper, "it is written: keep it", context)
    return Act(Press(("enter",)), "it is written: keep it", field)


def _is_keeper(element: Element | None) -> bool:
    return element is not None and element.role == "button" and element.text in KEEP


def _chosen(value: str, source: Element | None, context: StepContext) -> Outcome:
    """Whether what was opened shows the value now; where it shows none, whether something changed."""
    if source is not None:
        shown = shown_by(source, value, context)
        if any(is_value(value, each) for each in shown):
            return Done(f"it shows {value!r}")
        if shown or not changed(context):
            showing = "; ".join(shown) or "no value"
            return patience(context, f"chose {value!r} for {name_of(source)}, and it shows {showing}")
        return Done("the screen changed")
    clicked = context.target
    now = again(clicked, context.screen) if clicked is not None else None
    if now is not None and (now.checked or now.selected):
        return Done("it is chosen")
    if now is not None and now.checked is False:
        return patience(context, f"clicked {name_of(now)}, and it is not chosen")
    if changed(context):
        return Done("the screen changed")
    if context.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[context.waits]), "nothing changed yet")
    return Failed(f"chose {value!r}, and nothing changed")


def shown_by(source: Element, value: str, context: StepContext) -> list[str]:
    """The values that a list, or a row of settings with its summary, shows now."""
    now = again(source, context.screen)
    if now is None:
        rows = (each for each in context.screen.elements if each.role == source.role and each.text and source.text)
        now = next((e for e in rows if label_similarity(source.text.split(" ")[0], e.text) >= 77), None)
    if now is None:
        return []
    inside = [e.text for e in context.screen.elements if e.role == "text" and e.box.center in now.box]
    said = [now.value] if now.value else inside if now.role == "choice" else inside[1:]  # a row has its title first
    return [each for each in said if each]


def is_value(wanted: str, shown: str) -> bool:
    """Whether a list that shows this has the value that is wanted."""
    return label_similarity(wanted, shown) >= min_similarity(wanted)
