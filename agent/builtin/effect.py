"""What an action brought about: the screen now against the screen before it, without the caret and the thing itself."""

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from agent.builtin.context import StepContext
from agent.builtin.tooltips import before_rest
from agent.episode import Step
from agent.grounding.geometry import same_place
from agent.grounding.role_fit import PRESSED
from agent.moves import points_of_move
from agent.screen.screen import Screen
from agent.screen.windows import windows
from devices import Box, Click, Element, Observation
from devices.device import Pixels

Differs = NDArray[np.bool_]


class Effect(IntEnum):
    """How far the effect of an action reaches; more is greater."""

    NOTHING = 0
    CARET = 1
    ITSELF = 2
    """Only the element that was acted on looks otherwise: it is lit, or has the focus."""
    MORE = 3


def effect(context: StepContext) -> Effect:
    """What the last act has brought about by now; `NOTHING` where there was none."""
    if not context.acts:
        return Effect.NOTHING
    step = context.acts[-1]
    before, now, unit = before_rest(context.past, step.index) or step.seen, context.seen, context.screen.unit
    if before.size != now.size or _listing(before, now) != _listing(now, before):
        return Effect.MORE
    differs = (before.pixels != now.pixels).any(axis=2)
    caret = _caret_sized(differs, unit)
    if caret is not None:
        return Effect.CARET if caret else Effect.NOTHING
    own = [step.decision.target.box] if step.decision.target is not None else []
    for box in (*own, *_lit_before(context, own)):
        grown = unit // 2 + 2
        differs[max(0, box.top - grown) : box.bottom + grown, max(0, box.left - grown) : box.right + grown] = False
    if _caret_sized(differs, unit) is None and not _in_one_control(differs, context):
        return Effect.MORE
    return Effect.ITSELF


def changed(context: StepContext) -> bool:
    """Whether anything but a caret looks otherwise since the last act."""
    return effect(context) >= Effect.ITSELF


def painted(context: StepContext) -> bool:
    """Whether more than a caret is painted otherwise since the last act; a device may tell of a window before that."""
    before, now = (context.acts[-1].seen if context.acts else context.seen), context.seen
    if before.size != now.size:
        return True
    return _caret_sized((before.pixels != now.pixels).any(axis=2), context.screen.unit) is None


def changed_by(step: Step) -> bool:
    """Whether the screen changed by more than a caret in this step alone."""
    box = step.change.box if step.change is not None else None
    return box is not None and not (box.width <= 3 and box.height <= 48)


def changed_in(box: Box, before: Observation, now: Observation) -> bool:
    """Whether any pixel in `box` differs."""
    return before.size != now.size or bool((_cut(before, box) != _cut(now, box)).any())


def again(element: Element, screen: Screen) -> Element | None:
    """What is now where `element` was, and of its role or of its name; None when nothing is."""
    here = [each for each in screen.elements if each.role != "window" and same_place(each.box, element.box)]
    alike = [each for each in here if each.role == element.role or (each.text and each.text == element.text)]

    def merits(each: Element) -> tuple[bool, bool, int]:
        return each.role == element.role, each.text == element.text, -abs(each.box.area - element.box.area)

    return max(alike, key=merits, default=None)


def _listing(seen: Observation, other: Observation) -> tuple[list[tuple[str, Box]], set[Element]]:
    """What the device tells of the screen, but for what a pointer or the focus alone does to it.

    Only the windows where it could not list everything on this or the other screen: what is missing has not left.
    """
    listed = () if seen.partial or other.partial else seen.elements
    elements = {replace(each, focused=False) for each in listed if each.role != "window"}
    return [(window.text, window.box) for window in windows(seen)], elements


def _caret_sized(differs: Differs, unit: int) -> bool | None:
    """True when what differs is no larger than a caret, False when nothing differs, None when it is more."""
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return False
    wide, high = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    return True if wide <= max(3, unit // 4) and high <= 4 * unit else None


def _in_one_control(differs: Differs, context: StepContext) -> bool:
    """Whether all that differs lies in one button that says the same: where the pointer was before this episode."""
    step = context.acts[-1]
    if not isinstance(step.decision.move, Click) or _pointed_before(context) is not None:
        return False
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    pressed = [e for e in context.screen.elements if e.role in PRESSED and e.box.height < 4 * context.screen.unit]
    here = [e for e in pressed if box.center in e.box]
    around = [e for e in here if box.width <= e.box.width + 8 and box.height <= e.box.height + 8]
    before = {(e.text, e.box) for e in context.parse(step.seen).elements} if around else set()
    return any((e.text, e.box) in before for e in around)


def _pointed_before(context: StepContext) -> Step | None:
    """The last step before the last act that put the pointer somewhere."""
    index = context.acts[-1].index
    return next((each for each in reversed(context.past[:index]) if points_of_move(each.decision.move)), None)


def _lit_before(context: StepContext, own: Sequence[Box]) -> list[Box]:
    """What had the pointer or the focus before the last act, and looks otherwise without it."""
    step = context.acts[-1]
    last = _pointed_before(context)
    lit = [each.box for each in step.seen.elements if each.focused and each.role != "window"]
    if last is not None and last.decision.target is not None:
        lit.append(last.decision.target.box)
    return [box for box in lit if box.area < 0.1 * step.seen.box.area]


def _cut(seen: Observation, box: Box) -> Pixels:
    return seen.pixels[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
