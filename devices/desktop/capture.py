"""Screen capture by mss: notices a changed screen layout, and reports a lost display as `DeviceLost`."""

import contextlib
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from PIL import Image
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from devices.desktop.geometry import Geometry
from devices.device import DeviceLost, Pixels
from devices.stop import Stop


class _CaptureFailed(Exception):
    """One capture failed; the next may succeed."""


class Capture:
    """Captures one display. `layout` returns anything that changes when the screens do."""

    def __init__(self, stop: Stop, layout: Callable[[], Hashable], display_name: str | None, display: int) -> None:
        self._stop = stop
        self._layout = layout
        self._display_name = display_name
        self._display = display
        self._seen_layout: Hashable = None
        self._mss: Any = None
        self._geometry: Geometry | None = None

    @property
    def geometry(self) -> Geometry:
        """The display as it is now. Raises `DeviceLost`."""
        if self._geometry is None or self._layout() != self._seen_layout:
            self.grab()
        assert self._geometry is not None  # noqa: S101 - grab() sets it or raises
        return self._geometry

    def grab(self) -> tuple[Pixels, Geometry]:
        """One frame and where it lies. A capture that fails is tried three times; then it raises `DeviceLost`."""
        attempts = Retrying(
            retry=retry_if_exception_type(_CaptureFailed),
            stop=stop_after_attempt(3),
            wait=wait_fixed(0.02),
            sleep=self._pause,
        )
        try:
            return attempts(self._grab_once)
        except RetryError as error:
            why = error.last_attempt.exception()
            raise DeviceLost(f"the screen cannot be captured any more: {why}; is the display still there?") from why

    def close(self) -> None:
        """Close the connection to the display."""
        capture, self._mss = self._mss, None
        if capture is not None:
            # The display may be gone, and with it what there was to close.
            with contextlib.suppress(Exception):
                capture.close()

    def _pause(self, seconds: float) -> None:
        # Captures go on after a stop, so that the last screen can be recorded: only this wait ignores it.
        if not self._stop.reason:
            self._stop.wait(seconds)

    def _grab_once(self) -> tuple[Pixels, Geometry]:
        layout = self._layout()
        try:
            if self._mss is None or layout != self._seen_layout:
                self._open()
            area = self._area()
            shot = self._mss.grab(area)
            picture = Image.frombuffer("RGB", (shot.width, shot.height), shot.raw, "raw", "BGRX", 0, 1)
            pixels = np.asarray(picture)
        except DeviceLost:
            raise
        except Exception as error:  # mss raises empty AssertionErrors and ctypes' own kinds when a display dies
            self.close()
            raise _CaptureFailed(f"{type(error).__name__} {error}".strip()) from error
        self._seen_layout = layout
        self._geometry = Geometry(area["left"], area["top"], area["width"], area["height"], (shot.width, shot.height))
        return pixels, self._geometry

    def _open(self) -> None:
        # mss keeps sizes for the life of its object: only a new one sees a changed screen.
        import mss

        self.close()
        self._mss = mss.MSS(display=self._display_name) if self._display_name else mss.MSS()

    def _area(self) -> dict[str, int]:
        # monitors[0] is the whole of them; a server that names no monitor has only that.
        whole, *each = self._mss.monitors
        displays = each or [whole]
        if not 0 <= self._display < len(displays):
            raise DeviceLost(f"there is no display {self._display}: this desktop has {len(displays)}, counted from 0")
        return {side: int(displays[self._display][side]) for side in ("left", "top", "width", "height")}
