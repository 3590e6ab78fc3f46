"""Three of the protocols that go by the name of AndroidControl: 14 %, Qwen's, smallest box."""

from agent.episode import Finish, Move
from agent.evaluate.gold import Answer, Area, Gold
from agent.evaluate.protocols.gestures import finger, first_point, touch_kind
from agent.evaluate.protocols.places import distance, in_any, smallest_around
from agent.evaluate.protocols.protocol import OTHER_KIND, RIGHT, WRONG, Accepts, Mark, Protocol, graded
from agent.evaluate.protocols.texts import bag_f1, either_holds, first_word
from devices import Click, Drag, LongPress, OpenApp, Point, Press, Scroll, TypeText


def within_14pct(answer: Answer, gold: Gold, point: Point) -> bool | None:
    """At most 140 apart in a space of 1000 by 1000: on a tall screen that is an ellipse."""
    wanted = first_point(answer.move)
    return None if wanted is None else distance(wanted, point, gold.size) <= 0.14


def judge_14pct(answer: Answer, gold: Gold, move: Move) -> Mark:
    """Text and app names by their first word alone, which is all that the published F1 is computed on."""
    if touch_kind(answer.move) != touch_kind(move):
        return OTHER_KIND
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return graded(bool(within_14pct(answer, gold, point)))
        case Scroll() | Drag(), Scroll() | Drag():
            return graded(finger(answer.move) == finger(move))
        case TypeText(wanted), TypeText(found):
            return graded(_same_start(wanted, found))
        case OpenApp(wanted), OpenApp(found):
            return graded(_same_start(wanted, found))
        case Press(keys=keys), Press(keys=found_keys):
            return graded(keys == found_keys)
    return _ends(answer, move)


def _same_start(wanted: str, found: str) -> bool:
    return wanted == found or bag_f1(first_word(wanted), first_word(found)) > 0.5


def qwen_hits(answer: Answer, gold: Gold, point: Point) -> bool | None:
    """In any candidate box of 1.2 times its size, or at most 4 % of the screen away."""
    wanted = first_point(answer.move)
    if wanted is None:
        return None
    return in_any(point, answer.areas, 1.2) or distance(wanted, point, gold.size) <= 0.04


def judge_qwen(answer: Answer, gold: Gold, move: Move) -> Mark:
    """As published: any swipe matches any swipe, and the empty text is part of every text."""
    match answer.move, move:
        case OpenApp(), Click(at=point) if answer.areas:
            return graded(_on_icon(answer.areas, gold, point))
        case Scroll() | Drag(), Scroll() | Drag():
            return RIGHT
    if touch_kind(answer.move) != touch_kind(move):
        return OTHER_KIND
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return graded(bool(qwen_hits(answer, gold, point)))
        case (TypeText(wanted), TypeText(found)) | (OpenApp(wanted), OpenApp(found)):
            return graded(either_holds(wanted.lower().strip(), found.lower().strip()))
        case Press(keys=keys), Press(keys=found_keys):
            return graded([key.lower().strip() for key in keys] == [key.lower().strip() for key in found_keys])
    return _ends(answer, move)


def _on_icon(areas: tuple[Area, ...], gold: Gold, point: Point) -> bool:
    """Whether a click stands for opening the app: on its icon x1.2, or within 4 % of the first icon's centre."""
    icon = areas[0]
    x, y = (icon.left + icon.right) / 2 - point.x, (icon.top + icon.bottom) / 2 - point.y
    near = ((x / gold.size[0]) ** 2 + (y / gold.size[1]) ** 2) ** 0.5 <= 0.04
    return in_any(point, areas, 1.2) or near


def in_smallest(answer: Answer, gold: Gold, point: Point) -> bool | None:
    """In the smallest box that the recorded point lies in; no say where it lies in none.

    The published script calls every answer wrong there, the recorded one too; here such steps are counted apart.
    """
    wanted = first_point(answer.move)
    smallest = smallest_around(wanted, answer.areas) if wanted else None
    return point in smallest if smallest else None


def judge_smallest(answer: Answer, gold: Gold, move: Move) -> Mark | None:
    """Exact in everything but the place; a click on what is named stands for opening or going back."""
    match answer.move, move:
        case OpenApp(name), Click(at=point):
            return RIGHT if _named(point, gold, name) or in_any(point, answer.areas) else OTHER_KIND
        case Press(keys=("back",)), Click(at=point):
            return RIGHT if _named(point, gold, "back") else OTHER_KIND
    if isinstance(answer.move, Click | LongPress) and in_smallest(answer, gold, answer.move.at) is None:
        return None
    if touch_kind(answer.move) != touch_kind(move):
        return OTHER_KIND
    match answer.move, move:
        case Click() | LongPress(), Click(at=point) | LongPress(at=point):
            return graded(bool(in_smallest(answer, gold, point)))
        case Scroll() | Drag(), Scroll() | Drag():
            return graded(finger(answer.move) == finger(move))
        case (TypeText(wanted), TypeText(found)) | (OpenApp(wanted), OpenApp(found)):
            return graded(wanted == found)
        case Press(keys=keys), Press(keys=found_keys):
            return graded(keys == found_keys)
    return _ends(answer, move)


def _named(point: Point, gold: Gold, name: str) -> bool:
    """Whether the smallest element at `point` says `name`."""
    areas = {Area(e.box.left, e.box.top, e.box.right, e.box.bottom): e.text for e in gold.elements}
    smallest = smallest_around(point, areas)
    return smallest is not None and name.lower() in areas[smallest].lower()


def _ends(answer: Answer, move: Move) -> Mark:
    """Equal types are right for waiting; an end must claim the same."""
    match answer.move, move:
        case Finish(succeeded=wanted), Finish(succeeded=found):
            return RIGHT if wanted == found else WRONG
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
