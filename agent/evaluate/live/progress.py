"""A live run on the terminal: a progress bar while it goes on, then its summary as a table."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from agent.evaluate.live.summary import Summary, Totals
from agent.evaluate.live.trials import TrialResult
from agent.safe_text import safe_text


class _TimeLeft(ProgressColumn):
    """The time left, from the mean time of the trials so far: rich's own needs two of them, and forgets the first.

    Of a task it reads `before`, how many were done at the start, and `at`, the seconds when the last one was done.
    """

    def render(self, task: Task) -> Text:
        done = task.completed - task.fields["before"]
        if not done or task.total is None or task.elapsed is None:
            return Text("-:--:--", "dim")
        last = task.fields["at"]
        left = last / done * (task.total - task.completed) - (task.elapsed - last)
        return Text(str(timedelta(seconds=round(max(0.0, left)))))


class ProgressDisplay:
    """Shows how far a run is, what passed, and the time left, on a terminal only; faults are printed anywhere."""

    def __init__(self, console: Console, done: Sequence[TrialResult], planned: int) -> None:
        self._console, self._planned = console, planned
        self._passed = sum(result.passed for result in done)
        self._faults = sum(bool(result.fault) for result in done)
        self._done = len(done)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar inside the block."""
        columns = (
            *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
            *(TextColumn("[dim]elapsed"), TimeElapsedColumn(), TextColumn("[dim]left"), _TimeLeft()),
        )
        hidden = not self._console.is_terminal
        with Progress(*columns, console=self._console, transient=True, disable=hidden) as bar:
            self._bar = bar
            self._task = bar.add_task(
                self._description(), total=self._planned, completed=self._done, before=self._done, at=0.0
            )
            yield

    def update(self, result: TrialResult) -> None:
        """One more trial is done."""
        self._passed += result.passed
        self._faults += bool(result.fault)
        elapsed = self._bar.tasks[0].elapsed or 0.0
        self._bar.update(self._task, advance=1, description=self._description(), at=elapsed)
        for fault in (*result.faults, *filter(None, [result.fault])):
            line = f"fault: {result.trial.name}: {fault.strip().splitlines()[-1][:300]}"
            self._console.print(safe_text(line), style="yellow", markup=False, highlight=False)

    def _description(self) -> str:
        faults = f", [yellow]{self._faults} faults[/yellow]" if self._faults else ""
        return f"[green]{self._passed} passed[/green]{faults}"


def summary_table(title: str, summary: Summary) -> Table:
    """A row for each task, and one for all of them."""
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    table.add_column("task")
    table.add_column("pass@1 (95 % interval)")
    for name in ("steps", "seconds", "faults"):
        table.add_column(name, justify="right")
    for task, totals in summary.by_task.items():
        table.add_row(*_row(task, totals))
    table.add_section()
    table.add_row(*_row("all", summary.overall), style="bold")
    return table


def summary_notes(summary: Summary) -> list[str]:
    """Lines to print below the table."""
    overall, notes = summary.overall, [f"{len(summary.solved)} of {len(summary.by_task)} tasks passed at every seed"]
    if (missing := summary.planned - len(overall.results)) > 0:
        notes.append(f"{missing} of {summary.planned} trials are not done yet")
    if overall.faults:
        notes.append(f"{overall.faults} trials are faults, in no rate; --resume tries them again")
    if overall.retried:
        notes.append(f"{overall.retried} faults were made good by another attempt")
    return notes


def _row(name: str, totals: Totals) -> tuple[Text, str, str, str, str]:
    steps = "-" if totals.steps is None else f"{totals.steps:.1f}"
    seconds = "-" if totals.seconds is None else f"{totals.seconds:.2f}"
    return Text(name), str(totals.pass_rate), steps, seconds, str(totals.faults or "-")
