"""One request and its answer over a stream: h11's HTTP/1.1, and no more bytes than allowed.

httpcore2 under anyio was tried instead: one run of the faults left a transport unclosed, and a process that left its
model open hung, for 31 lines less.
"""

import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

import h11

from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.deadline_stream import DeadlineStream


class CutOff(Exception):
    """The connection ended before the answer did."""


class NotHttp(Exception):
    """The answer is not HTTP/1.1, or is encoded in a way that was not asked for."""


class TooLarge(Exception):
    """The answer is larger than any reply may be; the text says how large it was allowed to be."""


@dataclass(frozen=True)
class Response:
    """`whole` is whether the server declared the length of its answer: then it was not cut off unnoticed."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes
    whole: bool

    def without(self, key: ApiKey) -> "Response":
        """The same answer with `key` taken out, for servers that repeat what they were sent."""
        kept = {name: key.hidden_in(value.decode("latin-1")).encode("latin-1") for name, value in self.headers.items()}
        return replace(self, headers=kept, body=key.hidden_in(self.body.decode("latin-1")).encode("latin-1"))


class Connection:
    """HTTP/1.1 on one stream, one exchange at a time; `reusable` is whether it can carry another."""

    def __init__(self, stream: DeadlineStream) -> None:
        self.stream = stream
        self._http = h11.Connection(h11.CLIENT)
        self._ended = False

    @property
    def reusable(self) -> bool:
        return self._http.states == {h11.CLIENT: h11.IDLE, h11.SERVER: h11.IDLE} and not self.stream.stale

    def exchange(self, target: str, headers: Iterable[tuple[str, str]], body: bytes, largest: int) -> Response:
        """POST `body` to `target`; the answer, its body decompressed and at most `largest` bytes long.

        Raises `CutOff`, `NotHttp`, `TooLarge`, `OSError`, and what `Deadline.piece` raises.
        """
        lengths = [("Content-Length", str(len(body))), ("Accept-Encoding", "identity"), ("Accept", "application/json")]
        request = h11.Request(method="POST", target=target, headers=[*headers, *lengths])
        # A server that refuses a large body hangs up while it is being sent: its answer says why.
        with suppress(BrokenPipeError, ConnectionResetError):
            for event in (request, h11.Data(data=body), h11.EndOfMessage()):
                self.stream.send(self._http.send(event) or b"")
        try:
            return self._answer(largest)
        except h11.RemoteProtocolError as error:
            raise (CutOff if self._ended else NotHttp)(str(error)) from error

    def _answer(self, largest: int) -> Response:
        head, body, encoding = None, bytearray(), b""
        unpack = None
        while True:
            match event := self._http.next_event():
                case h11.Response():
                    head = event
                    encoding = dict(event.headers).get(b"content-encoding", b"identity").lower()
                    if encoding in (b"gzip", b"x-gzip", b"deflate"):
                        unpack = zlib.decompressobj(47)
                    elif encoding != b"identity":
                        raise NotHttp(f"it is encoded as {encoding.decode('latin-1')!r}, which nobody asked for")
                case h11.Data(data=data):
                    body += _unpacked(unpack, data, largest + 1 - len(body)) if unpack else data
                    if len(body) > largest:
                        raise TooLarge(f"{largest} bytes")
                case h11.EndOfMessage() if head:
                    break
                case h11.ConnectionClosed() | h11.PAUSED:
                    raise CutOff("it ended before it had answered")
                case h11.NEED_DATA:
                    data = self.stream.receive()
                    self._ended = not data
                    self._http.receive_data(data)
        headers = dict(head.headers)
        declared = b"content-length" in headers or b"transfer-encoding" in headers
        if self._http.states == {h11.CLIENT: h11.DONE, h11.SERVER: h11.DONE}:
            self._http.start_next_cycle()
        return Response(head.status_code, headers, bytes(body), declared and (unpack is None or unpack.eof))


def _unpacked(unpack: "zlib._Decompress", data: bytes, most: int) -> bytes:
    try:
        return unpack.decompress(data, most)
    except zlib.error as error:
        raise NotHttp(f"the answer cannot be decompressed: {error}") from error
