"""A phone asked for on the command line, and what the doctor says of it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from agent.cli import app
from agent.cli.device_option import DeviceName, parse_device
from agent.doctor import Finding
from agent.doctor.phone_trials import phone_doctor
from devices import DeviceLost, Stop
from devices.android.android import Android
from devices.simphone.fault_switches import ALWAYS
from tests.connected_phone import ConnectedPhone


@pytest.mark.parametrize(
    ("text", "place", "surface"),
    [
        ("toy", DeviceName("toy"), "computer"),
        ("simphone", DeviceName("simphone"), "phone"),
        ("android", DeviceName("android"), "phone"),
        ("android:emulator-5554", DeviceName("android", "emulator-5554"), "phone"),
        ("android:192.168.1.7:5555", DeviceName("android", "192.168.1.7:5555"), "phone"),
    ],
)
def test_a_phone_is_named_by_its_serial_colons_and_all(text: str, place: DeviceName, surface: str) -> None:
    assert parse_device(text) == place
    assert str(place) == text
    assert place.surface == surface


@pytest.mark.parametrize(
    "text", ["", "phone", "android:", "android: ", "toy:1", "simphone:x", "Android", ":", "desktop:"]
)
def test_a_misspelt_device_is_refused_with_all_there_are(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="desktop, sandbox, toy, android, simphone, or android:SERIAL"):
        parse_device(text)


def findings(connected: ConnectedPhone) -> dict[str, Finding]:
    def opened(stop: Stop) -> Android:
        return Android(connected.adbd.address, stop, server=connected.where)

    return {finding.name: finding for finding in phone_doctor(opened)}


def test_the_doctor_finds_a_well_phone_well(connected: ConnectedPhone) -> None:
    found = findings(connected)
    assert [name for name, finding in found.items() if not finding.works] == []
    assert "540x1200 pixels" in found["screen"].found
    assert "com.android.adbkeyboard" in found["text"].found
    assert found["applications"].found.startswith("Bank, Browser, ")
    assert connected.phone.input_log in ([], ["key 0"])


def test_the_doctor_names_what_is_wrong_and_the_fix(connected: ConnectedPhone) -> None:
    connected.phone.imes.pop()
    connected.adbd.faults.add("no permission", ALWAYS, "input")
    connected.adbd.faults.add("not idle", ALWAYS, "uiautomator")
    found = findings(connected)
    assert (found["input"].works, "Security settings" in found["input"].fix) == (False, True)
    assert "INJECT_EVENTS" in found["input"].found
    assert (found["text"].works, "ADBKeyBoard" in found["text"].fix) == (None, True)
    assert (found["widgets"].works, "could not get idle state" in found["widgets"].found) == (None, True)
    assert found["screen"].works


def test_the_doctor_says_when_there_is_no_phone() -> None:
    def opened(stop: Stop) -> Android:
        raise DeviceLost("there is no phone")

    first, second, *rest = phone_doctor(opened)
    assert (first.name, first.works, second.name, second.works) == ("adb", True, "phone", False)
    assert {finding.works for finding in rest} == {None}


def test_a_goal_is_worked_on_a_phone_and_recorded(tmp_path: Path) -> None:
    asked = ["run", "open Settings", "--device", "simphone", "--record", str(tmp_path / "episode"), "--json"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1])["ending"] == "finished"
    assert '"name":"simphone"' in (tmp_path / "episode" / "steps.jsonl").read_text().replace(" ", "")
