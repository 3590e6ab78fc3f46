"""The shell over the wire: by packets or plain bytes, for one command or line by line."""

import struct
from collections.abc import Iterator, Mapping

from devices.simphone.shell.interpreter import Exited, Interpreter
from devices.simphone.shell.lexer import Incomplete
from devices.simphone.shell.program import Program, Sink, Source, encoded
from devices.simphone.shell_host import ShellHost
from devices.simphone.wire.transport import ServiceStream

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN = range(5)
_HEADER = struct.Struct("<BI")
_CHUNK = 1 << 18  # bytes of output in one packet: about what a pipe of a real phone gives at once


def over_packets(host: ShellHost, programs: Mapping[str, Program], line: str, stream: ServiceStream) -> None:
    """`shell,v2:LINE`, or without a line a shell that reads its lines; ends with the exit code."""

    def sink(kind: int) -> Sink:
        def write(data: bytes | memoryview) -> None:
            view = memoryview(data)
            parts = [view[start : start + _CHUNK] for start in range(0, len(view), _CHUNK)]
            stream.write_each([(_header(kind, len(part)), part) for part in parts])

        return write

    status = _run(host, programs, line, _PacketInput(stream), sink(STDOUT), sink(STDERR))
    stream.write(_packet(EXIT, bytes((status & 0xFF,))))


def over_plain_bytes(host: ShellHost, programs: Mapping[str, Program], line: str, stream: ServiceStream) -> None:
    """`shell:LINE` and `exec:LINE`: output and errors in one stream, and no exit code."""
    _run(host, programs, line, stream, stream.write, stream.write)


def _run(host: ShellHost, programs: Mapping[str, Program], line: str, stdin: Source, out: Sink, err: Sink) -> int:
    shell = Interpreter(host, programs)
    try:
        if line:
            return _whole(shell, line, stdin, out, err)
        return _line_by_line(shell, stdin, out, err)
    except Exited as ended:
        return ended.status


def _whole(shell: Interpreter, line: str, stdin: Source, out: Sink, err: Sink) -> int:
    try:
        return shell.run(line, stdin, out, err)
    except Incomplete as unfinished:
        err(encoded(f"/system/bin/sh: syntax error: {unfinished}\n"))
        return 1


def _line_by_line(shell: Interpreter, stdin: Source, out: Sink, err: Sink) -> int:
    """Run each line as soon as it is whole; what the commands read comes after it."""
    lines = _Lines(stdin)
    pending = ""
    while line := lines.next():
        pending += line.decode("utf-8", "surrogateescape")
        try:
            shell.run(pending, lines, out, err)
        except Incomplete:
            continue
        pending = ""
    return _whole(shell, pending, lines, out, err) if pending else shell.status


class _Lines:
    """A source that can be read by lines and, behind a line, by what is there."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pending = b""

    def next(self) -> bytes:
        """The next line with its end; b"" when all is read."""
        while b"\n" not in self._pending and (data := self._source.read()):
            self._pending += data
        line, end, self._pending = self._pending.partition(b"\n")
        return line + end

    def read(self) -> bytes:
        data, self._pending = self._pending, b""
        return data or self._source.read()


class _PacketInput:
    """Standard input out of packets."""

    def __init__(self, stream: ServiceStream) -> None:
        self._data = _input(_packets(stream))

    def read(self) -> bytes:
        return next(self._data, b"")


def _input(arriving: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    for kind, data in arriving:
        if kind == STDIN and data:
            yield data
        if kind == CLOSE_STDIN:
            return


def _header(kind: int, length: int) -> bytes:
    """What comes before a packet's data of so many bytes."""
    return _HEADER.pack(kind, length)


def _packet(kind: int, data: bytes) -> bytes:
    """One packet: its kind, its length, its data."""
    return _header(kind, len(data)) + data


def _packets(source: Source) -> Iterator[tuple[int, bytes]]:
    """(kind, data) of every whole packet that comes from `source`."""
    pending = b""
    while data := source.read():
        pending += data
        while len(pending) >= _HEADER.size:
            kind, length = _HEADER.unpack_from(pending)
            if len(pending) < _HEADER.size + length:
                break
            yield kind, pending[_HEADER.size : _HEADER.size + length]
            pending = pending[_HEADER.size + length :]
