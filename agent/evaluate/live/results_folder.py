"""A results folder: the settings of the run, and for each trial its recording with its result beside it."""

import fcntl
import json
import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, TypeVar

from agent.evaluate.live.trials import Shard, Trial, TrialResult, trials_of
from agent.recordings.format import Record
from agent.recordings.untrusted import Untrusted, read_bytes, read_json, validated

R = TypeVar("R", bound=Record)

OURS = ("lock", "eval.json")
"""Prefixes of the files that may already be there when another shard has just created the folder."""


class WrongResults(Exception):
    """The folder cannot take these results, or is not valid. The text says why, and what to do."""


class Settings(Record):
    """What a run was asked for; runs that differ in any of it are different runs.

    `policy` is its name and options; `steps` is None where the suite decides. `machine` is where the folder was
    created, and is not compared.
    """

    schema_version: Literal[1] = 1
    suite: str
    tasks: tuple[str, ...]
    seeds: tuple[int, ...]
    policy: dict[str, str | int | float | bool | None]
    steps: int | None
    seconds: float
    version: str
    machine: dict[str, str]

    @property
    def trials(self) -> tuple[Trial, ...]:
        return trials_of(self.tasks, self.seeds)


def this_version() -> str:
    """The installed version of Screenhand; "unknown" when it runs from a folder that was never installed."""
    try:
        return version("screenhand")
    except PackageNotFoundError:
        return "unknown"


def this_machine() -> dict[str, str]:
    """Python and operating system of this machine."""
    return {"Python": platform.python_version(), "system": platform.platform()}


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """The results in `path`: `episodes/TASK/SEED` is a recording with a result.json, once the trial is done."""

    path: Path

    def episode(self, trial: Trial) -> Path:
        return self.path / "episodes" / trial.task / str(trial.seed)

    def write(self, result: TrialResult) -> None:
        """Write `result` beside its recording, whole or not at all. Raises `OSError`."""
        folder = self.episode(result.trial)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_atomically(folder / "result.json", json.dumps(result.model_dump(mode="json"), indent=1))

    def read(self, trial: Trial) -> TrialResult | None:
        """The result of `trial`; None while it is not done. Raises `WrongResults` for a file that is not its result."""
        folder = self.episode(trial)
        if not (folder / "result.json").exists():
            return None
        result = _read(TrialResult, self.path, f"episodes/{trial.task}/{trial.seed}/result.json")
        if result.trial != trial:
            raise WrongResults(f"{folder / 'result.json'} is the result of {result.trial.name}, not of {trial.name}")
        return result

    def read_all(self, trials: Sequence[Trial]) -> list[TrialResult]:
        """The results there are, in the order of `trials`. Raises `WrongResults`."""
        return [result for trial in trials if (result := self.read(trial)) is not None]

    def set_aside(self, trial: Trial, attempt: int) -> None:
        """Keep what the faulty `attempt` left behind in `faults/TASK/SEED-ATTEMPT`. Raises `OSError`."""
        aside = self.path / "faults" / trial.task / f"{trial.seed}-{attempt}"
        if self.episode(trial).exists():
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.rmtree(aside, ignore_errors=True)
            self.episode(trial).rename(aside)


@contextmanager
def open_results(path: Path, settings: Settings, shard: Shard) -> Iterator[ResultsFolder]:
    """The folder for results under `settings`, created or continued; no other run may work the same shard meanwhile.

    Raises `WrongResults` for a folder of other settings, of something else, or in use.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_links(path, settings)
        with ExitStack() as locks:
            _lock(path, shard, locks)
            if (path / "eval.json").exists():
                _refuse_other(_read(Settings, path, "eval.json"), settings, path)
            elif other := next((each.name for each in path.iterdir() if not each.name.startswith(OURS)), ""):
                raise WrongResults(f"{path} holds {other!r} and no eval.json: name a new or an empty folder")
            else:
                _write_atomically(path / "eval.json", json.dumps(settings.model_dump(mode="json"), indent=1))
            yield ResultsFolder(path)
    except OSError as error:
        raise WrongResults(f"cannot keep results in {path}: {error.strerror or error}") from error


def _refuse_links(path: Path, settings: Settings) -> None:
    """Raise `WrongResults` if a link would lead what is written, or cleared away, to another place."""
    kinds = (path / "episodes", path / "faults")
    for folder in (path, *kinds, *(kind / task for kind in kinds for task in settings.tasks)):
        if folder.is_symlink():
            raise WrongResults(f"{folder} is a link, which is not followed; name the folder itself")


def _refuse_other(old_settings: Settings, new_settings: Settings, path: Path) -> None:
    """Raise `WrongResults` naming each setting in which the two differ."""
    old, new = (each.model_dump(exclude={"machine"}) for each in (old_settings, new_settings))
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
        where = str(path / name)
        return validated(kind.model_validate, read_json(read_bytes(path, name), where), where)
    except Untrusted as flaw:
        raise WrongResults(str(flaw)) from flaw


def _write_atomically(path: Path, text: str) -> None:
    """Write `path` by rename: it is whole or it is not there."""
    partial = path.with_name(f"{path.name}.part")
    file = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
