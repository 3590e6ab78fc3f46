"""The messages that an adb server and a phone exchange, after AOSP's packages/modules/adb/protocol.txt."""

import socket
import struct
from dataclasses import dataclass

VERSION = 0x01000001  # from this version on `data_check` is not checked
MAX_DATA = 1 << 20
_HEADER = struct.Struct("<4sIIIII")
_SMALL = 1 << 16  # bytes that are cheaper to copy behind their header than to send with a call of their own


class TransportClosed(Exception):
    """The connection ended, or what arrived was no adb message."""


@dataclass(frozen=True, slots=True)
class AdbMessage:
    """`command` is one of CNXN, AUTH, OPEN, OKAY, WRTE, CLSE; what the two numbers mean depends on it."""

    command: bytes
    first: int
    second: int
    data: bytes = b""


def receive(link: socket.socket) -> AdbMessage:
    """The next message. Raises `TransportClosed`."""
    command, first, second, length, _, magic = _HEADER.unpack(_exactly(link, _HEADER.size))
    if magic != int.from_bytes(command, "little") ^ 0xFFFFFFFF or length > MAX_DATA:
        raise TransportClosed(f"no adb message: {command!r} with magic {magic:08x} and {length} bytes")
    return AdbMessage(command, first, second, _exactly(link, length))


def send(link: socket.socket, command: bytes, first: int, second: int, *data: bytes | memoryview) -> None:
    """Send one message, whose data may come in parts; a large last one is not copied. Raises `TransportClosed`."""
    length = sum(map(len, data))
    check = sum(map(sum, data)) if command in (b"CNXN", b"AUTH") else 0
    header = _HEADER.pack(command, first, second, length, check, int.from_bytes(command, "little") ^ 0xFFFFFFFF)
    try:
        if length <= _SMALL:
            link.sendall(b"".join((header, *data)))
        else:
            link.sendall(b"".join((header, *data[:-1])))
            link.sendall(data[-1])
    except OSError as error:
        raise TransportClosed(f"the adb server is gone: {error}") from error


def _exactly(link: socket.socket, length: int) -> bytes:
    data = bytearray(length)
    view = memoryview(data)
    while view:
        try:
            got = link.recv_into(view)
        except OSError as error:
            raise TransportClosed(f"the adb server is gone: {error}") from error
        if not got:
            raise TransportClosed("the adb server closed the connection")
        view = view[got:]
    return bytes(data)
