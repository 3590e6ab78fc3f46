"""D-Bus as we speak it: what is written reads back the same, damaged bytes raise one error, a real daemon answers."""

import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from devices.desktop.accessibility.batch import Batch
from devices.desktop.accessibility.connection import BUS, BusConnection, BusLost, CallFailed, Values
from devices.desktop.accessibility.marshal import BadMessage, Variant, decode_values, encode, write
from devices.desktop.accessibility.walk import bits_in, extents_in, references
from devices.desktop.accessibility.wire import LARGEST, PREFIX, decode, encode_call, length
from tests.conftest import ended

BUS_PATH = "/org/freedesktop/DBus"
texts = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
Typed = tuple[str, Any]


def of(signature: str, values: some.SearchStrategy[Any]) -> some.SearchStrategy[Typed]:
    return values.map(lambda value: (signature, value))


def whole_numbers(bits: int, *, signed: bool) -> some.SearchStrategy[int]:
    return some.integers(-(1 << bits - 1), (1 << bits - 1) - 1) if signed else some.integers(0, (1 << bits) - 1)


basic = some.one_of(
    of("y", whole_numbers(8, signed=False)),
    of("b", some.integers(0, 1)),
    of("n", whole_numbers(16, signed=True)),
    of("q", whole_numbers(16, signed=False)),
    of("i", whole_numbers(32, signed=True)),
    of("u", whole_numbers(32, signed=False)),
    of("x", whole_numbers(64, signed=True)),
    of("t", whole_numbers(64, signed=False)),
    of("d", some.floats(allow_nan=False)),
    of("s", texts),
    of("o", texts),
    of("g", some.sampled_from(["", "a(so)", "a{sv}"])),
)


def containers(inner: some.SearchStrategy[Typed]) -> some.SearchStrategy[Typed]:
    structs = some.lists(inner, min_size=1, max_size=4).map(
        lambda parts: (f"({''.join(kind for kind, _ in parts)})", tuple(value for _, value in parts))
    )
    arrays = inner.flatmap(lambda part: some.integers(0, 4).map(lambda many: (f"a{part[0]}", [part[1]] * many)))
    tables = some.tuples(texts, inner).map(lambda pair: (f"a{{s{pair[1][0]}}}", {pair[0]: pair[1][1]}))
    return some.one_of(structs, arrays, tables, inner.map(lambda part: ("v", Variant(*part))))


typed = some.recursive(basic, containers, max_leaves=8)


@given(some.lists(typed, max_size=5))
def test_what_is_written_reads_back_the_same(parts: list[Typed]) -> None:
    signature, values = "".join(kind for kind, _ in parts), tuple(value for _, value in parts)
    data = encode(signature, values)
    assert decode_values(signature, data) == (values, len(data))


@given(texts, texts, some.lists(typed, max_size=3))
def test_a_call_says_its_length_and_reads_back(path: str, member: str, parts: list[Typed]) -> None:
    signature, values = "".join(kind for kind, _ in parts), tuple(value for _, value in parts)
    data = encode_call(7, ":1.5", f"/{path}", "a.b", member, signature, values)
    assert length(data[:PREFIX]) == len(data)
    assert decode(data).values == values


def read(data: bytes) -> None:
    """Read `data` as the connection does."""
    if len(data) >= PREFIX and length(data[:PREFIX]) == len(data):
        decode(data)


@given(some.lists(typed, max_size=4), some.data())
def test_damaged_bytes_are_refused_and_nothing_else(parts: list[Typed], data: some.DataObject) -> None:
    signature, values = "".join(kind for kind, _ in parts), tuple(value for _, value in parts)
    damaged = bytearray(encode_call(1, ":1.5", "/a", "a.b", "Get", signature, values))
    for at in data.draw(some.lists(some.integers(0, len(damaged) - 1), min_size=1, max_size=6)):
        damaged[at] = data.draw(some.integers(0, 255))
    try:
        read(bytes(damaged))
        decode(bytes(damaged[: data.draw(some.integers(0, len(damaged)))]))
    except BadMessage:
        pass


