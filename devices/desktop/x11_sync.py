"""Whether a window has processed the input that was sent to it, without waiting longer than it needs.

A toolkit that speaks _NET_WM_PING (GTK, Qt) answers in its turn, after what came before. For one that does not (Tk,
xterm), the X server names its process and Linux tells whether it woke up and sleeps again.
"""

import contextlib
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.desktop.x11 import X11
from devices.desktop.x11_windows import WindowList
from devices.stop import Stop

LOOKS = 5  # at a sleeping process, two milliseconds apart
_LOCAL_PID = 2  # XResClientIdMask
_UCRED = struct.Struct("3i")  # process, user, group: unix(7)


class InputSync:
    """Waits for the windows of one display. Raises `Stopped` while waiting."""

    def __init__(self, x11: X11, windows: WindowList, stop: Stop) -> None:
        self._x11 = x11
        self._windows = windows
        self._stop = stop
        self._pings = 0
        self._proc = server_proc(x11)

    def windows_in_front(self, seconds: float) -> bool:
        """Whether the window with the focus and the one under the pointer processed all input within `seconds`."""
        return all(self.window(window, seconds) for window in {self._windows.front(), self._windows.under_pointer()})

    def window(self, window: int, seconds: float) -> bool:
        """Whether `window` processed all input within `seconds`; True for one that is gone."""
        from Xlib import X, error

        if not window:
            return True
        resource = self._x11.display.create_resource_object("window", window)
        try:
            protocols = resource.get_full_property(self._x11.atom("WM_PROTOCOLS"), X.AnyPropertyType)
            if protocols is not None and self._x11.atom("_NET_WM_PING") in protocols.value:
                return self._answers(resource, seconds)
            process = client_pid(self._x11, window)
        except error.XError:
            return True
        return bool(process) and self._goes_to_sleep(process, resource, seconds)

    def _answers(self, window: Any, seconds: float) -> bool:
        from Xlib import X

        self._pings += 1
        sent = [self._x11.atom("_NET_WM_PING"), self._pings]
        self._send(window, "WM_PROTOCOLS", [*sent, window.id, 0, 0])

        def answered() -> bool:
            while self._x11.display.pending_events():
                seen = self._x11.display.next_event()
                if seen.type == X.ClientMessage and list(seen.data[1][:2]) == sent:
                    return True
                if seen.type == X.DestroyNotify and seen.window == window:
                    return True
            return False

        return self._x11.until(answered, seconds, self._stop)

    def _goes_to_sleep(self, process: int, window: Any, seconds: float) -> bool:
        calm, deadline = 0, time.monotonic() + seconds
        try:
            state = sleep_state(self._proc, process)
            first = state.switches
            # Something to wake up for. Never WM_PROTOCOLS: xterm closes its window on any message of that type.
            self._send(window, "_SCREENHAND_WAKE", [0, 0, 0, 0, 0])
            while calm < LOOKS and time.monotonic() < deadline:
                # A process that sleeps for an answer of the X server has it when ours has come: then it sleeps again.
                self._x11.display.sync()
                self._stop.wait(0.002)
                before, state = state, sleep_state(self._proc, process)
                calm = calm + 1 if state.asleep and state.switches > first and state == before else 0
        except OSError:
            return False
        return calm == LOOKS

    def _send(self, window: Any, kind: str, numbers: list[int]) -> None:
        from Xlib.protocol import event

        window.send_event(event.ClientMessage(window=window, client_type=self._x11.atom(kind), data=(32, numbers)))
        self._x11.display.flush()


def client_pid(x11: X11, window: int) -> int:
    """The process id behind `window`, 0 when it runs elsewhere or the server cannot tell."""
    extension = x11.display.query_extension("X-Resource")
    if extension is None:
        return 0
    reply = _query_client_ids()(
        display=x11.display.display,
        opcode=extension.major_opcode,
        specs=[{"client": window, "mask": _LOCAL_PID}],
    )
    # One answer to the one question: client, mask, four bytes of value, the value.
    return int(reply.numbers[3]) if len(reply.numbers) == 4 else 0


@dataclass(frozen=True, slots=True)
class SleepState:
    """Whether a process's main thread sleeps, and its count of voluntary context switches."""

    asleep: bool
    switches: int


def server_proc(x11: X11) -> Path:
    """The /proc that counts processes as the X server does: a sandbox's server has a PID namespace of its own."""
    with contextlib.suppress(OSError):
        peer = x11.display.display.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
        proc = Path(f"/proc/{_UCRED.unpack(peer)[0]}/root/proc")
        if (proc / "self").is_symlink():
            return proc
    return Path("/proc")


def sleep_state(proc: Path, process: int) -> SleepState:
    """The state of `process` now, from `proc`. Raises `OSError` where that is unknown."""
    lines = dict(line.split(":", 1) for line in (proc / str(process) / "status").read_text().splitlines())
    return SleepState(lines["State"].strip().startswith("S"), int(lines["voluntary_ctxt_switches"]))


def _query_client_ids() -> Any:
    from Xlib.protocol import rq

    class QueryClientIds(rq.ReplyRequest):  # type: ignore[misc]  # Xlib ships no types
        _request = rq.Struct(
            rq.Card8("opcode"),
            rq.Opcode(4),
            rq.RequestLength(),
            rq.LengthOf("specs", 4),
            rq.List("specs", rq.Struct(rq.Card32("client"), rq.Card32("mask"))),
        )
        _reply = rq.Struct(
            rq.ReplyCode(),
            rq.Pad(1),
            rq.Card16("sequence_number"),
            rq.ReplyLength(),
            rq.Card32("answers"),
            rq.Pad(20),
            rq.List("numbers", rq.Card32Obj),
        )

    return QueryClientIds
