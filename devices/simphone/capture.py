"""Screenshots of the phone's panel: black for secure windows and while the screen is off."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from devices.device import Pixels
from devices.simphone.phone import Phone


class PanelCapture:
    """Captures of `phone`; of a screen that has not changed the last one is given again."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._last: tuple[Pixels, bool, NDArray[np.uint8]] | None = None

    def rgba(self, *, black: bool = False) -> NDArray[np.uint8]:
        """The panel as (height, width, 4) bytes, all opaque; black if secure, off, or on request (`black`)."""
        with self._phone.lock:
            frame = self._phone.frame()
            hidden = black or self._phone.secure or not self._phone.awake
        if self._last is not None and self._last[0] is frame and self._last[1] == hidden:
            return self._last[2]
        shown = Image.new("RGB", (frame.shape[1], frame.shape[0])) if hidden else Image.fromarray(frame)
        pixels = np.asarray(_on_panel(shown, self._phone.panel).convert("RGBA"))
        self._last = frame, hidden, pixels
        return pixels


def _on_panel(drawn: Image.Image, panel: tuple[int, int]) -> Image.Image:
    """A picture drawn at another size, as large as the panel lets it be, between black bars.

    As com.android.server.display.LogicalDisplay.configureDisplayLocked has it.
    """
    if drawn.size == panel:
        return drawn
    (wide, high), (width, height) = drawn.size, panel
    fits = (width, high * width // wide) if width * high < height * wide else (wide * height // high, height)
    shown = Image.new("RGB", panel)
    shown.paste(drawn.resize(fits, Image.Resampling.BILINEAR), ((width - fits[0]) // 2, (height - fits[1]) // 2))
    return shown
