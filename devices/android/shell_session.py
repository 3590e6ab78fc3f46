"""A persistent shell on the phone: many commands over one stream, each with its output and exit code.

The stream belongs to one connection of one phone. When that connection drops, the stream ends, so a command can never
reach another phone that has taken the place of this one.
"""

import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from devices.android.adb_stream import READ, AdbStream, ConnectionLost, ServerAddress, open_service
from devices.android.deadline import Deadline


class PacketKind:
    """The kinds of packets of the protocol "shell,v2"."""

    STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN = range(5)


_HEADER = struct.Struct("<BI")
GLIMPSE = 4096
"""Bytes that are read to find a header; the data after it is received straight into its sink."""
MARK = 16
"""Random bytes of the mark after a command's output, two hex digits each; a longer mark is found faster."""
MOST = 256 << 20
"""Maximum bytes of one answer: a raw frame of 8K takes 133 MB."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """A command's standard output and exit code."""

    output: bytes | bytearray
    code: int

    @property
    def text(self) -> str:
        """The output as text; invalid UTF-8 becomes U+FFFD, CRLF becomes LF."""
        return self.output.decode("utf-8", "replace").replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class ShellOutput:
    """The results of the commands of one call, in order, and their joint standard error."""

    results: tuple[CommandResult, ...]
    errors: str = ""


class ByteSink:
    """A receive buffer that grows by doubling; `room` is the expected number of bytes."""

    def __init__(self, room: int = 0) -> None:
        self._room = bytearray(room)
        self.length = 0

    def more(self, length: int) -> memoryview:
        """Space for the next `length` bytes. Raises `ConnectionLost` beyond `MOST` bytes."""
        start, self.length = self.length, self.length + length
        if self.length > MOST:
            raise ConnectionLost(f"an answer of more than {MOST} bytes is no phone's")
        if self.length > len(self._room):
            self._room += bytes(max(self.length, 2 * len(self._room), GLIMPSE) - len(self._room))
        return memoryview(self._room)[start : self.length]

    def find(self, part: bytes, start: int) -> int:
        """The index of `part` from `start` on; -1 when it is not there."""
        return self._room.find(part, start, self.length)

    def between(self, start: int, end: int) -> bytes:
        return bytes(self._room[start:end])

    def taken(self, end: int | None = None) -> bytearray:
        """The bytes up to `end`, without a copy; the sink must not be used afterwards."""
        del self._room[self.length if end is None else end :]
        return self._room


class PacketReader:
    """Reads packets of "shell,v2" from a stream: one byte of kind, four of length, the data."""

    def __init__(self, stream: AdbStream) -> None:
        self._stream = stream
        self._buffer = bytearray(GLIMPSE)
        self._held = b""

    def read_into(self, sinks: Mapping[int, ByteSink], deadline: Deadline) -> int:
        """Append the data of the next packet to the sink of its kind, and return the kind.

        Raises `ConnectionLost` at the end of the stream; then the sinks are incomplete.
        """
        kind, length = _HEADER.unpack(self._header(deadline))
        here, self._held = self._held[:length], self._held[length:]
        with sinks.get(kind, ByteSink()).more(length) as room:
            room[: len(here)] = here
            with room[len(here) :] as rest:
                self._stream.fill(rest, deadline)
        return int(kind)

    def _header(self, deadline: Deadline) -> bytes:
        while len(self._held) < _HEADER.size:
            got = self._stream.some_into(memoryview(self._buffer), deadline)
            if not got:
                raise ConnectionLost("the phone's shell ended before its answer was complete")
            self._held += self._buffer[:got]
        header, self._held = self._held[: _HEADER.size], self._held[_HEADER.size :]
        return header


