"""A stop request, and the waits that end at once when it comes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from signal import SIGINT, Signals, default_int_handler, getsignal, signal
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """Somebody asked to stop; the text says who and why."""


class OutOfTime(Stopped):
    """The time allowed is over."""


class Stop:
    """Asked by Ctrl-C or by a hand on the pointer; obeyed between key strokes, drag points and steps.

    Whoever waits in this project waits here, so that no wait outlives the wish to stop.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._waiting: list[threading.Event] = []
        self._reason = ""
        self._deadline = inf

    @property
    def reason(self) -> str:
        """Why to stop; "" while nobody asked."""
        return self._reason

    def ask(self, reason: str) -> None:
        """Ask everyone to stop; the first reason is kept. Safe from any thread, but not inside a signal handler."""
        self._reason = self._reason or reason
        self._asked.set()
        for done in list(self._waiting):
            done.set()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Inside the block nothing waits longer than `seconds` from now: then `OutOfTime` is raised."""
        self._deadline = monotonic() + seconds
        try:
            yield
        finally:
            self._deadline = inf

    def check(self) -> None:
        """Return at once, or raise `Stopped`."""
        self.wait(0)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass, or raise `Stopped` as soon as somebody asks, `OutOfTime` as soon as the time is over."""
        left = self._deadline - monotonic()
        if self._asked.wait(max(0.0, min(seconds, left))):
            raise Stopped(self._reason)
        if left < seconds or left <= 0:
            raise OutOfTime("no more time was allowed")

    def call(self, work: Callable[[], T], seconds: float = inf) -> T:
        """The result of `work()`, done on another thread, so that neither a stop nor the deadline need wait for it.

        Raises whatever `work` raises, `Stopped`, or `TimeoutError` after `seconds`. Work that is left behind goes on
        alone on a daemon thread; nobody looks at its result.
        """
        results: list[T] = []
        errors: list[BaseException] = []
        done = threading.Event()

        def run() -> None:
            try:
                results.append(work())
            except BaseException as error:  # noqa: BLE001 - it is raised again where the call was made
                errors.append(error)
            finally:
                done.set()

        self._waiting.append(done)
        try:
            self.check()
            threading.Thread(target=run, daemon=True, name="screenhand-call").start()
            in_time = done.wait(min(seconds, self._deadline - monotonic(), threading.TIMEOUT_MAX))
        finally:
            self._waiting.remove(done)
        self.check()
        if not in_time:
            raise TimeoutError(f"no answer within {seconds:.1f} s")
        if errors:
            raise errors[0]
        return results[0]

    def ask_person(self, work: Callable[[], T]) -> T:
        """The result of `work()`, which waits for a person: its time does not count, and a stop ends it at once.

        Raises what `call` raises.
        """
        deadline, began = self._deadline, monotonic()
        self._deadline = inf
        try:
            return self.call(work)
        finally:
            self._deadline = deadline + (monotonic() - began)

    @contextmanager
    def on_ctrl_c(self) -> Iterator[None]:
        """Let the first Ctrl-C ask to stop and the second one interrupt at once. Only on the main thread."""

        def ask(number: int, frame: Any) -> None:
            signal(SIGINT, default_int_handler)
            # A lock that the interrupted code holds would never be free for this handler: ask from outside it.
            threading.Thread(target=self.ask, args=(f"{Signals(number).name}: stopped by Ctrl-C",)).start()

        before = getsignal(SIGINT)
        signal(SIGINT, ask)
        try:
            yield
        finally:
            signal(SIGINT, before)
