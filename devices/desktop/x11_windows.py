"""The windows of an X display: which there are, where, and which has the focus."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from devices.desktop.top_level import TopLevel, Window
from devices.desktop.x11 import X11
from devices.stop import Stop


class WindowList:
    """What the window manager says (EWMH 1.5), read in two round trips however many windows there are."""

    def __init__(self, x11: X11, stop: Stop) -> None:
        from Xlib import X

        self._x11 = x11
        self._stop = stop
        # The window manager announces new and newly active windows on the root; pongs are sent there too.
        x11.root.change_attributes(event_mask=X.SubstructureNotifyMask | X.PropertyChangeMask)

    def seen(self) -> tuple[Window, ...]:
        """The visible windows, front to back. One that goes away meanwhile is left out."""
        active, managed = self._managed()
        return tuple(top.window for top in self._described(managed, active))

    def stack(self) -> tuple[TopLevel, ...]:
        """Everything visible, front to back: the menus and hints that no window manager frames, then the windows."""
        active, managed = self._managed()
        popups = [window for window in self._unframed() if window not in managed]
        return *self._described(popups, active, popup=True), *self._described(managed, active)

    def _unframed(self) -> list[int]:
        """The visible windows that ask the window manager to leave them alone, front to back."""
        from Xlib import X, error
        from Xlib.protocol import request

        here = {"display": self._x11.display.display, "defer": 1}
        children = reversed(self._x11.root.query_tree().children)
        asked = [(window.id, request.GetWindowAttributes(window=window.id, **here)) for window in children]
        found = []
        for window, state in asked:
            with suppress(error.XError):  # it went away meanwhile
                state.reply()
                if state.map_state == X.IsViewable and state.override_redirect:
                    found.append(window)
        return found

    def _described(self, windows: Sequence[int], active: int, *, popup: bool = False) -> list[TopLevel]:
        """Those of `windows` that are visible."""
        from Xlib import X, error
        from Xlib.protocol import request

        asked = []
        for window in windows:
            here = {"display": self._x11.display.display, "defer": 1}
            texts = [self._ask(window, name) for name in ("_NET_WM_NAME", "WM_NAME")]
            frames = [self._ask(window, name) for name in ("_NET_FRAME_EXTENTS", "_GTK_FRAME_EXTENTS")]
            area = request.GetGeometry(drawable=window, **here)
            corner = request.TranslateCoords(src_wid=window, dst_wid=self._x11.root, src_x=0, src_y=0, **here)
            state = request.GetWindowAttributes(window=window, **here)
            process = self._ask(window, "_NET_WM_PID")
            asked.append((window, texts, frames, area, corner, state, process))
        found = []
        for window, texts, frames, area, corner, state, process in asked:
            try:
                for reply in (*texts, *frames, area, corner, state, process):
                    reply.reply()
            except error.XError:
                continue
            if state.map_state != X.IsViewable:
                continue
            title = next((text for text in map(_text_in, texts) if text), "")
            left, right, top, bottom = (
                outer - inner for outer, inner in zip(*(_four_in(frame) for frame in frames), strict=True)
            )
            shown = Window(
                title,
                corner.x - left,
                corner.y - top,
                area.width + left + right,
                area.height + top + bottom,
                window == active,
            )
            owner = (_numbers_in(process) or [0])[0]
            found.append(TopLevel(shown, owner, (corner.x, corner.y, area.width, area.height), popup))
        return found

    def ids(self) -> tuple[int, tuple[int, ...]]:
        """The active window and all managed windows, front to back, as X resource numbers; 0 for none."""
        active, managed = self._managed()
        return active, tuple(managed)

    def titles(self) -> frozenset[str]:
        """The titles of all windows in sight."""
        return frozenset(window.title for window in self.seen())

    def changed(self, before: tuple[int, tuple[int, ...]], titles: frozenset[str], seconds: float) -> bool:
        """Whether a window came into sight, became active or took a new title, waiting for it up to `seconds`.

        An application that runs already may open a tab of the window it has: only its title tells.
        """

        def new() -> bool:
            active, windows = self.ids()
            came = set(windows) - set(before[1])
            shown = any(map(self._viewable, came)) or (active not in (0, before[0]) and self._viewable(active))
            return shown or bool(self.titles() - titles)

        return self._x11.until(new, seconds, self._stop)

    def front(self) -> int:
        """The window that gets the keys, as an X resource number; 0 for none."""
        return self._managed()[0] or self.under_pointer()

    def under_pointer(self) -> int:
        """The client's own window under the pointer: the first on the way down that has WM_PROTOCOLS; 0 for none."""
        from Xlib import X, error

        window, protocols = self._x11.root, self._x11.atom("WM_PROTOCOLS")
        try:
            while window := window.query_pointer().child:
                if window.get_property(protocols, X.AnyPropertyType, 0, 1):
                    return int(window.id)
        except error.XError:
            pass
        return 0

    def _viewable(self, window: int) -> bool:
        from Xlib import X, error

        try:
            attributes = self._x11.display.create_resource_object("window", window).get_attributes()
        except error.XError:
            return False
        return bool(attributes.map_state == X.IsViewable)

    def _managed(self) -> tuple[int, list[int]]:
        self._x11.forget_events()
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

    def _ask(self, window: Any, name: str) -> Any:
        from Xlib.protocol import request

        return request.GetProperty(
            display=self._x11.display.display,
            defer=1,
            delete=0,
            window=window,
            property=self._x11.atom(name),
            type=0,
            long_offset=0,
            long_length=4096,
        )


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
