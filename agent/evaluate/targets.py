"""The side file of a recording, gold.jsonl: the targets and alternatives that its steps have no place for."""

import json
import os
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import FailFast, ValidationError

from agent.dialects.dialect import Surface
from agent.episode import Episode, Finish, Move, Step, Unreadable
from agent.evaluate.gold import Answer, Area, Gold
from agent.evaluate.protocols.gestures import finger
from agent.moves import read_move, write_move
from agent.recordings.format import EpisodeLine, Record
from agent.recordings.reader import BadRecording, parse
from agent.recordings.untrusted import Untrusted, lines_of, whole_lines
from devices.actions import Direction, points_of

FILE = "gold.jsonl"
FURTHEST = 1_000_000
"""No point of a recording lies further out, in pixels: beyond lies nothing but mischief."""

Corners = tuple[float, float, float, float]


class TargetsHeader(Record):
    """The first line: which data set it was, the protocol it is scored by, and what a stranger must know of it."""

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
    """What is known of the right answer at one step, beside the recorded action."""

    step: int
    areas: Annotated[tuple[Corners, ...], FailFast()] = ()
    alternatives: Annotated[tuple[AlternativeRecord, ...], FailFast()] = ()
    finger: Direction | None = None
    group: str = ""


PHONES = ("android", "phone", "simphone")


def write_targets(folder: Path, header: TargetsHeader, golds: Sequence[Gold]) -> None:
    """Write the side file of the recording in `folder` (0600). Raises `OSError`."""
    lines = [header.model_dump()] + [target_record(index, gold).model_dump() for index, gold in enumerate(golds)]
    file = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.writelines(json.dumps(line) + "\n" for line in lines)


def target_record(index: int, gold: Gold) -> TargetRecord:
    """What the side file holds of `gold`."""
    alternatives = tuple(
        AlternativeRecord(action=write_move(each.move), areas=_corners(each)) for each in gold.answers[1:]
    )
    return TargetRecord(
        step=index,
        areas=_corners(gold.answer),
        alternatives=alternatives,
        finger=finger(gold.move),
        group=gold.group,
    )


def read_targets(folder: Path, episode: Episode, device: str) -> tuple[tuple[Gold, ...], TargetsHeader | None]:
    """The right answers at the steps of the recording in `folder`, and the header of its side file.

    Without one, the recorded move is all that is known; whether it was a phone is told by the name of the `device`.
    Raises `BadRecording` for a side file that is not this episode's, and for points too far out to be meant.
    """
    path = folder / FILE
    if not path.exists() and not path.is_symlink():
        surface = _surface(device)
        return tuple(_gold(step, TargetRecord(step=step.index), surface, path) for step in episode.steps), None
    try:
        lines = lines_of(folder, FILE)
        header = parse(TargetsHeader, next(lines, b""), f"{path} line 1")
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
    """What the recording in `folder` was made on, by the first line of one file. Raises `BadRecording`."""
    try:
        if (folder / FILE).exists():
            return parse(TargetsHeader, next(lines_of(folder, FILE), b""), f"{folder / FILE} line 1").surface
        first = next(whole_lines(folder, "steps.jsonl"), b"")
        return _surface(parse(EpisodeLine, first, f"{folder / 'steps.jsonl'} line 1").device.name)
    except Untrusted as flaw:
        raise BadRecording(str(flaw)) from flaw


def _surface(device: str) -> Surface:
    return "phone" if device.startswith(PHONES) else "computer"


def _gold(step: Step, target: TargetRecord, surface: Surface, path: Path) -> Gold:
    where = f"{path.parent} step {step.index}"
    answers = [Answer(within_reason(step.decision.move, where), areas_of(target.areas))]
    for each in target.alternatives:
        answers.append(Answer(within_reason(move_from(each.action, where), where), areas_of(each.areas)))
    return Gold(tuple(answers), step.seen.size, surface, step.seen.elements, target.group)


def move_from(found: dict[str, Any], where: str) -> Move:
    """The move in `found`. Raises `BadRecording` naming `where`."""
    try:
        return read_move(found)
    except (ValueError, ValidationError) as flaw:
        raise BadRecording(f"{where}: {flaw}") from flaw


def within_reason(move: Move, where: str) -> Move:
    """`move`. Raises `BadRecording` naming `where` if it points further out than any screen reaches."""
    points = () if isinstance(move, Finish | Unreadable) else points_of(move)
    if any(abs(side) > FURTHEST for point in points for side in (point.x, point.y)):
        raise BadRecording(f"{where}: a point lies over {FURTHEST:,} pixels out")
    return move


def areas_of(corners: Sequence[Corners]) -> tuple[Area, ...]:
    """`corners` (left, top, right, bottom) as areas."""
    return tuple(Area(*each) for each in corners)


def _corners(answer: Answer) -> tuple[Corners, ...]:
    return tuple((area.left, area.top, area.right, area.bottom) for area in answer.areas)
