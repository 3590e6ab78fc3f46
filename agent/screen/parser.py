"""Parses observations into screens; keeps what it read, so that a screen that changed little is parsed fast."""

from agent.screen.ocr import Reader
from agent.screen.screen import Screen
from devices import Box, Observation


class ScreenParser:
    """Parses screens one after another. What it keeps only saves time: any screen parses the same with a new parser."""

    def __init__(self, reader: Reader | None = None) -> None:
        self.reader = reader or Reader()
        self._last: Screen | None = None

    def parse(self, seen: Observation, fresh: Box | None = None) -> Screen:
        """The parsed screen; its parts are computed on first use. `fresh` is the area that just changed, if known.

        Reading raises `PolicyFailed` where the text model is not installed.
        """
        if self._last is None or self._last.seen is not seen or self._last.fresh != fresh:
            self._last = Screen(seen, self.reader.read, fresh)
        return self._last
