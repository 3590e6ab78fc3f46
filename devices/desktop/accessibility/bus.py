"""The accessibility bus of a session: asked for, which starts it, and switched on for as long as it is read."""

from contextlib import suppress

from devices.desktop.accessibility.connection import BusConnection, BusLost, CallFailed
from devices.desktop.accessibility.marshal import Variant
from devices.desktop.accessibility.node import PROPERTIES

_NAME, _PATH, _STATUS = "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status"
_START_SECONDS = 3.0  # the bus and its registry start in 0.1 s


class AccessibilityBus:
    """The accessibility bus of the session whose message bus is at `session`. Raises `BusLost` when there is none.

    Applications that start from here on are told that somebody reads them (`IsEnabled`), until `close`. That a screen
    reader runs is never said: a desktop would start one, aloud.
    """

    def __init__(self, session: str) -> None:
        self._session = session
        bus = BusConnection(session)
        try:
            (address,) = bus.ask(_NAME, _PATH, _NAME, "GetAddress", seconds=_START_SECONDS)
            if not isinstance(address, str):
                raise BusLost(f"the accessibility bus lies nowhere: {address!r}")
            self._switched_on = not _is_enabled(bus)
            if self._switched_on:
                _enable(bus, on=True)
        except (CallFailed, TimeoutError, ValueError) as error:
            raise BusLost(f"no accessibility bus: {error}") from error
        finally:
            bus.close()
        self.connection = BusConnection(address)

    def close(self) -> None:
        """End the connection; what was switched on is switched off."""
        self.connection.close()
        if self._switched_on:
            with suppress(BusLost, CallFailed, TimeoutError):  # the session may be at its end
                bus = BusConnection(self._session)
                try:
                    _enable(bus, on=False)
                finally:
                    bus.close()


def _is_enabled(bus: BusConnection) -> bool:
    match bus.ask(_NAME, _PATH, PROPERTIES, "Get", "ss", (_STATUS, "IsEnabled")):
        case (Variant(_, bool() | int() as on),):
            return bool(on)
    return False


def _enable(bus: BusConnection, *, on: bool) -> None:
    bus.ask(_NAME, _PATH, PROPERTIES, "Set", "ssv", (_STATUS, "IsEnabled", Variant("b", on)))
