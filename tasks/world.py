"""The world as a check may look at it: a device, its probe, and what was answered."""

from collections.abc import Callable
from dataclasses import dataclass

from devices import Device, Observation, Probe


@dataclass(frozen=True, slots=True)
class LiveWorld:
    """A world that is still there. `read_text` reads a picture's words; which OCR does it is the caller's choice."""

    device: Device
    probe: Probe
    answer: str
    read_text: Callable[[Observation], str]

    def screen(self) -> Observation:
        """The screen as it is now. Raises `DeviceLost`."""
        return self.device.observe()

    def text_on_screen(self) -> str:
        """The screen's words as lines of text, read from its pixels."""
        return self.read_text(self.screen())
