"""The driver on a simulated phone, through each of two real adb servers."""

from collections.abc import Callable, Iterator

import pytest

from devices import Device, Stop
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.connected_phone import SERVERS, connected_phone, driver_of
from tests.device_contract import DeviceContract


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    return adb_server_of(request.param)


class TestAndroid(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop, server: PrivateAdbServer) -> Iterator[Device]:
        with connected_phone(server) as connected, driver_of(connected, stop) as device:
            yield device
