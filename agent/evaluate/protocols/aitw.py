"""The protocols of Android in the Wild and of its annotated part: `aitw`, `aitz`."""

from agent.episode import Finish, Move
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.protocols.hit_test import distance, in_any, known_areas
from agent.evaluate.protocols.move_features import finger_direction, touch_type
from agent.evaluate.protocols.protocol import OTHER_TYPE, RIGHT, Accepts, Protocol, StepScore, right_if
from agent.evaluate.protocols.texts import either_holds, levenshtein_ratio
from devices import Click, Drag, LongPress, Point, Press, Scroll, TypeText

TAP_DISTANCE = 0.14
SWIPE_DISTANCE = 0.04
AXIS = {"up": "vertical", "down": "vertical", "left": "horizontal", "right": "horizontal", None: "vertical"}


def aitw_hits(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """Both taps in one box of 2.4 times its size, or at most 14 % of the screen apart."""
    expected = _tap(answer.move, gold)
    if expected is None:
        return None
    if distance(expected, point, gold.size) <= TAP_DISTANCE:
        return True
    grown = (_enlarge(area, gold.size) for area in known_areas(answer, gold))
    return any(expected in area and point in area for area in grown)


def judge_aitw(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """Taps by place, swipes by their axis alone, anything else by its type alone: typed text is not looked at."""
    expected, predicted = _tap(answer.move, gold), _tap(move, gold)
    if expected and predicted:
        return right_if(bool(aitw_hits(answer, gold, predicted)))
    if _kind(answer.move, gold) != _kind(move, gold):
        return OTHER_TYPE
    if _kind(move, gold) == "swipe":
        return right_if(AXIS[finger_direction(answer.move)] == AXIS[finger_direction(move)])
    return RIGHT


def _tap(move: Move, gold: Gold) -> Point | None:
    """Where `move` taps: AITW calls a touch that is lifted within 4 % of the screen a tap, however long it took."""
    match move:
        case Click(at=at) | LongPress(at=at):
            return at
        case Drag(path=(start, *_) as path) if distance(start, path[-1], gold.size) <= SWIPE_DISTANCE:
            return start
    return None


def _kind(move: Move, gold: Gold) -> str:
    """AITW's action type; the system keys are types of their own, and so is giving up."""
    if _tap(move, gold):
        return "tap"
    match move:
        case Press(keys=keys):
            return "+".join(keys).lower()
        case Finish(succeeded=succeeded):
            return "complete" if succeeded else "impossible"
    return touch_type(move)


def _enlarge(area: Area, size: tuple[int, int]) -> Area:
    """As `_resize_annotation_bounding_boxes` does it: clipped at the top left, and no larger than the screen.

    A box clipped there keeps its new size, so that it reaches further down and to the right than around its centre.
    """
    width, height = area.right - area.left, area.bottom - area.top
    left, top = max(0.0, area.left - 0.7 * width), max(0.0, area.top - 0.7 * height)
    return Area(left, top, left + min(size[0], 2.4 * width), top + min(size[1], 2.4 * height))


def aitz_hits(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """Both points in one box of 1.2 times its size; where the recorded one is in none, at most 14 % apart.

    The published script asks a model for a box and compares it with (0, 0), because it reads the recorded point for
    scrolls only: a perfect click is wrong there and a click at (0, 0) right. Here the point is read.
    """
    if not isinstance(answer.move, Click | LongPress):
        return None
    expected = answer.move.at
    around = [area for area in (each.scaled(1.2) for each in known_areas(answer, gold)) if expected in area]
    return in_any(point, around) or (not around and distance(expected, point, gold.size) <= TAP_DISTANCE)


def judge_aitz(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """Clicks by place, scrolls by the finger's direction, text loosely, keys by name, an end by being one."""
    if touch_type(answer.move) != touch_type(move):
        return OTHER_TYPE
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return right_if(bool(aitz_hits(answer, gold, point)))
        case Scroll() | Drag(), Scroll() | Drag():
            return right_if(finger_direction(answer.move) == finger_direction(move))
        case TypeText(expected), TypeText(predicted):
            return right_if(either_holds(expected, predicted) or levenshtein_ratio(expected, predicted) > 0.8)
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if(keys == predicted_keys)
    return RIGHT


AITW = Protocol(
    "aitw",
    1,
    "google-research, android_in_the_wild/action_matching.py",
    Accepts("in one box x2.4 with the recorded point, or within 14 % of the screen", "any text", "axis only", "type"),
    aitw_hits,
    judge_aitw,
)
AITZ = Protocol(
    "aitz",
    1,
    "CoAT (Android in the Zoo), coat/evaluate.py with the recorded point read for clicks too; points for boxes",
    Accepts(
        "in one box x1.2 with the recorded point; within 14 % where that is in no box",
        "part of the other, or Levenshtein ratio > 0.8",
        "finger's direction",
        "key equal; type",
    ),
    aitz_hits,
    judge_aitz,
)
