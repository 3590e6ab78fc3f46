"""D-Bus messages as bytes and back (D-Bus Specification 0.43, "Message Protocol").

What comes in was written by any program of the session: damaged bytes raise `BadMessage`, and nothing else.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from devices.desktop.accessibility.marshal import BadMessage, Variant, decode_values, encode, reader, write

CALL, RETURN, ERROR = 1, 2, 3
PREFIX = 16
"""Bytes that tell how long a message is."""
LARGEST = 1 << 20
"""Bytes of a message: 300 children and a name of 100 KB need 150 KB, and what is larger takes a look's time to read."""

_FIELDS_AT = 12
_ERROR_NAME, _REPLY_SERIAL, _SIGNATURE = 4, 5, 8


@dataclass(frozen=True, slots=True)
class BusMessage:
    """A message that came in. `error` is its error's name, "" for none; `answers` the serial that it answers, or 0."""

    kind: int
    answers: int
    error: str
    values: tuple[Any, ...]


def encode_call(
    serial: int,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    values: Sequence[Any] = (),
) -> bytes:
    """A method call as bytes. Raises `ValueError` or `struct.error` for values that do not fit `signature`."""
    body = encode(signature, values)
    fields = _call_fields(destination, path, interface, member, signature)
    return struct.pack("<cBBBII", b"l", CALL, 0, 1, len(body), serial) + fields + body


def length(prefix: bytes) -> int:
    """The bytes of the whole message that begins with these `PREFIX` bytes. Raises `BadMessage`."""
    order = _order(prefix)
    body, fields = struct.unpack_from(f"{order}4xI4xI", prefix)
    whole: int = PREFIX + fields + -fields % 8 + body
    if whole > LARGEST:
        raise BadMessage(f"a message of {whole} bytes; at most {LARGEST} are read")
    return whole


def decode(data: bytes) -> BusMessage:
    """The whole message that `data` is. Raises `BadMessage`."""
    try:
        order = _order(data)
        (body,) = struct.unpack_from(f"{order}I", data, 4)
        fields, at = reader("a(yv)", order)(data, _FIELDS_AT, 0)
        known = {code: variant.value for code, variant in fields}
        signature, answers, error = known.get(_SIGNATURE, ""), known.get(_REPLY_SERIAL, 0), known.get(_ERROR_NAME, "")
        if not (isinstance(signature, str) and isinstance(answers, int) and isinstance(error, str)):
            raise BadMessage("a header field of another type than its own")
        start = at + -at % 8
        if start + body != len(data):
            raise BadMessage(f"{len(data)} bytes where its header says {start + body}")
        values, _ = decode_values(signature, data[start:], order)
        return BusMessage(data[1], answers, error, values)
    except (struct.error, IndexError, RecursionError) as problem:
        raise BadMessage(f"the message is cut short: {problem}") from problem


def _order(data: bytes) -> str:
    match data[:1]:
        case b"l":
            return "<"
        case b"B":
            return ">"
    raise BadMessage(f"no message starts with {data[:1]!r}")


@lru_cache(maxsize=4096)
def _call_fields(destination: str, path: str, interface: str, member: str, signature: str) -> bytes:
    """The header's fields with their length and padding; the same nodes are asked over and over."""
    texts = ((1, "o", path), (2, "s", interface), (3, "s", member), (6, "s", destination), (8, "g", signature))
    fields = [(code, Variant(kind, text)) for code, kind, text in texts if text]
    header = bytearray(_FIELDS_AT)  # padding counts from the start of the message
    write(header, "a(yv)", fields)
    return bytes(header[_FIELDS_AT:]) + bytes(-len(header) % 8)
