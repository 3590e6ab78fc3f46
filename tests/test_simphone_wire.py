"""The simulated phone as real adb servers and real adb clients see it."""

import random
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from devices.simphone.adbd import Adbd
from devices.simphone.faults import ALWAYS
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import AdbFailed, PrivateAdbServer
from tests.android_stage import SERVERS, SIZE, Stage, staged
from tests.conftest import until


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    return adb_server_of(request.param)


@pytest.fixture
def stage(server: PrivateAdbServer) -> Iterator[Stage]:
    with staged(server) as stage:
        yield stage


def adb(stage: Stage, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """The same adb program as a client."""
    server = stage.server
    command = [str(server.adb), "-s", stage.adbd.address, *words]
    return subprocess.run(command, env=server.environ, input=given, capture_output=True, timeout=60, check=False)


def opened(stage: Stage, service: str) -> socket.socket:
    """A connection through the server to `service` on the phone."""
    with ExitStack() as undo:
        connection = undo.enter_context(socket.create_connection(stage.where, 30))
        for order in (f"host:transport:{stage.adbd.address}", service):
            connection.sendall(b"%04x" % len(order.encode()) + order.encode())
            if (answer := connection.recv(4)) != b"OKAY":
                raise ConnectionRefusedError(answer)
        undo.pop_all()
    return connection


def everything(connection: socket.socket) -> bytes:
    with connection:
        return b"".join(iter(lambda: connection.recv(1 << 20), b""))


def state(stage: Stage) -> str:
    """How the server lists the phone; "" when it does not."""
    lines = dict(line.split("\t") for line in stage.server.ask("host:devices").splitlines())
    return lines.get(stage.adbd.address, "")


def test_it_is_listed_once_as_a_device_with_its_model(stage: Stage) -> None:
    listed = stage.server.ask("host:devices-l").splitlines()
    assert len(listed) == 1, "an emulator or another phone was found as well"
    assert "device product:simdev model:SimPhone device:sim" in listed[0]


def test_connecting_twice_is_no_error_and_a_closed_port_is_one(stage: Stage) -> None:
    stage.server.connect(stage.adbd.address)
    with closing(Adbd(Phone(SIZE))) as gone:
        address = gone.address
    with pytest.raises(AdbFailed, match=r"failed to connect|refused"):
        stage.server.connect(address)


@pytest.mark.parametrize(
    ("line", "code"), [("true", 0), ("false", 1), ("nosuch", 127), ("exit 42", 42), ("(exit 7)", 7)]
)
def test_an_exit_code_comes_back(stage: Stage, line: str, code: int) -> None:
    assert adb(stage, "shell", line).returncode == code


def test_output_and_errors_are_told_apart_by_packets_and_not_by_plain_bytes(stage: Stage) -> None:
    line = "echo out; nosuch"
    done = adb(stage, "shell", line)
    assert (done.stdout, done.stderr) == (b"out\n", b"/system/bin/sh: nosuch: inaccessible or not found\n")
    mixed = b"out\n/system/bin/sh: nosuch: inaccessible or not found\n"
    assert everything(opened(stage, f"shell:{line}")) == mixed
    assert adb(stage, "exec-out", line).stdout == mixed


def test_lines_on_standard_input_run_one_by_one(stage: Stage) -> None:
    done = adb(stage, "shell", given=b"echo one\necho 'tw\no'\ncat\nthe rest\n")
    assert done.stdout == b"one\ntw\no\nthe rest\n"
    assert adb(stage, "shell", given=b"exit 9\necho no\n").returncode == 9


def test_ten_megabytes_come_whole_through_exec(stage: Stage) -> None:
    data = random.Random(1).randbytes(10_000_000)
    stage.phone.files["/sdcard/large"] = data
    assert everything(opened(stage, "exec:cat /sdcard/large")) == data
    assert adb(stage, "shell", "cat /sdcard/large").stdout == data


def test_an_unknown_service_is_refused_and_the_link_stays(stage: Stage) -> None:
    with pytest.raises(ConnectionRefusedError):
        opened(stage, "nosuch:service")
    assert adb(stage, "shell", "echo here").stdout == b"here\n"


def test_an_untrusted_phone_asks_for_a_key_and_takes_it(server: PrivateAdbServer) -> None:
    with closing(Adbd(Phone(SIZE), trusting=False)) as adbd:
        server.connect(adbd.address)
        stage = Stage(Phone(SIZE), adbd, server)
        until(lambda: state(stage) == "device")
        server.disconnect(adbd.address)


def test_a_phone_that_refuses_every_key_is_listed_unauthorized(server: PrivateAdbServer) -> None:
    phone = Phone(SIZE)
    with closing(Adbd(phone)) as adbd:
        adbd.faults.add("unauthorized", ALWAYS)
        with pytest.raises(AdbFailed, match="failed to authenticate"):
            server.connect(adbd.address)
        assert state(Stage(phone, adbd, server)) == "unauthorized"
        server.disconnect(adbd.address)


def test_a_phone_that_never_speaks_is_listed_offline(stage: Stage) -> None:
    stage.adbd.faults.add("offline", ALWAYS)
    stage.adbd.drop()
    until(lambda: state(stage) == "offline")
    assert adb(stage, "shell", "true").returncode == 1
    stage.adbd.faults.clear()


def test_a_link_cut_in_mid_command_comes_back_by_itself(stage: Stage) -> None:
    stage.adbd.faults.add("dropped before", command="input tap")
    cut = adb(stage, "shell", "echo started; input tap 9 9; echo done")
    assert b"done" not in cut.stdout
    assert stage.phone.input_log == [], "a tap that was cut off before it began reached the phone"
    until(lambda: state(stage) == "device")
    assert adb(stage, "shell", "echo here").stdout == b"here\n"


def test_many_shells_at_once_get_each_their_own_answer(stage: Stage) -> None:
    def ask(thread: int) -> list[bytes]:
        return [everything(opened(stage, f"shell:echo {thread} {n}; cat /sdcard/f{thread}")) for n in range(20)]

    for thread in range(16):
        stage.phone.files[f"/sdcard/f{thread}"] = bytes([65 + thread]) * 70_000
    with ThreadPoolExecutor(16) as pool:
        for thread, answers in enumerate(pool.map(ask, range(16))):
            assert answers == [b"%d %d\n" % (thread, n) + bytes([65 + thread]) * 70_000 for n in range(20)]


def test_two_phones_on_one_server_are_two(stage: Stage) -> None:
    with staged(stage.server) as other:
        adb(stage, "shell", "input tap 3 4")
        assert len(stage.phone.input_log) == 1
        assert other.phone.input_log == []


def test_a_client_that_leaves_in_the_midst_of_an_answer_leaves_no_harm(stage: Stage) -> None:
    stage.phone.files["/sdcard/large"] = bytes(5_000_000)
    for _ in range(20):
        with opened(stage, "exec:cat /sdcard/large") as connection:
            connection.recv(10)
    assert adb(stage, "shell", "echo here").stdout == b"here\n"


def test_garbage_instead_of_a_server_is_hung_up_on(stage: Stage) -> None:
    for garbage in (b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n", bytes(24), b"CNXN" + b"\xff" * 20):
        with socket.create_connection((stage.adbd.host, stage.adbd.port), 10) as connection:
            connection.sendall(garbage)
            assert connection.recv(1) == b""
    assert adb(stage, "shell", "echo here").stdout == b"here\n"
