"""The last seconds of screenshots, so that the one from before any event is at hand."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from devices.changes import change_between
from devices.device import Observation

KEPT = 2.0
"""Seconds that screenshots are kept: the longest that an event may take to arrive."""


@dataclass(frozen=True, slots=True)
class TimedFrame:
    """A screenshot, and when its capture was complete, by the clock of the `FrameBuffer`."""

    seen: Observation
    at: float


class FrameBuffer:
    """Captures by `observe`, at the earliest `gap` seconds after the last capture and `idle` times its duration."""

    def __init__(
        self,
        observe: Callable[[], Observation],
        *,
        gap: float = 0.04,
        idle: float = 4.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._observe, self._gap, self._idle, self._clock = observe, gap, idle, clock
        self._kept: deque[TimedFrame] = deque()
        self._next = 0.0

    def capture_if_due(self) -> None:
        """Capture, unless the last capture is too recent. Raises what `observe` raises."""
        started = self._clock()
        if started < self._next:
            return
        seen = self._observe()
        ended = self._clock()
        self._next = ended + max(self._gap, self._idle * (ended - started))
        if self._kept and change_between(self._kept[-1].seen, seen).nothing:
            last = self._kept[-1].seen  # equal pixels are kept once
            seen = replace(seen, pixels=last.pixels, elements=seen.elements or last.elements)
        self._kept.append(TimedFrame(seen, ended))
        while len(self._kept) > 1 and self._kept[1].at < ended - KEPT:
            self._kept.popleft()

    def before(self, at: float) -> TimedFrame:
        """The last screenshot complete at time `at`; the oldest one where all are later."""
        return next((frame for frame in reversed(self._kept) if frame.at <= at), self._kept[0])
