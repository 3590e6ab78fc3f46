"""A sandbox keeps every device's promises, opens applications, and stands beside others."""

from collections.abc import Iterator

import pytest

from devices import ActionRefused, Device, DeviceLost, OpenApp, Stop, TypeText
from devices.desktop.private_display import missing
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled
from tests.device_contract import DeviceContract

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"a sandbox needs {', '.join(missing())}")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Stop())
    yield sandbox
    sandbox.close()


class TestSandboxKeepsTheContract(DeviceContract):
    @pytest.fixture
    def device(self, stop: Stop) -> Iterator[Device]:
        sandbox = Sandbox(stop)
        yield sandbox
        sandbox.close()


def test_an_application_opens_with_the_focus_and_takes_text(sandbox: Sandbox) -> None:
    screen = Settled(sandbox, Stop())
    screen.perform(OpenApp("terminal"))
    assert screen.observe().front == "xterm"
    screen.perform(TypeText("echo naïve > typed.txt\n"))
    screen.observe()
    assert sandbox.probe.read("~/typed.txt").decode() == "naïve\n"


def test_an_application_that_is_not_there_is_refused_by_name(sandbox: Sandbox) -> None:
    with pytest.raises(ActionRefused, match="no application is called 'photoshop'"):
        sandbox.perform(OpenApp("photoshop"))


def test_two_sandboxes_show_different_screens(sandbox: Sandbox) -> None:
    other = Sandbox(Stop(), (800, 600))
    try:
        sandbox.perform(OpenApp("terminal"))
        assert Settled(sandbox, Stop()).observe().front == "xterm"
        assert other.observe().elements == ()
        assert other.observe().size == (800, 600)
    finally:
        other.close()


def test_a_sandbox_that_was_closed_is_lost(sandbox: Sandbox) -> None:
    sandbox.close()
    with pytest.raises(DeviceLost):
        sandbox.observe()
    sandbox.close()
