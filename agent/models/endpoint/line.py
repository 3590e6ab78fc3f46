"""A line to an endpoint: a socket whose every wait counts against the time for the whole call."""

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
from agent.models.endpoint.deadline import Patience

T = TypeVar("T")

SHORT = 5.0
"""Seconds that one of several addresses of a host may take: a dead IPv6 route must not eat the whole call."""

HANDSHAKE = 15.0
"""Seconds that TLS may take to begin: no look at `Stop` is possible in between."""

CHUNK = 65536


class Line:
    """A connected socket. Whoever uses it next puts a `patience` of its own on it.

    Timeouts of sockets bound one read each, and a server that drips a byte a second meets them for ever. Here each
    wait is a piece of what is left of the call. Raises `OSError`, and what `Patience.piece` raises.
    """

    def __init__(self, wire: socket.socket, patience: Patience) -> None:
        wire.setblocking(False)
        self._wire = wire
        self.patience = patience

    @property
    def stale(self) -> bool:
        """Whether the other side has closed it, or said something that nobody asked for."""
        return _ready(self._wire, selectors.EVENT_READ, 0)

    def send(self, data: bytes) -> None:
        """Send all of `data`."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._patiently(partial(self._wire.send, rest[:CHUNK]), selectors.EVENT_WRITE) :]

    def receive(self) -> bytes:
        """Some bytes; none when the other side has ended."""
        return self._patiently(partial(self._wire.recv, CHUNK), selectors.EVENT_READ)

    def close(self) -> None:
        self._wire.close()

    def _patiently(self, work: Callable[[], T], event: int) -> T:
        while True:
            piece = self.patience.piece()
            try:
                return work()
            except BlockingIOError:
                _ready(self._wire, event, piece)
            except ssl.SSLWantReadError:
                _ready(self._wire, selectors.EVENT_READ, piece)
            except ssl.SSLWantWriteError:
                _ready(self._wire, selectors.EVENT_WRITE, piece)


def opened(address: Address, patience: Patience) -> Line:
    """A new line to `address`, over TLS for https with the operating system's own trust.

    Raises `OSError` (of which `ssl.SSLError` and `TimeoutError` are kinds), and what `Patience.piece` raises.
    """
    ask = partial(socket.getaddrinfo, address.host, address.port, type=socket.SOCK_STREAM)
    found = patience.call(ask)
    for place, (family, kind, protocol, _, where) in enumerate(found, 1):
        wire = socket.socket(family, kind, protocol)
        try:
            _connect(wire, where, patience, patience.left if place == len(found) else SHORT)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return Line(_secured(wire, address.host, patience) if address.scheme == "https" else wire, patience)
        except ssl.SSLError:
            wire.close()
            raise
        except OSError:
            wire.close()
            if place == len(found):
                raise
        except BaseException:
            wire.close()
            raise
    raise OSError(f"{address.host} has no address")


def _connect(wire: socket.socket, where: Any, patience: Patience, seconds: float) -> None:
    wire.setblocking(False)
    until = monotonic() + seconds
    with suppress(BlockingIOError):
        wire.connect(where)
    while not _ready(wire, selectors.EVENT_WRITE, patience.piece()):
        if monotonic() > until:
            raise TimeoutError("it does not answer")
    if code := wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(code, os.strerror(code))


def _secured(wire: socket.socket, host: str, patience: Patience) -> socket.socket:
    import truststore

    patience.piece()
    wire.settimeout(min(HANDSHAKE, patience.left))  # of a handshake it bounds the whole, not each read
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(wire, server_hostname=host)


def _ready(wire: socket.socket, event: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(wire, event)
        return bool(selector.select(seconds))
