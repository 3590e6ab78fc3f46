"""Reads what unnamed icons say of themselves when the pointer rests on them, where nothing else bears a name."""

from dataclasses import replace

from agent.builtin.context import StepContext
from agent.builtin.outcome import Act
from agent.episode import Past, Step
from agent.grounding.find import Candidate
from agent.grounding.geometry import front_window, same_place, title_bar
from agent.grounding.resolve import Ambiguous, NotFound
from agent.grounding.target import Target
from devices import Element, MoveTo, Observation, Wait

MOST_ICONS = 12
"""How many icons the pointer rests on for one target; each takes about a second."""

REST = 0.8
"""Seconds after which a tooltip shows: half a second in most toolkits."""

SHOWN_WITHIN = 5
"""How far from the pointer a tooltip begins at most, in lines of text."""

WORDLESS = {"button", "icon", "image"}
"""What may be a picture; one or two letters read on it may be what is drawn."""


def next_icon(target: Target, context: StepContext) -> Act | None:
    """The next unnamed icon of the window in front to rest on; None when each was, or `target` can be none."""
    if target.role not in ("", *WORDLESS) or not target.text or context.seen.surface != "computer":
        return None
    rested = [step for step in context.tries if is_rest(step)]
    if rested and rested[-1] is context.tries[-1] and not rested[-1].error:
        return Act(Wait(REST), "it may say what it is")
    if len(rested) >= MOST_ICONS:
        return None
    front, bar = front_window(context.screen), title_bar(context.screen)
    done = [step.decision.target.box for step in rested if step.decision.target is not None]
    for each in context.screen.elements:
        at = each.box.center
        outside = (front is not None and at not in front.box) or (bar is not None and at in bar)
        named = each.role not in WORDLESS or each.hint or (each.text if each.source == "device" else each.text[2:])
        if not (named or outside or _is_large(each, context) or any(same_place(each.box, box) for box in done)):
            return Act(MoveTo(at), f"{target} is not visible; this has no name", replace(each, text=""))
    return None


def by_tooltip(found: Candidate | Ambiguous | NotFound, context: StepContext) -> Candidate | None:
    """The icon that the pointer rests on, where `found` is what came up beside it."""
    rest = next((step for step in reversed(context.tries) if not isinstance(step.decision.move, Wait)), None)
    if rest is None or not is_rest(rest) or rest.decision.target is None:
        return None
    icon, near = rest.decision.target, SHOWN_WITHIN * context.screen.unit
    best = found.candidates[0] if isinstance(found, Ambiguous) else found
    if not isinstance(best, Candidate):
        return None
    box, at = best.element.box, icon.box.center
    lingers = any(e.text == best.element.text and same_place(e.box, box) for e in context.parse(rest.seen).elements)
    beside = box.left - near < at.x < box.right + near and box.top - near < at.y < box.bottom + near
    named = replace(icon, hint=best.element.text)
    why = f"its tooltip says {best.element.text!r}"
    return Candidate(named, best.score, (why,)) if beside and not lingers else None


def before_rest(past: Past, index: int) -> Observation | None:
    """The screen before the pointer rested on icons until step `index` acted on one: without any tooltip."""
    seen = None
    for step in reversed(past[:index]):
        if is_rest(step):
            seen = step.seen
        elif not isinstance(step.decision.move, Wait):
            break
    return seen


def is_rest(step: Step) -> bool:
    """Whether the pointer was moved onto an icon to see what it says."""
    target = step.decision.target
    return isinstance(step.decision.move, MoveTo) and target is not None and not target.text


def _is_large(element: Element, context: StepContext) -> bool:
    return max(element.box.width, element.box.height) > 6 * context.screen.unit
