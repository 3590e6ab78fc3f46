"""Slots on the machines of a Ray cluster: an actor each, placed by Ray where there is a display or a phone for it."""

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

from agent.evaluate.live.executor import CannotGoOn, close_all
from agent.evaluate.live.folder import Results
from agent.evaluate.live.player import Player
from agent.evaluate.live.results import Result, faulted
from agent.evaluate.live.trials import Unit
from agent.evaluate.live.worker_process import CLOSE_SECONDS, START_SECONDS
from devices import Stop
from tasks.suite import Needs

Opener = Callable[[Stop], AbstractContextManager[Player]]
"""Makes a player where it is called; it crosses to other machines."""

Files = dict[str, bytes]
"""A recording on its way between machines: the bytes of each file by its name in the folder."""


class RemotePlayer:
    """A player as an actor. It records into a folder of its own machine and hands the files over with the result."""

    def __init__(self, opened: Opener) -> None:
        self._opened, self._stop = opened, Stop()
        self._closing, self._busy = ExitStack(), Lock()
        self._player: Player | None = None

    def open(self) -> None:
        """Open the player, unless it is open. Raises what opening raises."""
        with self._busy:
            self._open_player()

    def play(self, unit: Unit) -> tuple[Result, Files]:
        """Play `unit`, and say what became of it."""
        with self._busy, tempfile.TemporaryDirectory(prefix="screenhand-eval-") as room:
            folder = Path(room) / "episode"
            result = self._open_player().play(unit, folder)
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            return result, {str(path.relative_to(folder)): path.read_bytes() for path in files}

    def close(self) -> None:
        """Stop what is being played, and close the player."""
        self._stop.ask("the run is over")
        with self._busy:
            self._closing.close()

    def _open_player(self) -> Player:
        if self._player is None:
            self._player = self._closing.enter_context(self._opened(self._stop))
        return self._player


class RaySlot:
    """Plays on one actor, which Ray starts again, here or on another machine, when it has died."""

    def __init__(self, ray: Any, actor: Any, kept: Results, stop: Stop, *, unit_seconds: float) -> None:
        self._ray, self._actor, self._kept = ray, actor, kept
        self._stop, self._unit_seconds = stop, unit_seconds

    def play(self, unit: Unit) -> Result:
        """Play `unit` and write its recording here; an actor that hangs or dies is its fault."""
        try:
            self._got(self._actor.open.options(max_task_retries=-1).remote(), START_SECONDS)
            result, files = self._got(self._actor.play.remote(unit), self._unit_seconds)
        except TimeoutError:
            self._ray.kill(self._actor, no_restart=False)
            return faulted(unit, f"it hung: it was not done after {self._unit_seconds:g} s, so its actor was ended")
        except self._ray.exceptions.RayError as error:
            return faulted(unit, f"its actor was lost: {' '.join(str(error).split())}")
        _write(files, self._kept.episode(unit))
        return cast(Result, result)

    def close(self) -> None:
        """Have the actor close its world, then end it."""
        with suppress(self._ray.exceptions.RayError):  # late or dead: its world ends with its pipes to it
            self._ray.get(self._actor.close.remote(), timeout=CLOSE_SECONDS)
        self._ray.kill(self._actor)

    def _got(self, reference: Any, seconds: float) -> Any:
        """What `reference` stands for. Raises what was raised there, `TimeoutError`, `Stopped` and `RayError`."""
        try:
            return self._stop.call(lambda: self._ray.get(reference), seconds)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error


@contextmanager
def opened_actors(
    opened: Opener, kept: Results, stop: Stop, *, needs: Needs, workers: int | None, most: int, unit_seconds: float
) -> Iterator[Sequence[RaySlot]]:
    """A slot for each actor: `workers` of them, or as many as the cluster has room for, and no more than `most`.

    The cluster is the one that RAY_ADDRESS names, else one started here and ended with the block. Raises `CannotGoOn`.
    """
    ray = _ray()
    # Ray tells of dead workers on standard output, which is for the outcome.
    with redirect_stdout(sys.stderr), _joined(ray, {} if needs == "nothing" else {needs: workers or 1}):
        kind = "CPU" if needs == "nothing" else needs
        room = int(ray.cluster_resources().get(kind, 0))
        if not room:
            raise CannotGoOn(
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
        slots = [
            RaySlot(ray, remote.remote(opened), kept, stop, unit_seconds=unit_seconds)
            for _ in range(min(workers or room, room, most))
        ]
        try:
            yield slots
        finally:
            close_all(slots)


@contextmanager
def _joined(ray: Any, resources: dict[str, int]) -> Iterator[None]:
    """In the cluster that RAY_ADDRESS names; without it, in one with `resources` on this machine for the block only."""
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if address := os.environ.get("RAY_ADDRESS"):
            ray.init(address=address, **quiet)
        else:
            ray.init(address="local", include_dashboard=False, resources=resources, **quiet)
    except ConnectionError as error:
        raise CannotGoOn(f"no Ray cluster answers at the RAY_ADDRESS {address}: {error}", None) from error
    try:
        yield
    finally:
        ray.shutdown()


def _ray() -> Any:
    """Ray, told to keep to itself."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ModuleNotFoundError as error:
        raise CannotGoOn(
            "--executor ray needs Ray, which is not installed: pip install -c constraints.txt 'screenhand[scale]'", None
        ) from error
    return ray


def _write(files: Files, folder: Path) -> None:
    """Write a recording that came from elsewhere to `folder`, which is made anew. Raises `OSError`."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_bytes(data)
