"""The input devices of the phone's kernel: what a finger and the side keys produce, and `input` does not."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TOUCH, KEYS = "/dev/input/event3", "/dev/input/event0"
MOST = (4095, 4095)
"""The last unit of each axis of the touch screen."""
Event = tuple[str, str, str, str]
"""Device, type, code and value, as `getevent -l` prints them."""


class InputEvents:
    """Passes each event, with its time in seconds, on to every subscriber."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._queues: list[queue.SimpleQueue[tuple[float, Event]]] = []

    @contextmanager
    def subscribed(self) -> "Iterator[queue.SimpleQueue[tuple[float, Event]]]":
        """The events from here on."""
        events: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()
        self._queues.append(events)
        try:
            yield events
        finally:
            self._queues.remove(events)

    @property
    def subscribers(self) -> int:
        return len(self._queues)

    def send(self, event: Event) -> None:
        now = self._clock()
        for events in list(self._queues):
            events.put((now, event))
