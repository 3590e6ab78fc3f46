"""A simulated phone as a device: the driver of a real one, a real adb server, and behind them a phone in memory."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from devices.actions import Action
from devices.android.android import Android
from devices.device import DeviceLost, Observation
from devices.simphone.adbd import Adbd
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import AdbFailed, PrivateAdbServer
from devices.stop import Stop


class SimPhone:
    """A phone that exists from here to `close`, or to the end of this process, however it ends.

    It takes 0.5 s to start. `phone` is the one simulated, a new one by default, and may be looked into at any time;
    `adbd.faults` has its switches. `costs` are the seconds that its commands take, none by default; `adb` is the
    program that serves. Nothing of the person's own adb is used or changed. Raises `DeviceLost`, `Stopped`.
    """

    def __init__(
        self,
        stop: Stop,
        phone: Phone | None = None,
        *,
        costs: Mapping[str, float] | None = None,
        adb: Path | None = None,
    ) -> None:
        self.phone = phone or Phone()
        with ExitStack() as parts:
            self.server = PrivateAdbServer(stop, adb)
            parts.callback(self.server.close)
            self.adbd = Adbd(self.phone, costs=costs)
            parts.callback(self.adbd.close)
            try:
                self.server.connect(self.adbd.address)
            except (AdbFailed, OSError) as error:
                raise DeviceLost(f"the private adb server does not reach the simulated phone: {error}") from error
            where = (self.server.host, self.server.port)
            self._driver = Android(self.adbd.address, stop, server=where, elements=True, name="simphone")
            parts.callback(self._driver.close)
            self.probe = self._driver.probe
            self._parts = parts.pop_all()

    @property
    def driver(self) -> Android:
        """The driver of a real phone, by which this one is worked."""
        return self._driver

    @property
    def name(self) -> str:
        return self._driver.name

    def observe(self) -> Observation:
        return self._driver.observe()

    def perform(self, action: Action) -> None:
        self._driver.perform(action)

    def close(self) -> None:
        """Switch the phone off and end its adb server. May be called twice."""
        self._parts.close()
