"""A run of `screenhand eval`: trials played by workers, results kept, summed up and printed."""

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

from agent.cli.player_options import PlayerOptions, open_player
from agent.cli.stderr import stderr_console
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
from agent.safe_text import safe_text
from devices import Stop, Stopped
from tasks.suite import Needs

Executor = Literal["serial", "process", "ray"]

MISSED = 1
"""The exit code when fewer passed than were asked for."""

WRONG = 2
"""The exit code of a wrong option, and of a run of which nothing could be scored."""


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """The options of `eval`, read and checked."""

    player: PlayerOptions
    needs: Needs
    settings: Settings
    shard: Shard
    folder: Path
    resume: bool
    executor: Executor
    workers: int | None
    retries: int
    trial_seconds: float
    min_pass_rate: float | None
    as_json: bool


def run_evaluation(options: EvalOptions) -> int:
    """Play what is not done yet, print what all of it comes to, and return the exit code."""
    console = stderr_console()
    try:
        with open_results(options.folder, options.settings, options.shard) as kept:
            code = _play(options, kept, console)
            results = kept.read_all(options.settings.trials)
            summary = summary_of(options.settings.tasks, len(options.settings.trials), results)
            page = write_results_page(kept, options.settings, summary)
    except WrongResults as flaw:
        raise typer.BadParameter(safe_text(str(flaw)), param_hint="--results") from flaw
    _print_summary(options, summary, page)
    rate = summary.overall.pass_rate.share
    if rate is None:
        return code or WRONG
    return code or (MISSED if options.min_pass_rate is not None and 100 * rate < options.min_pass_rate else 0)


def _play(options: EvalOptions, kept: ResultsFolder, console: Console) -> int:
    """Play the trials of this shard that have no score yet; 0, or the exit code of what ended it early."""
    mine = [trial for trial in options.settings.trials if trial in options.shard]
    done = [result for result in kept.read_all(mine) if not result.fault]
    if done and not options.resume:
        raise WrongResults(f"{kept.path} holds {len(done)} of these {len(mine)} results: add --resume to go on")
    scored = {result.trial for result in done}
    left = [trial for trial in mine if trial not in scored]
    console.print(f"results  {kept.path}", style="dim", markup=False)
    if not left:
        return 0
    stop, watcher = Stop(), ProgressDisplay(console, done, len(mine))
    try:
        with stop.on_ctrl_c(), _workers(options, kept, stop, len(left)) as workers, watcher.shown():
            for result in play_all(left, workers, kept, options.retries, stop):
                watcher.update(result)
    except RunAborted as fault:
        ending, reason = fault.ending, str(fault)
    except OSError as fault:
        ending, reason = Ending.RECORDING_FAILED, str(fault)
    except (Stopped, KeyboardInterrupt, ModelFailed, PolicyFailed, RecordingFailed) as fault:
        ending, reason = ending_of(fault)
    else:
        return 0
    console.print(safe_text(reason), style="red", markup=False)
    if ending is None:
        return WRONG
    console.print(f"what was done is kept; to go on: {_resume_command(kept)}", markup=False)
    return EXIT_CODES[ending]


def _ignore(text: str) -> None:
    """Takes what a policy reports while it is opened: it would tear the progress bar."""


def _resume_command(kept: ResultsFolder) -> str:
    """The command that goes on with this run, as a person would type it."""
    words = [word for word in sys.argv[1:] if word != "--resume"]
    named = any(word.split("=")[0] == "--results" for word in words)
    return shlex.join(["screenhand", *words, *([] if named else ["--results", str(kept.path)]), "--resume"])


@contextmanager
def _workers(options: EvalOptions, kept: ResultsFolder, stop: Stop, most: int) -> Iterator[Sequence[Worker]]:
    """As many places to play as were asked for, and no more than `most`; closed side by side at the end."""
    match options.executor:
        case "serial":
            from agent.evaluate.live.executor import InProcessWorker

            with open_player(options.player, stop, _ignore) as player:
                yield [InProcessWorker(player, kept)]
        case "process":
            from agent.evaluate.live.worker_process import ProcessWorker

            options_json = options.player.model_dump_json()
            workers = [
                ProcessWorker("agent.cli.worker", options_json, kept, stop, trial_seconds=options.trial_seconds)
                for _ in range(min(options.workers or 1, most))
            ]
            try:
                yield workers
            finally:
                close_all(workers)
        case "ray":
            from agent.evaluate.live.ray_actors import open_actors

            with open_actors(
                partial(open_player, options.player, say=_ignore),
                kept,
                stop,
                needs=options.needs,
                workers=options.workers,
                most=most,
                trial_seconds=options.trial_seconds,
            ) as actors:
                yield actors


def _print_summary(options: EvalOptions, summary: Summary, page: Path) -> None:
    """Print the rates: a table for people, or one JSON object."""
    if options.as_json:
        run = {"suite": options.settings.suite, "policy": options.settings.policy, "page": str(page.resolve())}
        typer.echo(json.dumps(run | summary.as_json()))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)
    seeds = options.settings.seeds
    title = f"{options.settings.policy['name']} on {options.settings.suite}, seeds {seeds[0]} to {seeds[-1]}"
    console.print(summary_table(safe_text(title), summary))
    for note in (*summary_notes(summary), f"page  {page}"):
        console.print(note, style="dim", markup=False)
