"""Screenshots of the phone: the faster method is measured once, and each frame is checked."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np

from devices.android.connection import PhoneConnection
from devices.android.phone_status import FOCUS, Focus, read_focus
from devices.android.screencap import HEADERS, BadFrame, png_pixels, raw_pixels
from devices.device import DeviceLost, Pixels

ATTEMPTS = 4
"""Attempts at a frame before the phone counts as one that cannot be captured."""
MUCH = 1.4
"""How many times as fast as raw PNG must be to be chosen: a measurement on a busy machine is not exact."""
REMEMBERED = 4
"""Frames kept to know an equal one by: a caret that blinks makes two."""
_DISPLAY = re.compile(r"^Display (\d+) \(HWC display (\d+)\)", re.MULTILINE)


class NoFrame(DeviceLost):
    """No whole frame arrived in `ATTEMPTS` attempts."""


@dataclass(frozen=True, slots=True)
class CaptureMethod:
    """A way to capture: the command, and the decoder of its output."""

    name: str
    command: str
    pixels: Callable[[bytes | bytearray], Pixels]


@dataclass(frozen=True, slots=True)
class CapturedFrame:
    """Captured pixels, and the focus right after. Equal frames share the very same array."""

    pixels: Pixels
    focus: Focus


class Capture:
    """Captures raw frames, or PNG where that took much less time at the first capture.

    Raw saves the phone the compression, PNG saves the cable the bytes: over USB raw wins, over a slow network PNG may.
    Where there are several displays, the first one of the hardware is captured, by its number.
    """

    def __init__(self, connection: PhoneConnection) -> None:
        self._connection = connection
        self._method: CaptureMethod | None = None
        self._header: tuple[int, ...] | None = None
        self._known: deque[tuple[bytes | bytearray, Pixels]] = deque(maxlen=REMEMBERED)

    @property
    def method(self) -> str:
        """ "raw" or "PNG"; "" before the first frame."""
        return self._method.name if self._method else ""

    def frame(self) -> CapturedFrame:
        """A whole frame. Raises `NoFrame` when none comes in `ATTEMPTS` attempts: none is ever made up."""
        if self._method is None:
            self._method = self._fastest()
        return self._frame(self._method)

    def _frame(self, method: CaptureMethod, attempts: int = ATTEMPTS) -> CapturedFrame:
        why = ""
        for _ in range(attempts):
            answer = self._connection.query(method.command, FOCUS)
            picture, focus = answer.results
            if picture.code:
                message = answer.errors.strip() or picture.text[:200].strip()
                why = f"{method.command} failed with exit code {picture.code}: {message[:300]}"
                continue
            try:
                return CapturedFrame(self._pixels(method, picture.output), read_focus(focus.text))
            except BadFrame as error:
                why = str(error)
        raise NoFrame(f"the phone {self._connection.serial} cannot be seen, tried {attempts} times: {why}")

    def _pixels(self, method: CaptureMethod, data: bytes | bytearray) -> Pixels:
        for known, pixels in self._known:
            if known == data:  # 1 ms where they are equal, nothing where they are not
                return pixels
        pixels = method.pixels(data)
        pixels.setflags(write=False)
        self._known.appendleft((data, pixels))
        return pixels

    def _raw(self, data: bytes | bytearray) -> Pixels:
        """A raw frame with a header as long as this phone's Android writes it, from 8.0 on with the colour space."""
        if self._header is None:
            version = self._connection.query("getprop ro.build.version.sdk").results[0].text.strip()
            self._header = (16 if int(version) >= 26 else 12,) if version.isdigit() else HEADERS
        return raw_pixels(data, self._header)

    def _fastest(self) -> CaptureMethod:
        """The method that takes less time, tried twice each: the first time may have to start something."""
        display = self._display()
        which = f" -d {display}" if display else ""
        methods = (
            CaptureMethod("raw", f"screencap{which}", self._raw),
            CaptureMethod("PNG", f"screencap -p{which}", png_pixels),
        )
        times: list[tuple[float, CaptureMethod]] = []
        fault: NoFrame | None = None
        for method in methods:
            try:
                spent = [self._seconds(method) for _ in range(2)]
            except NoFrame as error:
                fault = error
                continue
            times.append((min(spent), method))
        if not times:
            raise fault or NoFrame("the phone cannot be seen")
        return min(times, key=lambda each: each[0] * (MUCH if each[1].name == "PNG" else 1.0))[1]

    def _seconds(self, method: CaptureMethod) -> float:
        started = monotonic()
        self._known.clear()
        self._frame(method, 2)
        return monotonic() - started

    def _display(self) -> str:
        """The id of the first display where there are several, "" where there is one or none is listed."""
        displays = _DISPLAY.findall(self._connection.query("dumpsys SurfaceFlinger --display-id").results[0].text)
        first = min(displays, key=lambda each: int(each[1]), default=("", ""))
        return str(first[0]) if len(displays) > 1 else ""


def share_of_black(pixels: Pixels) -> float:
    """The share of a picture that is black, by one pixel of 256; exactly 1.0 only when all of it is."""
    share = float((~pixels[::16, ::16].any(axis=2)).mean())
    return share if share < 1.0 or not np.any(pixels) else 0.999
