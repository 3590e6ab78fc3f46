"""The service `sync:`: files told of, listed, sent and fetched, after AOSP's adb/SYNC.TXT and file_sync_protocol.h."""

import stat
import struct
from errno import ENOENT

from devices.simphone.files import Files, why_not
from devices.simphone.shell_host import Machine
from devices.simphone.wire.link import Stream

_CHUNK = 1 << 16  # SYNC_DATA_MAX
_STAT2 = struct.Struct("<4sIQQIIIIQqqq")
_TIME = 1_700_000_000  # one day in 2023: files have no time of their own here


def serve(machine: Machine, stream: Stream) -> None:
    """Answer requests until QUIT or the end of the stream."""
    files, reader = machine.files, _Reader(stream)
    while (request := reader.take(8)) and request[:4] != b"QUIT":
        length = int.from_bytes(request[4:], "little")
        path = reader.take(length).decode("utf-8", "surrogateescape")
        match request[:4]:
            case b"STAT":
                entry = files.stat(path)
                stream.write(struct.pack("<4sIII", b"STAT", *((entry.mode, entry.size, _TIME) if entry else (0, 0, 0))))
            case (b"STA2" | b"LST2") as kind:
                stream.write(_stat2(kind, files, path))
            case b"LIST":
                stream.write(_list(files, path))
            case b"LIS2":
                stream.write(_list2(files, path))
            case b"RECV":
                _give(files, path, stream)
            case b"SEND":
                stream.write(_take(files, path.rpartition(",")[0], reader))
            case other:
                stream.write(_failure(f"unknown command {other!r}"))
                return


def _stat2(kind: bytes, files: Files, path: str) -> bytes:
    if (entry := files.stat(path)) is None:
        return _STAT2.pack(kind, ENOENT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    return _STAT2.pack(kind, 0, 1, 1, entry.mode, 1, 2000, 1015, entry.size, _TIME, _TIME, _TIME)


def _list(files: Files, path: str) -> bytes:
    listed = b""
    for name in files.names(path):
        if entry := files.stat(f"{path}/{name}"):
            data = name.encode("utf-8", "surrogateescape")
            listed += struct.pack("<4sIIII", b"DENT", entry.mode, entry.size, _TIME, len(data)) + data
    return listed + struct.pack("<4sIIII", b"DONE", 0, 0, 0, 0)


def _list2(files: Files, path: str) -> bytes:
    listed = b""
    for name in files.names(path):
        data = name.encode("utf-8", "surrogateescape")
        listed += _stat2(b"DNT2", files, f"{path}/{name}") + struct.pack("<I", len(data)) + data
    return listed + b"DONE" + bytes(_STAT2.size)  # as long as an entry with an empty name


def _give(files: Files, path: str, stream: Stream) -> None:
    try:
        data = files.read(path)
    except OSError as error:
        stream.write(_failure(why_not(error)))
        return
    for start in range(0, len(data), _CHUNK):
        piece = data[start : start + _CHUNK]
        stream.write(struct.pack("<4sI", b"DATA", len(piece)) + piece)
    stream.write(struct.pack("<4sI", b"DONE", 0))


def _take(files: Files, path: str, reader: "_Reader") -> bytes:
    data = bytearray()
    while (header := reader.take(8))[:4] == b"DATA":
        data += reader.take(int.from_bytes(header[4:], "little"))
    if header[:4] != b"DONE":
        return _failure("the file did not come whole")
    try:
        if (entry := files.stat(path)) and stat.S_ISDIR(entry.mode):
            raise IsADirectoryError(path)
        files.write(path, bytes(data))
    except OSError as error:
        return _failure(f"couldn't create file: {why_not(error)}")
    return struct.pack("<4sI", b"OKAY", 0)


def _failure(text: str) -> bytes:
    return struct.pack("<4sI", b"FAIL", len(text.encode())) + text.encode()


class _Reader:
    """Exactly so many bytes of what comes in pieces."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._pending = bytearray()

    def take(self, length: int) -> bytes:
        """The next `length` bytes; b"" at the end, wherever that is."""
        while len(self._pending) < length:
            if not (data := self._stream.read()):
                return b""
            self._pending += data
        taken = bytes(self._pending[:length])
        del self._pending[:length]
        return taken
