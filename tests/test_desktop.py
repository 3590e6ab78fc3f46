"""A desktop on a private X display keeps every device's promises."""

from collections.abc import Iterator

import pytest

from devices import ActionRefused, Device, Stop
from devices.desktop import Desktop
from tests.device_contract import DeviceContract


class NoApps:
    """A launcher with nothing to launch."""

    def start(self, name: str) -> None:
        raise ActionRefused(f"there is no application {name!r} here")


class TestDesktopKeepsTheContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop, x_display: str) -> Iterator[Device]:
        desktop = Desktop(stop, NoApps(), display_name=x_display)
        yield desktop
        desktop.close()
