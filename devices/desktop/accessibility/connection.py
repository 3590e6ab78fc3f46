"""A connection to a D-Bus daemon: calls are sent in bulk, answers are taken as they come, every wait has its end."""

import os
import select
import socket
import time
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from devices.desktop.accessibility.marshal import BadMessage
from devices.desktop.accessibility.wire import ERROR, LARGEST, PREFIX, RETURN, decode, encode_call, length

BUS = "org.freedesktop.DBus"
_CHUNK = 1 << 16

Values = tuple[Any, ...]


class CallFailed(Exception):
    """The other end answered with an error, whose name and text this is."""


class BusLost(OSError):
    """There is no bus at that address, or none any more."""


class BusConnection:
    """One connection, for one thread. Raises `BusLost` when it cannot be had within `seconds`, and later when it ends.

    `send` only notes a call; `receive` sends what is noted and returns the answers. A program that does not answer
    costs nobody but the one who waits for it.
    """

    def __init__(self, address: str, seconds: float = 2.0) -> None:
        self._serial = 0
        self._out = bytearray()
        self._in = bytearray()
        self._socket = _connected(address, seconds)
        try:
            self._authenticate(time.monotonic() + seconds)
            self.ask(BUS, "/org/freedesktop/DBus", BUS, "Hello", seconds=seconds)
        except (OSError, CallFailed) as error:
            self.close()
            raise BusLost(f"the bus at {address} does not let us in: {error}") from error

    def send(
        self, destination: str, path: str, interface: str, member: str, signature: str = "", values: Values = ()
    ) -> int:
        """Note a call; the serial by which its answer is known."""
        self._serial = self._serial % 0xFFFFFFFF + 1
        self._out += encode_call(self._serial, destination, path, interface, member, signature, values)
        return self._serial

    def receive(self, seconds: float) -> list[tuple[int, Values | CallFailed]]:
        """Send what is noted, and return the answers there are: their calls' serials, and values or errors.

        Waits up to `seconds` for the first. Raises `BusLost`.
        """
        deadline = time.monotonic() + seconds
        while True:
            if answers := self._answers():
                return answers
            left = deadline - time.monotonic()
            readable, writable, _ = select.select(
                [self._socket], [self._socket] if self._out else [], [], max(0.0, left)
            )
            if writable:
                self._write()
            if readable:
                self._read()
            elif left <= 0:
                return []

    def ask(
        self,
        destination: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        values: Values = (),
        *,
        seconds: float = 1.0,
    ) -> Values:
        """The answer to one call; others that come meanwhile are dropped.

        Raises `CallFailed`, `TimeoutError`, `BusLost`.
        """
        serial = self.send(destination, path, interface, member, signature, values)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for number, answer in self.receive(left):
                if number == serial and isinstance(answer, CallFailed):
                    raise answer
                if number == serial:
                    return answer  # type: ignore[return-value]  # the error was raised above
        raise TimeoutError(f"{destination} did not answer {member} within {seconds:g} s")

    def close(self) -> None:
        """End it. May be called twice."""
        self._socket.close()

    def _answers(self) -> list[tuple[int, Values | CallFailed]]:
        """The answers in what has come in; signals and calls are dropped, and so is an answer that cannot be read."""
        answers: list[tuple[int, Values | CallFailed]] = []
        try:
            while len(self._in) >= PREFIX:
                end = length(bytes(self._in[:PREFIX]))
                if end > len(self._in):
                    break
                data = bytes(self._in[:end])
                del self._in[:end]  # first: what cannot be read must not be read again
                if data[1] in (RETURN, ERROR):
                    with suppress(BadMessage):
                        message = decode(data)
                        failed = message.kind == ERROR
                        text = f"{message.error}: {message.values[0] if message.values else ''}"[:300]
                        answers.append((message.answers, CallFailed(text) if failed else message.values))
        except BadMessage as error:
            raise BusLost(f"the bus speaks no D-Bus: {error}") from error
        return answers

    def _write(self) -> None:
        try:
            sent = self._socket.send(self._out[:_CHUNK])
        except BlockingIOError:
            return
        except OSError as error:
            raise BusLost(f"the bus is gone: {error}") from error
        del self._out[:sent]

    def _read(self) -> None:
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise BusLost(f"the bus is gone: {error}") from error
        if not data:
            raise BusLost("the bus is gone: it ended the connection")
        self._in += data
        if len(self._in) > LARGEST + 2 * _CHUNK:
            raise BusLost(f"the bus sent {len(self._in)} bytes that end no message; at most {LARGEST} are read")

    def _authenticate(self, deadline: float) -> None:
        """Say who we are: the kernel tells the daemon whether it is true ("EXTERNAL")."""
        self._out += b"\0AUTH EXTERNAL %s\r\n" % str(os.geteuid()).encode().hex().encode()
        while not self._in.endswith(b"\r\n"):
            left = deadline - time.monotonic()
            readable, writable, _ = select.select(
                [self._socket], [self._socket] if self._out else [], [], max(0.0, left)
            )
            if writable:
                self._write()
            if readable:
                self._read()
            if left <= 0 or len(self._in) > _CHUNK:
                raise TimeoutError("no answer to AUTH")
        if not self._in.startswith(b"OK "):
            raise BusLost(f"refused: {bytes(self._in[:80])!r}")
        self._in.clear()
        self._out += b"BEGIN\r\n"


def _connected(address: str, seconds: float) -> socket.socket:
    """A socket to the first part of `address` that is a UNIX socket and answers. Raises `BusLost`."""
    why = "it names no UNIX socket"
    for part in address.split(";"):
        transport, _, options = part.partition(":")
        known = dict(option.partition("=")[::2] for option in options.split(","))
        if transport != "unix" or not known.keys() & {"path", "abstract"}:
            continue
        name = unquote(known["path"]) if "path" in known else "\0" + unquote(known["abstract"])
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            end.settimeout(seconds)
            end.connect(name)
        except (OSError, ValueError) as error:
            end.close()
            why = str(error)
        else:
            end.setblocking(False)
            return end
    raise BusLost(f"there is no bus at {address!r}: {why}")
