"""Predictions read back: JSON lines of anybody's, or the JSON that a comparison kept."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, FailFast, Field, ValidationError

from agent.dialects.dialect import Surface
from agent.episode import Move, Usage
from agent.evaluate.gold import Answer, Gold
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Prediction, can_judge
from agent.evaluate.targets import AlternativeRecord, Corners, areas_of, move_from, within_reason
from agent.recordings.format import ElementRecord
from agent.recordings.untrusted import LARGEST_FILE, Untrusted, lines_of, read_bytes, read_json
from devices import Box, Element

L = TypeVar("L", bound=BaseModel)
Pixels = Annotated[int, Field(ge=1, le=1_000_000)]


class Line(BaseModel):
    """Unknown fields are somebody's own notes."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class GoldRecord(Line):
    """What is right at a step; `action` in the format of recordings/README.md."""

    action: dict[str, Any]
    size: tuple[Pixels, Pixels]
    surface: Surface = "computer"
    areas: Annotated[tuple[Corners, ...], FailFast()] = ()
    alternatives: Annotated[tuple[AlternativeRecord, ...], FailFast()] = ()
    elements: Annotated[tuple[ElementRecord, ...], FailFast()] = ()
    group: str = ""


class PredictionRecord(Line):
    """One line of a file of predictions; `predicted` is null where there is a `fault`.

    Only a comparison of ours has the last three: how many steps of the episode could be judged, whether this one was
    right (null: no say), and how far from the recorded point it points.
    """

    episode: str
    step: int
    gold: GoldRecord
    predicted: dict[str, Any] | None
    fault: str = ""
    tokens: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    recording: str = ""
    length: int = 0
    right: bool | None = None
    pixels: float | None = None


class ProtocolRecord(Line):
    name: str
    version: int


class KeptComparison(Line):
    """What `compare --json` writes."""

    schema_version: Literal[1]
    protocol: ProtocolRecord
    mode: str = ""
    policy: str = ""
    steps: Annotated[tuple[PredictionRecord, ...], FailFast()]


def read_predictions(path: Path, protocol: Protocol) -> Iterator[Prediction]:
    """The predictions in `path`, JSON lines or the JSON of a comparison; an episode's steps must stand together.

    Raises `Untrusted` and `BadRecording`, naming the line.
    """
    return _predictions(_records(path), protocol)


def read_comparison(path: Path) -> KeptComparison:
    """The comparison in `path`. Raises `Untrusted`."""
    data = read_bytes(path.parent, path.name, LARGEST_FILE)
    return _checked(KeptComparison, _whole(data, path), str(path))


def _records(path: Path) -> Iterator[tuple[str, PredictionRecord]]:
    if _is_comparison(path):
        for at, step in enumerate(read_comparison(path).steps):
            yield f"{path} step {at}", step
        return
    for number, line in enumerate(lines_of(path.parent, path.name), start=1):
        if line.strip():
            where = f"{path} line {number}"
            yield where, _checked(PredictionRecord, read_json(line, where), where)


def _is_comparison(path: Path) -> bool:
    first = next(iter(lines_of(path.parent, path.name)), b"")
    return first.startswith(b'{"schema_version"')


def _whole(data: bytes, path: Path) -> Any:
    """A comparison has a line for each step, so the longest is bounded line by line and not as a whole."""
    lines = data.splitlines()
    if not lines or lines[-1][:2] != b"],":
        raise Untrusted(f"{path} is no whole comparison: it was not finished, or not written by `compare --json`")
    header = read_json(lines[0] + b"]}", f"{path} line 1")
    read_json(b'{"steps": [' + lines[-1], f"{path} line {len(lines)}")
    header["steps"] = [
        read_json(line.removesuffix(b","), f"{path} line {at}") for at, line in enumerate(lines[1:-1], start=2)
    ]
    return header


def _checked(model: type[L], found: Any, where: str) -> L:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        flaws = "; ".join(f"{'.'.join(map(str, flaw['loc']))}: {flaw['msg']}" for flaw in error.errors()[:3])
        raise Untrusted(f"{where}: {flaws}") from error


def _predictions(records: Iterable[tuple[str, PredictionRecord]], protocol: Protocol) -> Iterator[Prediction]:
    for _, together in groupby(records, key=lambda each: each[1].episode):
        steps = [(record, _gold(record.gold, where), where) for where, record in together]
        judged = sum(can_judge(gold, protocol) for _, gold, _ in steps)
        # After its first miss a semi-online run asks nobody: those steps are in no line, but in the length.
        unseen = max(0, steps[0][0].length - sum(record.right is not None for record, _, _ in steps))
        for record, gold, where in steps:
            move = None if record.predicted is None else move_from(record.predicted, where)
            if move is None and not record.fault:
                raise Untrusted(f"{where}: a step without a prediction needs a fault that says why")
            length = judged + unseen
            fault = record.fault if move is None else ""
            yield Prediction(
                record.episode,
                record.step,
                length,
                gold,
                move,
                fault,
                Usage(*record.tokens),
                record.seconds,
                record.recording,
            )


def _right(found: dict[str, Any], where: str) -> Move:
    return within_reason(move_from(found, where), where)


def _gold(record: GoldRecord, where: str) -> Gold:
    answers = [Answer(_right(record.action, where), areas_of(record.areas))]
    answers += [Answer(_right(each.action, where), areas_of(each.areas)) for each in record.alternatives]
    elements = tuple(Element(each.role, each.text, Box(*each.box), each.focused) for each in record.elements)
    return Gold(tuple(answers), record.size, record.surface, elements, record.group)
