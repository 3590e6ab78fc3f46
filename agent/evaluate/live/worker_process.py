"""A slot in a process of its own: ended with its whole group when a unit hangs, and replaced."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from agent.evaluate.live.asking import Answer, Ask
from agent.evaluate.live.executor import CannotGoOn
from agent.evaluate.live.folder import Results
from agent.evaluate.live.results import Result, faulted
from agent.evaluate.live.trials import Unit
from agent.recordings.journal import RecordingFailed
from devices import Stop

OURS = str(Path(__file__).parents[3])
"""The folder that our packages lie in, installed or not."""

START_SECONDS = 900.0
"""What opening a policy may take: the weights of a model are read from a slow disk."""

CLOSE_SECONDS = 15.0
"""What a worker is given to close its world."""


class WorkerProcess:
    """Plays in a process that runs the Python `module` and is told `order` first; it starts with the first unit.

    `unit_seconds` bounds a unit on the clock of the wall, setting up and judging included.
    """

    def __init__(self, module: str, order: str, kept: Results, stop: Stop, *, unit_seconds: float) -> None:
        self._module, self._order, self._kept = module, order, kept
        self._stop, self._unit_seconds = stop, unit_seconds
        self._worker: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def play(self, unit: Unit) -> Result:
        """Play `unit`; a worker that hangs or dies is its fault, and the next unit gets a new worker."""
        try:
            if self._worker is None:
                self._start()
            asked = Ask(task=unit.task, seed=unit.seed, folder=str(self._kept.episode(unit).absolute()))
            result = self._answer(asked.model_dump_json(), self._unit_seconds).result
            return result or faulted(unit, "its worker answered nothing")
        except TimeoutError:
            self._end()
            return faulted(unit, f"it hung: it was not done after {self._unit_seconds:g} s, so its worker was ended")
        except (BrokenPipeError, EOFError):
            return faulted(unit, self._how_it_died())

    def close(self) -> None:
        """Have the worker close its world and end; one that does not is ended. May be called twice."""
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
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (OURS, os.environ.get("PYTHONPATH"))))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,  # a group of its own; and Ctrl-C in the terminal is for the parent
        )
        self._answer(self._order, START_SECONDS)

    def _answer(self, line: str, seconds: float) -> Answer:
        """What the worker answers to `line`.

        Raises `EOFError` or `BrokenPipeError` when it died, `TimeoutError`, `Stopped`, `RecordingFailed`, `CannotGoOn`.
        """
        worker = cast("subprocess.Popen[bytes]", self._worker)
        orders, answers = cast(IO[bytes], worker.stdin), cast(IO[bytes], worker.stdout)
        orders.write(line.encode() + b"\n")
        orders.flush()
        if not (told := self._stop.call(answers.readline, seconds)):
            raise EOFError
        answer = Answer.model_validate(json.loads(told))
        if answer.cannot_record:
            raise RecordingFailed(answer.cannot_record)
        if answer.cannot_go_on:
            raise CannotGoOn(answer.cannot_go_on, answer.ending)
        return answer

    def _how_it_died(self) -> str:
        worker, log = cast("subprocess.Popen[bytes]", self._worker), cast(IO[bytes], self._log)
        code = worker.wait(CLOSE_SECONDS)
        log.seek(max(0, log.seek(0, os.SEEK_END) - 2000))
        said = " / ".join(log.read().decode("utf-8", "replace").strip().splitlines()[-3:])
        self._end()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return f"its worker {how}: {said or 'it said nothing'}"

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
