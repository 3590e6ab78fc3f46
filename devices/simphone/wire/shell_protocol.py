"""The packets of `shell,v2`: standard input, output and error side by side, and the exit code at the end."""

import struct
from collections.abc import Iterator

from devices.simphone.shell.program import Source

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN, WINDOW_SIZE = range(6)
_HEADER = struct.Struct("<BI")


def header(kind: int, length: int) -> bytes:
    """What comes before a packet's data of so many bytes."""
    return _HEADER.pack(kind, length)


def packet(kind: int, data: bytes) -> bytes:
    """One packet: its kind, its length, its data."""
    return header(kind, len(data)) + data


def packets(source: Source) -> Iterator[tuple[int, bytes]]:
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
