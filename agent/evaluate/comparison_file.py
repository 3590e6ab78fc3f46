"""Predictions in a file of JSON lines: what `compare --json` writes, and what `score` and `--against` read back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
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
    target_record,
)
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Prediction, ScoredPrediction, can_judge
from agent.moves import write_move
from agent.recordings.format import ElementRecord
from agent.recordings.untrusted import Untrusted, lines_of, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Box, Element
from devices.device import Surface

VERSION = 2
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
    """The first line of a comparison."""

    schema_version: Literal[1, 2]
    protocol: ProtocolRecord
    mode: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison as it is read: `steps` can be read once, and raises `Untrusted` for a line that is not valid."""

    header: ComparisonHeader
    steps: Iterator[PredictionRecord]


class ComparisonWriter:
    """Writes a comparison one step at a time to `path` + ".part", which gets its name when it is closed."""

    def __init__(self, path: Path, protocol: Protocol, mode: str, policy: str) -> None:
        self._path, self._partial = path, path.with_name(path.name + ".part")
        self._stream = self._partial.open("w", encoding="ascii")
        rule = {"name": protocol.name, "version": protocol.version}
        header = {"schema_version": VERSION, "protocol": rule, "source": protocol.source, "mode": mode}
        self._write({**header, "policy": policy})

    def add(self, scored: ScoredPrediction) -> None:
        """Write the next step."""
        self._write(_step_record(scored))

    def close(self, summary: dict[str, Any]) -> None:
        """Write the `summary` as the last line, and give the file its name."""
        self._write({"summary": summary})
        self._stream.close()
        self._partial.replace(self._path)

    def _write(self, record: dict[str, Any]) -> None:
        self._stream.write(json.dumps(record) + "\n")


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
            move = None if record.predicted is None else move_from(record.predicted, where)
            if move is None and not record.fault:
                raise Untrusted(f"{where}: a step without a prediction needs a fault that says why")
            yield Prediction(
                record.episode,
                record.step,
                judged + missing,
                gold,
                move,
                record.fault if move is None else "",
                Usage(*record.tokens),
                record.seconds,
                record.recording,
            )


def _gold(record: GoldRecord, where: str) -> Gold:
    answers = [GoldAnswer(_gold_move(record.action, where), areas_of(record.areas))]
    answers += [GoldAnswer(_gold_move(each.action, where), areas_of(each.areas)) for each in record.alternatives]
    elements = tuple(Element(each.role, each.text, Box(*each.box), each.focused) for each in record.elements)
    return Gold(tuple(answers), record.size, record.surface, elements, record.group)


def _gold_move(record: dict[str, Any], where: str) -> Move:
    return checked_coordinates(move_from(record, where), where)


def _step_record(scored: ScoredPrediction) -> dict[str, Any]:
    """A step as its line: the prediction, what is right, and the marks."""
    prediction, score, gold = scored.prediction, scored.score, scored.prediction.gold
    target = target_record(prediction.step, gold).model_dump()
    elements = [
        {"role": each.role, "text": each.text, "box": astuple(each.box), "focused": each.focused}
        for each in gold.elements
    ]
    optional = {"areas": target["areas"], "alternatives": target["alternatives"], "elements": elements}
    optional["group"] = gold.group
    right = {"action": write_move(gold.move), "size": gold.size, "surface": gold.surface}
    return {
        "episode": prediction.episode,
        "step": prediction.step,
        "length": prediction.length,
        "gold": right | {name: value for name, value in optional.items() if value},
        "predicted": None if prediction.move is None else write_move(prediction.move),
        "fault": prediction.fault,
        "tokens": [prediction.usage.prompt, prediction.usage.completion],
        "seconds": round(prediction.seconds, 4),
        "recording": prediction.recording,
        "right": score.exact if score else None,
        "type_right": score.same_type if score else None,
        "score": round(score.value, 6) if score else None,
        "hit": scored.grounded,
        "pixels": None if scored.distance is None else round(scored.distance, 2),
    }
