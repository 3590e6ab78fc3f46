"""Protocols that judge the point alone: `in-box`, `screenspot`."""

from agent.episode import Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.protocols.hit_test import in_any
from agent.evaluate.protocols.move_features import first_point
from agent.evaluate.protocols.protocol import OTHER_TYPE, Accepts, Protocol, StepScore, right_if
from devices import Point


def in_box(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """In one of the target's boxes, edges included; None where the data set has no box."""
    return in_any(point, answer.areas) if answer.areas else None


def judge_point(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore | None:
    """Any move with a point is of the right kind: these data sets ask for a point and nothing else."""
    if not answer.areas:
        return None
    point = first_point(move)
    return OTHER_TYPE if point is None else right_if(in_any(point, answer.areas))


_ROW = Accepts("in a box of the target, edges included", "no say", "no say", "no say on a step without a box")

IN_BOX = Protocol(
    "in-box",
    1,
    "the common rule of ScreenSpot, UGround and Mind2Web's element accuracy",
    _ROW,
    in_box,
    judge_point,
)
SCREENSPOT = Protocol(
    "screenspot",
    1,
    "SeeClick, pretrain/screenspot_test.py; ScreenSpot-Pro, eval_screenspot_pro.py. The first publishes the plain mean "
    "of six cells (platform x type), the second the mean of all items: both are reported",
    _ROW,
    in_box,
    judge_point,
    ask="target",
)
