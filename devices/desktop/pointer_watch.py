"""Stops the agent when a person moves the pointer: it is then not where the agent put it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from devices.stop import Stop

Position = tuple[int, int]
PERIOD = 0.025  # seconds between two looks of the background watch
SLACK = 1  # pointer units: where a display's scale is no whole number, a position comes back rounded


class PointerReader(Protocol):
    """Reads the pointer. `extent` is the size of all screens: a change of it moves the pointer without any hand."""

    def pointer(self) -> Position: ...
    def extent(self) -> tuple[int, int]: ...


class PointerWatch:
    """Knows where the pointer should be, from its start on, and asks to stop when it is elsewhere.

    `here` reads the pointer for `check` and `moving`.
    """

    def __init__(self, stop: Stop, here: PointerReader) -> None:
        self._stop = stop
        self._here = here
        self._lock = threading.Lock()
        self._expected: Position | None = None
        self._extent = (0, 0)
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, there: PointerReader, lost: tuple[type[Exception], ...]) -> None:
        """Look in the background until `close`, with a reader of the thread's own.

        One of `lost` ends it silently: the next input meets it too.
        """
        self._expected, self._extent = there.pointer(), there.extent()

        def look() -> None:
            while not self._closed.wait(PERIOD):
                try:
                    with self._lock:
                        self._compare(there)
                except lost:
                    return

        self._thread = threading.Thread(target=look, daemon=True, name="screenhand-pointer-watch")
        self._thread.start()

    def check(self) -> None:
        """Raise `Stopped` when the pointer was moved by hand since the last own move."""
        with self._lock:
            self._compare(self._here)
        self._stop.check()

    @contextmanager
    def moving(self, to: Position) -> Iterator[None]:
        """Around the agent's own move: nothing is compared meanwhile; afterwards the pointer is expected at `to`.

        Raises `Stopped` before it when the pointer was moved by hand.
        """
        with self._lock:
            self._compare(self._here)
            self._stop.check()
            yield
            self._expected, self._extent = to, self._here.extent()

    def close(self) -> None:
        """End the background watch."""
        self._closed.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _compare(self, reader: PointerReader) -> None:
        expected, found = self._expected, reader.pointer()
        if expected is None or max(abs(found[0] - expected[0]), abs(found[1] - expected[1])) <= SLACK:
            return
        if (extent := reader.extent()) != self._extent:
            self._expected, self._extent = found, extent
            return
        self._stop.ask(f"the pointer was moved by hand from {expected} to {found}")
