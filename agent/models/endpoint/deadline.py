"""The time one whole call may take; every wait of the call counts against it, obeys `Stop`, and reports itself."""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TypeVar

from devices import Stop

T = TypeVar("T")

HEARTBEAT = 5.0
"""Seconds between two progress lines while a person waits."""

POLL = 0.05
"""Seconds between two checks of `Stop`: a Ctrl-C is obeyed within 200 ms."""


class DeadlineOver(Exception):
    """The whole call has taken as long as it may."""


class Deadline:
    """A single monotonic deadline for resolving, connecting, sending, reading and trying again.

    `note` is what a progress line says besides the seconds.
    """

    def __init__(self, seconds: float, stop: Stop, say: Callable[[str], None]) -> None:
        self.seconds = seconds
        self.note = ""
        self._stop, self._say = stop, say
        self._began = monotonic()
        self._reported = self._began

    @property
    def left(self) -> float:
        """Seconds left; negative once the deadline has passed."""
        return self._began + self.seconds - monotonic()

    def piece(self) -> float:
        """How many seconds to wait before the next call of this. Raises `DeadlineOver`, `Stopped` or `OutOfTime`."""
        self._stop.check()
        now = monotonic()
        if self.left <= 0:
            raise DeadlineOver
        if now - self._reported >= HEARTBEAT:
            self._reported = now
            self._say(f"waiting for the model: {now - self._began:.0f} s{self.note and '; ' + self.note}")
        return min(POLL, self.left)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass. Raises what `piece` raises."""
        until = monotonic() + seconds
        while (more := until - monotonic()) > 0:
            self._stop.wait(min(self.piece(), more))

    def call(self, work: Callable[[], T], at_most: float = inf) -> T:
        """The result of `work()`, for work that cannot be waited for in pieces. Raises `TimeoutError` as well."""
        return self._stop.call(work, min(at_most, self.left))
