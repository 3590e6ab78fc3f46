"""The protocols of AgentNetBench and of Mind2Web: `agentnet`, `mind2web`."""

from math import exp

from agent.episode import Finish, Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.protocols.hit_test import distance, in_any
from agent.evaluate.protocols.move_features import first_point, type_of
from agent.evaluate.protocols.protocol import OTHER_TYPE, RIGHT, Accepts, Protocol, StepScore, right_if
from agent.evaluate.protocols.texts import edit_similarity, set_f1
from devices import Click, Drag, LongPress, MoveTo, Point, Press, Scroll, TypeText

NEAR = 0.01 * 2**0.5  # AgentNetBench: 1 % along each axis
STEEPNESS = 120
FULL_SIMILARITY = 0.8
"""Edit similarity from which typed text gets the full mark."""


def near_or_in(answer: GoldAnswer, gold: Gold, point: Point) -> float | None:
    """1 in any box or within 1.4 % of the screen, from there down exponentially; None where the answer has no point."""
    expected = first_point(answer.move)
    if expected is None:
        return None
    away = distance(expected, point, gold.size)
    return 1.0 if in_any(point, answer.areas) or away <= NEAR else exp(-STEEPNESS * (away - NEAR))


def agentnet_hits(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    score = near_or_in(answer, gold, point)
    return None if score is None else score >= 1


def judge_agentnet(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """A share of a mark for what is nearly right; a scroll is a place and a wheel, half a mark each."""
    if _agentnet_kind(answer.move) != _agentnet_kind(move):
        return OTHER_TYPE
    match answer.move, move:
        case Scroll(), Scroll(at=point):
            return StepScore(True, (1 + (near_or_in(answer, gold, point) or 0)) / 2)
        case Drag(path=expected), Drag(path=predicted) if expected and predicted:
            start = near_or_in(answer, gold, predicted[0]) or 0
            away = distance(expected[-1], predicted[-1], gold.size)
            return StepScore(True, (start + (1.0 if away <= NEAR else exp(-STEEPNESS * (away - NEAR)))) / 2)
        case TypeText(expected), TypeText(predicted):
            similarity = edit_similarity(expected.lower().strip(), predicted.lower().strip())
            return StepScore(True, 1.0 if similarity >= FULL_SIMILARITY else similarity / FULL_SIMILARITY)
        case Press(keys=keys), Press(keys=predicted_keys):
            return right_if({key.lower() for key in keys} == {key.lower() for key in predicted_keys})
        case Finish(succeeded=expected_claim), Finish(succeeded=predicted_claim):
            return right_if(expected_claim == predicted_claim)
    predicted_point = first_point(move)
    score = near_or_in(answer, gold, predicted_point) if predicted_point else None
    return RIGHT if score is None else StepScore(True, score)


def _agentnet_kind(move: Move) -> str:
    """Its vocabulary has a word for each button and for two and three clicks."""
    match move:
        case Click(button=button, times=times):
            return f"{button} click {times}"
    return type_of(move)


def element_hit(answer: GoldAnswer, gold: Gold, point: Point) -> bool | None:
    """Element accuracy: in one of the target's boxes; None where there is none."""
    return in_any(point, answer.areas) if answer.areas else None


def judge_mind2web(answer: GoldAnswer, gold: Gold, move: Move) -> StepScore:
    """Step success: the right element, and an F1 of 1 over the words of operation and value.

    A move of ours that types has no place: Mind2Web's TYPE is a click on the field, then the text.
    """
    point = first_point(move)
    has_target = first_point(answer.move) is not None and bool(answer.areas)
    hit = not has_target or (point is not None and in_any(point, answer.areas))
    same = set_f1(_operation(answer.move), _operation(move)) == 1
    return StepScore(type_of(answer.move) == type_of(move), float(hit and same))


def _operation(move: Move) -> str:
    """The move as Mind2Web writes it: operation and value, without the place."""
    match move:
        case Click() | LongPress() | MoveTo():
            return type_of(move)
        case TypeText(text):
            return f"type {text}"
        case Press(keys=keys):
            return f"press {' '.join(keys)}"
        case Scroll(direction=direction):
            return f"scroll {direction}"
        case Finish(succeeded=succeeded):
            return f"finish {succeeded}"
    return type_of(move)


AGENTNET = Protocol(
    "agentnet",
    1,
    "OpenCUA, evaluation/agentnetbench/eval.py while it scored scrolls by type alone; best of the alternatives",
    Accepts(
        "in any box, or within 1.4 % of the screen; beyond that exp(-120 d) of a mark",
        "edit similarity >= 0.8; below that a share of a mark",
        "any scroll at the place",
        "same keys in any order; same claim",
    ),
    agentnet_hits,
    judge_agentnet,
)
MIND2WEB = Protocol(
    "mind2web",
    1,
    "Mind2Web's step success rate: element accuracy and operation F1 of 1; punctuation ignored as by UGround",
    Accepts("in a box of the target", "same words in any order", "same direction", "type"),
    element_hit,
    judge_mind2web,
)
