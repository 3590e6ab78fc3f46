"""A web page as a device: Chromium fills a private display, with capture and input as on any desktop."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from devices.actions import Action, Press
from devices.desktop.chromium import Chromium, find_browser
from devices.desktop.desktop import Desktop
from devices.desktop.keys import chord
from devices.desktop.private_display import PrivateDisplay
from devices.desktop.probe import SandboxProbe
from devices.desktop.x11 import connect
from devices.device import ActionRefused, Box, Observation
from devices.stop import Stop
from devices.validity import refuse_invalid

_WITH_CTRL = frozenset("acvxyz") | {"left", "right", "up", "down", "home", "end", "backspace", "delete", "enter"}
"""What ctrl does inside a page; with other keys it opens, closes or leaves pages."""

_LEAVING = frozenset({"alt", "super", "menu", "help", "browser_back", "browser_forward"})

_READY_SECONDS = 20.0


class Kiosk:
    """The page at `url` on a display of its own, `scale` pixels to one of the page's.

    The screen is the display's `size` pixels at the top left; it is `wider` by so many at the right, out of sight:
    room for a page that lays itself out by its window. `page` is for setup and checks; a policy is given only
    the device. `readable` are the files and folders that the page may come from. Keys that would leave the page or
    close the browser are refused. Raises `DeviceLost` when it cannot be opened, and whenever the browser has died.
    """

    def __init__(
        self,
        stop: Stop,
        url: str,
        size: tuple[int, int],
        scale: float,
        wider: int = 0,
        *,
        readable: Sequence[Path] = (),
        dark: bool = False,
    ) -> None:
        self._size = size
        program = find_browser()
        whole = size[0] + wider, size[1]
        self.private = PrivateDisplay(stop, whole, readable=readable, accessibility=False)
        self.probe = SandboxProbe(self.private.control)
        with ExitStack() as undo:
            undo.callback(self.private.close)
            self.page = Chromium(stop, program, self.private, url, scale, dark=dark)
            undo.callback(self.page.close)
            self._desktop = Desktop(
                stop,
                _NoOtherApps(),
                display_name=self.private.display_name,
                watch_pointer=False,  # no hand can reach its pointer
                accessibility=False,
                name="chromium",
            )
            undo.callback(self._desktop.close)
            width, height = (int(side / scale) for side in whole)
            fills = f"Math.abs(innerWidth - {width}) <= 1 && Math.abs(innerHeight - {height}) <= 1"
            self.page.until(fills, _READY_SECONDS)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._desktop.name

    def observe(self) -> Observation:
        """The screen. Raises `DeviceLost`, also when there is a display but no browser on it any more."""
        self._refuse_dead()
        whole = self._desktop.observe()
        self._refuse_dead()  # what was seen may be the empty display that it left behind
        width, height = self._size
        elements = [
            replace(part, box=Box(left, part.box.top, min(width, part.box.right), part.box.bottom))
            for part in whole.elements
            if (left := part.box.left) < width
        ]
        return replace(whole, pixels=whole.pixels[:height, :width].copy(), elements=tuple(elements))

    def perform(self, action: Action) -> None:
        self._refuse_dead()
        refuse_invalid(action, self._size)
        if isinstance(action, Press):
            _refuse_leaving(action.keys)
        self._desktop.perform(action)

    def empty_clipboard(self) -> None:
        """Forget what was copied and selected. Raises `DeviceLost`."""
        from Xlib import X
        from Xlib.protocol import request

        display = connect(self.private.display_name)
        try:
            for name in ("CLIPBOARD", "PRIMARY"):
                request.SetSelectionOwner(
                    display=display.display, window=X.NONE, selection=display.intern_atom(name), time=X.CurrentTime
                )
            display.sync()
        finally:
            display.close()

    def close(self) -> None:
        """End the browser and its display."""
        self._desktop.close()
        self.page.close()
        self.private.close()

    def _refuse_dead(self) -> None:
        if not self.page.devtools.alive:
            self.page.events()  # raises, and says why


class _NoOtherApps:
    """Opens no application: the page is all there is."""

    def start(self, name: str) -> object:
        raise ActionRefused(f"there is only one page here and no application to open; found {name!r}")


def _refuse_leaving(keys: tuple[str, ...]) -> None:
    names = {key.name.removesuffix("_right") for key in chord(keys)} if keys else set()
    others = names - {"ctrl", "shift"}
    leaving = {name for name in others if name in _LEAVING or re.fullmatch(r"f\d+", name)}
    if leaving or ("ctrl" in names and not others <= _WITH_CTRL):
        raise ActionRefused(f"{'+'.join(keys)} belongs to the browser and not to the page; nothing was pressed")
