"""`screenhand eval` as a person runs it, and its processes as a hand from outside finds them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from agent.cli import app
from agent.evaluate.live.results_folder import ResultsFolder
from agent.evaluate.live.trials import TrialResult, trials_of
from agent.recordings.reader import read_recording
from tasks.suites import suite_named

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-c", "from agent.cli import main; main()", "eval")
SLOW = ("--task", "wait-before-signing-in")
"""A task that lasts two seconds: time enough to be killed, or held, in its middle."""


def started(*words: str | Path, **environment: str) -> "subprocess.Popen[str]":
    """`screenhand eval` with `words`, running."""
    here = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "300", "TERM": "dumb", **environment}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*COMMAND, *map(str, words)], env=here, **pipes)


def finished(run: "subprocess.Popen[str]") -> "subprocess.CompletedProcess[str]":
    """How `run` ended, and what it said."""
    try:
        out, err = run.communicate(timeout=200)
    finally:
        run.kill()
        run.wait()
    return subprocess.CompletedProcess(run.args, run.returncode, out, err)


def evaluated(*words: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`screenhand eval` with `words`, until its end."""
    return finished(started(*words, **environment))


def evaluated_here(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """The same with the serial executor and in this process, which saves the start of two."""
    runner = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"})
    run = runner.invoke(app, ["eval", *map(str, words), "--executor", "serial"])
    return subprocess.CompletedProcess(words, run.exit_code, run.stdout, run.stderr)


def summary_of(run: "subprocess.CompletedProcess[str]") -> Any:
    """What `--json` said, of a run that went well."""
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def results_in(folder: Path, seeds: int, suite: str = "toy") -> dict[str, TrialResult]:
    """The results that are there, by the names of their trials."""
    trials = trials_of(suite_named(suite).tasks, range(seeds))
    return {result.trial.name: result for result in ResultsFolder(folder).read_all(trials)}


def scores_in(folder: Path, seeds: int) -> dict[str, tuple[float | None, str]]:
    """What the world said of each trial."""
    return {name: (result.value, result.reason) for name, result in results_in(folder, seeds).items()}


def beginnings_in(folder: Path) -> dict[str, str]:
    """When each recorded episode began: another time is another episode."""
    recordings = (path.parent for path in (folder / "episodes").glob("*/*/steps.jsonl"))
    return {str(each.relative_to(folder)): read_recording(each).started_at for each in recordings}


def workers_of(run: "subprocess.Popen[str]") -> list[int]:
    """The process numbers of its workers."""
    return children_of(run.pid, "agent.cli.worker")


def children_of(process: int, named: str) -> list[int]:
    """The processes below `process`, at any depth, that have `named` in their command line."""
    parents: dict[int, int] = {}
    commands: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            number = int(entry.name)
            parents[number] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            commands[number] = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # it has ended meanwhile
    below, found = {process}, []
    while new := [number for number, parent in parents.items() if parent in below and number not in below]:
        below.update(new)
        found += [number for number in new if named in commands[number]]
    return found


def in_the_middle(folder: Path) -> int:
    """How many episodes in `folder` have begun and are not done."""
    lines = (folder / "episodes").glob("*/*/steps.jsonl")
    return sum(each.stat().st_size > 500 and not (each.parent / "episode.json").exists() for each in lines)


@contextmanager
def two_nodes() -> Iterator[tuple[str, int]]:
    """A Ray cluster of two nodes, with one display each: its address, and the process that it hangs on."""
    program = [sys.executable, "-m", "tests.doubles.two_nodes"]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(program, env=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as cluster:
        try:
            assert cluster.stdout is not None
            address = cluster.stdout.readline().strip()
            assert address, "the cluster did not start"
            yield address, cluster.pid
        finally:
            assert cluster.stdin is not None
            cluster.stdin.close()
            cluster.wait(60)
