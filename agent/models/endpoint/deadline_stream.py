"""A TCP or TLS stream whose every wait counts against the deadline of the whole call."""

import os
import selectors
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from agent.models.endpoint.address import Address
from agent.models.endpoint.deadline import Deadline

T = TypeVar("T")

NEXT_ADDRESS = 5.0
"""Most seconds for each address of a host but the last: a dead IPv6 route must not use up the whole call."""

HANDSHAKE = 15.0
"""Most seconds of a TLS handshake, during which `Stop` cannot be checked."""

CHUNK = 65536


class DeadlineStream:
    """A connected socket. Each call that uses it sets a `deadline` of its own.

    The timeout of a socket bounds one read, and a server that sends a byte a second never meets it. Here each wait is
    a piece of what is left of the call. Raises `OSError`, and what `Deadline.piece` raises.
    """

    def __init__(self, raw: socket.socket, deadline: Deadline) -> None:
        raw.setblocking(False)
        self._socket = raw
        self.deadline = deadline

    @property
    def stale(self) -> bool:
        """Whether the server has closed it, or sent something unasked."""
        return _ready(self._socket, selectors.EVENT_READ, 0)

    def send(self, data: bytes) -> None:
        """Send all of `data`."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._in_pieces(partial(self._socket.send, rest[:CHUNK]), selectors.EVENT_WRITE) :]

    def receive(self) -> bytes:
        """Some bytes; none when the server has ended."""
        return self._in_pieces(partial(self._socket.recv, CHUNK), selectors.EVENT_READ)

    def close(self) -> None:
        self._socket.close()

    def _in_pieces(self, work: Callable[[], T], event: int) -> T:
        while True:
            piece = self.deadline.piece()
            try:
                return work()
            except BlockingIOError:
                _ready(self._socket, event, piece)
            except ssl.SSLWantReadError:
                _ready(self._socket, selectors.EVENT_READ, piece)
            except ssl.SSLWantWriteError:
                _ready(self._socket, selectors.EVENT_WRITE, piece)


def connect(address: Address, deadline: Deadline) -> DeadlineStream:
    """A new stream to `address`, over TLS for https with the operating system's own trust.

    Raises `OSError` (of which `ssl.SSLError` and `TimeoutError` are kinds), and what `Deadline.piece` raises.
    """
    addresses = deadline.call(partial(socket.getaddrinfo, address.host, address.port, type=socket.SOCK_STREAM))
    for place, (family, kind, protocol, _, where) in enumerate(addresses, 1):
        raw = socket.socket(family, kind, protocol)
        try:
            _connect(raw, where, deadline, deadline.left if place == len(addresses) else NEXT_ADDRESS)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return DeadlineStream(_secured(raw, address.host, deadline) if address.scheme == "https" else raw, deadline)
        except ssl.SSLError:
            raw.close()
            raise
        except OSError:
            raw.close()
            if place == len(addresses):
                raise
        except BaseException:
            raw.close()
            raise
    raise OSError(f"{address.host} has no address")


def _connect(raw: socket.socket, where: Any, deadline: Deadline, seconds: float) -> None:
    raw.setblocking(False)
    until = monotonic() + seconds
    with suppress(BlockingIOError):
        raw.connect(where)
    while not _ready(raw, selectors.EVENT_WRITE, deadline.piece()):
        if monotonic() > until:
            raise TimeoutError("it does not answer")
    if code := raw.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(code, os.strerror(code))


def _secured(raw: socket.socket, host: str, deadline: Deadline) -> socket.socket:
    import truststore

    deadline.piece()
    raw.settimeout(min(HANDSHAKE, deadline.left))  # of a handshake it bounds the whole, not each read
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(raw, server_hostname=host)


def _ready(raw: socket.socket, event: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(raw, event)
        return bool(selector.select(seconds))
