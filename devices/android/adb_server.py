"""The adb server: started when none runs, asked for its phones, never ended."""

import os
import subprocess
from dataclasses import dataclass
from typing import Any

from devices.android.adb import adb_program
from devices.android.adb_stream import AdbStream, ConnectionLost, ServerAddress, ServerRefused, ask_server
from devices.android.deadline import Deadline, TimedOut
from devices.device import DeviceLost
from devices.stop import Stop

START_SECONDS = 20.0
_LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class ListedPhone:
    """A phone as the adb server lists it: `state` is "device" when it can be worked."""

    serial: str
    state: str
    model: str = ""


def default_server() -> ServerAddress:
    """The address in ANDROID_ADB_SERVER_HOST and _PORT, else 127.0.0.1:5037."""
    port = os.environ.get("ANDROID_ADB_SERVER_PORT", "5037")
    if not port.isdigit():
        raise DeviceLost(f"ANDROID_ADB_SERVER_PORT must be a number; found {port!r}")
    return ServerAddress(os.environ.get("ANDROID_ADB_SERVER_HOST", "127.0.0.1"), int(port))


def ensure_server(server: ServerAddress, stop: Stop) -> None:
    """Start an adb server where `server` should be, unless one answers. Raises `DeviceLost`, `Stopped`."""
    try:
        AdbStream(server, Deadline(stop, 3.0)).close()
        return
    except ConnectionLost as silent:
        if server.host not in _LOCAL:
            raise DeviceLost(f"no adb server answers at {server}: start it on that machine") from silent
    command = [str(adb_program()), "-P", str(server.port), "start-server"]
    try:
        done = stop.call(
            lambda: subprocess.run(
                command, capture_output=True, stdin=subprocess.DEVNULL, timeout=START_SECONDS, check=False
            )
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DeviceLost(f"the adb server could not be started by {command[0]}: {error}") from error
    if done.returncode:
        answer = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-500:]
        raise DeviceLost(f"the adb server could not be started by {command[0]}: {answer}")


def listed_phones(server: ServerAddress, stop: Stop) -> list[ListedPhone]:
    """Every phone that the server knows, as adbutils reads its list. Raises `DeviceLost`, `Stopped`."""
    ensure_server(server, stop)

    def ask() -> list[ListedPhone]:
        phones = _client(server, 10.0).list(extended=True)
        return [ListedPhone(each.serial, each.state, each.tags.get("model", "")) for each in phones]

    try:
        return stop.call(ask, 15.0)
    except (_adb_error(), OSError) as error:
        raise DeviceLost(f"the adb server at {server} does not list its phones: {error}") from error


def connect(server: ServerAddress, address: str, stop: Stop, seconds: float = 15.0) -> str:
    """Have the server connect to HOST:PORT; its answer. Raises `DeviceLost` when it could not."""
    ensure_server(server, stop)
    try:
        answer = str(stop.call(lambda: _client(server, seconds).connect(address, timeout=seconds), seconds + 1.0))
    except (_adb_error(), OSError) as error:
        raise DeviceLost(f"the adb server could not connect to {address}: {error}") from error
    if answer.startswith("failed to authenticate"):
        raise DeviceLost(f"{answer.strip()}: unlock the phone and allow USB debugging for this computer on its screen")
    if not answer.startswith(("connected to", "already connected to")):
        raise DeviceLost(
            f"{answer.strip()}. Is the phone on this network, with wireless debugging on, paired with, and the port "
            "the one it shows now?"
        )
    return answer.strip()


def pair(server: ServerAddress, address: str, code: str, stop: Stop, seconds: float = 30.0) -> str:
    """Pair with HOST:PORT by the six digits that the phone shows (Android 11); afterwards connect to its other port.

    Raises `DeviceLost` when that fails.
    """
    ensure_server(server, stop)
    try:
        answer = ask_server(server, f"host:pair:{code}:{address}", Deadline(stop, seconds))
    except (ConnectionLost, TimedOut, ServerRefused) as error:
        old = ": this adb server is older than 30, which was the first to pair" if "unknown" in str(error) else ""
        raise DeviceLost(f"pairing with {address} failed: {error}{old}") from error
    if not answer.startswith("Successfully paired"):
        raise DeviceLost(
            f"pairing with {address} failed: {answer.strip()}. The phone must show the code meanwhile, and the port is "
            "the one beside it"
        )
    return answer.strip()


def _client(server: ServerAddress, seconds: float) -> Any:
    """adbutils' client, which knows the server's lists; it ships no types."""
    import adbutils  # type: ignore[import-untyped]  # it ships no types

    return adbutils.AdbClient(server.host, server.port, socket_timeout=seconds)


def _adb_error() -> type[Exception]:
    from adbutils import AdbError

    return AdbError  # type: ignore[no-any-return]  # it ships no types
