"""One connection from an adb server: the handshake, then many streams side by side, each with a credit of one write."""

import contextlib
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import count
from typing import Literal

from devices.simphone.wire.adb_message import MAX_DATA, VERSION, AdbMessage, TransportClosed, receive, send

AuthMode = Literal["open", "asks", "refuses", "ignores"]
"""Who may come in: everybody, whoever has a key, nobody (the server then lists the phone as `unauthorized`); one that
ignores who knocks is listed as `offline`."""

_TOKEN, _SIGNATURE, _PUBLIC_KEY = 1, 2, 3
Parts = tuple[bytes | memoryview, ...]
"""The data of one message, in parts that need not be copied together."""


class StreamClosed(ConnectionError):
    """The other side closed the stream, or the link under it is gone."""


class ServiceStream:
    """One open service: bytes both ways. `write` returns when the server has taken them."""

    def __init__(self, transport: "Transport", local: int, remote: int) -> None:
        self.transport = transport
        self._local, self._remote = local, remote
        self._changed = threading.Condition()
        self._incoming: deque[bytes] = deque()
        self._outgoing: deque[Parts] = deque()
        self._credit = True
        self._closed = False

    def read(self) -> bytes:
        """The next bytes, as they came; b"" once the other side has closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._incoming or self._closed)
            if not self._incoming:
                return b""
            data = self._incoming.popleft()
        with contextlib.suppress(TransportClosed):  # what has arrived is still read
            self.transport.send(b"OKAY", self._local, self._remote)
        return data

    def write(self, data: bytes | memoryview) -> None:
        """Send all of `data`. Raises `StreamClosed`."""
        view, most = memoryview(data), self.transport.max_data
        self.write_each([(view[start : start + most],) for start in range(0, len(view), most)])

    def write_each(self, pieces: Sequence[Parts]) -> None:
        """Send `pieces`, none longer than `max_data`: each as soon as the server has taken the one before.

        The thread that hears so sends the next one itself: to wake this one for each would take longer than to send
        it. Raises `StreamClosed`.
        """
        if not pieces:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._credit or self._closed)
            if self._closed:
                raise StreamClosed
            self._credit = False
            self._outgoing.extend(pieces[1:])
        self._send(pieces[0])
        with self._changed:
            self._changed.wait_for(lambda: not self._outgoing or self._closed)
            if self._outgoing:
                raise StreamClosed

    def close(self) -> None:
        """Close it, once all that was written is taken. May be called twice."""
        with self._changed:
            self._changed.wait_for(lambda: self._credit or self._closed)
            if self._closed:
                return
            self._closed = True
        with contextlib.suppress(TransportClosed):  # then it is closed already
            self.transport.send(b"CLSE", self._local, self._remote)
        self.transport.forget(self._local)

    def arrived(self, data: bytes) -> None:
        with self._changed:
            self._incoming.append(data)
            self._changed.notify_all()

    def acknowledged(self) -> None:
        with self._changed:
            piece = self._outgoing[0] if self._outgoing and not self._closed else None
            if piece is None:
                self._credit = True
                self._changed.notify_all()
                return
        with contextlib.suppress(StreamClosed):  # this thread hears of it next, and ends every stream
            self._send(piece)
        with self._changed:
            self._outgoing.popleft()
            if not self._outgoing:
                self._changed.notify_all()

    def ended(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _send(self, piece: Parts) -> None:
        try:
            self.transport.send(b"WRTE", self._local, self._remote, *piece)
        except TransportClosed as error:
            raise StreamClosed from error


class Transport:
    """`serve(service)` gives the work that an OPEN asks for, done on a thread of its own, or None to refuse it."""

    def __init__(
        self,
        connection: socket.socket,
        banner: str,
        auth: AuthMode,
        serve: Callable[[str], Callable[[ServiceStream], None] | None],
    ) -> None:
        self.max_data = MAX_DATA
        self._connection = connection
        self._banner = banner
        self._auth = auth
        self._serve = serve
        self._sending = threading.Lock()
        self._streams: dict[int, ServiceStream] = {}
        self._ids = count(1)

    def run(self) -> None:
        """Speak until the connection ends, then end every stream. Never raises `TransportClosed`."""
        try:
            with contextlib.suppress(TransportClosed):
                self._shake_hands()
                while True:
                    self._obey(receive(self._connection))
        finally:
            self.drop()
            self._connection.close()
            for stream in list(self._streams.values()):
                stream.ended()

    def drop(self) -> None:
        """Cut the connection at once."""
        with contextlib.suppress(OSError):  # it is cut already
            self._connection.shutdown(socket.SHUT_RDWR)

    def send(self, command: bytes, first: int, second: int, *data: bytes | memoryview) -> None:
        """Send one message, whole, whoever else is sending. Raises `TransportClosed`."""
        with self._sending:
            send(self._connection, command, first, second, *data)

    def forget(self, local: int) -> None:
        self._streams.pop(local, None)

    def _shake_hands(self) -> None:
        hello = receive(self._connection)
        while hello.command != b"CNXN":
            hello = receive(self._connection)
        self.max_data = min(MAX_DATA, hello.second)
        while self._auth == "ignores":
            receive(self._connection)
        if self._auth != "open":
            self.send(b"AUTH", _TOKEN, 0, os.urandom(20))
            while (proof := receive(self._connection)).command == b"AUTH" and self._auth == "refuses":
                if proof.first == _SIGNATURE:  # refused by asking anew; a public key waits for a person's answer
                    self.send(b"AUTH", _TOKEN, 0, os.urandom(20))
        self.send(b"CNXN", VERSION, MAX_DATA, self._banner.encode())

    def _obey(self, message: AdbMessage) -> None:
        stream = self._streams.get(message.second)
        match message.command:
            case b"OPEN":
                self._open(message.first, message.data.rstrip(b"\0").decode("utf-8", "surrogateescape"))
            case b"OKAY" if stream:
                stream.acknowledged()
            case b"WRTE" if stream:
                stream.arrived(message.data)
            case b"CLSE" if stream:
                self.forget(message.second)
                stream.ended()
            case _:
                pass  # for a stream that has just been closed: protocol.txt has both sides ignore that

    def _open(self, remote: int, service: str) -> None:
        work = self._serve(service)
        if work is None:
            self.send(b"CLSE", 0, remote)
            return
        local = next(self._ids)
        stream = self._streams[local] = ServiceStream(self, local, remote)
        self.send(b"OKAY", local, remote)
        threading.Thread(target=work, args=(stream,), daemon=True, name=f"simphone-{service[:20]}").start()
