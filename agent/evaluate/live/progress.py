"""A live run told to a person: while it goes on, and what it came to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from agent.evaluate.live.results import Result
from agent.evaluate.live.summary import Sum, Summary
from agent.safe_text import safe_text


class _Left(ProgressColumn):
    """The time left, if units go on lasting as long as they did: rich's own needs two of them, and forgets the first.

    Of a task it reads `before`, how many were done at the start, and `at`, the seconds when the last one was done.
    """

    def render(self, task: Task) -> Text:
        done = task.completed - task.fields["before"]
        if not done or task.total is None or task.elapsed is None:
            return Text("-:--:--", "dim")
        last = task.fields["at"]
        left = last / done * (task.total - task.completed) - (task.elapsed - last)
        return Text(str(timedelta(seconds=round(max(0.0, left)))))


class Watcher:
    """Shows how far a run is, how it goes, and when it will be done; only on a terminal. Faults are told anywhere."""

    def __init__(self, console: Console, done: Sequence[Result], planned: int) -> None:
        self._console, self._planned = console, planned
        self._passed = sum(result.passed for result in done)
        self._faults = sum(bool(result.fault) for result in done)
        self._done = len(done)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Show the bar inside the block."""
        columns = (
            *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
            *(TextColumn("[dim]elapsed"), TimeElapsedColumn(), TextColumn("[dim]left"), _Left()),
        )
        hidden = not self._console.is_terminal
        with Progress(*columns, console=self._console, transient=True, disable=hidden) as bar:
            self._bar = bar
            self._task = bar.add_task(
                self._told(), total=self._planned, completed=self._done, before=self._done, at=0.0
            )
            yield

    def saw(self, result: Result) -> None:
        """One more unit is done."""
        self._passed += result.passed
        self._faults += bool(result.fault)
        elapsed = self._bar.tasks[0].elapsed or 0.0
        self._bar.update(self._task, advance=1, description=self._told(), at=elapsed)
        for fault in (*result.faults, *filter(None, [result.fault])):
            line = f"fault: {result.unit.name}: {fault.strip().splitlines()[-1][:300]}"
            self._console.print(safe_text(line), style="yellow", markup=False, highlight=False)

    def _told(self) -> str:
        faults = f", [yellow]{self._faults} faults[/yellow]" if self._faults else ""
        return f"[green]{self._passed} passed[/green]{faults}"


def table_of(title: str, summary: Summary) -> Table:
    """A row for each task, and one for all of them."""
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    table.add_column("task")
    table.add_column("pass@1 (95 % interval)")
    for name in ("steps", "seconds", "faults"):
        table.add_column(name, justify="right")
    for task, found in summary.by_task.items():
        table.add_row(*_row(task, found))
    table.add_section()
    table.add_row(*_row("all", summary.whole), style="bold")
    return table


def notes_of(summary: Summary) -> list[str]:
    """What the table has no room for."""
    whole, notes = summary.whole, [f"{len(summary.solved)} of {len(summary.by_task)} tasks passed at every seed"]
    if (missing := summary.planned - len(whole.results)) > 0:
        notes.append(f"{missing} of {summary.planned} units are not done yet")
    if whole.faults:
        notes.append(f"{whole.faults} units are faults, in no rate; --resume tries them again")
    if whole.retried:
        notes.append(f"{whole.retried} faults were made good by another attempt")
    return notes


def _row(name: str, found: Sum) -> tuple[Text, str, str, str, str]:
    steps = "-" if found.steps is None else f"{found.steps:.1f}"
    seconds = "-" if found.seconds is None else f"{found.seconds:.2f}"
    return Text(name), str(found.pass_rate), steps, seconds, str(found.faults or "-")
