"""The stream to a phone's shell against a server that answers in odd pieces, wrongly, or not at all."""

import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress

import pytest

from devices import Stop
from devices.android.adb_stream import ConnectionLost, ServerAddress, ServerRefused, ask_server
from devices.android.deadline import Deadline, TimedOut
from devices.android.shell_session import ShellOutput, ShellSession, run_once

Speak = Callable[[socket.socket], None]


def deadline(seconds: float = 5.0) -> Deadline:
    return Deadline(Stop(), seconds)


@contextmanager
def serving(speak: Speak) -> Iterator[ServerAddress]:
    """A server on loopback that does `speak` with whoever connects, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection, suppress(OSError):  # whoever connected may have heard enough
                speak(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield ServerAddress("127.0.0.1", int(listener.getsockname()[1]))
        thread.join(10)


def granted(connection: socket.socket, services: int = 2) -> None:
    for _ in range(services):
        length = int(connection.recv(4), 16)
        connection.recv(length, socket.MSG_WAITALL)
        connection.sendall(b"OKAY")


def packet(kind: int, data: bytes) -> bytes:
    return struct.pack("<BI", kind, len(data)) + data


def answer_next(
    connection: socket.socket, outputs: Sequence[tuple[bytes, int]], piece: int, cut: int | None = None
) -> None:
    """Answer the next line with `outputs` and their exit codes, `piece` bytes at a time, at most `cut` of them."""
    header = connection.recv(5, socket.MSG_WAITALL)
    line = connection.recv(struct.unpack("<BI", header)[1], socket.MSG_WAITALL).decode()
    marks = re.findall(r"echo ([0-9a-f]{32}) \$\?", line)
    said = b"".join(
        packet(1, output) + packet(2, b"e") + packet(1, f"{mark} {code}\n".encode())
        for (output, code), mark in zip(outputs, marks, strict=True)
    )
    for start in range(0, len(said[:cut]), piece):
        connection.sendall(said[:cut][start : start + piece])


def a_shell(outputs: Sequence[tuple[bytes, int]], piece: int, *, cut: int | None = None) -> Speak:
    """A shell that answers one line, hanging up after `cut` bytes."""

    def speak(connection: socket.socket) -> None:
        granted(connection)
        answer_next(connection, outputs, piece, cut)

    return speak


def answer_of(speak: Speak, commands: int) -> ShellOutput:
    with serving(speak) as server:
        shell = ShellSession(server, "R58M", deadline())
        try:
            return shell.run(("x",) * commands, deadline())
        finally:
            shell.close()


OUTPUTS = [(b"", 0), (b"no line end", 1), (b"\0\xff" * 5000, 255), (b"a\r\nb\n", 0)]


@pytest.mark.parametrize("piece", [1, 3, 7, 4096, 1 << 20])
def test_an_answer_in_pieces_is_the_same_answer(piece: int) -> None:
    answer = answer_of(a_shell(OUTPUTS, piece), len(OUTPUTS))
    assert [(bytes(result.output), result.code) for result in answer.results] == OUTPUTS
    assert answer.errors == "eeee"
    assert answer.results[3].text == "a\nb\n"


def test_a_large_output_is_whole() -> None:
    frame = bytes(range(256)) * 40_000
    answer = answer_of(a_shell([(frame, 0), (b"after", 0)], 50_000), 2)
    assert [bytes(result.output) for result in answer.results] == [frame, b"after"]


def test_a_second_large_answer_is_not_written_over_the_first() -> None:
    frames = [bytes([shade]) * 1_000_000 for shade in (1, 2, 3)]

    def speak(connection: socket.socket) -> None:
        granted(connection)
        for frame in frames:
            answer_next(connection, [(frame, 0), (b"after", 0)], 50_000)

    with serving(speak) as server, closing(ShellSession(server, "R58M", deadline())) as shell:
        answers = [shell.run(("screencap", "focus"), deadline()) for _ in frames]
    assert [bytes(answer.results[0].output) for answer in answers] == frames
    assert {bytes(answer.results[1].output) for answer in answers} == {b"after"}


@pytest.mark.parametrize("cut", [0, 4, 5, 12, 40, 60])
def test_a_link_that_ends_early_is_an_error_and_never_an_empty_success(cut: int) -> None:
    with pytest.raises(ConnectionLost):
        answer_of(a_shell([(b"output", 0), (b"more", 0)], 1000, cut=cut), 2)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (b"FAIL0006closed", ServerRefused),
        (b"FAIL00", ConnectionLost),
        (b"FAILxxxxclosed", ConnectionLost),
        (b"HTTP/1.1 400", ConnectionLost),
        (b"", ConnectionLost),
    ],
)
def test_a_refusal_keeps_its_words_and_nonsense_is_a_lost_link(said: bytes, fault: type[Exception]) -> None:
    def speak(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(said)

    with serving(speak) as server, pytest.raises(fault, match="closed" if fault is ServerRefused else "ended|answered"):
        ask_server(server, "host:version", deadline())


@pytest.mark.parametrize("packets", [packet(1, b"x")[:1] + b"\xff\xff\xff\x7f", packet(3, b"\0")])
def test_a_packet_without_end_and_a_shell_that_ends_are_lost_links(packets: bytes) -> None:
    def speak(connection: socket.socket) -> None:
        granted(connection)
        connection.recv(4096)
        connection.sendall(packets)

    with pytest.raises(ConnectionLost):
        answer_of(speak, 1)


def test_silence_ends_in_time() -> None:
    done = threading.Event()

    def speak(connection: socket.socket) -> None:
        granted(connection)
        done.wait(10)

    with serving(speak) as server:
        shell = ShellSession(server, "R58M", deadline())
        started = time.monotonic()
        with pytest.raises(TimedOut, match=r"no answer within 0\.2 s"):
            shell.run(("true",), deadline(0.2))
        assert time.monotonic() - started < 3.0
        assert not shell.idle, "a shell in the middle of an answer must not be used again"
        shell.close()
        done.set()


def test_one_command_takes_what_is_given_and_needs_its_exit_code() -> None:
    taken = bytearray()

    def speak(connection: socket.socket) -> None:
        granted(connection)
        while not taken.endswith(struct.pack("<BI", 3 + 1, 0)):
            taken.extend(connection.recv(4096))
        connection.sendall(packet(1, b"out") + packet(2, b"err") + packet(3, b"\x07"))

    with serving(speak) as server:
        answer = run_once(server, "R58M", "cat", deadline(), b"given")
    assert (bytes(answer.results[0].output), answer.results[0].code, answer.errors) == (b"out", 7, "err")
    assert packet(0, b"given") in taken
