"""The protocols of AgentNetBench and of Mind2Web: `agentnet`, `mind2web`."""

from math import exp

from agent.episode import Finish, Move
from agent.evaluate.gold import Answer, Gold
from agent.evaluate.protocols.gestures import first_point, kind_of
from agent.evaluate.protocols.places import distance, in_any
from agent.evaluate.protocols.protocol import OTHER_KIND, RIGHT, Accepts, Mark, Protocol, graded
from agent.evaluate.protocols.texts import edit_similarity, set_f1
from devices import Click, Drag, LongPress, MoveTo, Point, Press, Scroll, TypeText

NEAR = 0.01 * 2**0.5  # AgentNetBench: 1 % along each axis
STEEPNESS = 120
ALIKE = 0.8


def near_or_in(answer: Answer, gold: Gold, point: Point) -> float | None:
    """1 in any box or within 1.4 % of the screen, from there down exponentially; None without a place."""
    wanted = first_point(answer.move)
    if wanted is None:
        return None
    away = distance(wanted, point, gold.size)
    return 1.0 if in_any(point, answer.areas) or away <= NEAR else exp(-STEEPNESS * (away - NEAR))


def agentnet_hits(answer: Answer, gold: Gold, point: Point) -> bool | None:
    score = near_or_in(answer, gold, point)
    return None if score is None else score >= 1


def judge_agentnet(answer: Answer, gold: Gold, move: Move) -> Mark:
    """A share of a mark for what is nearly right; a scroll is a place and a wheel, half a mark each."""
    if _agentnet_kind(answer.move) != _agentnet_kind(move):
        return OTHER_KIND
    match answer.move, move:
        case Scroll(), Scroll(at=point):
            return Mark(True, (1 + (near_or_in(answer, gold, point) or 0)) / 2)
        case Drag(path=wanted), Drag(path=found) if wanted and found:
            begins, ends = (near_or_in(answer, gold, found[0]) or 0), distance(wanted[-1], found[-1], gold.size)
            return Mark(True, (begins + (1.0 if ends <= NEAR else exp(-STEEPNESS * (ends - NEAR)))) / 2)
        case TypeText(text), TypeText(written):
            alike = edit_similarity(text.lower().strip(), written.lower().strip())
            return Mark(True, 1.0 if alike >= ALIKE else alike / ALIKE)
        case Press(keys=keys), Press(keys=pressed):
            return graded({key.lower() for key in keys} == {key.lower() for key in pressed})
        case Finish(succeeded=claim), Finish(succeeded=claimed):
            return graded(claim == claimed)
    point_found = first_point(move)
    score = near_or_in(answer, gold, point_found) if point_found else None
    return RIGHT if score is None else Mark(True, score)


def _agentnet_kind(move: Move) -> str:
    """Its vocabulary has a word for each button and for two and three clicks."""
    match move:
        case Click(button=button, times=times):
            return f"{button} click {times}"
    return kind_of(move)


def element_hit(answer: Answer, gold: Gold, point: Point) -> bool | None:
    """Element accuracy: in one of the target's boxes; no say where none was drawn."""
    return in_any(point, answer.areas) if answer.areas else None


def judge_mind2web(answer: Answer, gold: Gold, move: Move) -> Mark:
    """Step success: the right element, and an F1 of 1 over the words of operation and value.

    A move of ours that types has no place: Mind2Web's TYPE is a click on the field, then the text.
    """
    point = first_point(move)
    asked = first_point(answer.move) is not None and bool(answer.areas)
    hit = not asked or (point is not None and in_any(point, answer.areas))
    same = set_f1(_operation(answer.move), _operation(move)) == 1
    return Mark(kind_of(answer.move) == kind_of(move), float(hit and same))


def _operation(move: Move) -> str:
    """The move as Mind2Web writes it: operation and value, without the place."""
    match move:
        case Click() | LongPress() | MoveTo():
            return kind_of(move)
        case TypeText(text):
            return f"type {text}"
        case Press(keys=keys):
            return f"press {' '.join(keys)}"
        case Scroll(direction=direction):
            return f"scroll {direction}"
        case Finish(succeeded=succeeded):
            return f"finish {succeeded}"
    return kind_of(move)


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
