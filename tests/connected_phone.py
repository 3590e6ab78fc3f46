"""A simulated phone behind a real adb server, for the tests that drive it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices import Stop
from devices.android.adb import adb_of_adbutils, adb_on_path
from devices.android.android import Android
from devices.simphone.adbd import Adbd
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer

SIZE = (540, 1200)
NOON = 1_800_000_000.0  # its clock stands still: a minute that passes between two looks is no fault
SERVERS = ("adb on PATH", "adb of adbutils")


def program(name: str) -> Path:
    """The adb program of that name; the test is skipped where there is none."""
    found = adb_on_path() if name == SERVERS[0] else adb_of_adbutils()
    if found is None:
        pytest.skip(f"there is no {name}: sudo apt install adb, or pip install adbutils")
    return found


class LoggingPhone(Phone):
    """A phone that counts the applications that were started, too."""

    def start(self, package: str, activity: str = "", uri: str = "") -> bool:
        self.input_log.append(f"start {package}")
        return super().start(package, activity, uri)


@dataclass
class ConnectedPhone:
    """A phone that is switched on and connected, and the server through which it is reached."""

    phone: Phone
    adbd: Adbd
    server: PrivateAdbServer

    @property
    def where(self) -> tuple[str, int]:
        return self.server.host, self.server.port


@contextmanager
def connected_phone(server: PrivateAdbServer, phone: Phone | None = None) -> Iterator[ConnectedPhone]:
    """A phone on `server`, its faults all off: a new one that counts, unless it is given."""
    phone = phone or LoggingPhone(SIZE, animations=False, wall=lambda: NOON)
    with closing(Adbd(phone)) as adbd:
        server.connect(adbd.address)
        try:
            yield ConnectedPhone(phone, adbd, server)
        finally:
            server.disconnect(adbd.address)


@contextmanager
def driver_of(
    connected: ConnectedPhone, stop: Stop, *, reconnect_seconds: float = 8.0, answer_seconds: float = 5.0
) -> Iterator[Android]:
    """The driver on the phone of `connected`."""
    device = Android(
        connected.adbd.address,
        stop,
        server=connected.where,
        reconnect_seconds=reconnect_seconds,
        answer_seconds=answer_seconds,
        app_seconds=3.0,
    )
    with closing(device):
        yield device
