"""Every key, button and motion event of an X display, copied by the RECORD extension; clients still get them."""

import queue
import struct
import threading
from dataclasses import dataclass
from time import monotonic
from typing import Any

from devices.desktop.x11 import X11
from devices.device import DeviceLost

KEY_DOWN, KEY_UP, BUTTON_DOWN, BUTTON_UP, MOVE = range(2, 7)
"""The numbers of the core events KeyPress to MotionNotify."""
_EVENT = struct.Struct("=BBHIIIIhhhhHBx")
_WRAPS = 1 << 32  # the server counts milliseconds in 32 bits


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event: `kind` is one of the numbers above, `at` is seconds of `time.monotonic`.

    `detail` is the key code or the number of the button, (`x`, `y`) where the pointer was, `state` the modifiers and
    buttons that were held before.
    """

    kind: int
    at: float
    detail: int
    x: int
    y: int
    state: int


class EventTap:
    """Copies the input events of the display `name` until `close`. Raises `DeviceLost` where that cannot be done."""

    def __init__(self, name: str) -> None:
        from Xlib.ext import record

        self._control = X11(name)
        self._data = X11(name)
        if not self._data.display.has_extension("RECORD"):
            self.close()
            raise DeviceLost(
                f"the X display {name} has no RECORD extension, so its input cannot be recorded: "
                'switch it on in xorg.conf (Section "Module": Load "record")'
            )
        self._events: queue.SimpleQueue[InputEvent] = queue.SimpleQueue()
        self._began = threading.Event()
        self._why = ""
        self._base = self._server_clock()
        nothing = (0, 0)
        nowhere = (0, 0, 0, 0)
        wanted = {
            "core_requests": nothing,
            "core_replies": nothing,
            "ext_requests": nowhere,
            "ext_replies": nowhere,
            "delivered_events": nothing,
            "device_events": (KEY_DOWN, MOVE),
            "errors": nothing,
            "client_started": False,
            "client_died": False,
        }
        self._context = self._data.display.record_create_context(0, [record.AllClients], [wanted])
        self._thread = threading.Thread(target=self._record, daemon=True, name="screenhand-event-tap")
        self._thread.start()
        if not self._began.wait(10.0):
            self.close()
            raise DeviceLost(f"the X display {name} did not begin to tell what is done there within 10 s")

    def events(self) -> list[InputEvent]:
        """What has happened since the last time, in order. Raises `DeviceLost` when the display is gone."""
        found = []
        while not self._events.empty():
            found.append(self._events.get())
        if self._why and not found:
            raise DeviceLost(self._why)
        return found

    def close(self) -> None:
        """Stop recording. May be called twice."""
        context, self._context = getattr(self, "_context", None), None
        if context is not None and not self._why:
            try:
                self._control.display.record_disable_context(context)
                self._control.display.flush()
                self._thread.join(5.0)
            except Exception as gone:  # noqa: BLE001 - a dead server has nothing left to switch off
                self._why = str(gone)
        self._data.close()
        self._control.close()

    def _record(self) -> None:
        try:
            self._data.display.record_enable_context(self._context, self._take)
        except Exception as gone:  # noqa: BLE001 - raised by `events` on the caller's thread
            self._why = f"the display is gone: {type(gone).__name__} {gone}".strip()
        self._began.set()

    def _take(self, reply: Any) -> None:
        from Xlib.ext import record

        if reply.category == record.StartOfData:
            self._began.set()
        if reply.category != record.FromServer or reply.client_swapped:
            return
        for kind, detail, _, at, _, _, _, x, y, _, _, state, _ in _EVENT.iter_unpack(reply.data):
            if KEY_DOWN <= kind & 0x7F <= MOVE:
                self._events.put(InputEvent(kind & 0x7F, self._seconds(at), detail, x, y, state))

    def _seconds(self, server: int) -> float:
        """The server's milliseconds as seconds of this side's clock."""
        then, here = self._base
        passed = (server - then + _WRAPS // 2) % _WRAPS - _WRAPS // 2
        return here + passed / 1000

    def _server_clock(self) -> tuple[int, float]:
        """A moment by the server's clock and by this side's: the closest of a few, each stamped on a property."""
        from Xlib import X, Xatom

        window = self._control.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        moments = []
        for turn in range(5):
            window.change_property(self._control.atom("_SCREENHAND_TIME"), Xatom.INTEGER, 32, [turn])
            self._control.display.flush()
            event = self._control.display.next_event()
            while event.type != X.PropertyNotify:
                event = self._control.display.next_event()
            moments.append((int(event.time), monotonic()))
        window.destroy()
        first = moments[0][0]
        return min(moments, key=lambda moment: moment[1] - ((moment[0] - first) % _WRAPS) / 1000)
