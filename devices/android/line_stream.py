"""The lines that a program of a phone prints while it runs, each with its time of arrival."""

import queue
import threading
from time import monotonic

from devices.android.adb_stream import ConnectionLost, ServerAddress, ServerRefused, open_service
from devices.android.deadline import Deadline, TimedOut
from devices.android.shell_session import ByteSink, PacketKind, PacketReader
from devices.device import DeviceLost
from devices.stop import Stop, Stopped

LONGEST = 1 << 16
"""Bytes without a line end after which this is no program that prints lines."""
_FOR_EVER = 1e9


class LineStream:
    """Reads `command`, already quoted, on a thread of its own until `close`. Raises `DeviceLost` if it cannot begin."""

    def __init__(self, server: ServerAddress, serial: str, command: str) -> None:
        self._stop = Stop()
        self._deadline = Deadline(self._stop, _FOR_EVER)
        self._lines: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()
        self.end_reason = ""
        """Why the program has ended; "" while it runs."""
        try:
            self._stream = open_service(server, serial, f"shell,v2,raw:{command}", Deadline(Stop(), 10.0))
        except (ConnectionLost, ServerRefused, TimedOut) as error:
            raise DeviceLost(f"the phone {serial} does not run {command!r}: {error}") from error
        self._thread = threading.Thread(target=self._read, daemon=True, name="screenhand-lines")
        self._thread.start()

    def read(self) -> list[tuple[float, str]]:
        """(seconds of `time.monotonic`, line) of each since the last time."""
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return lines

    def close(self) -> None:
        self._stop.ask("closed")
        self._thread.join(5.0)
        self._stream.close()

    def _read(self) -> None:
        packets, rest, errors = PacketReader(self._stream), b"", b""
        try:
            while True:
                out, err = ByteSink(), ByteSink()
                sinks = {PacketKind.STDOUT: out, PacketKind.STDERR: err}
                if packets.read_into(sinks, self._deadline) == PacketKind.EXIT:
                    break
                now, errors = monotonic(), (errors + err.taken())[-LONGEST:]
                *lines, rest = (rest + out.taken()).split(b"\n")
                rest = rest[:LONGEST]
                for line in lines:
                    self._lines.put((now, line.decode("utf-8", "replace").rstrip("\r")))
            self.end_reason = errors.decode("utf-8", "replace").strip()[:300] or "it ended by itself"
        except Stopped:
            self.end_reason = "closed"
        except (ConnectionLost, TimedOut) as error:
            self.end_reason = str(error)
