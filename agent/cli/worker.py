"""A worker of `screenhand eval`: reads its options, then trials on standard input, and answers with results.

Run by `agent/evaluate/live/worker_process.py` with `python -m`; no command of its own. It ends when its standard input
closes: the kernel closes it however the owner ends.
"""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO

import typer

from agent.cli.player_options import PlayerOptions, open_player
from agent.endings import ending_of
from agent.evaluate.live.trials import Trial
from agent.evaluate.live.worker_process import CLOSE_SECONDS, WorkerReply, WorkerRequest
from agent.models.chat import ModelFailed
from agent.policy import PolicyFailed
from agent.recordings.journal import RecordingFailed
from devices import Stop, Stopped


def main() -> None:
    """Play until there is nothing more to play."""
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answers:
        os.dup2(2, 1)  # whatever else prints must not be taken for an answer
        stop = Stop()
        lines = _lines(stop)
        try:
            with open_player(PlayerOptions.model_validate_json(next(lines)), stop, lambda text: None) as player:
                _send(answers, WorkerReply())
                for line in lines:
                    ask = WorkerRequest.model_validate_json(line)
                    _send(answers, WorkerReply(result=player.play(Trial(ask.task, ask.seed), Path(ask.folder))))
        except typer.BadParameter as error:
            _send(answers, WorkerReply(cannot_go_on=f"{error.param_hint}: {error.message}"))
        except (ModelFailed, PolicyFailed) as fault:
            ending, reason = ending_of(fault)
            _send(answers, WorkerReply(cannot_go_on=reason, ending=ending))
        except RecordingFailed as fault:
            _send(answers, WorkerReply(cannot_record=str(fault)))
        except Stopped:
            pass  # by an owner that is gone: no answer would arrive


def _lines(stop: Stop) -> Iterator[str]:
    """The lines of standard input; when it closes, `stop` is asked and this process has so long to end by itself."""
    lines: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        with os.fdopen(0, "rb", closefd=False) as owner:  # `sys.stdin` in a daemon thread would block the exit
            for line in owner:
                lines.put(line.decode())
        stop.ask("the owner of this worker has closed it, or is gone")
        lines.put("")
        Stop().wait(CLOSE_SECONDS)
        os.killpg(os.getpid(), signal.SIGKILL)

    Thread(target=read, daemon=True, name="screenhand-owner").start()
    return iter(lines.get, "")


def _send(answers: IO[str], answer: WorkerReply) -> None:
    answers.write(json.dumps(answer.model_dump(mode="json")) + "\n")  # not pydantic's: it takes no lone surrogates
    answers.flush()


if __name__ == "__main__":
    main()
