"""Our own strict default: `screenhand`."""

from collections.abc import Iterable

from agent.episode import Finish, Move
from agent.evaluate.gold import Answer, Gold
from agent.evaluate.protocols.gestures import finger, first_point, kind_of, touch_kind
from agent.evaluate.protocols.places import distance, smallest_around
from agent.evaluate.protocols.protocol import OTHER_KIND, RIGHT, WRONG, Accepts, Mark, Protocol, graded
from agent.evaluate.protocols.texts import same_text
from devices import ActionRefused, Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText
from devices.desktop.keys import key_named

NEAR = 0.04


def hits(answer: Answer, gold: Gold, point: Point) -> bool | None:
    """In the smallest box around the recorded point, or within 4 % of the screen of it."""
    wanted = first_point(answer.move)
    if wanted is None:
        return None
    smallest = smallest_around(wanted, answer.areas)
    return (smallest is not None and point in smallest) or distance(wanted, point, gold.size) <= NEAR


def judge(answer: Answer, gold: Gold, move: Move) -> Mark:
    """Everything that a person would notice must agree: button, count, keys held, place, text, way, claim."""
    kinds = touch_kind if gold.surface == "phone" else kind_of
    if kinds(answer.move) != kinds(move):
        return OTHER_KIND
    match answer.move, move:
        case Click(_, button, times, held), Click(at, button_found, times_found, held_found):
            same = (button, times) == (button_found, times_found) and _keys(held) == _keys(held_found)
            return graded(same and bool(hits(answer, gold, at)))
        case LongPress() | MoveTo(), LongPress(at=at) | MoveTo(at=at):
            return graded(bool(hits(answer, gold, at)))
        case Drag(path=path, button=button, holding=held), Drag() as dragged if gold.surface == "computer":
            same = button == dragged.button and _keys(held) == _keys(dragged.holding) and bool(path and dragged.path)
            ends = same and distance(path[-1], dragged.path[-1], gold.size) <= NEAR
            return graded(ends and bool(hits(answer, gold, dragged.path[0])))
        case Scroll() | Drag(), Scroll() | Drag():
            return graded(finger(answer.move) == finger(move))
        case TypeText(wanted), TypeText(found):
            return graded(same_text(wanted, found))
        case OpenApp(wanted), OpenApp(found):
            return graded(same_text(wanted, found))
        case Press(keys=keys), Press(keys=pressed):
            return graded(_keys(keys) == _keys(pressed))
        case Finish(claim, said), Finish(claimed, answered):
            return graded(claim == claimed and (not said or same_text(said, answered)))
    return RIGHT if kinds(move) == "wait" else WRONG


def _keys(names: Iterable[str]) -> frozenset[str]:
    """The keys that `names` mean, whatever each family calls them; an unknown name stands for itself."""
    return frozenset(map(_key, names))


def _key(name: str) -> str:
    try:
        return key_named(name).name.lower()
    except ActionRefused:
        return name.casefold()


SCREENHAND = Protocol(
    "screenhand",
    1,
    "our own: stricter than each of the others where that one lets a blind guess pass",
    Accepts(
        "in the smallest box around the recorded point, or within 4 % of the screen; button, count, held keys equal",
        "equal after NFKC, case folding and white space as one space; never the empty text",
        "finger's direction; a drag on a desktop by both its ends",
        "same keys in any order; app name as text; same claim, and the answer as text",
    ),
    hits,
    judge,
)
