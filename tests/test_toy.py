"""The toy keeps the contract, and is a login window."""

import pytest

from devices import Click, Device, Press, Stop, TypeText
from devices.toy import BOXES, Toy
from tests.device_contract import DeviceContract


class TestContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop) -> Device:
        return Toy(stop)


def test_signing_in_needs_both_fields() -> None:
    toy = Toy()
    toy.perform(Click(BOXES["Name"].center))
    toy.perform(TypeText("Ada\n"))
    assert toy.message == "Name and password, please"
    for action in (Press(("tab",)), TypeText("secret"), Click(BOXES["Sign in"].center)):
        toy.perform(action)
    assert toy.message == "Welcome, Ada"
