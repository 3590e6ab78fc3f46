"""The human wins: a pointer that is not where we put it was moved by hand, and that means stop."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devices.stop import Stop

Position = tuple[int, int]
PERIOD = 0.025  # seconds between two looks of the background watch
SLACK = 1  # pointer units: where a display's scale is no whole number, a position comes back rounded


class PointerWatch:
    """Knows where the pointer should be, from the first own move on, and asks to stop when it is elsewhere.

    `here` reads the pointer for the hands; `there` reads it for the background thread, over a connection of its own.
    `extent` is the size of all screens: a changed one moves the pointer, and that is nobody's hand.
    """

    def __init__(self, stop: Stop, here: Callable[[], Position], extent: Callable[[], Position]) -> None:
        self._stop = stop
        self._here = here
        self._extent = extent
        self._lock = threading.Lock()
        self._expected: Position | None = None
        self._expected_extent: Position = (0, 0)
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, there: Callable[[], Position], lost: tuple[type[Exception], ...]) -> None:
        """Look in the background until `close`; one of `lost` ends it silently, for the hands will meet it too."""

        def look() -> None:
            while not self._closed.wait(PERIOD):
                try:
                    with self._lock:
                        self._compare(there())
                except lost:
                    return

        self._thread = threading.Thread(target=look, daemon=True, name="screenhand-pointer-watch")
        self._thread.start()

    def check(self) -> None:
        """Raise `Stopped` when the pointer was moved by hand since the last own move."""
        with self._lock:
            self._compare(self._here())
        self._stop.check()

    @contextmanager
    def moving(self, to: Position | None) -> Iterator[None]:
        """Around an own move: nobody looks meanwhile; afterwards the pointer is expected at `to` (None: where it is).

        Raises `Stopped` before it when the pointer was moved by hand.
        """
        with self._lock:
            if self._expected is not None:
                self._compare(self._here())
            self._stop.check()
            yield
            self._expected = to or self._here()
            self._expected_extent = self._extent()

    def close(self) -> None:
        """End the background watch."""
        self._closed.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _compare(self, found: Position) -> None:
        expected = self._expected
        if expected is None or max(abs(found[0] - expected[0]), abs(found[1] - expected[1])) <= SLACK:
            return
        if self._extent() != self._expected_extent:
            self._expected, self._expected_extent = found, self._extent()
            return
        self._stop.ask(f"the pointer was moved by hand from {expected} to {found}")
