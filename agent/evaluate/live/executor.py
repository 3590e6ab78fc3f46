"""Trials given to workers: each plays one at a time, and a trial that ends in a fault is tried again."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from agent.episode import Ending
from agent.evaluate.live.player import Player
from agent.evaluate.live.results_folder import ResultsFolder
from agent.evaluate.live.trials import Trial, TrialResult
from devices import Stop

MAX_CONSECUTIVE_FAULTS = 10
"""After so many faults without a score between them, the run is aborted."""


class RunAborted(Exception):
    """No trial can be played until a person mends something. `ending` names what; None for a wrong option."""

    def __init__(self, reason: str, ending: Ending | None) -> None:
        super().__init__(reason)
        self.ending = ending


class Worker(Protocol):
    """One place to play trials: a private display, a phone, or just a process."""

    def play(self, trial: Trial) -> TrialResult:
        """Play `trial` and have its recording in the results folder.

        What went wrong is the result's fault. Raises `Stopped`, `RecordingFailed` and `RunAborted`.
        """
        ...

    def close(self) -> None:
        """Let go of everything. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class InProcessWorker:
    """Plays on `player` in this process: nothing ends a trial that hangs, and a crash ends the run."""

    player: Player
    results: ResultsFolder

    def play(self, trial: Trial) -> TrialResult:
        return self.player.play(trial, self.results.episode(trial))

    def close(self) -> None:
        self.player.close()


def play_all(
    trials: Sequence[Trial], workers: Sequence[Worker], results: ResultsFolder, retries: int, stop: Stop
) -> Iterator[TrialResult]:
    """The result of each trial, on disk before it is given out, in the order in which they are done.

    A fault is tried again `retries` times. Raises what workers raise, and `RunAborted` when fault follows upon fault;
    then `stop` ends what is still being played.
    """

    def play(worker: Worker, trial: Trial) -> TrialResult:
        return _play_with_retries(worker, trial, results, retries)

    faults = 0
    for result in _in_parallel(trials, workers, play, stop):
        results.write(result)
        yield result
        faults = faults + 1 if result.fault else 0
        if faults >= MAX_CONSECUTIVE_FAULTS:
            reason = f"{faults} trials in a row were faults, so the others were left; the last: {result.fault}"
            raise RunAborted(reason, result.ending or Ending.DEVICE_LOST)


def close_all(workers: Sequence[Worker]) -> None:
    """Close `workers` in parallel: an environment takes seconds to end."""
    if workers:
        with ThreadPoolExecutor(len(workers)) as pool:
            list(pool.map(lambda worker: worker.close(), workers))


def _play_with_retries(worker: Worker, trial: Trial, results: ResultsFolder, retries: int) -> TrialResult:
    faults: list[str] = []
    while (result := worker.play(trial)).fault and len(faults) < retries:
        faults.append(result.fault)
        results.set_aside(trial, len(faults))
    return result.model_copy(update={"faults": tuple(faults)})


def _in_parallel(
    trials: Sequence[Trial], workers: Sequence[Worker], play: Callable[[Worker, Trial], TrialResult], stop: Stop
) -> Iterator[TrialResult]:
    if len(workers) <= 1:
        yield from (play(workers[0], trial) for trial in trials)
        return
    free: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def play_on_free_worker(trial: Trial) -> TrialResult:
        worker = free.get()
        try:
            return play(worker, trial)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers), thread_name_prefix="screenhand-worker") as pool:
        futures = [pool.submit(play_on_free_worker, trial) for trial in trials]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop.ask("the run is over")
            raise
