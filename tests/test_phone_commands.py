"""`screenhand devices`, `connect` and `pair` against real adb servers of our own."""

from collections.abc import Callable
from contextlib import closing, suppress

import pytest
from typer.testing import CliRunner, Result

from agent.cli import app
from devices import Stop
from devices.android.adb_server import listed_phones
from devices.android.adb_stream import ServerAddress
from devices.simphone.adbd import Adbd
from devices.simphone.fault_switches import ALWAYS, Fault
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SERVERS, SIZE, connected_phone


@pytest.fixture(scope="module", params=SERVERS)
def shared(request: pytest.FixtureRequest, adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    return adb_server_of(request.param)


@pytest.fixture
def server(shared: PrivateAdbServer, monkeypatch: pytest.MonkeyPatch) -> PrivateAdbServer:
    """An adb server that the commands take for the person's own."""
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(shared.port))
    monkeypatch.delenv("ANDROID_ADB_SERVER_HOST", raising=False)
    return shared


def screenhand(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, words, input=given)


def test_no_phone_is_said_with_what_to_do_and_is_no_success(server: PrivateAdbServer) -> None:
    done = screenhand("devices")
    assert (done.exit_code, "there is no phone: plug one in" in done.output) == (1, True)


@pytest.mark.parametrize(
    ("fault", "state", "fix"),
    [
        ("unauthorized", "unauthorized", "allow USB debugging for this computer"),
        ("offline", "offline", "plug it in again"),
    ],
)
def test_a_phone_that_cannot_be_worked_is_listed_beside_one_that_can_with_its_fix(
    server: PrivateAdbServer, fault: Fault, state: str, fix: str
) -> None:
    with connected_phone(server) as connected, closing(Adbd(Phone(SIZE))) as other:
        other.faults.add(fault, ALWAYS)
        with suppress(Exception):  # the server says so too, in words of its own
            server.ask(f"host:connect:{other.address}", 1.0)
        where = ServerAddress(server.host, server.port)
        until(lambda: any(phone.state == state for phone in listed_phones(where, Stop())))
        done = screenhand("devices")
        server.disconnect(other.address)
    rows = {line.split()[0]: line.split()[1:] for line in done.output.splitlines() if line.startswith("127.")}
    assert rows[connected.adbd.address] == ["device", "SimPhone", "540x1200"]
    assert rows[other.address][0] == state
    assert f"the phone {other.address} is {state}: " in done.output
    assert fix in done.output
    assert done.exit_code == 0


def test_a_phone_is_connected_to_and_then_listed(server: PrivateAdbServer) -> None:
    with closing(Adbd(Phone(SIZE))) as adbd:
        done = screenhand("connect", adbd.address)
        assert done.exit_code == 0, done.output
        assert done.output == f"connected to {adbd.address}\nwork it with --device android:{adbd.address}\n"
        assert "already connected" in screenhand("connect", adbd.address).output
        assert adbd.address in screenhand("devices").output
        server.disconnect(adbd.address)


def test_a_connection_that_fails_says_why_and_ends_as_a_lost_device(server: PrivateAdbServer) -> None:
    done = screenhand("connect", "127.0.0.1:9")
    assert done.exit_code == 10
    assert "wireless debugging" in done.output
    with closing(Adbd(Phone(SIZE))) as adbd:
        adbd.faults.add("unauthorized", ALWAYS)
        refused = screenhand("connect", adbd.address)
        server.disconnect(adbd.address)
    assert (refused.exit_code, "allow USB debugging" in refused.output) == (10, True)


@pytest.mark.parametrize("address", ["", "phone", "phone:", "phone:0", "phone:99999", "a b:1", ":5555", "1:2:3"])
@pytest.mark.parametrize("command", ["connect", "pair"])
def test_what_is_no_address_is_a_mistake_on_the_command_line(command: str, address: str) -> None:
    done = screenhand(command, "--", address)
    assert (done.exit_code, "HOST:PORT" in done.output or "port is a number" in done.output) == (2, True)


@pytest.mark.parametrize("code", ["12345", "abcdef", "12:456", "١٢٣٤٥٦"])
def test_what_is_no_code_is_a_mistake_and_nothing_is_asked_of_the_server(code: str) -> None:
    done = screenhand("pair", "127.0.0.1:9", "--code", code)
    assert (done.exit_code, "six digits" in done.output) == (2, True)


@pytest.mark.parametrize(("words", "given"), [(("--code", "123456"), ""), ((), "123456\n")])
def test_a_pairing_that_fails_says_so_in_words(server: PrivateAdbServer, words: tuple[str, ...], given: str) -> None:
    done = screenhand("pair", "127.0.0.1:9", *words, given=given)
    assert done.exit_code == 10
    assert "pairing with 127.0.0.1:9 failed: " in done.output
    assert "where a length was due" not in done.output
    assert ("the six digits that the phone shows" in done.output) == bool(given)


def test_the_code_is_not_waited_for_where_nobody_is() -> None:
    assert screenhand("pair", "127.0.0.1:9").exit_code != 0


@pytest.mark.parametrize("command", ["devices", "connect", "pair"])
def test_every_command_shows_examples(command: str) -> None:
    assert f"screenhand {command}" in screenhand(command, "--help").output
