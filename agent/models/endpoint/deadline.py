"""How long one call may take in all, who may end it sooner, and who is told while it waits."""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TypeVar

from devices import Stop

T = TypeVar("T")

HEARTBEAT = 5.0
"""At most so many seconds pass without a word while a person waits."""

GLANCE = 0.05
"""Seconds between two looks at whether somebody asked to stop: a Ctrl-C is obeyed within 200 ms."""


class OutOfPatience(Exception):
    """The time for the whole call is over."""


class Patience:
    """One call's time: a single monotonic deadline for looking up, connecting, sending, reading and trying again."""

    def __init__(self, seconds: float, stop: Stop, say: Callable[[str], None]) -> None:
        self.seconds = seconds
        self.doing = ""
        self._stop, self._say = stop, say
        self._began = monotonic()
        self._heard = self._began

    @property
    def left(self) -> float:
        """Seconds; below zero when they are over."""
        return self._began + self.seconds - monotonic()

    def piece(self) -> float:
        """How many seconds to wait before asking here again. Raises `OutOfPatience`, `Stopped` or `OutOfTime`."""
        self._stop.check()
        now = monotonic()
        if self.left <= 0:
            raise OutOfPatience
        if now - self._heard >= HEARTBEAT:
            self._heard = now
            self._say(f"waiting for the model: {now - self._began:.0f} s{self.doing and '; ' + self.doing}")
        return min(GLANCE, self.left)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass. Raises what `piece` raises."""
        until = monotonic() + seconds
        while (more := until - monotonic()) > 0:
            self._stop.wait(min(self.piece(), more))

    def call(self, work: Callable[[], T], at_most: float = inf) -> T:
        """What `work()` returns, for work that cannot be waited for in pieces. Raises `TimeoutError` as well."""
        return self._stop.call(work, min(at_most, self.left))
