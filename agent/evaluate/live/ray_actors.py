"""Workers on the machines of a Ray cluster: an actor each, placed by Ray where there is a display or a phone for it."""

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stdout, suppress
from pathlib import Path
from threading import Lock
from typing import Any, cast

from agent.evaluate.live.executor import RunAborted, close_all
from agent.evaluate.live.player import Player
from agent.evaluate.live.results_folder import ResultsFolder
from agent.evaluate.live.trials import Trial, TrialResult, fault_result
from agent.evaluate.live.worker_process import CLOSE_SECONDS, START_SECONDS
from devices import Stop
from tasks.suite import Needs

Opener = Callable[[Stop], AbstractContextManager[Player]]
"""Opens a player on the machine where it is called; it is pickled by Ray."""

Files = dict[str, bytes]
"""A recording on its way between machines: the bytes of each file by its name in the folder."""


class RemotePlayer:
    """A player as an actor. It records into a folder of its own machine and hands the files over with the result."""

    def __init__(self, open_player: Opener) -> None:
        self._open, self._stop = open_player, Stop()
        self._closing, self._busy = ExitStack(), Lock()
        self._player: Player | None = None

    def open(self) -> None:
        """Open the player, unless it is open. Raises what opening raises."""
        with self._busy:
            self._open_player()

    def play(self, trial: Trial) -> tuple[TrialResult, Files]:
        """The result of `trial`, and the files of its recording."""
        with self._busy, tempfile.TemporaryDirectory(prefix="screenhand-eval-") as room:
            folder = Path(room) / "episode"
            result = self._open_player().play(trial, folder)
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            return result, {str(path.relative_to(folder)): path.read_bytes() for path in files}

    def close(self) -> None:
        """Stop what is being played, and close the player."""
        self._stop.ask("the run is over")
        with self._busy:
            self._closing.close()

    def _open_player(self) -> Player:
        if self._player is None:
            self._player = self._closing.enter_context(self._open(self._stop))
        return self._player


class RayWorker:
    """Plays on one actor, which Ray starts again, here or on another machine, when it has died."""

    def __init__(self, ray: Any, actor: Any, results: ResultsFolder, stop: Stop, *, trial_seconds: float) -> None:
        self._ray, self._actor, self._results = ray, actor, results
        self._stop, self._trial_seconds = stop, trial_seconds

    def play(self, trial: Trial) -> TrialResult:
        """Play `trial` and write its recording here; an actor that hangs or dies is its fault."""
        try:
            self._get(self._actor.open.options(max_task_retries=-1).remote(), START_SECONDS)
            result, files = self._get(self._actor.play.remote(trial), self._trial_seconds)
        except TimeoutError:
            self._ray.kill(self._actor, no_restart=False)
            return fault_result(trial, f"it hung: not done after {self._trial_seconds:g} s, so its actor was ended")
        except self._ray.exceptions.RayError as error:
            return fault_result(trial, f"its actor was lost: {' '.join(str(error).split())}")
        _write(files, self._results.episode(trial))
        return cast(TrialResult, result)

    def close(self) -> None:
        """Have the actor close its environment, then end it."""
        with suppress(self._ray.exceptions.RayError):  # late or dead: its environment ends with its pipes to it
            self._ray.get(self._actor.close.remote(), timeout=CLOSE_SECONDS)
        self._ray.kill(self._actor)

    def _get(self, reference: Any, seconds: float) -> Any:
        """The value of a Ray object. Raises what was raised there, `TimeoutError`, `Stopped` and `RayError`."""
        try:
            return self._stop.call(lambda: self._ray.get(reference), seconds)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error


@contextmanager
def open_actors(
    open_player: Opener,
    results: ResultsFolder,
    stop: Stop,
    *,
    needs: Needs,
    workers: int | None,
    most: int,
    trial_seconds: float,
) -> Iterator[Sequence[RayWorker]]:
    """A worker for each actor: `workers` of them, or as many as the cluster has room for, and no more than `most`.

    The cluster is the one that RAY_ADDRESS names, else one started here and ended with the block. Raises `RunAborted`.
    """
    ray = _ray()
    # Ray reports dead workers on standard output, which is for the outcome.
    with redirect_stdout(sys.stderr), _cluster(ray, {} if needs == "nothing" else {needs: workers or 1}):
        kind = "CPU" if needs == "nothing" else needs
        room = int(ray.cluster_resources().get(kind, 0))
        if not room:
            raise RunAborted(
                f"no node of the Ray cluster has the resource {kind!r}: start each with "
                f"ray start --address HOST:PORT --resources '{{\"{kind}\": 1}}'",
                None,
            )
        remote = ray.remote(RemotePlayer).options(
            resources={} if needs == "nothing" else {needs: 1},
            num_cpus=1 if needs == "nothing" else 0,
            max_restarts=-1,
            max_concurrency=2,  # so that `close` can stop what is being played
        )
        actors = [
            RayWorker(ray, remote.remote(open_player), results, stop, trial_seconds=trial_seconds)
            for _ in range(min(workers or room, room, most))
        ]
        try:
            yield actors
        finally:
            close_all(actors)


@contextmanager
def _cluster(ray: Any, resources: dict[str, int]) -> Iterator[None]:
    """In the cluster that RAY_ADDRESS names; without it, in one with `resources` on this machine for the block only."""
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if address := os.environ.get("RAY_ADDRESS"):
            ray.init(address=address, **quiet)
        else:
            ray.init(address="local", include_dashboard=False, resources=resources, **quiet)
    except ConnectionError as error:
        raise RunAborted(f"no Ray cluster answers at the RAY_ADDRESS {address}: {error}", None) from error
    try:
        yield
    finally:
        ray.shutdown()


def _ray() -> Any:
    """The `ray` module, with its usage reports switched off. Raises `RunAborted` where it is not installed."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ModuleNotFoundError as error:
        raise RunAborted(
            "--executor ray needs Ray, which is not installed: pip install -c constraints.txt 'screenhand[scale]'", None
        ) from error
    return ray


def _write(files: Files, folder: Path) -> None:
    """Write the files of a recording from another machine to `folder`, which is replaced. Raises `OSError`."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_bytes(data)
