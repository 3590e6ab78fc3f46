"""An episode printed to a terminal while it happens."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from agent.episode import Finish, Limits, Step
from agent.moves import describe_move
from agent.safe_text import safe_text
from agent.verdict import RunResult

COLOURS = {"verified": "green", "claimed": "yellow", "failed": "red"}


class Narrator:
    """Prints each step as it ends, and on a terminal a status line meanwhile.

    With `quiet_stdout` everything goes to standard error, so that standard output stays free for one JSON object.
    """

    def __init__(self, limits: Limits, *, quiet_stdout: bool = False) -> None:
        self.console = Console(stderr=quiet_stdout, highlight=False, soft_wrap=True)
        self._limits, self._unattended = limits, quiet_stdout
        self._status = Status("starting", console=self.console)

    @contextmanager
    def status(self) -> Iterator[None]:
        """Show a line about the step under way; only on a terminal, never in a pipe or a log."""
        self._update_status(0)
        if not self.console.is_terminal:
            yield
            return
        with self._status:
            yield

    def say(self, text: str, style: str = "") -> None:
        """Print `text`, whatever is in it."""
        self.console.print(_escaped(text), style=style or None)

    def step(self, step: Step) -> None:
        """One finished step: number, move, what it changed, seconds; below it an error, where there was one."""
        number = f"{step.index + 1:>3}"
        change = f"{step.change}, " if step.change and not isinstance(step.decision.move, Finish) else ""
        self.console.print(
            f"[dim]{number}[/dim]  {_escaped(describe_move(step.decision.move))}  "
            f"[dim]{change}{step.seconds.total:.2f} s[/dim]"
        )
        if step.decision.note:
            self.console.print(f"     [dim]note: {_escaped(step.decision.note)}[/dim]")
        if step.error:
            self.console.print(f"     [red]{_escaped(step.error)}[/red]")
        self._update_status(step.index + 1)

    def result(self, result: RunResult) -> None:
        """How it ended, the verdict, and where the recording is."""
        episode, colour = result.episode, COLOURS[result.verdict]
        why = "; ".join(filter(None, (episode.ending.words, result.reason)))
        self.console.print(f"[bold {colour}]{result.verdict}[/bold {colour}]: {_escaped(why)}")
        for text in filter(None, (episode.reason, episode.answer)):
            self.console.print(_escaped(text))
        if used := episode.usage:
            self.console.print(f"[dim]tokens     {used.prompt:,} read, {used.completion:,} written[/dim]")
        if result.recording:
            self.console.print(f"recording  {_escaped(str(result.recording))}")
            self.console.print(f"page       {_escaped(str(result.recording / 'index.html'))}")

    def ask(self, question: str) -> bool:
        """A yes from the person at the terminal; anything else, or nobody there, is a no.

        It is read from the terminal itself, which neither the screen nor the model can write to.
        """
        if not sys.stdin.isatty():
            self.say(f"nobody can be asked whether to {question}: standard input is no terminal", "yellow")
            return False
        self._status.stop()
        self.console.print(f"[yellow]{_escaped(question)}?[/yellow] {escape('[y/N]')} ", end="")
        return self._line().lower() in ("y", "yes")

    def answer(self, question: str) -> str | None:
        """What the person at the terminal answers to a question of the agent; None where nobody is there to ask.

        Who reads the output as JSON is a program: then nobody is asked.
        """
        if self._unattended or not sys.stdin.isatty():
            return None
        self._status.stop()
        self.console.print(f"[yellow]the agent asks:[/yellow] {_escaped(question)}")
        self.console.print(f"[dim]{escape('answer in a line, or do it yourself and press Enter')}[/dim] > ", end="")
        return self._line()

    def _line(self) -> str:
        """A line from the terminal; afterwards the status line goes on."""
        # Not sys.stdin: a read that is left behind by Ctrl-C would hold its lock and hang the end of the program.
        line = os.read(sys.stdin.fileno(), 4000).decode(errors="replace").strip()
        if self.console.is_terminal:
            self._status.start()
        return line

    def _update_status(self, done: int) -> None:
        self._status.update(f"[dim]step {done + 1} of at most {self._limits.steps}; Ctrl-C stops[/dim]")


def _escaped(text: str) -> str:
    """`text` without what could steer the terminal, and with rich's own markup in it taken literally."""
    return escape(safe_text(text))
