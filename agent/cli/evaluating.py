"""A suite worked as `screenhand eval` was asked to: played, watched, summed up and told."""

import json
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import typer
from rich.console import Console

from agent.cli.looking import printable
from agent.cli.playing import PlayOrder, opened_player
from agent.endings import EXIT_CODES, ending_of
from agent.episode import Ending
from agent.evaluate.live.executor import RunAborted, Worker, close_all, play_all
from agent.evaluate.live.progress import ProgressDisplay, summary_notes, summary_table
from agent.evaluate.live.results_folder import ResultsFolder, Settings, WrongResults, open_results
from agent.evaluate.live.results_page import write_results_page
from agent.evaluate.live.summary import Summary, summary_of
from agent.evaluate.live.trials import Shard
from agent.models.chat import ModelFailed
from agent.policy import PolicyFailed
from agent.recordings.journal import RecordingFailed
from devices import Stop, Stopped
from tasks.suite import Needs

Executor = Literal["serial", "process", "ray"]

MISSED = 1
"""The exit code when fewer passed than were asked for."""

WRONG = 2
"""The exit code of a wrong word, and of a run of which nothing could be scored."""


@dataclass(frozen=True, slots=True)
class EvalOrder:
    """What a person asked `eval` for, read and checked."""

    play: PlayOrder
    needs: Needs
    settings: Settings
    shard: Shard
    folder: Path
    resume: bool
    executor: Executor
    workers: int | None
    retries: int
    unit_seconds: float
    min_pass_rate: float | None
    as_json: bool


def evaluated(order: EvalOrder) -> int:
    """Play what is not done yet, tell what all of it comes to, and return the exit code."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        with open_results(order.folder, order.settings, order.shard) as kept:
            code = _played(order, kept, console)
            results = kept.read_all(order.settings.trials)
            summary = summary_of(order.settings.tasks, len(order.settings.trials), results)
            page = write_results_page(kept, order.settings, summary)
    except WrongResults as flaw:
        raise typer.BadParameter(printable(str(flaw)), param_hint="--results") from flaw
    _tell(order, summary, page)
    rate = summary.overall.pass_rate.share
    if rate is None:
        return code or WRONG
    return code or (MISSED if order.min_pass_rate is not None and 100 * rate < order.min_pass_rate else 0)


def _played(order: EvalOrder, kept: ResultsFolder, console: Console) -> int:
    """Play the units of this shard that have no score yet; 0, or the exit code of what ended it early."""
    mine = [unit for unit in order.settings.trials if unit in order.shard]
    done = [result for result in kept.read_all(mine) if not result.fault]
    if done and not order.resume:
        raise WrongResults(f"{kept.path} holds {len(done)} of these {len(mine)} results: add --resume to go on")
    left = [unit for unit in mine if unit not in {result.trial for result in done}]
    console.print(f"results  {kept.path}", style="dim", markup=False)
    if not left:
        return 0
    stop, watcher = Stop(), ProgressDisplay(console, done, len(mine))
    try:
        with stop.on_ctrl_c(), _slots(order, kept, stop, len(left)) as slots, watcher.shown():
            for result in play_all(left, slots, kept, order.retries, stop):
                watcher.update(result)
    except RunAborted as fault:
        ending, told = fault.ending, str(fault)
    except OSError as fault:
        ending, told = Ending.RECORDING_FAILED, str(fault)
    except (Stopped, KeyboardInterrupt, ModelFailed, PolicyFailed, RecordingFailed) as fault:
        ending, told = ending_of(fault)
    else:
        return 0
    console.print(printable(told), style="red", markup=False)
    if ending is None:
        return WRONG
    console.print(f"what was done is kept; to go on: {_again(kept)}", markup=False)
    return EXIT_CODES[ending]


def _unheard(told: str) -> None:
    """For what a policy says while it is opened: a bar is being drawn."""


def _again(kept: ResultsFolder) -> str:
    """The command that goes on with this run, as a person would type it."""
    words = [word for word in sys.argv[1:] if word != "--resume"]
    named = any(word.split("=")[0] == "--results" for word in words)
    return shlex.join(["screenhand", *words, *([] if named else ["--results", str(kept.path)]), "--resume"])


@contextmanager
def _slots(order: EvalOrder, kept: ResultsFolder, stop: Stop, most: int) -> Iterator[Sequence[Worker]]:
    """As many places to play as were asked for, and no more than `most`; closed side by side at the end."""
    match order.executor:
        case "serial":
            from agent.evaluate.live.executor import InProcessWorker

            with opened_player(order.play, stop, _unheard) as player:
                yield [InProcessWorker(player, kept)]
        case "process":
            from agent.evaluate.live.worker_process import ProcessWorker

            words = order.play.model_dump_json()
            slots = [
                ProcessWorker("agent.cli.worker", words, kept, stop, trial_seconds=order.unit_seconds)
                for _ in range(min(order.workers or 1, most))
            ]
            try:
                yield slots
            finally:
                close_all(slots)
        case "ray":
            from agent.evaluate.live.ray_actors import open_actors

            with open_actors(
                partial(opened_player, order.play, say=_unheard),
                kept,
                stop,
                needs=order.needs,
                workers=order.workers,
                most=most,
                trial_seconds=order.unit_seconds,
            ) as actors:
                yield actors


def _tell(order: EvalOrder, summary: Summary, page: Path) -> None:
    """The outcome: a table for people, or one JSON object."""
    if order.as_json:
        told = {"suite": order.settings.suite, "policy": order.settings.policy, "page": str(page.resolve())}
        typer.echo(json.dumps(told | summary.as_json()))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)
    seeds = order.settings.seeds
    title = f"{order.settings.policy['name']} on {order.settings.suite}, seeds {seeds[0]} to {seeds[-1]}"
    console.print(summary_table(printable(title), summary))
    for note in (*summary_notes(summary), f"page  {page}"):
        console.print(note, style="dim", markup=False)
