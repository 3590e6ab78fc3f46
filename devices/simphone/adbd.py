"""The phone's adb daemon: it listens on loopback for adb servers and serves the streams they open."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress

from devices.simphone.commands import PROGRAMS
from devices.simphone.fault_switches import FaultSwitches
from devices.simphone.phone import Phone
from devices.simphone.shell_host import ShellHost
from devices.simphone.wire.services import Service, service_named
from devices.simphone.wire.transport import AuthMode, Transport
from devices.stop import Stop

_FEATURES = "shell_v2,cmd"
_EMULATOR_PORTS = range(5554, 5586)  # an adb server looks for emulators at these ports, uninvited


class Adbd:
    """Listening when the constructor returns, on a free port of 127.0.0.1, until `close`.

    `costs` are seconds that each command takes (`shell_host.REAL_COSTS` are a real phone's); without them all are free.
    With `trusting` every computer may come in, as with ro.adb.secure=0; else it must show a key, and any key will do.
    """

    def __init__(
        self,
        phone: Phone,
        *,
        serial: str = "SIM0001",
        faults: FaultSwitches | None = None,
        costs: Mapping[str, float] | None = None,
        trusting: bool = True,
    ) -> None:
        self.faults = faults or FaultSwitches()
        self._stop = Stop()
        self._costs = dict(costs or {})
        self._trusting = trusting
        self._other: tuple[Phone, str] | None = None
        self._shell_host = self._shell_host_of(phone, serial)
        self._transports: set[Transport] = set()
        self._listener = _new_listener()
        self.host, self.port = "127.0.0.1", int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True, name="simphone-adbd").start()

    @property
    def address(self) -> str:
        """What `adb connect` takes, and how the phone is then listed."""
        return f"{self.host}:{self.port}"

    @property
    def shell_host(self) -> ShellHost:
        """The phone that answers at this address now."""
        return self._shell_host

    def swap_for(self, phone: Phone, serial: str) -> None:
        """Name the phone that takes this one's address when the fault "swapped" strikes."""
        self._other = phone, serial

    def drop(self) -> None:
        """Cut every connection; an adb server comes back by itself within a second."""
        for transport in list(self._transports):
            transport.drop()

    def close(self) -> None:
        """Listen no more and end all that is going on. May be called twice."""
        self._stop.ask("the simulated phone was closed")
        # Shut down before closing: an accept that is waiting on another thread would not notice a mere close.
        with suppress(OSError):  # it is closed already
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()

    def _shell_host_of(self, phone: Phone, serial: str) -> ShellHost:
        return ShellHost(phone, serial, self.faults, self._stop, self.drop, self._costs, self._swap)

    def _swap(self) -> None:
        if self._other is not None:
            self._shell_host = self._shell_host_of(*self._other)
        self.drop()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._stop.reason:
                    return  # closed
                raise
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._speak, args=(connection,), daemon=True, name="simphone-link").start()

    def _speak(self, connection: socket.socket) -> None:
        auth: AuthMode = "open" if self._trusting else "asks"
        if self.faults.occurs("unauthorized"):
            auth = "refuses"
        if self.faults.occurs("offline"):
            auth = "ignores"
        host = self._shell_host
        properties = host.properties
        names = ("ro.product.name", "ro.product.model", "ro.product.device")
        banner = "device::" + "".join(f"{name}={properties[name]};" for name in names) + f"features={_FEATURES}"

        def serve(service: str) -> Service | None:
            return service_named(service, host, PROGRAMS)

        transport = Transport(connection, banner, auth, serve)
        self._transports.add(transport)
        try:
            transport.run()
        finally:
            self._transports.discard(transport)


def _new_listener() -> socket.socket:
    while True:
        listener = socket.create_server(("127.0.0.1", 0))
        if listener.getsockname()[1] not in _EMULATOR_PORTS:
            return listener
        listener.close()
