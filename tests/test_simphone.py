"""The simulated phone as a device: every promise of a device, and its probe."""

import subprocess
from collections.abc import Iterator
from contextlib import closing

import pytest

from devices import Click, Device, Observation, OpenApp, Stop, TypeText
from devices.simphone.phone import Phone
from devices.simphone.simphone import SimPhone
from tests.device_contract import DeviceContract


def sim(stop: Stop) -> SimPhone:
    return SimPhone(stop, Phone((540, 1200), animations=False))


class TestSimPhone(DeviceContract):
    """Through whichever adb there is; `test_android` has the same phone behind both."""

    @pytest.fixture
    def device(self, stop: Stop) -> Iterator[Device]:
        with closing(sim(stop)) as device:
            yield device


@pytest.fixture(scope="module")
def phone() -> Iterator[SimPhone]:
    with closing(sim(Stop())) as phone:
        yield phone


def look(phone: SimPhone) -> Observation:
    """The second look at a still screen: the first one after a change tells no widgets."""
    phone.observe()
    return phone.observe()


def tap(phone: SimPhone, text: str) -> None:
    phone.perform(Click(next(element.box.center for element in look(phone).elements if element.text == text)))


def test_what_is_done_by_hand_is_seen_by_the_probe(phone: SimPhone) -> None:
    phone.perform(OpenApp("Notes"))
    assert "notes" in look(phone).front
    tap(phone, "New note")
    tap(phone, "Title")
    phone.perform(TypeText("naïve: 中文 $(id) 'x'"))
    tap(phone, "Save")
    told = phone.probe.run(("content", "query", "--uri", "content://notes", "--projection", "title"))
    assert told.splitlines()[-1] == "Row: 3 title=naïve: 中文 $(id) 'x'"


def test_the_probe_reads_writes_and_runs_by_words_and_never_by_a_line(phone: SimPhone) -> None:
    data = bytes(range(256)) * 100
    phone.probe.write("/sdcard/Documents/a 'b' $(c).bin", data)
    assert phone.probe.read("/sdcard/Documents/a 'b' $(c).bin") == data
    assert phone.phone.files["/sdcard/Documents/a 'b' $(c).bin"] == data
    assert phone.probe.run(("echo", "$(id); `id`", "a  b")) == "$(id); `id` a  b\n"
    assert phone.probe.run(("settings", "get", "global", "wifi_on")) == "1\n"
    with pytest.raises(FileNotFoundError):
        phone.probe.read("/sdcard/none")
    with pytest.raises(PermissionError):
        phone.probe.write("/system/none", b"x")
    with pytest.raises(subprocess.CalledProcessError):
        phone.probe.run(("false",))


def test_several_phones_stand_side_by_side() -> None:
    with closing(sim(Stop())) as one, closing(sim(Stop())) as other:
        one.perform(OpenApp("Settings"))
        assert "settings" in one.observe().front
        assert "launcher" in other.observe().front
