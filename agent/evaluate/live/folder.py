"""A results folder: what was asked for, and for each unit its recording with its result beside it."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from agent.evaluate.live.results import Result
from agent.evaluate.live.settings import Settings
from agent.evaluate.live.trials import Shard, Unit
from agent.recordings.format import Record
from agent.recordings.untrusted import Untrusted, read_bytes, read_json

R = TypeVar("R", bound=Record)

OURS = ("lock", "eval.json")
"""How the names begin of what a run may find when another one has just begun the folder."""


class WrongResults(Exception):
    """The folder cannot take these results, or cannot be believed. The text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results in `path`: `episodes/TASK/SEED` is a recording with a result.json, once the unit is done."""

    path: Path

    def episode(self, unit: Unit) -> Path:
        return self.path / "episodes" / unit.task / str(unit.seed)

    def keep(self, result: Result) -> None:
        """Write `result` beside its recording, whole or not at all. Raises `OSError`."""
        folder = self.episode(result.unit)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _store(folder / "result.json", json.dumps(result.model_dump(mode="json"), indent=1))

    def of(self, unit: Unit) -> Result | None:
        """What became of `unit`; None while it is not done. Raises `WrongResults` for what is no result of it."""
        folder = self.episode(unit)
        if not (folder / "result.json").exists():
            return None
        result = _read(Result, self.path, f"episodes/{unit.task}/{unit.seed}/result.json")
        if result.unit != unit:
            raise WrongResults(f"{folder / 'result.json'} is the result of {result.unit.name}, not of {unit.name}")
        return result

    def all_of(self, units: Sequence[Unit]) -> list[Result]:
        """The results there are, in the order of `units`. Raises `WrongResults`."""
        return [result for unit in units if (result := self.of(unit)) is not None]

    def set_aside(self, unit: Unit, attempt: int) -> None:
        """Keep what the faulty `attempt` left behind in `faults/TASK/SEED-ATTEMPT`. Raises `OSError`."""
        aside = self.path / "faults" / unit.task / f"{unit.seed}-{attempt}"
        if self.episode(unit).exists():
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.rmtree(aside, ignore_errors=True)
            self.episode(unit).rename(aside)


@contextmanager
def opened_results(path: Path, settings: Settings, shard: Shard) -> Iterator[Results]:
    """The folder for results under `settings`, begun or gone on with; no other run may work the same part meanwhile.

    Raises `WrongResults` for a folder of other settings, of something else, or in use.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_links(path, settings)
        with ExitStack() as locks:
            _lock(path, shard, locks)
            if (path / "eval.json").exists():
                _refuse_other(_read(Settings, path, "eval.json"), settings, path)
            elif stranger := next((each.name for each in path.iterdir() if not each.name.startswith(OURS)), ""):
                raise WrongResults(f"{path} holds {stranger!r} and no eval.json: name a new or an empty folder")
            else:
                _store(path / "eval.json", json.dumps(settings.model_dump(mode="json"), indent=1))
            yield Results(path)
    except OSError as error:
        raise WrongResults(f"cannot keep results in {path}: {error.strerror or error}") from error


def _refuse_links(path: Path, settings: Settings) -> None:
    """Raise `WrongResults` if a link would lead what is written, or cleared away, to another place."""
    kinds = (path / "episodes", path / "faults")
    for folder in (path, *kinds, *(kind / task for kind in kinds for task in settings.tasks)):
        if folder.is_symlink():
            raise WrongResults(f"{folder} is a link, which is not followed; name the folder itself")


def _refuse_other(found: Settings, wanted: Settings, path: Path) -> None:
    """Raise `WrongResults` naming each setting in which the two differ."""
    old, new = (each.model_dump(exclude={"machine"}) for each in (found, wanted))
    old, new = (
        {**each, **{f"policy.{key}": value for key, value in each.pop("policy").items()}} for each in (old, new)
    )
    differences = [
        f"{name} was {old.get(name)!r} and is {new.get(name)!r}"
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]
    if differences:
        raise WrongResults(f"{path} holds results of another run: {'; '.join(differences)}. Name another folder")


def _lock(path: Path, shard: Shard, locks: ExitStack) -> None:
    """Hold the whole folder, or with others the folder and alone one part of it, until `locks` close."""
    wanted = [("lock", fcntl.LOCK_EX if shard.of == 1 else fcntl.LOCK_SH)]
    if shard.of > 1:
        wanted.append((f"lock-{shard.number}-of-{shard.of}", fcntl.LOCK_EX))
    for name, kind in wanted:
        file = os.open(path / name, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        locks.callback(os.close, file)
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WrongResults(f"another run is working in {path}: wait for its end, or name another folder") from error


def _read(kind: type[R], path: Path, name: str) -> R:
    try:
        return kind.model_validate(read_json(read_bytes(path, name), str(path / name)))
    except Untrusted as flaw:
        raise WrongResults(str(flaw)) from flaw
    except ValidationError as error:
        flaws = "; ".join(f"{'.'.join(map(str, flaw['loc']))}: {flaw['msg']}" for flaw in error.errors()[:3])
        raise WrongResults(f"{path / name}: {flaws}") from error


def _store(path: Path, text: str) -> None:
    """Write `path` by rename: it is whole or it is not there."""
    partial = path.with_name(f"{path.name}.part")
    file = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
