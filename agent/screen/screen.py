"""One parsed screen: the observation and the text on it, read on first use."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from agent.screen.text import ScreenText
from agent.screen.widgets import text_of, widgets
from devices import Box, Observation


@dataclass(frozen=True)
class Screen:
    """An observation, how to read it, and the area that the last action changed, None if unknown."""

    seen: Observation
    read: Callable[[Observation], ScreenText]
    fresh: Box | None = None

    @cached_property
    def text(self) -> ScreenText:
        """The text of the widgets where a phone reports them, else as `drawn`."""
        return text_of(self.seen) if widgets(self.seen) else self.drawn

    @cached_property
    def drawn(self) -> ScreenText:
        """The text read from the pixels: 0.1 to 0.5 s, which a key press need not wait for."""
        return self.read(self.seen)
