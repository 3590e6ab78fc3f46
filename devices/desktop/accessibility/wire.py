"""D-Bus messages as bytes and back (D-Bus Specification 0.43, "Type System" and "Message Protocol").

What comes in was written by any program of the session: damaged bytes raise `BadMessage`, and nothing else.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

CALL, RETURN, ERROR = 1, 2, 3
PREFIX = 16
"""Bytes that tell how long a message is."""
LARGEST = 16 << 20
"""Bytes of a message, an eighth of what the specification lets it have: no answer that is asked for comes near."""

_FIELDS_AT = 12
_DEEPEST = 32  # containers in each other, as the specification has it for arrays and for structs
_FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGNED = {**{code: struct.calcsize(kind) for code, kind in _FIXED.items()}, **dict.fromkeys("soa", 4), "g": 1, "v": 1}
_ERROR_NAME, _REPLY_SERIAL, _SIGNATURE = 4, 5, 8

Read = Callable[[bytes, int, int], tuple[Any, int]]


class BadMessage(Exception):
    """The bytes are no D-Bus message; the text says why."""


class Variant(NamedTuple):
    """A value with its own signature."""

    signature: str
    value: Any


@dataclass(frozen=True, slots=True)
class Message:
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


def decode(data: bytes) -> Message:
    """The whole message that `data` is. Raises `BadMessage`."""
    try:
        order = _order(data)
        (body,) = struct.unpack_from(f"{order}I", data, 4)
        fields, at = _reader("a(yv)", order)(data, _FIELDS_AT, 0)
        known = {code: variant.value for code, variant in fields}
        signature, answers, error = known.get(_SIGNATURE, ""), known.get(_REPLY_SERIAL, 0), known.get(_ERROR_NAME, "")
        if not (isinstance(signature, str) and isinstance(answers, int) and isinstance(error, str)):
            raise BadMessage("a header field of another type than its own")
        start = at + -at % 8
        if start + body != len(data):
            raise BadMessage(f"{len(data)} bytes where its header says {start + body}")
        values, _ = decode_values(signature, data[start:], order)
        return Message(data[1], answers, error, values)
    except (struct.error, IndexError, RecursionError) as problem:
        raise BadMessage(f"the message is cut short: {problem}") from problem


def encode(signature: str, values: Sequence[Any]) -> bytes:
    """`values` as the body of a message, little-endian."""
    out = bytearray()
    for kind, value in zip(_kinds(signature), values, strict=True):
        _write(out, kind, value)
    return bytes(out)


def decode_values(signature: str, data: bytes, order: str = "<") -> tuple[tuple[Any, ...], int]:
    """The values at the start of `data`, and where they end. Raises `BadMessage`, `struct.error` or `IndexError`."""
    at, values = 0, []
    for kind in _kinds(signature):
        value, at = _reader(kind, order)(data, at, 0)
        values.append(value)
    return tuple(values), at


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
    _write(header, "a(yv)", fields)
    return bytes(header[_FIELDS_AT:]) + bytes(-len(header) % 8)


@lru_cache(maxsize=256)
def _kinds(signature: str) -> tuple[str, ...]:
    """The single complete types of `signature`. Raises `BadMessage`."""
    kinds, at = [], 0
    while at < len(signature):
        end = _end_of_kind(signature, at, 0)
        kinds.append(signature[at:end])
        at = end
    return tuple(kinds)


def _end_of_kind(signature: str, at: int, depth: int) -> int:
    code = signature[at : at + 1]
    if depth > _DEEPEST or not code:
        raise BadMessage(f"no signature: {signature[:80]!r}")
    if code == "a":
        return _end_of_kind(signature, at + 1, depth + 1)
    if code in "({":
        closing, end = (")" if code == "(" else "}"), at + 1
        while signature[end : end + 1] != closing:
            end = _end_of_kind(signature, end, depth + 1)
        if end == at + 1:
            raise BadMessage("an empty struct")
        return end + 1
    if code not in _ALIGNED:
        raise BadMessage(f"no signature: {signature[:80]!r}")
    return at + 1


def _write(out: bytearray, kind: str, value: Any) -> None:
    """Append `value` after its padding: a body starts at a multiple of eight bytes."""
    code = kind[0]
    out += bytes(-len(out) % _ALIGNED.get(code, 8))
    if code in _FIXED:
        out += struct.pack(f"<{_FIXED[code]}", value)
    elif code in "sog":
        text = value.encode()
        out += struct.pack("<B" if code == "g" else "<I", len(text)) + text + b"\0"
    elif code == "v":
        _write(out, "g", value.signature)
        _write(out, value.signature, value.value)
    elif code == "a":
        at = len(out)
        out += bytes(4)
        out += bytes(-len(out) % _ALIGNED.get(kind[1], 8))
        start = len(out)
        for each in value.items() if kind[1] == "{" else value:
            _write(out, kind[1:], each)
        struct.pack_into("<I", out, at, len(out) - start)
    else:
        for inner, each in zip(_kinds(kind[1:-1]), value, strict=True):
            _write(out, inner, each)


@lru_cache(maxsize=256)
def _reader(kind: str, order: str) -> Read:
    """What reads one value of the type `kind` at an offset, and says where it ends."""
    code = kind[0]
    if code in _FIXED:
        return _fixed_reader(struct.Struct(order + _FIXED[code]))
    if code in "sog":
        return _text_reader(struct.Struct(order + ("B" if code == "g" else "I")))
    if code == "v":
        return _variant_reader(order)
    if code == "a":
        return _array_reader(_reader(kind[1:], order), _ALIGNED.get(kind[1], 8), order, mapped=kind[1] == "{")
    return _struct_reader([_reader(inner, order) for inner in _kinds(kind[1:-1])])


def _fixed_reader(form: struct.Struct) -> Read:
    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        at += -at % form.size
        return form.unpack_from(data, at)[0], at + form.size

    return read


def _text_reader(form: struct.Struct) -> Read:
    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        at += -at % form.size
        start = at + form.size
        end = start + form.unpack_from(data, at)[0]
        if data[end] != 0:
            raise BadMessage("a text without its end")
        return data[start:end].decode("utf-8", "replace"), end + 1

    return read


def _variant_reader(order: str) -> Read:
    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        signature, at = _reader("g", order)(data, at, depth)
        kinds = _kinds(signature)
        if len(kinds) != 1 or depth > _DEEPEST:
            raise BadMessage(f"a variant of {signature[:80]!r}, {depth} deep")
        value, at = _reader(kinds[0], order)(data, at, depth + 1)
        return Variant(signature, value), at

    return read


def _array_reader(item: Read, aligned: int, order: str, *, mapped: bool) -> Read:
    form = struct.Struct(f"{order}I")

    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        at += -at % 4
        start = at + 4 + -(at + 4) % aligned
        end = start + form.unpack_from(data, at)[0]
        if end > len(data):
            raise BadMessage("an array that is longer than its message")
        values, at = [], start
        while at < end:
            value, at = item(data, at, depth + 1)
            values.append(value)
        if at != end:
            raise BadMessage("an array whose last item is cut")
        return ({key: value for key, value in values} if mapped else values), at  # noqa: C416 - dict() is not checked

    return read


def _struct_reader(members: Sequence[Read]) -> Read:
    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        at += -at % 8
        values = []
        for member in members:
            value, at = member(data, at, depth + 1)
            values.append(value)
        return tuple(values), at

    return read
