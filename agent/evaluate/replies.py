"""Raw replies of models to grounding questions, read by our readers, so that published hits are counted again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from agent.dialects.dialect import Dialect
from agent.dialects.families import dialect_named
from agent.dialects.fit import Fit
from agent.dialects.model_names import rule_for
from agent.episode import Move, Unreadable
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.gold_file import Corners
from agent.evaluate.scoring import Prediction
from agent.recordings.untrusted import Untrusted, lines_of, read_json, validated
from agent.validation import ForeignRecord
from devices import Click, Point
from devices.device import Surface

Side = Annotated[int, Field(ge=1, le=100_000)]


class ReplyGold(ForeignRecord):
    """Left, top, right, bottom, in pixels of the picture as it was before it was resized, if that size is reported."""

    bbox_xyxy: Corners | None = None
    group: str = ""
    ui_type: str = ""


class ReplyLine(ForeignRecord):
    """One reply; `image_size` is what its numbers are told by, `reported` what its source made of it."""

    model: str = ""
    image_size: tuple[Side, Side]
    gold: ReplyGold | None = None
    reply: str
    reported: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ScoredReply:
    """A reply as a prediction; and whether its source counts it as a hit, None where it does not say."""

    prediction: Prediction
    reported: bool | None


def replies_in(path: Path, dialect: str | None = None) -> Iterator[ScoredReply]:
    """The replies in `path`, JSON lines, that have a target's box, each an episode of one step.

    They are read in the `dialect` of that name, or in that which the model's name belongs to. Raises `Untrusted`.
    """
    for number, data in enumerate(lines_of(path.parent, path.name), start=1):
        if not data.strip():
            continue
        where = f"{path} line {number}"
        line = validated(ReplyLine.model_validate, read_json(data, where), where)
        if line.gold is None or line.gold.bbox_xyxy is None:
            continue
        area = _target(line.gold.bbox_xyxy, line)
        surface: Surface = "phone" if line.gold.group == "mobile" else "computer"
        try:
            rule = rule_for(line.model)
            space = None if dialect else rule.space
            family = dialect_named(dialect or rule.dialect, surface=surface, space=space)
            move = move_in(line.reply, family, family.fit(line.image_size))
        except ValueError as error:
            raise Untrusted(f"{where}: {error}") from error
        middle = Point(round((area.left + area.right) / 2), round((area.top + area.bottom) / 2))
        group = "/".join(filter(None, (line.gold.group, line.gold.ui_type)))
        gold = Gold((GoldAnswer(Click(middle), (area,)),), line.image_size, surface, group=group)
        yield ScoredReply(Prediction(str(number), 0, 1, gold, move), _reported_hit(line.reported, area))


def move_in(reply: str, dialect: Dialect, fit: Fit) -> Move:
    """The place in a reply to a grounding question as a click, or the move that it is instead."""
    try:
        places = dialect.read_where(reply, fit)
    except ValueError as error:
        move = dialect.read(reply, fit, ()).move
        return Unreadable(str(error)) if isinstance(move, Unreadable) else move
    return Click(places[0].at) if places else Unreadable("it names no place")


def _target(corners: Corners, line: ReplyLine) -> Area:
    match (line.reported or {}).get("original_size"):
        case [int() | float() as width, int() | float() as height] if width > 0 and height > 0:
            right, down = line.image_size[0] / width, line.image_size[1] / height
            return Area(corners[0] * right, corners[1] * down, corners[2] * right, corners[3] * down)
    return Area(*corners)


def _reported_hit(reported: dict[str, Any] | None, area: Area) -> bool | None:
    """What the source says, in the words of the harnesses; else by the point that it read."""
    match reported or {}:
        case {"correct": bool(correct)}:
            return correct
        case {"correctness": str(word)}:
            return word == "correct"
        case {"pred_coord": [int() | float() as x, int() | float() as y]}:
            return area.left <= x <= area.right and area.top <= y <= area.bottom
    return None
