"""Recordings read back: the one gate through which episodes on disk become values again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from agent.episode import Decision, Ending, Episode, Seconds, Step, not_known
from agent.moves import read_move
from agent.recordings.format import (
    EpisodeFile,
    EpisodeLine,
    IntentLine,
    ObservationRecord,
    Record,
    ResultLine,
    Verdict,
    change_of,
    element_of,
    plan_step_of,
    seconds_of,
    surface_of,
    usage_of,
)
from agent.recordings.images import Missing, Stored
from agent.recordings.untrusted import Untrusted, picture_pixels, read_bytes, read_json, whole_lines
from agent.validation import flaws
from devices import Observation, Refusal
from devices.device import Pixels

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


def read_recording(folder: Path, *, lazily: bool = False) -> Recording:
    """The recording in `folder`. One that was killed at any byte still opens: its torn last line is left out.

    With `lazily` the pictures stay on disk until their pixels are accessed, and what is wrong with one is raised then.
    Nothing in a recording is executed or unpickled, no path leaves the folder, and sizes are capped.
    Raises `BadRecording`.
    """
    try:
        return _read(folder, lazily=lazily)
    except Untrusted as flaw:
        raise BadRecording(f"{flaw}; a recording is a folder with steps.jsonl") from flaw


def recordings_in(paths: Sequence[Path]) -> list[Path]:
    """The recordings that `paths` are, or that lie in them at any depth. Raises `BadRecording` where there are none."""
    folders: list[Path] = []
    for path in paths:
        inside = (
            [path] if (path / "steps.jsonl").exists() else sorted(each.parent for each in path.rglob("steps.jsonl"))
        )
        if not inside:
            raise BadRecording(f"there is no recording in {path}; a recording is a folder with steps.jsonl")
        folders += inside
    return folders


def refuse_bad_pictures(episode: Episode) -> None:
    """Read every picture of an episode that was read `lazily`. Raises `BadRecording` and `NoPicture`."""
    for seen in (*(step.seen for step in episode.steps), episode.final):
        if seen is not None:
            _ = seen.pixels


def _read(folder: Path, *, lazily: bool) -> Recording:
    lines = whole_lines(folder, "steps.jsonl")
    first = next(lines, None)
    if first is None:
        raise BadRecording(f"{folder / 'steps.jsonl'} is empty: the run was killed before its first step")
    header = parse(EpisodeLine, first, f"{folder / 'steps.jsonl'} line 1")
    ended = _read_ending(folder)
    reason = ended.reason if ended else KILLED
    look = partial(_observation, folder, {}, lazily)
    steps = tuple(_read_steps(folder / "steps.jsonl", lines, reason, look))
    final = ended.final_observation if ended else None
    episode = Episode(
        header.goal,
        steps,
        ended.termination if ended else Ending.CUT_SHORT,
        reason,
        look(final) if final else None,
        ended.seconds if ended else sum(step.seconds.total for step in steps),
    )
    verdict = (ended.verdict, ended.verdict_reason) if ended else (None, "")
    return Recording(folder, episode, header.device.name, header.agent.name, header.started_at, *verdict)


def _read_ending(folder: Path) -> EpisodeFile | None:
    if not (folder / "episode.json").exists():
        return None
    return parse(EpisodeFile, read_bytes(folder, "episode.json"), str(folder / "episode.json"))


def _read_steps(
    path: Path, lines: Iterator[bytes], ended: str, look: Callable[[ObservationRecord], Observation]
) -> Iterator[Step]:
    """The steps in `lines`: an intent and its result by turns; the last result may be missing."""
    for index, (first, second) in enumerate(zip_longest(lines, lines)):
        where = f"{path} line {2 * index + 2}"
        intent = parse(IntentLine, first, where)
        result = parse(ResultLine, second, f"{where}, next") if second is not None else None
        found = {intent.step, result.step if result else intent.step}
        if found != {index}:
            raise BadRecording(f"{where}: step {index} should come next, found {found}")
        try:
            move, *then = map(read_move, (intent.action, *intent.then))
        except ValueError as flaw:
            raise BadRecording(f"{where}: {flaw}") from flaw
        usage, target = usage_of(intent.tokens), element_of(intent.target) if intent.target else None
        plan_step, instruction = plan_step_of(intent)
        words = (instruction, intent.thought, intent.raw_response)
        decision = Decision(move, *words, usage, plan_step, target, tuple(then), intent.note)
        error, refusal = (result.error, result.refusal) if result else (not_known(ended), Refusal.UNCERTAIN)
        change = change_of(result.change) if result else None
        seconds = seconds_of(result.timing) if result else Seconds()
        yield Step(index, look(intent.observation), decision, error, change, seconds, refusal)


def _observation(folder: Path, pictures: dict[str, Pixels], lazily: bool, record: ObservationRecord) -> Observation:
    size, elements = (record.width, record.height), tuple(map(element_of, record.elements))
    if record.screenshot is None:
        return Missing(record.source, size, record.front, elements)
    fields = record.front, record.captured_at, elements, record.settle_s, surface_of(record), record.partial
    if lazily:
        load = partial(_pixels, folder, record.screenshot, size)
        return Stored(load, size, *fields)
    if record.screenshot not in pictures:
        pictures[record.screenshot] = _pixels(folder, record.screenshot, size)
    pixels = pictures[record.screenshot]
    seen = Observation(pixels, *fields)
    if seen.size != size:
        raise BadRecording(f"{folder / record.screenshot} has size {seen.size}, the record says {size}")
    return seen


def _pixels(folder: Path, screenshot: str, size: tuple[int, int]) -> Pixels:
    """The picture that was recorded under that name and size, and no other. Raises `BadRecording`."""
    try:
        pixels = picture_pixels(folder, screenshot, ("PNG",))
    except Untrusted as flaw:
        raise BadRecording(str(flaw)) from flaw
    seen = Observation(pixels)
    if seen.size != size:
        raise BadRecording(f"{folder / screenshot} has size {seen.size}, the record says {size}")
    if not screenshot.endswith(f"/{seen.digest[:32]}.png"):
        raise BadRecording(f"{folder / screenshot} is not the picture that was recorded: its digest differs")
    return pixels


def parse(model: type[R], line: bytes, where: str) -> R:
    """The record that `line` is. Raises `BadRecording` and `Untrusted`, both naming `where`."""
    try:
        return model.model_validate(read_json(line, where))
    except ValidationError as error:
        raise BadRecording(f"{where}: {flaws(error)}") from error
