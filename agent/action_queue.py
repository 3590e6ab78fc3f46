"""A reply of several moves, made one after another: each is a step of its own, as long as the screen is as expected.

What is left of a reply stands in the last step (`Decision.then`), so nothing has to be remembered.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.episode import NO_USAGE, Ask, Decision, Move, Past, Step
from agent.moves import points_of_move
from devices import Drag, Observation, Point, TypeText
from devices.changes import share_changed

REACH = 48
"""Pixels around a point that must still look as they did when the reply was written."""

TOLERANCE = 0.02
"""The share of them that may differ: a focus ring or a caret nearby."""

ANOTHER_SCREEN = 0.4
"""The share of the whole screen from which a change is taken for another screen: a page, a window."""


def queued(past: Past, seen: Observation) -> Decision | None:
    """The next move of the last step's reply; None when there is none, or the policy has to look first.

    That is so when the person did not consent, when the move before it was refused, typed or dragged without effect or
    brought up another screen, and when it points at what looks otherwise than on the screen that the reply was written
    for, unless an earlier move of the same reply touched that place.
    """
    if not past or not past[-1].decision.then or _surprised(past[-1], seen):
        return None
    last, (move, *rest) = past[-1], past[-1].decision.then
    written = by_reply(past)[-1]
    touched = [point for step in written for point in points_of_move(step.decision.move)]
    for point in points_of_move(move):
        known = any(_near(point, other) for other in touched)
        if not known and share_changed(written[0].seen, seen, point, REACH) > TOLERANCE:
            return None
    return Decision(move, plan_step=last.decision.plan_step, usage=NO_USAGE, then=tuple(rest))


def without_played(past: Past) -> Past:
    """`past` with `then` only where it was left out: what was made is a step of its own."""
    if not any(step.decision.then for step in past):
        return past
    following: Sequence[Step | None] = [*past[1:], None]
    return [
        replace(step, decision=replace(step.decision, then=())) if after and _goes_on(step, after) else step
        for step, after in zip(past, following, strict=True)
    ]


def _surprised(step: Step, seen: Observation) -> bool:
    """Whether `step` did not do what the next move of its reply relies on."""
    if step.error or step.seen.size != seen.size or step.change is None:
        return True
    match step.decision.move:
        case Ask(consent=True) as question if not question.agreed:
            return True
        case TypeText() | Drag() if step.change.nothing:
            return True
    return step.change.share > ANOTHER_SCREEN


def by_reply(past: Past) -> list[list[Step]]:
    """`past` in order, the steps that were made from one reply together."""
    replies: list[list[Step]] = []
    for step in past:
        if replies and _goes_on(replies[-1][-1], step):
            replies[-1].append(step)
        else:
            replies.append([step])
    return replies


def _goes_on(step: Step, after: Step) -> bool:
    """Whether `after` was made from the reply of `step`."""
    made: tuple[Move, ...] = (after.decision.move, *after.decision.then)
    return not after.decision.raw and step.decision.then == made


def _near(one: Point, other: Point) -> bool:
    return abs(one.x - other.x) <= REACH and abs(one.y - other.y) <= REACH
