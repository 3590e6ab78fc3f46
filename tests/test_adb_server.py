"""A private adb server is alone, says when it cannot start, and ends with its process, however that ends."""

import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from devices import DeviceLost, Stop
from devices.simphone.private_adb_server import AdbFailed, PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SERVERS, program

OWNER = """
import sys
from pathlib import Path
from devices import Stop
from devices.simphone.private_adb_server import PrivateAdbServer
server = PrivateAdbServer(Stop(), Path(sys.argv[1]))
print(server.port, server.environ["HOME"], flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=SERVERS)
def adb(request: pytest.FixtureRequest) -> Path:
    return program(request.param)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, None])
def test_it_ends_with_its_owner_however_that_ends(adb: Path, end: signal.Signals | None) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(adb)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout is not None
        port, home = owner.stdout.readline().split()
        assert answers(int(port))
        if end:
            owner.send_signal(end)
        else:
            assert owner.stdin is not None
            owner.stdin.close()
    until(lambda: not answers(int(port)))
    until(lambda: not Path(home).exists())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_it_ends_with_its_supervisor_too(adb: Path) -> None:
    with closing(PrivateAdbServer(Stop(), adb)) as server:
        server._supervisor.kill()
        until(lambda: not answers(server.port))


def test_a_closed_server_is_gone_with_its_home_and_leaves_the_others(adb: Path) -> None:
    with closing(PrivateAdbServer(Stop(), adb)) as other:
        server = PrivateAdbServer(Stop(), adb)
        server.close()
        server.close()
        assert not answers(server.port)
        assert not Path(server.environ["HOME"]).exists()
        assert other.ask("host:version")


def test_it_keeps_its_keys_in_its_own_home_and_looks_for_no_other_phone(adb: Path) -> None:
    with closing(PrivateAdbServer(Stop(), adb)) as server:
        home = Path(server.environ["HOME"])
        assert home != Path.home()
        until((home / ".android" / "adbkey").exists)
        assert server.ask("host:devices") == ""


def test_what_the_server_refuses_is_said_in_its_words() -> None:
    with closing(PrivateAdbServer(Stop())) as server:
        with pytest.raises(AdbFailed, match="unknown host service"):
            server.ask("host:nosuch")
        with pytest.raises(AdbFailed, match="refused"):
            server.connect("127.0.0.1:1")


def test_a_program_that_is_no_adb_is_named(tmp_path: Path) -> None:
    program = tmp_path / "adb"
    program.write_text(f"#!{sys.executable}\nprint('I am no adb')\n")
    program.chmod(0o755)
    with pytest.raises(DeviceLost, match="I am no adb"):
        PrivateAdbServer(Stop(), program)
    with pytest.raises(DeviceLost, match="did not start a server"):
        PrivateAdbServer(Stop(), tmp_path / "nothing")
