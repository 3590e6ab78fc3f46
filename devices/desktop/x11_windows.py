"""The windows of an X display: which there are, which has the focus, and whether it has taken what was sent."""

import select
import time
from collections.abc import Callable
from typing import Any

from devices.desktop.system import Window
from devices.desktop.x11 import X11
from devices.desktop.x11_clients import process_of, rest_of
from devices.stop import Stop

LOOKS = 3  # at a sleeping process, a millisecond apart
SLICE = 0.05  # seconds: no wait on the display's socket keeps a wish to stop waiting longer


class WindowList:
    """What the window manager says (EWMH 1.5), read in two round trips however many windows there are."""

    def __init__(self, x11: X11, stop: Stop) -> None:
        from Xlib import X

        self._x11 = x11
        self._stop = stop
        self._pings = 0
        self._atoms: dict[str, int] = {}
        # Pongs are sent to the root; the window manager announces new and newly active windows there.
        x11.root.change_attributes(event_mask=X.SubstructureNotifyMask | X.PropertyChangeMask)

    def seen(self) -> tuple[Window, ...]:
        """The visible windows, front to back. One that goes away meanwhile is left out."""
        from Xlib import error
        from Xlib.protocol import request

        active, managed = self._managed()
        asked = []
        for window in managed:
            here = {"display": self._x11.display.display, "defer": 1}
            texts = [self._ask(window, name) for name in ("_NET_WM_NAME", "WM_NAME")]
            frames = [self._ask(window, name) for name in ("_NET_FRAME_EXTENTS", "_GTK_FRAME_EXTENTS")]
            area = request.GetGeometry(drawable=window, **here)
            corner = request.TranslateCoords(src_wid=window, dst_wid=self._x11.root, src_x=0, src_y=0, **here)
            state = request.GetWindowAttributes(window=window, **here)
            asked.append((window, texts, frames, area, corner, state))
        found = []
        for window, texts, frames, area, corner, state in asked:
            try:
                for reply in (*texts, *frames, area, corner, state):
                    reply.reply()
            except (error.BadWindow, error.BadDrawable):
                continue
            if state.map_state != 2:  # IsViewable
                continue
            title = next((text for text in map(_text_in, texts) if text), "")
            left, right, top, bottom = (
                outer - inner for outer, inner in zip(*(_four_in(frame) for frame in frames), strict=True)
            )
            found.append(
                Window(
                    title,
                    corner.x - left,
                    corner.y - top,
                    area.width + left + right,
                    area.height + top + bottom,
                    window == active,
                )
            )
        return tuple(found)

    def ids(self) -> tuple[int, tuple[int, ...]]:
        """The active window and all managed windows, front to back, as X resource numbers; 0 for none."""
        active, managed = self._managed()
        return active, tuple(managed)

    def changed(self, before: tuple[int, tuple[int, ...]], seconds: float) -> bool:
        """Whether a window came or became active since `before`, waiting for it up to `seconds`."""

        def new() -> bool:
            active, windows = self.ids()
            return bool(set(windows) - set(before[1])) or active not in (0, before[0])

        return self._until(new, seconds)

    def have_taken(self, seconds: float) -> bool:
        """Wait until the windows in front have taken every event sent to them so far; False after `seconds`.

        The active window and the one under the pointer are asked: by _NET_WM_PING, which toolkits answer in their turn,
        or, where a program of this machine cannot answer, by waiting until its process sleeps.
        """
        targets = {window for window in (self.ids()[0], self._under_pointer()) if window}
        return all(self.has_taken(window, seconds) for window in targets)

    def has_taken(self, window: int, seconds: float) -> bool:
        """As `have_taken`, of one window. One that is gone has nothing left to take."""
        from Xlib import X, error

        protocols, ping = self._atom("WM_PROTOCOLS"), self._atom("_NET_WM_PING")
        resource = self._x11.display.create_resource_object("window", window)
        try:
            supported = resource.get_full_property(protocols, X.AnyPropertyType)
            process = 0 if supported is not None and ping in supported.value else process_of(self._x11, window)
        except error.XError:
            return True
        if supported is None or ping not in supported.value:
            return bool(process) and self._rests(process, resource, seconds)
        stamp = self._send_ping(resource, "WM_PROTOCOLS")

        def answered() -> bool:
            while self._x11.display.pending_events():
                seen = self._x11.display.next_event()
                if seen.type == X.ClientMessage and seen.client_type == protocols:
                    if list(seen.data[1][:2]) == [ping, stamp]:
                        return True
                elif seen.type == X.DestroyNotify and seen.window.id == window:
                    return True
            return False

        return self._until(answered, seconds)

    def _send_ping(self, window: Any, kind: str) -> int:
        from Xlib.protocol import event

        self._pings += 1
        content = [self._atom("_NET_WM_PING"), self._pings, window.id, 0, 0]
        message = event.ClientMessage(window=window, client_type=self._atom(kind), data=(32, content))
        window.send_event(message, event_mask=0)
        self._x11.display.flush()
        return self._pings

    def _rests(self, process: int, window: Any, seconds: float) -> bool:
        """Whether `process`, which will not answer a ping, woke up for it and sleeps again."""
        calm, deadline = 0, time.monotonic() + seconds
        try:
            naps = rest_of(process).naps
            # Not as WM_PROTOCOLS: xterm takes any message of that type as the order to close.
            self._send_ping(window, "_SCREENHAND_PING")
            while calm < LOOKS and time.monotonic() < deadline:
                self._stop.wait(0.001)
                rest = rest_of(process)
                calm = calm + 1 if rest.asleep and rest.naps > naps else 0
        except OSError:
            return False
        return calm == LOOKS

    def _until(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Look again whenever the display says something, at least every slice; False after `seconds`."""
        deadline = time.monotonic() + seconds
        while not happened():
            self._stop.check()
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            select.select([self._x11.display], [], [], min(SLICE, left))
        return True

    def _managed(self) -> tuple[int, list[int]]:
        names = ("_NET_ACTIVE_WINDOW", "_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST")
        asked = [self._ask(self._x11.root, name) for name in names]
        active, stacking, listed = (_numbers_in(reply) for reply in asked)
        if asked[1].property_type == 0 and asked[2].property_type == 0:
            return self._unmanaged()
        return (active[0] if active else 0), list(reversed(stacking or listed))

    def _unmanaged(self) -> tuple[int, list[int]]:
        # Without a window manager the root's children are the windows, the last one in front.
        children = [window.id for window in self._x11.root.query_tree().children]
        focus = self._x11.display.get_input_focus().focus
        return getattr(focus, "id", 0), list(reversed(children))

    def _under_pointer(self) -> int:
        """The client's own window under the pointer: the first on the way down that speaks WM_PROTOCOLS."""
        from Xlib import X, error

        window, protocols = self._x11.root, self._atom("WM_PROTOCOLS")
        try:
            while window := window.query_pointer().child:
                if window.get_property(protocols, X.AnyPropertyType, 0, 1):
                    return int(window.id)
        except (error.BadWindow, error.BadDrawable):
            pass
        return 0

    def _ask(self, window: Any, name: str) -> Any:
        from Xlib.protocol import request

        return request.GetProperty(
            display=self._x11.display.display,
            defer=1,
            delete=0,
            window=window,
            property=self._atom(name),
            type=0,
            long_offset=0,
            long_length=4096,
        )

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = self._x11.display.intern_atom(name)
        return self._atoms[name]


def _value_in(reply: Any) -> Any:
    reply.reply()
    return reply.value[1] if reply.property_type else ""


def _numbers_in(reply: Any) -> list[int]:
    value = _value_in(reply)
    return [] if isinstance(value, str | bytes) else [int(number) for number in value]


def _four_in(reply: Any) -> list[int]:
    numbers = _numbers_in(reply)
    return numbers if len(numbers) == 4 else [0, 0, 0, 0]


def _text_in(reply: Any) -> str:
    match _value_in(reply):
        case str(text):
            return text
        case bytes(latin):  # not UTF-8: WM_NAME of type STRING is Latin-1 (ICCCM 2.7.1)
            return latin.decode("latin-1")
    return ""
