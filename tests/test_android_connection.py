"""Finding a phone, holding it alone, losing it, and finding the same one again."""

import os
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from devices import ActionRefused, Click, DeviceLost, Point, Stop, Stopped
from devices.android.adb_server import connect, ensure_server, listed_phones, pair
from devices.android.adb_stream import AdbStream, ServerAddress, ask_server
from devices.android.android import Android
from devices.android.deadline import Deadline
from devices.android.discovery import problem_text, select_serial
from devices.changes import change_between
from devices.simphone.adbd import Adbd
from devices.simphone.fault_switches import ALWAYS
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SIZE, connected_phone, driver_of

HERE = Path(__file__).parent.parent


def where(adb_server: PrivateAdbServer) -> ServerAddress:
    return ServerAddress(adb_server.host, adb_server.port)


def test_no_phone_says_what_to_do(adb_server: PrivateAdbServer) -> None:
    with pytest.raises(DeviceLost, match=r"there is no phone: plug one in .* --device simphone"):
        select_serial("", where(adb_server), Stop())
    with pytest.raises(DeviceLost, match="no phone has the serial 'R58M': there is none"):
        select_serial("R58M", where(adb_server), Stop())


def test_two_phones_and_no_serial_lists_both(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as one, connected_phone(adb_server) as other:
        with pytest.raises(DeviceLost, match=r"there are 2 phones: .*SimPhone.*Say which: --device android:") as lost:
            select_serial("", where(adb_server), Stop())
        assert one.adbd.address in str(lost.value)
        assert other.adbd.address in str(lost.value)
        assert select_serial(other.adbd.address, where(adb_server), Stop()) == other.adbd.address
        with pytest.raises(DeviceLost, match="no phone has the serial 'R58M': there are"):
            select_serial("R58M", where(adb_server), Stop())


def test_the_variable_that_adb_knows_chooses_a_phone(
    adb_server: PrivateAdbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected_phone(adb_server), connected_phone(adb_server) as other:
        monkeypatch.setenv("ANDROID_SERIAL", other.adbd.address)
        assert select_serial("", where(adb_server), Stop()) == other.adbd.address


def test_the_only_phone_needs_no_serial_and_an_address_is_connected_to(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as connected:
        adb_server.disconnect(connected.adbd.address)
        with closing(Android(connected.adbd.address, Stop(), server=connected.where)) as device:
            assert device.observe().size == SIZE
        with closing(Android("", Stop(), server=connected.where)) as device:
            assert device.serial == connected.adbd.address


def test_a_phone_that_does_not_trust_us_is_named_with_the_fix(adb_server: PrivateAdbServer) -> None:
    with closing(Adbd(Phone(SIZE))) as adbd:
        adbd.faults.add("unauthorized", ALWAYS)
        with suppress(Exception):  # the server says so too, in words of its own
            adb_server.connect(adbd.address)
        until(lambda: listed_phones(where(adb_server), Stop()))
        for serial in ("", adbd.address):
            with pytest.raises(DeviceLost, match="is unauthorized: unlock it and allow USB debugging"):
                select_serial(serial, where(adb_server), Stop())
        adb_server.disconnect(adbd.address)


@pytest.mark.parametrize(
    ("state", "fix"),
    [("offline", "plug it in again"), ("no permissions (missing udev rules?)", "udev|apt"), ("odd", "")],
)
def test_every_other_state_has_its_fix(state: str, fix: str) -> None:
    assert state in problem_text("R58M", state)
    assert any(word in problem_text("R58M", state) for word in fix.split("|"))


def test_nobody_at_an_address_and_a_wrong_code_are_errors_in_words(adb_server: PrivateAdbServer) -> None:
    with pytest.raises(DeviceLost, match="wireless debugging"):
        connect(where(adb_server), "127.0.0.1:9", Stop())
    with pytest.raises(DeviceLost, match=r"pairing with 127.0.0.1:9 failed"):
        pair(where(adb_server), "127.0.0.1:9", "123456", Stop())
    with pytest.raises(DeviceLost, match="start it on that machine"):
        ensure_server(ServerAddress("nowhere.invalid", 9), Stop())


def test_a_phone_is_held_by_one_run_alone_across_processes(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as connected:
        script = (
            "import sys; from devices import Stop; from devices.android.android import Android\n"
            "try: Android(sys.argv[1], Stop(), server=(sys.argv[2], int(sys.argv[3])))\n"
            "except Exception as error: print(error)"
        )
        arguments = [connected.adbd.address, adb_server.host, str(adb_server.port)]
        with driver_of(connected, Stop()) as device:
            with pytest.raises(DeviceLost, match=f"worked by another run, process {os.getpid()}"):
                Android(device.serial, Stop(), server=connected.where)
            told = subprocess.check_output([sys.executable, "-c", script, *arguments], text=True, cwd=HERE)
            assert f"worked by another run, process {os.getpid()}" in told
        with driver_of(connected, Stop()):
            pass
        assert not subprocess.check_output([sys.executable, "-c", script, *arguments], text=True, cwd=HERE)


def test_two_phones_are_worked_side_by_side(adb_server: PrivateAdbServer) -> None:
    with (
        connected_phone(adb_server) as one,
        connected_phone(adb_server) as other,
        driver_of(one, Stop()) as left,
        driver_of(other, Stop()) as right,
    ):
        left.observe()
        right.observe()
        left.perform(Click(Point(100, 700)))
        assert len(one.phone.input_log) == 1
        assert not other.phone.input_log


def test_after_a_drop_the_same_phone_is_found_again(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as connected, driver_of(connected, Stop()) as device:
        first = device.observe()
        connected.adbd.drop()
        assert change_between(first, device.observe()).nothing
        adb_server.disconnect(connected.adbd.address)  # now the server has forgotten it, too
        assert device.observe().size == first.size
        connected.adbd.drop()
        with suppress(ActionRefused):  # the drop may not have been heard of yet when the tap was sent
            device.perform(Click(Point(100, 700)))
        if not connected.phone.input_log:
            device.perform(Click(Point(100, 700)))
        assert len(connected.phone.input_log) == 1


def test_a_phone_that_stays_away_is_lost_within_the_budget(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as connected, driver_of(connected, Stop(), reconnect_seconds=1.0) as device:
        device.observe()
        connected.adbd.close()
        with pytest.raises(DeviceLost, match=r"is lost: it did not come back within 1 s"):
            device.observe()
        with pytest.raises(DeviceLost):
            device.perform(Click(Point(1, 1)))


def test_another_phone_at_the_same_address_is_refused(adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server) as connected, driver_of(connected, Stop()) as device:
        device.observe()
        other = Phone(SIZE)
        connected.adbd.swap_for(other, "OTHER")
        connected.adbd.faults.add("swapped", 1, "input tap")
        with pytest.raises(ActionRefused, match=r"not known whether click .* was done.*Look again"):
            device.perform(Click(Point(100, 700)))
        with pytest.raises(DeviceLost, match=r"another phone answers by its serial now: SimPhone with .* OTHER"):
            device.perform(Click(Point(100, 700)))
        assert not other.input_log


def test_a_stop_ends_the_wait_for_a_phone_that_says_nothing(adb_server: PrivateAdbServer) -> None:
    stop = Stop()
    with connected_phone(adb_server) as connected, driver_of(connected, stop, answer_seconds=60.0) as device:
        device.observe()
        connected.adbd.faults.add("silent before", 2)
        with pytest.raises(Stopped), stop.within(0.3):
            device.perform(Click(Point(100, 700)))
        with pytest.raises(Stopped), stop.within(0.3):
            device.observe()


def test_a_server_is_started_where_none_runs_and_left_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    for name, value in (("HOME", str(tmp_path)), ("ADB_LOCAL_TRANSPORT_MAX_PORT", "5553"), ("ADB_USB", "0")):
        monkeypatch.setenv(name, value)
    place = ServerAddress("127.0.0.1", port)
    ensure_server(place, Stop())
    try:
        assert int(ask_server(place, "host:version", Deadline(Stop(), 5.0)), 16) > 30
        ensure_server(place, Stop())
    finally:
        stream = AdbStream(place, Deadline(Stop(), 5.0))
        stream.ask("host:kill", Deadline(Stop(), 5.0))
        stream.close()
