"""An episode told to a person in a terminal while it happens."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from agent.doctor.finding import Finding
from agent.episode import Finish, Limits, Step
from agent.moves import describe_move
from agent.verdict import RunResult

COLOURS = {"verified": "green", "claimed": "yellow", "failed": "red"}


def findings_table(findings: Sequence[Finding]) -> Table:
    """What the doctor found, a row each, with the fix under what does not work."""
    table = Table("", "what", "found", box=None, pad_edge=False)
    for finding in findings:
        mark, style = {True: ("works", "green"), False: ("fails", "bold red"), None: ("-", "dim")}[finding.works]
        found = escape(finding.found)
        if finding.fix and not finding.works:
            found += f"\n[bold]{escape(finding.fix)}[/bold]"
        table.add_row(f"[{style}]{mark}[/{style}]", finding.name, found)
    return table


class Narrator:
    """Prints each step as it ends, and what is going on meanwhile where somebody is watching.

    With `quiet_stdout` everything goes to standard error, so that standard output stays free for one JSON object.
    """

    def __init__(self, limits: Limits, *, quiet_stdout: bool = False) -> None:
        self.console = Console(stderr=quiet_stdout, highlight=False, soft_wrap=True)
        self._limits = limits
        self._status = Status("starting", console=self.console)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Show a line about the step under way; only on a terminal, never in a pipe or a log."""
        self._tell(0)
        if not self.console.is_terminal:
            yield
            return
        with self._status:
            yield

    def said(self, text: str, style: str = "") -> None:
        self.console.print(escape(text), style=style or None)

    def step(self, step: Step) -> None:
        """One finished step: number, move, what it changed, seconds; below it an error, where there was one."""
        number = f"{step.index + 1:>3}"
        outcome = f"{step.change}, " if step.change and not isinstance(step.decision.move, Finish) else ""
        self.console.print(
            f"[dim]{number}[/dim]  {escape(describe_move(step.decision.move))}  "
            f"[dim]{outcome}{step.seconds.total:.2f} s[/dim]"
        )
        if step.error:
            self.console.print(f"     [red]{escape(step.error)}[/red]")
        self._tell(step.index + 1)

    def ended(self, outcome: RunResult) -> None:
        """How it ended, what the world says of it, and where it can be looked at."""
        episode, colour = outcome.episode, COLOURS[outcome.verdict]
        told = "; ".join(filter(None, (episode.ending.replace("_", " "), outcome.reason)))
        self.console.print(f"[bold {colour}]{outcome.verdict}[/bold {colour}]: {escape(told)}")
        for text in filter(None, (episode.reason, episode.answer)):
            self.console.print(escape(text))
        if used := episode.usage:
            self.console.print(f"[dim]tokens     {used.prompt:,} read, {used.completion:,} written[/dim]")
        if outcome.recording:
            self.console.print(f"recording  {escape(str(outcome.recording))}")
            self.console.print(f"page       {escape(str(outcome.recording / 'index.html'))}")

    def ask(self, question: str) -> bool:
        """A yes from the person at the terminal; anything else, or nobody there, is a no.

        It is read from the terminal itself, which neither the screen nor the model can write to.
        """
        if not sys.stdin.isatty():
            self.said(f"nobody can be asked whether to {question}: standard input is no terminal", "yellow")
            return False
        self._status.stop()
        self.console.print(f"[yellow]{escape(question)}?[/yellow] {escape('[y/N]')} ", end="")
        # Not sys.stdin: a read that is left behind by Ctrl-C would hold its lock and hang the end of the program.
        answer = os.read(sys.stdin.fileno(), 1000).decode(errors="replace").strip().lower()
        if self.console.is_terminal:
            self._status.start()
        return answer in ("y", "yes")

    def _tell(self, done: int) -> None:
        self._status.update(f"[dim]step {done + 1} of at most {self._limits.steps}; Ctrl-C stops[/dim]")
