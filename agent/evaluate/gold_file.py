"""gold.jsonl beside a recording: target areas and alternative answers, for which its steps have no field."""

import json
import os
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import FailFast, ValidationError

from agent.episode import Episode, Move, Step
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.protocols.move_features import finger_direction
from agent.moves import points_of_move, read_move, write_move
from agent.recordings.format import EpisodeLine, Record
from agent.recordings.reader import BadRecording, parse
from agent.recordings.untrusted import Untrusted, lines_of, whole_lines
from devices.actions import Direction
from devices.device import Surface

GOLD_FILE = "gold.jsonl"
MAX_COORDINATE = 1_000_000
"""Largest absolute coordinate of a recorded point, in pixels; anything beyond is refused as malformed."""

Corners = tuple[float, float, float, float]


class GoldHeader(Record):
    """The first line: the data set, the protocol it is scored by, and a note on what the import had to assume."""

    record: Literal["gold"] = "gold"
    schema_version: Literal[1] = 1
    dataset: str
    protocol: str
    surface: Surface
    note: str = ""


class AlternativeRecord(Record):
    action: dict[str, Any]
    areas: Annotated[tuple[Corners, ...], FailFast()]


class TargetRecord(Record):
    """What is known of the right answer at one step in addition to the recorded action."""

    step: int
    areas: Annotated[tuple[Corners, ...], FailFast()] = ()
    alternatives: Annotated[tuple[AlternativeRecord, ...], FailFast()] = ()
    finger: Direction | None = None
    group: str = ""


PHONES = ("android", "phone", "simphone")


def write_gold(folder: Path, header: GoldHeader, golds: Sequence[Gold]) -> None:
    """Write gold.jsonl for the recording in `folder` (0600). Raises `OSError`."""
    lines = [header.model_dump()] + [target_record(index, gold).model_dump() for index, gold in enumerate(golds)]
    file = os.open(folder / GOLD_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.writelines(json.dumps(line) + "\n" for line in lines)


def target_record(index: int, gold: Gold) -> TargetRecord:
    """The line of gold.jsonl for `gold`, the right answers at step `index`."""
    alternatives = tuple(
        AlternativeRecord(action=write_move(each.move), areas=_corners(each)) for each in gold.answers[1:]
    )
    return TargetRecord(
        step=index,
        areas=_corners(gold.answer),
        alternatives=alternatives,
        finger=finger_direction(gold.move),
        group=gold.group,
    )


def read_gold(folder: Path, episode: Episode, device: str) -> tuple[tuple[Gold, ...], GoldHeader | None]:
    """The right answers at the steps of the recording in `folder`, and the header of its gold.jsonl.

    Without that file the recorded move is the only right answer, and the name of the `device` decides the surface.
    Raises `BadRecording` for a gold.jsonl of another episode, and for coordinates beyond `MAX_COORDINATE`.
    """
    path = folder / GOLD_FILE
    if not path.exists() and not path.is_symlink():
        surface = _surface(device)
        return tuple(_gold(step, TargetRecord(step=step.index), surface, path) for step in episode.steps), None
    try:
        lines = lines_of(folder, GOLD_FILE)
        header = parse(GoldHeader, next(lines, b""), f"{path} line 1")
        golds = []
        for index, (step, line) in enumerate(zip_longest(episode.steps, lines)):
            where = f"{path} line {index + 2}"
            if step is None or line is None:
                raise BadRecording(f"{where}: {len(episode.steps)} steps need as many targets")
            target = parse(TargetRecord, line, where)
            if target.step != index:
                raise BadRecording(f"{where}: step {index} should come next, found {target.step}")
            golds.append(_gold(step, target, header.surface, path))
    except Untrusted as flaw:
        raise BadRecording(str(flaw)) from flaw
    return tuple(golds), header


def surface_in(folder: Path) -> Surface:
    """The surface of the recording in `folder`, from the first line of one file. Raises `BadRecording`."""
    try:
        if (folder / GOLD_FILE).exists():
            return parse(GoldHeader, next(lines_of(folder, GOLD_FILE), b""), f"{folder / GOLD_FILE} line 1").surface
        first = next(whole_lines(folder, "steps.jsonl"), b"")
        return _surface(parse(EpisodeLine, first, f"{folder / 'steps.jsonl'} line 1").device.name)
    except Untrusted as flaw:
        raise BadRecording(str(flaw)) from flaw


def _surface(device: str) -> Surface:
    return "phone" if device.startswith(PHONES) else "computer"


def _gold(step: Step, target: TargetRecord, surface: Surface, path: Path) -> Gold:
    where = f"{path.parent} step {step.index}"
    answers = [GoldAnswer(checked_coordinates(step.decision.move, where), areas_of(target.areas))]
    for each in target.alternatives:
        answers.append(GoldAnswer(checked_coordinates(move_from(each.action, where), where), areas_of(each.areas)))
    return Gold(tuple(answers), step.seen.size, surface, step.seen.elements, target.group)


def move_from(record: dict[str, Any], where: str) -> Move:
    """The move that `record` holds. Raises `BadRecording` naming `where`."""
    try:
        return read_move(record)
    except (ValueError, ValidationError) as flaw:
        raise BadRecording(f"{where}: {flaw}") from flaw


def checked_coordinates(move: Move, where: str) -> Move:
    """`move` itself. Raises `BadRecording` naming `where` for a coordinate beyond `MAX_COORDINATE`."""
    if any(abs(side) > MAX_COORDINATE for point in points_of_move(move) for side in (point.x, point.y)):
        raise BadRecording(f"{where}: a point lies over {MAX_COORDINATE:,} pixels out")
    return move


def areas_of(corners: Sequence[Corners]) -> tuple[Area, ...]:
    """`corners` (left, top, right, bottom) as areas."""
    return tuple(Area(*each) for each in corners)


def _corners(answer: GoldAnswer) -> tuple[Corners, ...]:
    return tuple((area.left, area.top, area.right, area.bottom) for area in answer.areas)
