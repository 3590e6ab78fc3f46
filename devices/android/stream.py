"""A line to a service of a phone through the adb server: one socket, a deadline on every wait."""

import contextlib
import socket
from dataclasses import dataclass

from devices.android.patience import Patience

READ = 1 << 18
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Linux forgets this option: without it an answer in two parts waits 40 ms, since the server joins small ones."""


class LinkLost(Exception):
    """The way to the phone ended before the answer was complete; the text says where."""


class ServerSays(Exception):
    """The adb server refused, in its own words: "device offline", "device unauthorized. ..."."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the adb server listens."""

    host: str = "127.0.0.1"
    port: int = 5037

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Stream:
    """Bytes to and from the adb server and what lies behind it, after AOSP's adb/SERVICES.TXT.

    It costs 0.2 ms to open, where adbutils sleeps 10 ms to close one. Raises `LinkLost` when it cannot be opened.
    """

    def __init__(self, server: Server, patience: Patience) -> None:
        try:
            self._socket = socket.create_connection((server.host, server.port), timeout=patience.slice() + 2.0)
        except OSError as error:
            raise LinkLost(f"no adb server answers at {server}: {error}") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, service: str, patience: Patience) -> None:
        """Ask for `service` and return when it is granted. Raises `ServerSays`, `LinkLost`, `NoAnswer`, `Stopped`."""
        words = service.encode()
        if len(words) > 0xFFFF:
            raise ValueError(f"a service has at most 65535 bytes; found {len(words)}")
        self.send(b"%04x" % len(words) + words, patience)
        match self.exactly(4, patience):
            case b"OKAY":
                return
            case b"FAIL":
                raise ServerSays(self.block(patience))
            case other:
                raise LinkLost(f"the adb server answered {other!r} where OKAY or FAIL was due")

    def block(self, patience: Patience) -> str:
        """A text with four hex digits of length before it. Raises `ServerSays` for a service that fails this late."""
        digits = self.exactly(4, patience)
        if digits == b"FAIL":  # `host:pair:` is granted first and refused afterwards
            raise ServerSays(self.block(patience))
        try:
            length = int(digits, 16)
        except ValueError as error:
            raise LinkLost(f"the adb server answered {digits!r} where a length was due") from error
        return self.exactly(length, patience).decode("utf-8", "replace")

    def send(self, data: bytes | memoryview, patience: Patience) -> None:
        """Send all of `data`."""
        view = memoryview(data)
        while view:
            self._socket.settimeout(patience.slice())
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise LinkLost(f"the link to the phone ended: {error}") from error

    def some_into(self, view: memoryview, patience: Patience) -> int:
        """Put what has come into `view`, and say how many bytes; 0 when the other side has ended."""
        while True:
            self._socket.settimeout(patience.slice())
            if _QUICK_ACK is not None:
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
            try:
                return self._socket.recv_into(view)
            except TimeoutError:
                continue
            except OSError as error:
                raise LinkLost(f"the link to the phone ended: {error}") from error

    def exactly(self, length: int, patience: Patience) -> bytes:
        """`length` bytes. Raises `LinkLost` when the other side ends before."""
        data = bytearray(length)
        self.fill(memoryview(data), patience)
        return bytes(data)

    def fill(self, view: memoryview, patience: Patience) -> None:
        """Fill all of `view`. Raises `LinkLost` when the other side ends before."""
        while view:
            got = self.some_into(view, patience)
            if not got:
                raise LinkLost(f"the link to the phone ended {len(view)} bytes before the end of an answer")
            view = view[got:]

    @property
    def ended(self) -> bool:
        """Whether the other side has ended already, as far as this side has heard; nothing is waited for."""
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


def ask_server(server: Server, service: str, patience: Patience) -> str:
    """What the adb server itself answers to `service`, such as `host-serial:X:get-state`."""
    stream = Stream(server, patience)
    try:
        stream.ask(service, patience)
        return stream.block(patience)
    finally:
        stream.close()


def open_service(server: Server, serial: str, service: str, patience: Patience) -> Stream:
    """A stream to `service` on the phone of that serial and on no other."""
    stream = Stream(server, patience)
    try:
        stream.ask(f"host:transport:{serial}", patience)
        stream.ask(service, patience)
    except BaseException:
        stream.close()
        raise
    return stream
