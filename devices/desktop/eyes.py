"""The screen as pixels, captured by mss; a changed screen is noticed, a lost one is said to be lost."""

import contextlib
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from PIL import Image
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from devices.desktop.geometry import Geometry
from devices.device import DeviceLost, Pixels
from devices.stop import Stop


class _NoPicture(Exception):
    """One capture failed; the next may not."""


class Eyes:
    """Captures one display. `layout` returns anything that changes when the screens do."""

    def __init__(self, stop: Stop, layout: Callable[[], Hashable], display_name: str | None, display: int) -> None:
        self._stop = stop
        self._layout = layout
        self._display_name = display_name
        self._display = display
        self._seen_layout: Hashable = None
        self._capture: Any = None
        self._geometry: Geometry | None = None

    @property
    def geometry(self) -> Geometry:
        """The display as it is now. Raises `DeviceLost`."""
        if self._geometry is None or self._layout() != self._seen_layout:
            self.look()
        assert self._geometry is not None  # noqa: S101 - look() sets it or raises
        return self._geometry

    def look(self) -> tuple[Pixels, Geometry]:
        """One picture and where it lies. A capture that fails is tried three times; then it raises `DeviceLost`."""
        attempts = Retrying(
            retry=retry_if_exception_type(_NoPicture),
            stop=stop_after_attempt(3),
            wait=wait_fixed(0.02),
            sleep=self._pause,
        )
        try:
            return attempts(self._look_once)
        except RetryError as error:
            why = error.last_attempt.exception()
            raise DeviceLost(f"the screen cannot be captured any more: {why}; is the display still there?") from why

    def close(self) -> None:
        """Let go of the display's connection."""
        capture, self._capture = self._capture, None
        if capture is not None:
            # The display may be gone, and with it what there was to close.
            with contextlib.suppress(Exception):
                capture.close()

    def _pause(self, seconds: float) -> None:
        # Looking goes on after a stop, so that the last screen can be recorded: this wait alone does not obey it.
        if not self._stop.reason:
            self._stop.wait(seconds)

    def _look_once(self) -> tuple[Pixels, Geometry]:
        layout = self._layout()
        try:
            if self._capture is None or layout != self._seen_layout:
                self._open()
            area = self._area()
            shot = self._capture.grab(area)
            picture = Image.frombuffer("RGB", (shot.width, shot.height), shot.raw, "raw", "BGRX", 0, 1)
            pixels = np.asarray(picture)
        except DeviceLost:
            raise
        except Exception as error:  # mss raises empty AssertionErrors and ctypes' own kinds when a display dies
            self.close()
            raise _NoPicture(f"{type(error).__name__} {error}".strip()) from error
        self._seen_layout = layout
        self._geometry = Geometry(area["left"], area["top"], area["width"], area["height"], (shot.width, shot.height))
        return pixels, self._geometry

    def _open(self) -> None:
        # mss keeps sizes for the life of its object: only a new one sees a changed screen.
        import mss

        self.close()
        self._capture = mss.MSS(display=self._display_name) if self._display_name else mss.MSS()

    def _area(self) -> dict[str, int]:
        # monitors[0] is the whole of them; a server that names no monitor has only that.
        whole, *each = self._capture.monitors
        displays = each or [whole]
        if not 0 <= self._display < len(displays):
            raise DeviceLost(f"there is no display {self._display}: this desktop has {len(displays)}, counted from 0")
        return {side: int(displays[self._display][side]) for side in ("left", "top", "width", "height")}
