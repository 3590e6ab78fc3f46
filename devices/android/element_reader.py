"""UI elements from `uiautomator dump`, taken when the screen is still and where dumps are quick enough."""

import secrets
from collections import deque
from time import monotonic

from devices.android.connection import PhoneConnection
from devices.android.geometry import in_pixels
from devices.android.uiautomator_xml import BadTree, elements_of
from devices.device import Element, Pixels

QUICK, ENDLESS = 0.7, 3.0
"""Seconds: after two dumps in a row longer than the first, or one longer than the second, no more are taken, unless
elements were asked for. Some phones need many seconds."""
IDLE_SECONDS = 10.0
"""How long `uiautomator` itself waits for an idle screen."""
REMEMBERED = 4


class ElementReader:
    """The elements on each frame. `wanted`: True always, False never, None as long as dumps are quick.

    `why_none` says why there are none, "" while there are some.
    """

    def __init__(self, connection: PhoneConnection, wanted: bool | None) -> None:
        self._connection, self._wanted = connection, wanted
        self._known: deque[tuple[Pixels, tuple[Element, ...]]] = deque(maxlen=REMEMBERED)
        self._last: Pixels | None = None
        self._file = f"/data/local/tmp/screenhand-{secrets.token_hex(4)}.xml"
        self.why_none = "not asked for" if wanted is False else ""
        self.seconds, self._slow = 0.0, 0

    def elements_on(
        self, pixels: Pixels, units: tuple[int, int] | None = None, *, shown: bool = True
    ) -> tuple[Element, ...]:
        """The elements on the frame `pixels`, cached for frames that are the very same array.

        `units` is the size of the touch screen, in which the dump's bounds are; None for the frame's own. With `shown`
        False the frame is black and says nothing of what lies behind, so the cache is not used. A frame that differs
        from the one before it is given no elements, since the screen may be moving; except the first.
        """
        for known, elements in self._known:
            if shown and known is pixels:
                return elements
        moving = self._last is not None and self._last is not pixels
        self._last = pixels
        if self._wanted is False or moving:
            return ()
        size = (pixels.shape[1], pixels.shape[0])
        dumped = self.now(units or size)
        if dumped is None and self.seconds < QUICK:
            return ()  # a dump that failed quickly is tried again on the next frame
        elements = in_pixels(dumped or (), size, units or size)
        self._known.appendleft((pixels, elements))
        return elements

    def now(self, size: tuple[int, int]) -> tuple[Element, ...] | None:
        """The elements on the screen now, by a dump; None when it fails, and `why_none` says why."""
        if self._wanted is False:
            return None
        started = monotonic()
        file = self._file
        commands = (f"rm -f {file}; uiautomator dump {file} 2>&1", f"cat {file}", f"rm -f {file}")
        answer = self._connection.try_query(*commands, seconds=IDLE_SECONDS if self._wanted else 0.0)
        self.seconds = monotonic() - started
        self._slow = self._slow + 1 if self.seconds > QUICK else 0
        if self._wanted is None and (self._slow > 1 or self.seconds > ENDLESS):
            self._wanted = False
            self.why_none = f"a dump takes {self.seconds:.1f} s here"
            return None
        if answer is None:
            self.why_none = f"uiautomator gave no answer within {self.seconds:.0f} s"
            return None
        dump, xml, _ = answer.results
        try:
            if xml.code:
                lines = dump.text.strip().splitlines() or ["it says nothing"]
                raise BadTree(f"uiautomator gave no tree: {lines[-1][:200]}")
            elements = elements_of(xml.output, size)
        except BadTree as error:
            self.why_none = str(error)
            return None
        self.why_none = ""
        return elements

    def field(self, size: tuple[int, int]) -> str | None:
        """The text of the focused text field; None when there is none, it is hidden, or it cannot be read."""
        elements = self.now(size) or ()
        held = next((each.text for each in elements if each.focused and each.role == "field"), None)
        return held if held is None or len(held) < 400 else None