class ShellSession:
    """A shell that runs one line of commands after another, in 0.1 ms of this side's time for a short one."""

    def __init__(self, server: ServerAddress, serial: str, deadline: Deadline) -> None:
        self._stream = open_service(server, serial, "shell,v2,raw:", deadline)
        self._packets = PacketReader(self._stream)
        self._longest: tuple[tuple[str, ...], int] = ((), 0)
        self.idle = True
        """Whether every command has been answered."""

    @property
    def ended(self) -> bool:
        return self._stream.ended

    def run(self, commands: tuple[str, ...], deadline: Deadline) -> ShellOutput:
        """Run each of `commands`, already quoted, in order and in one round trip, whatever the ones before came to.

        Raises `ConnectionLost` when the link ends before the last exit code, `TimedOut`, `Stopped`; then it is not
        known how far the phone has come, and this shell must be closed.
        """
        marks = [secrets.token_hex(MARK) for _ in commands]
        line = "; ".join(f"{command}; echo {mark} $?" for command, mark in zip(commands, marks, strict=True)) + "\n"
        data = line.encode()
        self.idle = False
        self._stream.send(_HEADER.pack(PacketKind.STDIN, len(data)) + data, deadline)
        known, room = self._longest
        gathered, errors = _MarkedOutput(room if known == commands else 0), ByteSink()
        results = []
        for mark in marks:
            while (result := gathered.until(mark.encode())) is None:
                sinks = {PacketKind.STDOUT: gathered.data, PacketKind.STDERR: errors}
                if self._packets.read_into(sinks, deadline) == PacketKind.EXIT:
                    raise ConnectionLost("the phone's shell ended in the midst of an answer")
            results.append(result)
        self.idle = True
        if (most := max((len(each.output) for each in results), default=0)) > GLIMPSE and most > room:
            self._longest = commands, most + GLIMPSE
        return ShellOutput(tuple(results), errors.taken().decode("utf-8", "replace"))

    def close(self) -> None:
        self._stream.close()


class _MarkedOutput:
    """Standard output as it arrives, split at the marks; no byte is searched twice."""

    def __init__(self, room: int) -> None:
        self.data = ByteSink(room)
        self._searched = 0

    def until(self, mark: bytes) -> CommandResult | None:
        """The output before `mark` with the exit code after it; None until both have arrived."""
        start = self.data.find(mark, self._searched)
        if start < 0:
            self._searched = max(0, self.data.length - len(mark))
            return None
        self._searched = start
        end = self.data.find(b"\n", start)
        if end < 0:
            return None
        code = self.data.between(start + len(mark), end).strip()
        if not code.isdigit():
            raise ConnectionLost(f"the phone's shell gave {code[:20]!r} where an exit code was due")
        rest = self.data.between(end + 1, self.data.length)
        output, self.data, self._searched = self.data.taken(start), ByteSink(), 0
        self.data.more(len(rest))[:] = rest
        return CommandResult(output, int(code))


def run_once(server: ServerAddress, serial: str, command: str, deadline: Deadline, given: bytes = b"") -> ShellOutput:
    """Run `command`, already quoted, in a shell of its own, with `given` on its standard input.

    Raises `ConnectionLost` when the link ends before the exit code, `TimedOut`, `ServerRefused`, `Stopped`.
    """
    stream = open_service(server, serial, f"shell,v2,raw:{command}", deadline)
    try:
        for start in range(0, len(given), READ):
            part = given[start : start + READ]
            stream.send(_HEADER.pack(PacketKind.STDIN, len(part)) + part, deadline)
        stream.send(_HEADER.pack(PacketKind.CLOSE_STDIN, 0), deadline)
        packets, output, errors, code = PacketReader(stream), ByteSink(), ByteSink(), ByteSink()
        sinks = {PacketKind.STDOUT: output, PacketKind.STDERR: errors, PacketKind.EXIT: code}
        while packets.read_into(sinks, deadline) != PacketKind.EXIT:
            pass
        return ShellOutput((CommandResult(output.taken(), code.taken()[0]),), errors.taken().decode("utf-8", "replace"))
    finally:
        stream.close()
