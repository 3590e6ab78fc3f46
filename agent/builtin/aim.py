"""From a target to the element that is acted on and the point where, or to why there is none."""

from collections.abc import Sequence

from agent.builtin.context import StepContext
from agent.builtin.outcome import Act, Failed
from agent.builtin.tooltips import by_tooltip, is_rest, next_icon
from agent.grounding.find import Candidate
from agent.grounding.geometry import front_window
from agent.grounding.resolve import Ambiguous, NotFound, resolve, summary
from agent.grounding.role_fit import is_control, role_cost
from agent.grounding.target import Target
from agent.moves import name_of
from agent.screen.screen import Screen
from devices import Click, Element, MoveTo, Point, Wait

PATIENCE = (0.5, 1.0, 1.5)
"""Seconds to wait for a target that is not there yet; three seconds in all."""

STANDS_IN = 10
"""What the role of an element costs, in points, that only stands for what was asked for: a label for its field."""

MOST_LOOKS = 4
"""How often a computer that has not listed everything is looked at again, in twice as many steps."""


def aimed(target: Target, context: StepContext, *, usable: bool = True) -> Candidate | Act | Failed:
    """The one candidate for `target`; else a wait for it, or the reason why it cannot be acted on.

    With `usable`, what is disabled is waited for and then refused.
    """
    meant = resolve(target, context.screen)
    if (icon := by_tooltip(meant, context)) is not None:
        return icon
    if isinstance(meant, Candidate) and any(map(is_rest, context.tries)) and not is_control(meant.element):
        meant = NotFound(target)  # a text that was not there before is no name of what the pointer does not rest on
    if (late := _unlisted(target, meant, context)) is not None:
        return late
    match meant:
        case Candidate() as found if found.element.enabled or not usable:
            return found
        case Candidate() as found:
            return patience(context, f"{name_of(found.element)} is disabled")
        case Ambiguous() as several:
            return Act(Wait(0.5), str(several)) if not context.waits else Failed(str(several))
        case NotFound() as missing:
            return awaited(missing, context)


def _unlisted(target: Target, meant: Candidate | Ambiguous | NotFound, context: StepContext) -> Act | None:
    """Another look where a computer may list the target yet: what is only drawn or read may be something else."""
    element = meant.element if isinstance(meant, Candidate) else None
    listed = element is not None and element.source == "device" and (role_cost(target.role, element) or 0) < STANDS_IN
    if listed or not context.seen.partial:
        return None
    looks = sum(isinstance(step.decision.move, Wait) and step.seen.partial for step in context.past[-2 * MOST_LOOKS :])
    if looks >= MOST_LOOKS or context.waits >= len(PATIENCE):
        return None
    return Act(Wait(PATIENCE[context.waits]), "not all that is on the screen is listed yet")


def awaited(missing: NotFound, context: StepContext) -> Act | Failed:
    """Move the pointer off what it may cover, wait for the target, try icons, then say what is there instead."""
    if any(map(is_rest, context.tries)) or context.waits >= len(PATIENCE):
        if (icon := next_icon(missing.target, context)) is not None:
            return icon
        return Failed(_absent(missing, context))
    aside = any(isinstance(step.decision.move, MoveTo) for step in context.tries)
    pointed = next((m for s in reversed(context.past) if isinstance(m := s.decision.move, Click | MoveTo)), None)
    if isinstance(pointed, Click) and not aside and context.seen.surface == "computer":
        return Act(MoveTo(clear_of_pointer(context)), f"{missing.target} is not visible; a tooltip may cover it")
    return patience(context, _absent(missing, context))


def _absent(missing: NotFound, context: StepContext) -> str:
    """What a person is told of what is not there."""
    why = str(missing) if missing.near or missing.other else f"{missing}; {instead(context)}"
    return f"{why}; the device could not list everything" if context.seen.partial else why


def patience(context: StepContext, why: str) -> Act | Failed:
    """Wait a little longer each time, and fail when three seconds were waited."""
    return Act(Wait(PATIENCE[context.waits]), why) if context.waits < len(PATIENCE) else Failed(why)


def instead(context: StepContext) -> str:
    """What the screen shows, in a few names."""
    names = summary(context.screen)
    return f"it shows {names}" if names else "nothing on it can be read"


def point_on(element: Element, screen: Screen) -> Point:
    """A point of `element` on the screen that no smaller control lies over: its middle, else further aside."""
    box, whole = element.box, screen.seen.box
    for share in (2, 1, 3):
        point = Point(box.left + box.width * share // 4, box.center.y)
        if point in whole and not _covered(point, element, screen.elements):
            return point
    return Point(min(max(box.center.x, 0), whole.right - 1), min(max(box.center.y, 0), whole.bottom - 1))


def _covered(point: Point, element: Element, others: Sequence[Element]) -> bool:
    return any(
        other is not element and is_control(other) and point in other.box and 2 * other.box.area < element.box.area
        for other in others
    )


def clear_of_pointer(context: StepContext) -> Point:
    """Where the pointer covers nothing and nothing happens: the title bar of the window in front."""
    front = front_window(context.screen)
    whole = context.seen.box
    box = front.box if front else whole
    return Point(min(max(box.center.x, 0), whole.right - 1), min(max(box.top + 6, 0), whole.bottom - 1))


def why_this(target: Target, found: Candidate) -> str:
    """Why `found` was taken for `target`."""
    return f"{target} is at {found.at}: {found.why}"