@given(some.binary(max_size=200), some.sampled_from([b"l", b"B"]))
def test_noise_is_refused(noise: bytes, order: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(order + noise[:10])
    with suppress(BadMessage):
        decode(order + noise)


@pytest.mark.parametrize(
    "signature",
    [
        *("a", "(", "()", "{sv", "{sv}", "a{s}", "a{}", "a{ayv}", "a{sss}", "a{vs}", "({sv})", "z"),
        *("a" * 200 + "y", "(" * 200 + ")" * 200, "(y" * 40 + ")" * 40),
    ],
    ids=repr,
)
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    with pytest.raises(BadMessage):
        decode_values(signature, bytes(64))


def test_variants_in_each_other_have_an_end() -> None:
    with pytest.raises(BadMessage):
        decode_values("v", b"\x01v\0" * 5000)


def test_a_message_that_says_it_is_endless_is_refused() -> None:
    with pytest.raises(BadMessage, match="at most"):
        length(struct.pack("<cBBBIII", b"l", 2, 0, 1, 0xFFFFFFF0, 1, 8))


@pytest.mark.parametrize("body", [b"\x04\0\0\0abc", b"\x03\0\0\0\0\0\0\0abc", b"\xff\xff\xff\x7f"], ids=repr)
def test_numbers_that_are_cut_are_refused(body: bytes) -> None:
    with pytest.raises(BadMessage):
        decode_values("au", body)


class Bus(BusConnection):
    """A connection to a daemon that has sent `data`."""

    def __init__(self, data: bytes) -> None:
        self._out = bytearray()
        self._in = bytearray()
        self._socket, self._daemon = socket.socketpair()
        self._socket.setblocking(False)
        threading.Thread(target=self._send, args=(data,), daemon=True).start()

    def _send(self, data: bytes) -> None:
        with suppress(OSError), self._daemon:
            self._daemon.sendall(data)


def answer(serial: int, signature: str, body: bytes) -> bytes:
    """The answer to the call `serial`, with a body that nobody has checked."""
    head = bytearray(struct.pack("<cBBBII", b"l", 2, 0, 1, len(body), serial))
    write(head, "a(yv)", [(5, Variant("u", serial)), (8, Variant("g", signature))])
    return bytes(head) + bytes(-len(head) % 8) + body


def test_an_answer_that_cannot_be_read_is_dropped_and_the_next_one_is_read() -> None:
    with closing(Bus(answer(1, "a{s}", bytes(16)) + answer(2, "a{ayv}", bytes(16)) + answer(3, "u", bytes(4)))) as bus:
        assert bus.receive(5.0) == [(3, (0,))]
        with pytest.raises(BusLost, match="it ended"):
            bus.receive(5.0)


def test_an_answer_that_is_too_large_is_said_to_be() -> None:
    with closing(Bus(answer(1, "ay", bytes(LARGEST)))) as bus, pytest.raises(BusLost, match="at most"):
        bus.receive(5.0)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real daemon's address, and the daemon."""
    address = f"unix:path={tmp_path}/bus"
    command = ("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}", "--print-address=1")
    try:
        daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        pytest.skip("dbus-daemon is not installed")
    with daemon:
        assert daemon.stdout is not None
        daemon.stdout.readline()
        yield address, daemon
        ended(daemon)


def test_a_daemon_answers_in_bulk_and_errors_are_answers(session: tuple[str, subprocess.Popen[bytes]]) -> None:
    with closing(BusConnection(session[0])) as bus:
        sent = [bus.send(BUS, BUS_PATH, BUS, member) for member in ["GetId", "Nonsense"] * 500]
        answers: dict[int, object] = {}
        while len(answers) < len(sent):
            answers.update(bus.receive(5.0))
        assert list(answers) == sent
        assert all(isinstance(answers[serial], CallFailed) for serial in sent[1::2])
        assert len({answers[serial] for serial in sent[::2]}) == 1
        with pytest.raises(CallFailed, match="UnknownMethod"):
            bus.ask(BUS, BUS_PATH, BUS, "Nonsense")
        assert bus.receive(0.0) == []


def test_a_question_that_nobody_answers_ends_and_its_late_answer_disturbs_nobody(
    session: tuple[str, subprocess.Popen[bytes]],
) -> None:
    with closing(BusConnection(session[0])) as one, closing(BusConnection(session[0])) as silent:
        (names,) = one.ask(BUS, BUS_PATH, BUS, "ListNames")
        with pytest.raises(TimeoutError):
            one.ask(max(name for name in names if name[0] == ":"), "/", "a.b", "Anything", seconds=0.05)
        assert silent.receive(0.1) == []
        assert one.ask(BUS, BUS_PATH, BUS, "GetId")


class Slow:
    """A connection to a program that answers one call in ten milliseconds, and no more than `most`."""

    def __init__(self, most: int) -> None:
        self._asked, self._most = 0, most
        self._waiting: list[int] = []

    def send(self, *call: object) -> int:
        self._asked += 1
        self._waiting.append(self._asked)
        return self._asked

    def receive(self, seconds: float) -> list[tuple[int, tuple[int]]]:
        time.sleep(min(seconds, 0.01))
        self._most -= 1
        return [(self._waiting.pop(0), (1,))] if self._most >= 0 and self._waiting else []


@pytest.mark.parametrize(("most", "latest", "whole"), [(20, 60.0, True), (5, 60.0, False), (20, 0.0, False)])
def test_a_program_that_goes_on_answering_is_waited_for_and_one_that_stops_is_not(
    most: int, latest: float, whole: bool
) -> None:
    now, answers = time.monotonic(), list[Values | None]()
    batch = Batch(Slow(most), now + 0.1, Event(), now + latest)  # type: ignore[arg-type]
    for _ in range(20):
        batch.call(":1.7", "/one", "an.interface", "Member", answers.append)
    assert (batch.run() == frozenset(), len(answers) == 20) == (whole, whole)


def test_a_bus_that_ends_is_lost(session: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, daemon = session
    with closing(BusConnection(address)) as bus:
        ended(daemon)
        started = time.monotonic()
        with pytest.raises(BusLost):
            bus.ask(BUS, BUS_PATH, BUS, "GetId", seconds=5.0)
        assert time.monotonic() - started < 4.0
    with pytest.raises(BusLost):
        BusConnection(address)


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp:host=localhost", "unix:path=", "unix:path=/dev/null", "unix:"]
)
def test_an_address_where_nothing_is_names_itself(address: str) -> None:
    with pytest.raises(BusLost, match="there is no bus at"):
        BusConnection(address)


@pytest.mark.parametrize(
    "pair",
    [
        (":1.2", "no path"),
        (":1.2", "/a//b"),
        (":1.2", ""),
        ("", "/a"),
        ("a b", "/a"),
        (":1.2", "/a" * 400),
        (1, 2),
        "xy",
    ],
    ids=repr,
)
def test_what_names_no_node_is_never_asked(pair: object) -> None:
    assert references(([pair, (":1.2", "/a/b_1")],)) == [(":1.2", "/a/b_1")]


@pytest.mark.parametrize("values", [None, (), (1,), ([1, None],), ("text",), ({"a": 1},)], ids=repr)
def test_an_answer_of_another_shape_names_nothing(values: Any) -> None:
    assert (references(values), bits_in(values), extents_in(values)) == ([], 0, None)
