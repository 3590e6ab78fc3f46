"""Predictions read from a file of JSON lines: what `compare --json` wrote, or of any origin."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from agent.episode import Move, Usage
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.gold_file import (
    AlternativeRecord,
    Corners,
    areas_of,
    checked_coordinates,
    move_from,
)
from agent.evaluate.protocols import Ask, Protocol
from agent.evaluate.scoring import Prediction, can_judge
from agent.recordings.format import ElementRecord
from agent.recordings.untrusted import Untrusted, lines_of, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Box, Element
from devices.device import Surface

VERSION: Literal[2] = 2
"""Version 1 was a single JSON document with one step per line."""

Pixels = Annotated[int, Field(ge=1, le=1_000_000)]


class GoldRecord(ForeignRecord):
    """What is right at a step; `action` in the format of recordings/README.md."""

    action: dict[str, Any]
    size: tuple[Pixels, Pixels]
    surface: Surface = "computer"
    areas: Many[Corners] = ()
    alternatives: Many[AlternativeRecord] = ()
    elements: Many[ElementRecord] = ()
    group: str = ""


class PredictionRecord(ForeignRecord):
    """One line of a file of predictions; `predicted` is null where there is a `fault`.

    Only a comparison has the last three: how many steps of the episode the protocol can judge, whether this one was
    right (null: the protocol does not judge it), and its distance from the recorded point.
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


class ProtocolRecord(ForeignRecord):
    """The rule that a comparison was scored by."""

    name: str
    version: int


class ComparisonHeader(ForeignRecord):
    """The first line of a comparison.

    `ask` is what was asked at each step: before 2026-11-29 the goal, "" where it is not known. `settings` are the
    options that an answer depends on.
    """

    schema_version: Literal[1, 2]
    protocol: ProtocolRecord
    mode: str = ""
    policy: str = ""
    ask: Ask | Literal[""] = "goal"
    settings: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison as it is read: `steps` can be read once, and raises `Untrusted` for a line that is not valid."""

    header: ComparisonHeader
    steps: Iterator[PredictionRecord]


def header_of(
    protocol: Protocol, mode: str, policy: str, ask: Ask | Literal[""], settings: Mapping[str, Any] | None = None
) -> ComparisonHeader:
    """The header of a comparison that is made now."""
    rule = ProtocolRecord(name=protocol.name, version=protocol.version)
    return ComparisonHeader(
        schema_version=VERSION, protocol=rule, mode=mode, policy=policy, ask=ask, settings=dict(settings or {})
    )


def partial_of(path: Path) -> Path:
    """Where a comparison is that is still being written, or was when it was killed."""
    return path.with_name(path.name + ".part")


def read_predictions(path: Path, protocol: Protocol) -> Iterator[Prediction]:
    """The predictions in `path`, a comparison or JSON lines of any origin; an episode's steps must stand together.

    Raises `Untrusted` and `BadRecording`, naming the line.
    """
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        return
    is_comparison = first[1].startswith(b'{"schema_version"')
    records = _steps(lines, path) if is_comparison else map(_prediction_record, chain([first], lines))
    yield from _predictions(records, protocol)


def read_comparison(path: Path) -> Comparison:
    """The comparison in `path`. Raises `Untrusted`."""
    lines = _lines(path)
    where, line = next(lines, (str(path), b""))
    wrong = f"{path} is no comparison written by `compare --json`"
    header = validated(ComparisonHeader.model_validate, read_json(line, where), wrong)
    return Comparison(header, (record for _, record in _steps(lines, path)))


def question_of(path: Path) -> Ask | Literal[""]:
    """What was asked of the policy whose predictions are in `path`; "" where that is not known. Raises `Untrusted`."""
    _, line = next(_lines(path), ("", b""))
    return read_comparison(path).header.ask if line.startswith(b'{"schema_version"') else ""


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Where each line stands, and the JSON object on it; the lines of version 1 are made into objects."""
    for number, line in enumerate(lines_of(path.parent, path.name), start=1):
        line = line.strip()
        if line.startswith(b'{"schema_version"') and line.endswith(b', "steps": ['):
            line = line.removesuffix(b', "steps": [') + b"}"
        elif line.startswith(b'], "summary"'):
            line = b"{" + line.removeprefix(b"], ")
        if line:
            yield f"{path} line {number}", line.removesuffix(b",")


def _steps(lines: Iterable[tuple[str, bytes]], path: Path) -> Iterator[tuple[str, PredictionRecord]]:
    """The steps of a comparison, up to its summary. Raises `Untrusted` where that is missing."""
    for where, line in lines:
        if line.startswith(b'{"summary"'):
            read_json(line, where)
            return
        yield _prediction_record((where, line))
    raise Untrusted(f"{path} is not a complete comparison: its summary is missing")


def _prediction_record(line: tuple[str, bytes]) -> tuple[str, PredictionRecord]:
    where, data = line
    return where, validated(PredictionRecord.model_validate, read_json(data, where), where)


def _predictions(records: Iterable[tuple[str, PredictionRecord]], protocol: Protocol) -> Iterator[Prediction]:
    for _, same_episode in groupby(records, key=lambda each: each[1].episode):
        steps = [(record, _gold(record.gold, where), where) for where, record in same_episode]
        judged = sum(can_judge(gold, protocol) for _, gold, _ in steps)
        # A semi-online episode ends at its first miss: the steps after it have no line, and count in the length.
        missing = max(0, steps[0][0].length - sum(record.right is not None for record, _, _ in steps))
        for record, gold, where in steps:
            yield _prediction(record, gold, judged + missing, where)


def prediction_in(line: bytes, where: str) -> Prediction:
    """The prediction on one line of a comparison, its episode's length not known. Raises as `read_predictions`."""
    _, record = _prediction_record((where, line))
    return _prediction(record, _gold(record.gold, where), 0, where)


def _prediction(record: PredictionRecord, gold: Gold, length: int, where: str) -> Prediction:
    move = None if record.predicted is None else move_from(record.predicted, where)
    if move is None and not record.fault:
        raise Untrusted(f"{where}: a step without a prediction needs a fault that says why")
    fault = record.fault if move is None else ""
    usage = Usage(*record.tokens)
    return Prediction(record.episode, record.step, length, gold, move, fault, usage, record.seconds, record.recording)


def _gold(record: GoldRecord, where: str) -> Gold:
    answers = [GoldAnswer(_gold_move(record.action, where), areas_of(record.areas))]
    answers += [GoldAnswer(_gold_move(each.action, where), areas_of(each.areas)) for each in record.alternatives]
    elements = tuple(Element(each.role, each.text, Box(*each.box), each.focused) for each in record.elements)
    return Gold(tuple(answers), record.size, record.surface, elements, record.group)


def _gold_move(record: dict[str, Any], where: str) -> Move:
    return checked_coordinates(move_from(record, where), where)
