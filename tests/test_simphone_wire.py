"""The simulated phone as real adb servers and real adb clients see it."""

import random
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from devices.simphone.adbd import Adbd
from devices.simphone.fault_switches import ALWAYS
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import AdbFailed, PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SERVERS, SIZE, ConnectedPhone, connected_phone


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    return adb_server_of(request.param)


@pytest.fixture
def connected(server: PrivateAdbServer) -> Iterator[ConnectedPhone]:
    with connected_phone(server) as connected:
        yield connected


def adb(connected: ConnectedPhone, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """The same adb program as a client."""
    server = connected.server
    command = [str(server.adb), "-s", connected.adbd.address, *words]
    return subprocess.run(command, env=server.environ, input=given, capture_output=True, timeout=60, check=False)


def opened(connected: ConnectedPhone, service: str) -> socket.socket:
    """A connection through the server to `service` on the phone."""
    with ExitStack() as undo:
        connection = undo.enter_context(socket.create_connection(connected.where, 30))
        for order in (f"host:transport:{connected.adbd.address}", service):
            connection.sendall(b"%04x" % len(order.encode()) + order.encode())
            if (answer := connection.recv(4)) != b"OKAY":
                raise ConnectionRefusedError(answer)
        undo.pop_all()
    return connection


def everything(connection: socket.socket) -> bytes:
    with connection:
        return b"".join(iter(lambda: connection.recv(1 << 20), b""))


def state(connected: ConnectedPhone) -> str:
    """How the server lists the phone; "" when it does not."""
    lines = dict(line.split("\t") for line in connected.server.ask("host:devices").splitlines())
    return lines.get(connected.adbd.address, "")


def test_it_is_listed_once_as_a_device_with_its_model(connected: ConnectedPhone) -> None:
    listed = connected.server.ask("host:devices-l").splitlines()
    assert len(listed) == 1, "an emulator or another phone was found as well"
    assert "device product:simdev model:SimPhone device:sim" in listed[0]


def test_connecting_twice_is_no_error_and_a_closed_port_is_one(connected: ConnectedPhone) -> None:
    connected.server.connect(connected.adbd.address)
    with closing(Adbd(Phone(SIZE))) as gone:
        address = gone.address
    with pytest.raises(AdbFailed, match=r"failed to connect|refused"):
        connected.server.connect(address)


@pytest.mark.parametrize(
    ("line", "code"), [("true", 0), ("false", 1), ("nosuch", 127), ("exit 42", 42), ("(exit 7)", 7)]
)
def test_an_exit_code_comes_back(connected: ConnectedPhone, line: str, code: int) -> None:
    assert adb(connected, "shell", line).returncode == code


def test_output_and_errors_are_told_apart_by_packets_and_not_by_plain_bytes(connected: ConnectedPhone) -> None:
    line = "echo out; nosuch"
    done = adb(connected, "shell", line)
    assert (done.stdout, done.stderr) == (b"out\n", b"/system/bin/sh: nosuch: inaccessible or not found\n")
    mixed = b"out\n/system/bin/sh: nosuch: inaccessible or not found\n"
    assert everything(opened(connected, f"shell:{line}")) == mixed
    assert adb(connected, "exec-out", line).stdout == mixed


def test_lines_on_standard_input_run_one_by_one(connected: ConnectedPhone) -> None:
    done = adb(connected, "shell", given=b"echo one\necho 'tw\no'\ncat\nthe rest\n")
    assert done.stdout == b"one\ntw\no\nthe rest\n"
    assert adb(connected, "shell", given=b"exit 9\necho no\n").returncode == 9


def test_ten_megabytes_come_whole_through_exec(connected: ConnectedPhone) -> None:
    data = random.Random(1).randbytes(10_000_000)
    connected.phone.files["/sdcard/large"] = data
    assert everything(opened(connected, "exec:cat /sdcard/large")) == data
    assert adb(connected, "shell", "cat /sdcard/large").stdout == data


def test_an_unknown_service_is_refused_and_the_link_stays(connected: ConnectedPhone) -> None:
    with pytest.raises(ConnectionRefusedError):
        opened(connected, "nosuch:service")
    assert adb(connected, "shell", "echo here").stdout == b"here\n"


def test_an_untrusted_phone_asks_for_a_key_and_takes_it(server: PrivateAdbServer) -> None:
    with closing(Adbd(Phone(SIZE), trusting=False)) as adbd:
        server.connect(adbd.address)
        connected = ConnectedPhone(Phone(SIZE), adbd, server)
        until(lambda: state(connected) == "device")
        server.disconnect(adbd.address)


def test_a_phone_that_refuses_every_key_is_listed_unauthorized(server: PrivateAdbServer) -> None:
    phone = Phone(SIZE)
    with closing(Adbd(phone)) as adbd:
        adbd.faults.add("unauthorized", ALWAYS)
        with pytest.raises(AdbFailed, match="failed to authenticate"):
            server.connect(adbd.address)
        assert state(ConnectedPhone(phone, adbd, server)) == "unauthorized"
        server.disconnect(adbd.address)


def test_a_phone_that_never_speaks_is_listed_offline(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("offline", ALWAYS)
    connected.adbd.drop()
    until(lambda: state(connected) == "offline")
    assert adb(connected, "shell", "true").returncode == 1
    connected.adbd.faults.clear()


def test_a_link_cut_in_mid_command_comes_back_by_itself(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("dropped before", command="input tap")
    cut = adb(connected, "shell", "echo started; input tap 9 9; echo done")
    assert b"done" not in cut.stdout
    assert connected.phone.input_log == [], "a tap that was cut off before it began reached the phone"
    until(lambda: state(connected) == "device")
    assert adb(connected, "shell", "echo here").stdout == b"here\n"


def test_many_shells_at_once_get_each_their_own_answer(connected: ConnectedPhone) -> None:
    def ask(thread: int) -> list[bytes]:
        return [everything(opened(connected, f"shell:echo {thread} {n}; cat /sdcard/f{thread}")) for n in range(20)]

    for thread in range(16):
        connected.phone.files[f"/sdcard/f{thread}"] = bytes([65 + thread]) * 70_000
    with ThreadPoolExecutor(16) as pool:
        for thread, answers in enumerate(pool.map(ask, range(16))):
            assert answers == [b"%d %d\n" % (thread, n) + bytes([65 + thread]) * 70_000 for n in range(20)]


def test_two_phones_on_one_server_are_two(connected: ConnectedPhone) -> None:
    with connected_phone(connected.server) as other:
        adb(connected, "shell", "input tap 3 4")
        assert len(connected.phone.input_log) == 1
        assert other.phone.input_log == []


def test_a_client_that_leaves_in_the_midst_of_an_answer_leaves_no_harm(connected: ConnectedPhone) -> None:
    connected.phone.files["/sdcard/large"] = bytes(5_000_000)
    for _ in range(20):
        with opened(connected, "exec:cat /sdcard/large") as connection:
            connection.recv(10)
    assert adb(connected, "shell", "echo here").stdout == b"here\n"


def test_garbage_instead_of_a_server_is_hung_up_on(connected: ConnectedPhone) -> None:
    for garbage in (b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n", bytes(24), b"CNXN" + b"\xff" * 20):
        with socket.create_connection((connected.adbd.host, connected.adbd.port), 10) as connection:
            connection.sendall(garbage)
            assert connection.recv(1) == b""
    assert adb(connected, "shell", "echo here").stdout == b"here\n"
