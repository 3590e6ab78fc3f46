"""The widgets on the screen, asked for when it is still, where asking is quick enough."""

import secrets
from collections import deque
from time import monotonic

from devices.android.geometry import in_pixels
from devices.android.link import Link
from devices.android.uiautomator_xml import BadTree, elements_of
from devices.device import Element, Pixels

QUICK, ENDLESS = 0.7, 3.0
"""Seconds: two dumps in a row that take longer than the first, or one longer than the second, and widgets are given up,
unless they were asked for. Some phones need many seconds."""
IDLE_SECONDS = 10.0
"""What `uiautomator` itself waits for a still moment."""
REMEMBERED = 4


class Widgets:
    """Elements for frames. `wanted`: True always, False never, None as long as dumps are quick.

    `why_not` says why there are none, "" while there are some.
    """

    def __init__(self, link: Link, wanted: bool | None) -> None:
        self._link, self._wanted = link, wanted
        self._known: deque[tuple[Pixels, tuple[Element, ...]]] = deque(maxlen=REMEMBERED)
        self._last: Pixels | None = None
        self._file = f"/data/local/tmp/screenhand-{secrets.token_hex(4)}.xml"
        self.why_not = "not asked for" if wanted is False else ""
        self.seconds, self._slow = 0.0, 0

    def of(self, pixels: Pixels, units: tuple[int, int] | None = None, *, shown: bool = True) -> tuple[Element, ...]:
        """The widgets on the frame `pixels`, which is the same array as long as the screen is the same.

        `units` is the size of the touch screen, in which they are told; None for the frame's own.

        A black frame is always the same, whatever lies behind: unless something is `shown`, they are asked for anew.

        A frame that was not there at the look before is given none, since the screen may be moving: except the first.
        """
        for known, elements in self._known:
            if shown and known is pixels:
                return elements
        moving = self._last is not None and self._last is not pixels
        self._last = pixels
        if self._wanted is False or moving:
            return ()
        size = (pixels.shape[1], pixels.shape[0])
        found = self.now(units or size)
        if found is None and self.seconds < QUICK:
            return ()  # it is asked again at the next look; what is slow to fail is not
        found = in_pixels(found or (), size, units or size)
        self._known.appendleft((pixels, found))
        return found

    def now(self, size: tuple[int, int]) -> tuple[Element, ...] | None:
        """The widgets on the screen as it is, by a dump; None when none can be had, and `why_not` says why."""
        if self._wanted is False:
            return None
        started = monotonic()
        file = self._file
        commands = (f"rm -f {file}; uiautomator dump {file} 2>&1", f"cat {file}", f"rm -f {file}")
        answer = self._link.glance(*commands, seconds=IDLE_SECONDS if self._wanted else 0.0)
        self.seconds = monotonic() - started
        self._slow = self._slow + 1 if self.seconds > QUICK else 0
        if self._wanted is None and (self._slow > 1 or self.seconds > ENDLESS):
            self._wanted = False
            self.why_not = f"a dump takes {self.seconds:.1f} s here"
            return None
        if answer is None:
            self.why_not = f"uiautomator gave no answer within {self.seconds:.0f} s"
            return None
        dump, xml, _ = answer.results
        try:
            if xml.code:
                said = dump.text.strip().splitlines() or ["it says nothing"]
                raise BadTree(f"uiautomator gave no tree: {said[-1][:200]}")
            found = elements_of(xml.output, size)
        except BadTree as error:
            self.why_not = str(error)
            return None
        self.why_not = ""
        return found

    def field(self, size: tuple[int, int]) -> str | None:
        """What the text field with the focus holds; None when there is none, it hides it, or nobody can tell."""
        elements = self.now(size) or ()
        held = next((each.text for each in elements if each.focused and each.role == "field"), None)
        return held if held is None or len(held) < 400 else None
