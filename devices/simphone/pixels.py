"""What a capture of the phone shows: nothing of a secure window, nothing while the screen is off."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from devices.device import Pixels
from devices.simphone.phone import Phone


class Lens:
    """Captures of `phone`; of a screen that has not changed the last one is given again."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._last: tuple[Pixels, bool, NDArray[np.uint8]] | None = None

    def rgba(self, *, black: bool = False) -> NDArray[np.uint8]:
        """The screen as (height, width, 4) bytes, all opaque; black where it may not be seen, or `black` says so."""
        with self._phone.lock:
            frame = self._phone.frame()
            hidden = black or self._phone.secure or not self._phone.awake
        if self._last is not None and self._last[0] is frame and self._last[1] == hidden:
            return self._last[2]
        shown = Image.new("RGB", (frame.shape[1], frame.shape[0])) if hidden else Image.fromarray(frame)
        pixels = np.asarray(shown.convert("RGBA"))
        self._last = frame, hidden, pixels
        return pixels
