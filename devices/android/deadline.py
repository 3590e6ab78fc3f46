"""How long one call may take, and who may end it sooner."""

from math import inf
from time import monotonic

from devices.stop import Stop, Stopped

SLICE = 0.05
"""Seconds between two checks of the stop while nothing arrives."""
BETWEEN_CHECKS = 0.005
"""Seconds between them while a lot arrives: a check costs as much as reading 50 kilobytes."""


class TimedOut(Exception):
    """The time of a call was over before its answer was complete."""


class Deadline:
    """`seconds` for a call. Once somebody asks to stop, it ends after at most `grace` seconds more.

    Actions have no grace. Queries have some: a frame is still wanted after a stop, but not of a phone that hangs.
    """

    def __init__(self, stop: Stop, seconds: float, *, grace: float = 0.0) -> None:
        self._stop = stop
        self._seconds = seconds
        self._until = monotonic() + seconds
        self._grace = grace
        self._graced = inf
        self._next_check = -inf

    def slice(self) -> float:
        """Seconds to wait for the next bytes, more than 0. Raises `TimedOut` or `Stopped` when there are none left."""
        now = monotonic()
        if now >= self._next_check:
            self._next_check = now + BETWEEN_CHECKS
            try:
                self._stop.check()
            except Stopped:
                self._graced = min(self._graced, now + self._grace)
                if now >= self._graced:
                    raise
        left = self._until - now
        if left <= 0:
            raise TimedOut(f"no answer within {self._seconds:g} s")
        return min(left, SLICE)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass, or less: as much as is left. Raises `TimedOut` or `Stopped` like `slice`."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            pause = min(left, self.slice())
            if self._graced is inf:
                try:
                    self._stop.wait(pause)
                except Stopped:
                    continue
            else:
                Stop().wait(pause)
