"""One socket to the adb server, and through it to a service of a phone; a deadline on every wait."""

import contextlib
import socket
from dataclasses import dataclass

from devices.android.deadline import Deadline

READ = 1 << 18
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Linux forgets this option: without it an answer in two parts waits 40 ms, since the server joins small ones."""


class ConnectionLost(Exception):
    """The connection ended before the answer was complete; the text says where."""


class ServerRefused(Exception):
    """The adb server refused, in its own words: "device offline", "device unauthorized. ..."."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the adb server listens."""

    host: str = "127.0.0.1"
    port: int = 5037

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class AdbStream:
    """Bytes to and from the adb server and what lies behind it, after AOSP's adb/SERVICES.TXT.

    It costs 0.2 ms to open, where adbutils sleeps 10 ms to close one. Raises `ConnectionLost` when it cannot be opened.
    """

    def __init__(self, server: ServerAddress, deadline: Deadline) -> None:
        try:
            self._socket = socket.create_connection((server.host, server.port), timeout=deadline.slice() + 2.0)
        except OSError as error:
            raise ConnectionLost(f"no adb server answers at {server}: {error}") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, service: str, deadline: Deadline) -> None:
        """Ask for `service` and return when it is granted.

        Raises `ServerRefused`, `ConnectionLost`, `TimedOut`, `Stopped`.
        """
        words = service.encode()
        if len(words) > 0xFFFF:
            raise ValueError(f"a service has at most 65535 bytes; found {len(words)}")
        self.send(b"%04x" % len(words) + words, deadline)
        match self.exactly(4, deadline):
            case b"OKAY":
                return
            case b"FAIL":
                raise ServerRefused(self.block(deadline))
            case other:
                raise ConnectionLost(f"the adb server answered {other!r} where OKAY or FAIL was due")

    def block(self, deadline: Deadline) -> str:
        """A text with four hex digits of length before it. Raises `ServerRefused` where the service fails this late."""
        digits = self.exactly(4, deadline)
        if digits == b"FAIL":  # `host:pair:` is granted first and refused afterwards
            raise ServerRefused(self.block(deadline))
        try:
            length = int(digits, 16)
        except ValueError as error:
            raise ConnectionLost(f"the adb server answered {digits!r} where a length was due") from error
        return self.exactly(length, deadline).decode("utf-8", "replace")

    def send(self, data: bytes | memoryview, deadline: Deadline) -> None:
        """Send all of `data`."""
        view = memoryview(data)
        while view:
            self._socket.settimeout(deadline.slice())
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise ConnectionLost(f"the link to the phone ended: {error}") from error

    def some_into(self, view: memoryview, deadline: Deadline) -> int:
        """Put what has arrived into `view`; the number of bytes, 0 when the other side has closed."""
        while True:
            self._socket.settimeout(deadline.slice())
            if _QUICK_ACK is not None:
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
            try:
                return self._socket.recv_into(view)
            except TimeoutError:
                continue
            except OSError as error:
                raise ConnectionLost(f"the link to the phone ended: {error}") from error

    def exactly(self, length: int, deadline: Deadline) -> bytes:
        """`length` bytes. Raises `ConnectionLost` when the other side ends before."""
        data = bytearray(length)
        self.fill(memoryview(data), deadline)
        return bytes(data)

    def fill(self, view: memoryview, deadline: Deadline) -> None:
        """Fill all of `view`. Raises `ConnectionLost` when the other side ends before."""
        while view:
            got = self.some_into(view, deadline)
            if not got:
                raise ConnectionLost(f"the link to the phone ended {len(view)} bytes before the end of an answer")
            view = view[got:]

    @property
    def ended(self) -> bool:
        """Whether the other side is known to have closed; does not wait."""
        self._socket.settimeout(0)
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()


def ask_server(server: ServerAddress, service: str, deadline: Deadline) -> str:
    """What the adb server itself answers to `service`, such as `host-serial:X:get-state`."""
    stream = AdbStream(server, deadline)
    try:
        stream.ask(service, deadline)
        return stream.block(deadline)
    finally:
        stream.close()


def open_service(server: ServerAddress, serial: str, service: str, deadline: Deadline) -> AdbStream:
    """A stream to `service` on the phone of that serial and on no other."""
    stream = AdbStream(server, deadline)
    try:
        stream.ask(f"host:transport:{serial}", deadline)
        stream.ask(service, deadline)
    except BaseException:
        stream.close()
        raise
    return stream
