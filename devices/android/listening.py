"""The lines that a program of a phone prints while it runs, each with the moment at which it was heard."""

import queue
import threading
from time import monotonic

from devices.android.patience import NoAnswer, Patience
from devices.android.shell import Kind, Packets, Sink
from devices.android.stream import LinkLost, Server, ServerSays, open_service
from devices.device import DeviceLost
from devices.stop import Stop, Stopped

LONGEST = 1 << 16
"""Bytes without a line end after which this is no program that prints lines."""
_FOR_EVER = 1e9


class Lines:
    """Reads `command`, already quoted, on a thread of its own until `close`. Raises `DeviceLost` if it cannot begin."""

    def __init__(self, server: Server, serial: str, command: str) -> None:
        self._stop = Stop()
        self._patience = Patience(self._stop, _FOR_EVER)
        self._heard: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()
        self.why_ended = ""
        """Why nothing more will come; "" while it goes on."""
        try:
            self._stream = open_service(server, serial, f"shell,v2,raw:{command}", Patience(Stop(), 10.0))
        except (LinkLost, ServerSays, NoAnswer) as error:
            raise DeviceLost(f"the phone {serial} does not run {command!r}: {error}") from error
        self._thread = threading.Thread(target=self._read, daemon=True, name="screenhand-lines")
        self._thread.start()

    def heard(self) -> list[tuple[float, str]]:
        """(seconds of `time.monotonic`, line) of each since the last time."""
        found = []
        while not self._heard.empty():
            found.append(self._heard.get())
        return found

    def close(self) -> None:
        self._stop.ask("closed")
        self._thread.join(5.0)
        self._stream.close()

    def _read(self) -> None:
        packets, rest, errors = Packets(self._stream), b"", b""
        try:
            while True:
                out, err = Sink(), Sink()
                if packets.next_onto({Kind.STDOUT: out, Kind.STDERR: err}, self._patience) == Kind.EXIT:
                    break
                now, errors = monotonic(), (errors + err.taken())[-LONGEST:]
                *lines, rest = (rest + out.taken()).split(b"\n")
                rest = rest[:LONGEST]
                for line in lines:
                    self._heard.put((now, line.decode("utf-8", "replace").rstrip("\r")))
            self.why_ended = errors.decode("utf-8", "replace").strip()[:300] or "it ended by itself"
        except Stopped:
            self.why_ended = "closed"
        except (LinkLost, NoAnswer) as error:
            self.why_ended = str(error)
