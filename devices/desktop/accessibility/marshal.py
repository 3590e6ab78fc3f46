"""Values as D-Bus marshals them, and back (D-Bus Specification 0.43, "Type System").

What comes in was written by any program of the session: damaged bytes raise `BadMessage`, `struct.error`, `IndexError`
or `RecursionError`, and nothing else.
"""

import struct
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_DEEPEST = 32  # containers in each other, as the specification has it for arrays and for structs
_FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGNED = {**{code: struct.calcsize(kind) for code, kind in _FIXED.items()}, **dict.fromkeys("soa", 4), "g": 1, "v": 1}
_BASIC = frozenset(_FIXED) | frozenset("sog")

Read = Callable[[bytes, int, int], tuple[Any, int]]


class BadMessage(Exception):
    """The bytes are no D-Bus message; the text says why."""


class Variant(NamedTuple):
    """A value with its own signature."""

    signature: str
    value: Any


def encode(signature: str, values: Sequence[Any]) -> bytes:
    """`values` as the body of a message, little-endian."""
    out = bytearray()
    for kind, value in zip(_kinds(signature), values, strict=True):
        write(out, kind, value)
    return bytes(out)


def decode_values(signature: str, data: bytes, order: str = "<") -> tuple[tuple[Any, ...], int]:
    """The values at the start of `data`, and where they end. Raises `BadMessage`, `struct.error` or `IndexError`."""
    at, values = 0, []
    for kind in _kinds(signature):
        value, at = reader(kind, order)(data, at, 0)
        values.append(value)
    return tuple(values), at


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
    if code == "a" and signature[at + 1 : at + 2] == "{":
        return _end_of_entry(signature, at + 1, depth + 1)
    if code == "a":
        return _end_of_kind(signature, at + 1, depth + 1)
    if code == "(":
        end = at + 1
        while signature[end : end + 1] != ")":
            end = _end_of_kind(signature, end, depth + 1)
        if end == at + 1:
            raise BadMessage("an empty struct")
        return end + 1
    if code not in _ALIGNED:
        raise BadMessage(f"no signature: {signature[:80]!r}")
    return at + 1


def _end_of_entry(signature: str, at: int, depth: int) -> int:
    """Where the entry of a table ends: a key that can be looked up, and one value."""
    key, end = signature[at + 1 : at + 2], _end_of_kind(signature, at + 2, depth + 1)
    if key not in _BASIC or signature[end : end + 1] != "}":
        raise BadMessage(f"no entry of a table: {signature[:80]!r}")
    return end + 1


def write(out: bytearray, kind: str, value: Any) -> None:
    """Append `value` after its padding: a body starts at a multiple of eight bytes."""
    code = kind[0]
    out += bytes(-len(out) % _ALIGNED.get(code, 8))
    if code in _FIXED:
        out += struct.pack(f"<{_FIXED[code]}", value)
    elif code in "sog":
        text = value.encode()
        out += struct.pack("<B" if code == "g" else "<I", len(text)) + text + b"\0"
    elif code == "v":
        write(out, "g", value.signature)
        write(out, value.signature, value.value)
    elif code == "a":
        at = len(out)
        out += bytes(4)
        out += bytes(-len(out) % _ALIGNED.get(kind[1], 8))
        start = len(out)
        for each in value.items() if kind[1] == "{" else value:
            write(out, kind[1:], each)
        struct.pack_into("<I", out, at, len(out) - start)
    else:
        for inner, each in zip(_kinds(kind[1:-1]), value, strict=True):
            write(out, inner, each)


@lru_cache(maxsize=256)
def reader(kind: str, order: str) -> Read:
    """What reads one value of the type `kind` at an offset, and says where it ends."""
    code = kind[0]
    if code in _FIXED:
        return _fixed_reader(struct.Struct(order + _FIXED[code]))
    if code in "sog":
        return _text_reader(struct.Struct(order + ("B" if code == "g" else "I")))
    if code == "v":
        return _variant_reader(order)
    if code == "a" and kind[1] in _FIXED:
        return _numbers_reader(_FIXED[kind[1]], order)
    if code == "a":
        return _array_reader(reader(kind[1:], order), _ALIGNED.get(kind[1], 8), order, mapped=kind[1] == "{")
    return _struct_reader([reader(inner, order) for inner in _kinds(kind[1:-1])])


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
        signature, at = reader("g", order)(data, at, depth)
        kinds = _kinds(signature)
        if len(kinds) != 1 or depth > _DEEPEST:
            raise BadMessage(f"a variant of {signature[:80]!r}, {depth} deep")
        value, at = reader(kinds[0], order)(data, at, depth + 1)
        return Variant(signature, value), at

    return read


def _numbers_reader(form: str, order: str) -> Read:
    """Numbers at once: a megabyte of bytes takes 0.4 s one by one."""
    count, size = struct.Struct(f"{order}I"), struct.calcsize(form)

    def read(data: bytes, at: int, depth: int) -> tuple[Any, int]:
        at += -at % 4
        start = at + 4 + -(at + 4) % size
        length = count.unpack_from(data, at)[0]
        if length % size or start + length > len(data):
            raise BadMessage("an array whose last item is cut")
        return list(struct.unpack_from(f"{order}{length // size}{form}", data, start)), start + length

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
