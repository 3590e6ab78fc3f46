"""Three of the protocols that go by the name of AndroidControl: 14 %, Qwen's, smallest box."""

from agent.episode import Finish, Move
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.protocols.hit_test import distance, in_any, smallest_around
from agent.evaluate.protocols.move_features import finger_direction, first_point, touch_type
from agent.evaluate.protocols.protocol import OTHER_TYPE, RIGHT, WRONG, Accepts, Protocol, StepScore, right_if
from agent.evaluate.protocols.texts import bag_f1, either_holds, first_word
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText


def within_14pct(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """At most 140 apart in a space of 1000 by 1000: on a tall screen that is an ellipse."""
    expected = first_point(answer.move)
    return None if expected is None else distance(expected, point, gold.size) <= 0.14


def judge_14pct(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """Text and app names by their first word alone, which is all that the published F1 is computed on."""
    if touch_type(answer.move) != touch_type(move):
        return OTHER_TYPE
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return right_if(bool(within_14pct(answer, gold, point)))
        case Scroll() | Drag(), Scroll() | Drag():
            return right_if(finger_direction(answer.move) == finger_direction(move))
        case TypeText(expected), TypeText(predicted):
            return right_if(_same_start(expected, predicted))
        case OpenApp(expected), OpenApp(predicted):
            return right_if(_same_start(expected, predicted))
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if(keys == predicted_keys)
    return _ends(answer, move)


def _same_start(expected: str, predicted: str) -> bool:
    return expected == predicted or bag_f1(first_word(expected), first_word(predicted)) > 0.5


def qwen_hits(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """In any candidate box of 1.2 times its size, or at most 4 % of the screen away."""
    expected = first_point(answer.move)
    if expected is None:
        return None
    return in_any(point, answer.areas, 1.2) or distance(expected, point, gold.size) <= 0.04


def judge_qwen(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """As published: any swipe matches any swipe, and the empty text is part of every text."""
    match answer.move, move:
        case OpenApp(), Click(at=point) if answer.areas:
            return right_if(_on_icon(answer.areas, gold, point))
        case Scroll() | Drag(), Scroll() | Drag():
            return RIGHT
    if touch_type(answer.move) != touch_type(move):
        return OTHER_TYPE
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return right_if(bool(qwen_hits(answer, gold, point)))
        case (TypeText(expected), TypeText(predicted)) | (OpenApp(expected), OpenApp(predicted)):
            return right_if(either_holds(expected.lower().strip(), predicted.lower().strip()))
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if([key.lower().strip() for key in keys] == [key.lower().strip() for key in predicted_keys])
    return _ends(answer, move)


def _on_icon(areas: tuple[Area, ...], gold: Gold, point: Point) -> bool:
    """Whether a click stands for opening the app: on its icon x1.2, or within 4 % of the first icon's centre."""
    icon = areas[0]
    x, y = (icon.left + icon.right) / 2 - point.x, (icon.top + icon.bottom) / 2 - point.y
    near = ((x / gold.size[0]) ** 2 + (y / gold.size[1]) ** 2) ** 0.5 <= 0.04
    return in_any(point, areas, 1.2) or near


def in_smallest(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """In the smallest box that the recorded point lies in; None where it lies in none.

    The published script calls every answer wrong there, the recorded one too; here such steps are counted apart.
    """
    expected = first_point(answer.move)
    smallest = smallest_around(expected, answer.areas) if expected else None
    return point in smallest if smallest else None


def judge_smallest(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore | None:
    """Exact in everything but the place; a click on what is named stands for opening or going back."""
    match answer.move, move:
        case OpenApp(name), Click(at=point):
            return RIGHT if _says_at(point, gold, name) or in_any(point, answer.areas) else OTHER_TYPE
        case Press(keys=("back",)), Click(at=point):
            return RIGHT if _says_at(point, gold, "back") else OTHER_TYPE
    if isinstance(answer.move, Click | LongPress) and in_smallest(answer, gold, answer.move.at) is None:
        return None
    if touch_type(answer.move) != touch_type(move):
        return OTHER_TYPE
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return right_if(bool(in_smallest(answer, gold, point)))
        case Scroll() | Drag(), Scroll() | Drag():
            return right_if(finger_direction(answer.move) == finger_direction(move))
        case (TypeText(expected), TypeText(predicted)) | (OpenApp(expected), OpenApp(predicted)):
            return right_if(expected == predicted)
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if(keys == predicted_keys)
    return _ends(answer, move)


def _says_at(point: Point, gold: Gold, name: str) -> bool:
    """Whether the smallest element at `point` says `name`."""
    areas = {Area(e.box.left, e.box.top, e.box.right, e.box.bottom): e.text for e in gold.elements}
    smallest = smallest_around(point, areas)
    return smallest is not None and name.lower() in areas[smallest].lower()


def _ends(answer: GoldAnswer, move: Move) -> StepScore:
    """Equal types are right for waiting; an end must claim the same."""
    match answer.move, move:
        case Finish(succeeded=expected), Finish(succeeded=predicted):
            return RIGHT if expected == predicted else WRONG
    return RIGHT


ANDROIDCONTROL_14PCT = Protocol(
    "androidcontrol-14pct",
    1,
    "OS-Atlas, eval/eval_scripts/android_control/evaluation_unify.py; UI-TARS issue 79",
    Accepts("within 14 % of the screen", "first word equal", "finger's direction", "key equal; app's first word"),
    within_14pct,
    judge_14pct,
)
ANDROIDCONTROL_QWEN = Protocol(
    "androidcontrol-qwen",
    1,
    "Qwen2.5-VL and UI-S1, evaluation/qwenvl_utils.py",
    Accepts(
        "in any candidate box x1.2, or within 4 % of the screen",
        "part of the other, case ignored; the empty text passes",
        "any swipe",
        "key equal; app name part of the other, or a click on its icon",
    ),
    qwen_hits,
    judge_qwen,
)
ANDROIDCONTROL_SMALLEST_BOX = Protocol(
    "androidcontrol-smallest-box",
    1,
    "UGround, offline_evaluation/AndroidControl/eval.py, after AndroidControl's paper, appendix D.3",
    Accepts(
        "in the smallest box around the recorded point; no say where there is none",
        "equal",
        "finger's direction",
        "key equal, or a click on 'back'; app name equal, or a click on it",
    ),
    in_smallest,
    judge_smallest,
)
