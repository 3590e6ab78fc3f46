"""Episodes written to disk as they happen, each line durable before the next action."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agent.episode import Decision, Episode, Step
from agent.moves import write_move
from agent.recordings.format import (
    EpisodeFile,
    EpisodeLine,
    Header,
    IntentLine,
    Named,
    ObservationRecord,
    Record,
    ResultLine,
    Verdict,
    record_change,
    record_element,
    record_observation,
    record_plan_step,
    record_seconds,
    record_usage,
    screenshot_name,
)
from agent.recordings.images import Missing
from agent.recordings.journal import RecordingFailed
from devices import Observation
from devices.device import Pixels


class Recorder:
    """Writes one episode into one folder: a `Journal` whose every line is on disk when the method returns.

    Pictures are named by their content, so equal ones are stored once. The folder is 0700 and the files 0600: a screen
    shows what only its owner should see. Raises `RecordingFailed` with the path and the system's reason.
    """

    def __init__(self, folder: Path, goal: str, *, device: str, agent: str, recorded_by: str = "agent") -> None:
        self.folder = folder
        self._stored: set[str] = set()
        self._last: tuple[Pixels, str] | None = None
        self._header = Header(
            episode_id=uuid4().hex,
            goal=goal,
            device=Named(name=device),
            agent=Named(name=agent),
            recorded_by=recorded_by,
            started_at=_now(),
        )
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise RecordingFailed(f"{folder} already holds something; name a new or an empty folder with --record")
            folder.chmod(0o700)
            (folder / "screenshots").mkdir(mode=0o700)
            self._lines = _open(folder / "steps.jsonl")
        except OSError as error:
            raise RecordingFailed(f"cannot record into {folder}: {error.strerror}") from error
        self._append(EpisodeLine(**dict(self._header)))

    def intend(self, index: int, seen: Observation, decision: Decision) -> None:
        intent = IntentLine(
            step=index,
            timestamp=_now(),
            step_instruction=decision.instruction,
            plan_step=record_plan_step(decision.plan_step),
            target=record_element(decision.target) if decision.target else None,
            observation=self._observation(seen),
            thought=decision.thought,
            raw_response=decision.raw,
            action=write_move(decision.move),
            then=tuple(map(write_move, decision.then)),
            note=decision.note,
            tokens=record_usage(decision.usage),
        )
        self._append(intent)

    def record(self, step: Step) -> None:
        change, timing = record_change(step.change), record_seconds(step.seconds)
        refusal = step.refusal
        self._append(ResultLine(step=step.index, error=step.error, refusal=refusal, change=change, timing=timing))

    def close(self, episode: Episode) -> None:
        """Write the final screen and episode.json, the latter by rename: it is whole or it is not there."""
        self._write_episode(episode, None, "")
        os.close(self._lines)

    def judge(self, episode: Episode, verdict: Verdict, reason: str) -> None:
        """Add to a closed recording what the world said of the episode: the verdict, and why."""
        self._write_episode(episode, verdict, reason)

    def _write_episode(self, episode: Episode, verdict: Verdict | None, verdict_reason: str) -> None:
        whole = EpisodeFile(
            **dict(self._header),
            ended_at=_now(),
            episode_length=len(episode.steps),
            termination=episode.ending,
            reason=episode.reason,
            seconds=episode.seconds,
            answer=episode.answer,
            final_observation=self._observation(episode.final) if episode.final else None,
            verdict=verdict,
            verdict_reason=verdict_reason,
        )
        self._store("episode.json", json.dumps(whole.model_dump(), indent=1).encode())

    def _observation(self, seen: Observation) -> ObservationRecord:
        name = None if isinstance(seen, Missing) else self._screenshot_of(seen)
        if name and name not in self._stored:
            self._store(name, seen.png)
            self._stored.add(name)
        return record_observation(seen, name)

    def _screenshot_of(self, seen: Observation) -> str:
        """The name of its picture, once for pixels that are the same array: to hash a phone's frame takes 6 ms."""
        if self._last is None or self._last[0] is not seen.pixels:
            self._last = seen.pixels, screenshot_name(seen)
        return self._last[1]

    def _append(self, record: Record) -> None:
        # json.dumps writes ASCII only, so a lone surrogate in a model's reply is an escape and not an encoding error.
        line = json.dumps(record.model_dump()).encode() + b"\n"
        try:
            _write_all(self._lines, line)
        except OSError as error:
            raise RecordingFailed(f"cannot write {self.folder / 'steps.jsonl'}: {error.strerror}") from error

    def _store(self, name: str, data: bytes) -> None:
        path, partial = self.folder / name, self.folder / f"{name}.part"
        try:
            file = _open(partial)
            try:
                _write_all(file, data)
            finally:
                os.close(file)
            partial.replace(path)
        except OSError as error:
            raise RecordingFailed(f"cannot write {path}: {error.strerror}") from error


def new_folder(goal: str, parent: Path = Path("recordings")) -> Path:
    """A folder name for a recording of `goal` made now: `recordings/2026-01-31T09-05-59-open-the-text-editor`."""
    words = "-".join(re.findall(r"[a-z0-9]+", goal.lower())[:6])
    return parent / f"{datetime.now():%Y-%m-%dT%H-%M-%S}-{words[:48] or 'episode'}"


def _open(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)


def _write_all(file: int, data: bytes) -> None:
    """Write `data` and have it on the disk: 0.2 ms for a line (p50), 4 ms at worst (p99), measured on a VM's disk."""
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
    os.fsync(file)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
