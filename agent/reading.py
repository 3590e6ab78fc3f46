"""Recordings read back: the one gate through which episodes on disk become values again."""

import io
import json
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image
from pydantic import ValidationError

from agent.episode import Decision, Ending, Episode, Seconds, Step, not_known
from agent.moves import read_move
from agent.recording_format import (
    EpisodeFile,
    EpisodeLine,
    IntentLine,
    ObservationRecord,
    Record,
    ResultLine,
    Verdict,
    change_of,
    elements_of,
    seconds_of,
    usage_of,
)
from devices import Observation
from devices.device import Pixels

LARGEST_FILE = 256 << 20
LONGEST_LINE = 4 << 20
LARGEST_PICTURE = 64 << 20
MOST_PIXELS = 50_000_000
KILLED = "the run was killed before it could say how it ended"

R = TypeVar("R", bound=Record)


class BadRecording(Exception):
    """The folder holds no recording that can be believed. The text names the file, the line and the flaw."""


@dataclass(frozen=True, slots=True)
class Recording:
    """An episode as it was recorded, and what only the record knows: who, where, when, and the world's verdict."""

    folder: Path
    episode: Episode
    device: str
    agent: str
    started_at: str
    verdict: Verdict | None
    verdict_reason: str


def read_recording(folder: Path) -> Recording:
    """The recording in `folder`. One that was killed at any byte still opens: its torn last line is left out.

    Nothing in it is executed or unpickled, no path leaves the folder, and sizes are capped. Raises `BadRecording`.
    """
    lines = _read(folder, "steps.jsonl", LARGEST_FILE).split(b"\n")[:-1]  # what follows the last newline is torn
    if not lines:
        raise BadRecording(f"{folder / 'steps.jsonl'} is empty: the run was killed before its first step")
    header = _parse(EpisodeLine, lines[0], f"{folder / 'steps.jsonl'} line 1")
    ended = _read_ending(folder)
    reason = ended.reason if ended else KILLED
    steps = _read_steps(folder, lines[1:], reason)
    final = ended.final_observation if ended else None
    episode = Episode(
        header.goal,
        steps,
        ended.termination if ended else Ending.CUT_SHORT,
        reason,
        _observation(folder, final, {}) if final else None,
        ended.seconds if ended else sum(step.seconds.total for step in steps),
    )
    verdict = (ended.verdict, ended.verdict_reason) if ended else (None, "")
    return Recording(folder, episode, header.device.name, header.agent.name, header.started_at, *verdict)


def _read_ending(folder: Path) -> EpisodeFile | None:
    if not (folder / "episode.json").exists():
        return None
    return _parse(EpisodeFile, _read(folder, "episode.json", LONGEST_LINE), str(folder / "episode.json"))


def _read_steps(folder: Path, lines: Sequence[bytes], ended: str) -> tuple[Step, ...]:
    """The steps in `lines`: an intent and its result by turns; the last result may be missing."""
    steps: list[Step] = []
    pictures: dict[str, Pixels] = {}
    for at in range(0, len(lines), 2):
        where = f"{folder / 'steps.jsonl'} line {at + 2}"
        intent = _parse(IntentLine, lines[at], where)
        result = _parse(ResultLine, lines[at + 1], f"{where}, next") if at + 1 < len(lines) else None
        found = {intent.step, result.step if result else intent.step}
        if found != {len(steps)}:
            raise BadRecording(f"{where}: step {len(steps)} should come next, found {found}")
        try:
            move = read_move(intent.action)
        except ValueError as flaw:
            raise BadRecording(f"{where}: {flaw}") from flaw
        seen = _observation(folder, intent.observation, pictures)
        usage = usage_of(intent.tokens)
        decision = Decision(move, intent.step_instruction, intent.thought, intent.raw_response, usage)
        error = result.error if result else not_known(ended)
        change = change_of(result.change) if result else None
        seconds = seconds_of(result.timing) if result else Seconds()
        steps.append(Step(len(steps), seen, decision, error, change, seconds))
    return tuple(steps)


def _observation(folder: Path, record: ObservationRecord, pictures: dict[str, Pixels]) -> Observation:
    if record.screenshot not in pictures:
        pictures[record.screenshot] = _picture(folder, record)
    pixels = pictures[record.screenshot]
    seen = Observation(pixels, record.front, record.captured_at, elements_of(record), record.settle_s)
    if seen.size != (record.width, record.height):
        recorded = (record.width, record.height)
        raise BadRecording(f"{folder / record.screenshot} has size {seen.size}, the record says {recorded}")
    if not record.screenshot.endswith(f"/{seen.digest[:32]}.png"):
        raise BadRecording(f"{folder / record.screenshot} is not the picture that was recorded: its digest differs")
    return seen


def _picture(folder: Path, record: ObservationRecord) -> Pixels:
    data = _read(folder, record.screenshot, LARGEST_PICTURE)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadRecording(f"{folder / record.screenshot} has over {MOST_PIXELS:,} pixels")
            return np.asarray(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadRecording(f"{folder / record.screenshot} is no readable PNG: {error}") from error


def _read(folder: Path, name: str, most: int) -> bytes:
    """The bytes of a plain file in `folder`: no link out of it, no device that never ends, nothing enormous."""
    path = folder / name
    if path.parent.resolve() != folder.resolve() / Path(name).parent:
        raise BadRecording(f"{path.parent} leads out of the recording")
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(file, "rb") as stream:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise BadRecording(f"{path} is not a plain file")
            if status.st_size > most:
                raise BadRecording(f"{path} has {status.st_size:,} bytes, more than the {most:,} allowed")
            return stream.read()
    except OSError as error:
        raise BadRecording(f"cannot read {path}: {error.strerror}; a recording is a folder with steps.jsonl") from error


def _parse(model: type[R], line: bytes, where: str) -> R:
    if len(line) > LONGEST_LINE:
        raise BadRecording(f"{where}: {len(line):,} bytes, more than the {LONGEST_LINE:,} allowed")
    try:
        return model.model_validate(json.loads(line, object_pairs_hook=_no_twins))
    except ValidationError as error:
        flaws = "; ".join(f"{'.'.join(map(str, flaw['loc']))}: {flaw['msg']}" for flaw in error.errors()[:3])
        raise BadRecording(f"{where}: {flaws}") from error
    except (ValueError, RecursionError) as error:
        raise BadRecording(f"{where}: no JSON: {error}") from error


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return dict(pairs)
