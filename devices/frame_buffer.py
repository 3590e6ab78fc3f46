"""Looks at a screen that go on all the time, so that one from before any moment is at hand."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from devices.changes import change_between
from devices.device import Observation

KEPT = 2.0
"""Seconds that looks are kept: as long as it may take until it is heard that something was done."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen, and when looking was over, by the clock of `Glances`."""

    seen: Observation
    at: float


class Glances:
    """Looks by `observe` when it is time: `gap` seconds after the last, and `idle` times as long as that took."""

    def __init__(
        self,
        observe: Callable[[], Observation],
        *,
        gap: float = 0.04,
        idle: float = 4.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._observe, self._gap, self._idle, self._clock = observe, gap, idle, clock
        self._kept: deque[Glance] = deque()
        self._next = 0.0

    def look_when_due(self) -> None:
        """Look, unless the last look was only just now. Raises what `observe` raises."""
        started = self._clock()
        if started < self._next:
            return
        seen = self._observe()
        ended = self._clock()
        self._next = ended + max(self._gap, self._idle * (ended - started))
        if self._kept and change_between(self._kept[-1].seen, seen).nothing:
            last = self._kept[-1].seen  # the same pixels are kept once
            seen = Observation(last.pixels, seen.front, seen.at, seen.elements or last.elements, seen.settle)
        self._kept.append(Glance(seen, ended))
        while len(self._kept) > 1 and self._kept[1].at < ended - KEPT:
            self._kept.popleft()

    def before(self, at: float) -> Glance:
        """The last look that was over at `at`; the first one kept where there is none, and it came too late."""
        return next((glance for glance in reversed(self._kept) if glance.at <= at), self._kept[0])
