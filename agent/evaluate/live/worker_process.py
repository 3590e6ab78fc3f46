"""A worker in a process of its own, which is killed with its process group when a trial hangs, and replaced."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from agent.episode import Ending
from agent.evaluate.live.executor import RunAborted
from agent.evaluate.live.results_folder import ResultsFolder
from agent.evaluate.live.trials import Trial, TrialResult, fault_result
from agent.recordings.format import Record
from agent.recordings.journal import RecordingFailed
from devices import Stop

PACKAGES = str(Path(__file__).parents[3])
"""The folder that holds our packages, installed or not."""

START_SECONDS = 900.0
"""Limit for opening a policy: the weights of a model may lie on a slow disk."""

CLOSE_SECONDS = 15.0
"""Limit for a worker to close its environment."""


class WorkerRequest(Record):
    """A line to the worker: play a task at a seed, and record it into `folder`."""

    task: str
    seed: int
    folder: str


class WorkerReply(Record):
    """A line from the worker: a result, or why no trial can be played; neither once it is ready for its first trial."""

    result: TrialResult | None = None
    cannot_record: str = ""
    cannot_go_on: str = ""
    ending: Ending | None = None


class ProcessWorker:
    """Plays in a process that runs the Python `module` and reads `options` first; it starts with the first trial.

    `trial_seconds` bounds a trial in wall-clock seconds, setting up and judging included.
    """

    def __init__(self, module: str, options: str, results: ResultsFolder, stop: Stop, *, trial_seconds: float) -> None:
        self._module, self._options, self._results = module, options, results
        self._stop, self._trial_seconds = stop, trial_seconds
        self._worker: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def play(self, trial: Trial) -> TrialResult:
        """Play `trial`; a worker that hangs or dies is its fault, and the next trial gets a new worker."""
        try:
            if self._worker is None:
                self._start()
            folder = self._results.episode(trial).absolute()
            request = WorkerRequest(task=trial.task, seed=trial.seed, folder=str(folder))
            result = self._request(request.model_dump_json(), self._trial_seconds).result
            return result or fault_result(trial, "its worker answered nothing")
        except TimeoutError:
            self._end()
            return fault_result(trial, f"it hung: not done after {self._trial_seconds:g} s, so its worker was ended")
        except (BrokenPipeError, EOFError):
            return fault_result(trial, self._cause_of_death())

    def close(self) -> None:
        """Have the worker close its environment and exit; kill one that does not. May be called twice."""
        if self._worker is not None:
            with suppress(OSError):
                cast(IO[bytes], self._worker.stdin).close()
            with suppress(subprocess.TimeoutExpired):
                self._worker.wait(CLOSE_SECONDS)
            self._end()

    def _start(self) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the worker
        self._worker = subprocess.Popen(
            [sys.executable, "-P", "-m", self._module],  # -P: the folder it starts in may hold an `agent` of its own
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (PACKAGES, os.environ.get("PYTHONPATH"))))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,  # a group of its own; and Ctrl-C in the terminal is for the parent
        )
        self._request(self._options, START_SECONDS)

    def _request(self, line: str, seconds: float) -> WorkerReply:
        """The worker's reply to `line`.

        Raises `EOFError` or `BrokenPipeError` when it died, `TimeoutError`, `Stopped`, `RecordingFailed`, `RunAborted`.
        """
        worker = cast("subprocess.Popen[bytes]", self._worker)
        requests, replies = cast(IO[bytes], worker.stdin), cast(IO[bytes], worker.stdout)
        requests.write(line.encode() + b"\n")
        requests.flush()
        if not (text := self._stop.call(replies.readline, seconds)):
            raise EOFError
        reply = WorkerReply.model_validate(json.loads(text))
        if reply.cannot_record:
            raise RecordingFailed(reply.cannot_record)
        if reply.cannot_go_on:
            raise RunAborted(reply.cannot_go_on, reply.ending)
        return reply

    def _cause_of_death(self) -> str:
        worker, log = cast("subprocess.Popen[bytes]", self._worker), cast(IO[bytes], self._log)
        code = worker.wait(CLOSE_SECONDS)
        log.seek(max(0, log.seek(0, os.SEEK_END) - 2000))
        last_words = " / ".join(log.read().decode("utf-8", "replace").strip().splitlines()[-3:])
        self._end()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return f"its worker {how}: {last_words or 'it said nothing'}"

    def _end(self) -> None:
        """End the worker with its whole group; what has left the group ends when its pipe to the worker does."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        for stream in (worker.stdin, worker.stdout, self._log):
            with suppress(OSError):  # what was not written to a dead worker is of no use
                cast(IO[bytes], stream).close()
