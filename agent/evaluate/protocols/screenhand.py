"""Our own strict default: `screenhand`."""

from collections.abc import Iterable

from agent.episode import Finish, Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.protocols.hit_test import distance, smallest_around
from agent.evaluate.protocols.move_features import finger_direction, first_point, touch_type, type_of
from agent.evaluate.protocols.protocol import OTHER_TYPE, RIGHT, WRONG, Accepts, Protocol, StepScore, right_if
from agent.evaluate.protocols.texts import same_text
from devices import ActionRefused, Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText
from devices.desktop.keys import key_named

NEAR = 0.04


def hits(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """In the smallest box around the recorded point, or within 4 % of the screen of it."""
    expected = first_point(answer.move)
    if expected is None:
        return None
    smallest = smallest_around(expected, answer.areas)
    return (smallest is not None and point in smallest) or distance(expected, point, gold.size) <= NEAR


def judge(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """Everything that a person would notice must agree: button, count, keys held, place, text, way, claim."""
    kinds = touch_type if gold.surface == "phone" else type_of
    if kinds(answer.move) != kinds(move):
        return OTHER_TYPE
    match answer.move, move:
        case Click(_, button, times, held), Click(at, predicted_button, predicted_times, predicted_held):
            same = (button, times) == (predicted_button, predicted_times) and _keys(held) == _keys(predicted_held)
            return right_if(same and bool(hits(answer, gold, at)))
        case LongPress() | MoveTo(), LongPress(at=at) | MoveTo(at=at):
            return right_if(bool(hits(answer, gold, at)))
        case Drag(path=path, button=button, holding=held), Drag() as other if gold.surface == "computer":
            same = button == other.button and _keys(held) == _keys(other.holding) and bool(path and other.path)
            ends = same and distance(path[-1], other.path[-1], gold.size) <= NEAR
            return right_if(ends and bool(hits(answer, gold, other.path[0])))
        case Scroll() | Drag(), Scroll() | Drag():
            return right_if(finger_direction(answer.move) == finger_direction(move))
        case TypeText(expected), TypeText(predicted):
            return right_if(same_text(expected, predicted))
        case OpenApp(expected), OpenApp(predicted):
            return right_if(same_text(expected, predicted))
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if(_keys(keys) == _keys(predicted_keys))
        case Finish(claim, text), Finish(predicted_claim, predicted_text):
            return right_if(claim == predicted_claim and (not text or same_text(text, predicted_text)))
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
