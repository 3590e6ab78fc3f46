"""A server on loopback that does what endpoints do when they fail, byte by byte, and counts what it is sent."""

import gzip
import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.doubles.chat_server import completion

Play = Callable[["Call"], None]
"""One fault: what is done with one request, read to its end. The connection is closed afterwards."""

GOOD = "done"


@dataclass
class Call:
    """One request to be answered or not: the `number`th that the server was sent, counted from 1."""

    wire: socket.socket
    number: int
    head: bytes
    body: bytes
    elsewhere: str
    over: Event

    @property
    def key(self) -> bytes:
        """The key that it came with, for servers that repeat what they are told."""
        return self.head.partition(b"Bearer ")[2].split(b"\r\n")[0]

    def reset(self) -> None:
        """Hang up as a machine does that fell over."""
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@dataclass
class Server:
    """`heads` are the requests that were read to their end; `connections` counts every knock at the door."""

    url: str
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0


def http(body: bytes, status: int = 200, headers: str = "", *, length: int | None = None) -> bytes:
    """A response whose Content-Length tells the truth, unless `length` says otherwise."""
    told = len(body) if length is None else length
    return f"HTTP/1.1 {status} What\r\n{headers}Content-Length: {told}\r\n\r\n".encode() + body


def reply(text: str = GOOD, **odd: object) -> bytes:
    """The body of a chat completion; `odd` replaces parts of it."""
    return json.dumps(completion(text) | odd).encode()


def choice(**odd: object) -> bytes:
    """A chat completion whose only choice is odd."""
    usual = {"index": 0, "message": {"role": "assistant", "content": GOOD}, "finish_reason": "stop"}
    return reply(choices=[usual | odd])


def plays(data: bytes) -> Play:
    return lambda call: call.wire.sendall(data)


def says(status: int, headers: str = "") -> Play:
    return plays(
        http(json.dumps({"error": {"message": "as the test wants", "code": status}}).encode(), status, headers)
    )


def once(fault: Play, then: bytes | None = None) -> Play:
    """`fault` the first time, and a good reply from then on."""
    good = plays(then or http(reply()))
    return lambda call: (fault if call.number == 1 else good)(call)


def hangs(before: bytes = b"") -> Play:
    def play(call: Call) -> None:
        call.wire.sendall(before)
        call.over.wait()

    return play


def drips(data: bytes, pause: float, before: bytes = b"") -> Play:
    """A byte at a time, which no timeout of a single read ever notices."""

    def play(call: Call) -> None:
        call.wire.sendall(before)
        for byte in data:
            call.wire.sendall(bytes([byte]))
            if call.over.wait(pause):
                return

    return play


def resets(before: bytes = b"") -> Play:
    def play(call: Call) -> None:
        call.wire.sendall(before)
        call.reset()

    return play


def pours(headers: str, chunk: bytes, times: int) -> Play:
    """More than anyone wants, until the other side hangs up."""

    def play(call: Call) -> None:
        call.wire.sendall(f"HTTP/1.1 200 OK\r\n{headers}\r\n".encode())
        for _ in range(times):
            call.wire.sendall(chunk)

    return play


def repeats_the_key(status: int, body: bytes, headers: str = "") -> Play:
    """Answers with the key in it, wherever KEY stands."""
    return lambda call: call.wire.sendall(
        http(body.replace(b"KEY", call.key), status, headers.replace("KEY", call.key.decode()))
    )


def elsewhere(call: Call) -> None:
    call.wire.sendall(http(b"", 307, f"Location: {call.elsewhere}/chat/completions\r\n"))


def in_a_circle(call: Call) -> None:
    call.wire.sendall(http(b"", 308, "Location: /v1/chat/completions\r\n"))


def chunked(body: bytes, *, whole: bool = True) -> bytes:
    end = b"0\r\n\r\n" if whole else b""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + f"{len(body):x}\r\n".encode() + body + b"\r\n" + end


UNTOLD = b"HTTP/1.1 200 OK\r\n\r\n"
"""The head of a response that ends when the connection does."""

BOMB = gzip.compress(bytes(100 << 20), 9)
"""100 MB in 100 KB."""


@contextmanager
def fault_server(play: Play) -> Iterator[tuple[Server, Server]]:
    """The server, and a second one at another origin that nobody has any business with."""
    over = Event()
    with _listening() as (door, url), _listening() as (other_door, other_url):
        server, other = Server(url), Server(other_url)
        Thread(target=_serve, args=(door, server, play, other_url, over), daemon=True).start()
        Thread(target=_serve, args=(other_door, other, plays(http(reply())), "", over), daemon=True).start()
        try:
            yield server, other
        finally:
            over.set()


@contextmanager
def _listening() -> Iterator[tuple[socket.socket, str]]:
    with socket.create_server(("127.0.0.1", 0), backlog=16) as door:
        yield door, f"http://127.0.0.1:{door.getsockname()[1]}/v1"
        door.shutdown(socket.SHUT_RDWR)


def _serve(door: socket.socket, server: Server, play: Play, elsewhere: str, over: Event) -> None:
    with suppress(OSError):
        while True:
            wire = door.accept()[0]
            server.connections += 1
            Thread(target=_answer, args=(wire, server, play, elsewhere, over), daemon=True).start()


def _answer(wire: socket.socket, server: Server, play: Play, elsewhere: str, over: Event) -> None:
    with wire, suppress(OSError):
        head = b""
        while b"\r\n\r\n" not in head and (data := wire.recv(65536)):
            head += data
        head, _, body = head.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        while len(body) < length and (data := wire.recv(65536)):
            body += data
        server.heads.append(head)
        server.bodies.append(body)
        play(Call(wire, len(server.heads), head, body, elsewhere, over))
