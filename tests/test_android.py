"""The driver on a simulated phone, through each of two real adb servers."""

from collections.abc import Callable, Iterator

import pytest

from devices import Device, Stop
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.android_stage import SERVERS, driven, staged
from tests.device_contract import DeviceContract


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, adb_server_of: Callable[[str], PrivateAdbServer]) -> PrivateAdbServer:
    return adb_server_of(request.param)


class TestAndroid(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop, server: PrivateAdbServer) -> Iterator[Device]:
        with staged(server) as stage, driven(stage, stop) as device:
            yield device
