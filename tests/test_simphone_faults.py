"""Each fault of the simulated phone does what its name says, as often as asked, and to the commands named only."""

import io
import subprocess
import time
from contextlib import closing

import numpy as np
import pytest
from PIL import Image

from devices.simphone.adbd import Adbd
from devices.simphone.fault_switches import ALWAYS, Fault, FaultSwitches
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SIZE, ConnectedPhone


def adb(connected: ConnectedPhone, *words: str, seconds: float = 30.0) -> "subprocess.CompletedProcess[bytes]":
    server = connected.server
    command = [str(server.adb), "-s", connected.adbd.address, *words]
    return subprocess.run(
        command, env=server.environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
    )


def test_a_fault_strikes_as_often_as_asked_and_only_where_it_should() -> None:
    faults = FaultSwitches()
    faults.add("slow", 2, "input tap", seconds=1.5)
    assert not faults.occurs("slow", ["input", "swipe"])
    assert not faults.occurs("slow", ["input"])
    assert not faults.occurs("truncated", ["input", "tap"])
    assert [faults.delay("slow", ["input", "tap", "1"]) for _ in range(3)] == [1.5, 1.5, None]
    faults.add("refused", ALWAYS)
    assert all(faults.occurs("refused", ["anything"]) for _ in range(100))
    faults.clear()
    assert not faults.occurs("refused", ["anything"])
    assert faults.occurrences[:2] == [("slow", "input tap 1")] * 2
    with pytest.raises(ValueError, match="0 times"):
        faults.add("slow", 0)


def test_dropped_before_leaves_nothing_done_and_dropped_after_leaves_it_done(connected: ConnectedPhone) -> None:
    cuts: tuple[tuple[Fault, int], ...] = (("dropped before", 0), ("dropped after", 1))
    for what, done in cuts:
        connected.adbd.faults.add(what, command="input tap")
        assert b"end" not in adb(connected, "shell", "input tap 5 5; echo end").stdout
        assert len(connected.phone.input_log) == done
        until(lambda: adb(connected, "get-state").stdout == b"device\n")


def test_dropped_halfway_sends_a_half_and_a_truncated_answer_ends_as_if_it_were_whole(
    connected: ConnectedPhone,
) -> None:
    connected.phone.files["/sdcard/f"] = b"0123456789" * 1000
    connected.adbd.faults.add("dropped halfway", command="cat")
    assert adb(connected, "exec-out", "cat /sdcard/f").stdout in (b"0123456789" * 500, b"")
    until(lambda: adb(connected, "get-state").stdout == b"device\n")
    connected.adbd.faults.add("truncated", command="screencap")
    short = adb(connected, "exec-out", "screencap -p")
    assert short.returncode == 0
    with pytest.raises(OSError, match=r"truncated|broken"):
        Image.open(io.BytesIO(short.stdout)).load()
    connected.adbd.faults.add("truncated", command="screencap")
    assert len(adb(connected, "exec-out", "screencap").stdout) == (16 + SIZE[0] * SIZE[1] * 4) // 2


def test_a_silent_phone_never_answers_but_goes_on_for_others(connected: ConnectedPhone) -> None:
    silences: tuple[tuple[Fault, int], ...] = (("silent before", 0), ("silent after", 1))
    for what, done in silences:
        connected.adbd.faults.add(what, command="input tap")
        with pytest.raises(subprocess.TimeoutExpired):
            adb(connected, "shell", "input tap 5 5", seconds=0.6)
        assert len(connected.phone.input_log) == done
        assert adb(connected, "shell", "echo here").stdout == b"here\n"


def test_a_refused_service_is_closed_at_once(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("refused", command="screencap")
    assert adb(connected, "exec-out", "echo here").stdout == b"here\n"
    assert b"closed" in adb(connected, "exec-out", "screencap").stderr
    assert adb(connected, "exec-out", "screencap").stdout


def test_a_warning_about_displays_stands_before_the_picture_unless_one_is_named(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("two displays", ALWAYS)
    mixed = adb(connected, "exec-out", "screencap -p").stdout
    assert mixed.startswith(b"[Warning] Multiple displays were found")
    assert b"\n\x89PNG\r\n" in mixed
    listed = adb(connected, "shell", "dumpsys SurfaceFlinger --display-id").stdout.split()[1].decode()
    assert adb(connected, "exec-out", f"screencap -p -d {listed}").stdout.startswith(b"\x89PNG\r\n")


def test_a_black_capture_is_black_and_an_asleep_or_secure_phone_says_why(connected: ConnectedPhone) -> None:
    def captured() -> int:
        data = adb(connected, "exec-out", "screencap").stdout
        return int(np.frombuffer(data, np.uint8, offset=16).reshape(-1, 4)[:, :3].max())

    assert captured()
    connected.adbd.faults.add("black", command="screencap")
    assert captured() == 0
    assert captured(), "a black capture is black once, and there is no reason for it"
    connected.adbd.faults.add("secure", command="screencap")
    assert captured() == 0
    flags = adb(connected, "shell", "dumpsys window windows | grep fl=").stdout
    assert b" SECURE " in flags
    connected.adbd.faults.add("asleep", command="screencap")
    assert captured() == 0
    assert b"mWakefulness=Asleep" in adb(connected, "shell", "dumpsys power").stdout


def test_a_locked_phone_shows_its_lock_screen(adb_server: PrivateAdbServer) -> None:
    phone = Phone(SIZE, animations=False, pin="1234")
    with closing(Adbd(phone)) as adbd:
        adb_server.connect(adbd.address)
        connected = ConnectedPhone(phone, adbd, adb_server)
        adbd.faults.add("locked", command="input tap")
        adb(connected, "shell", "input tap 1 1")
        policy = adb(connected, "shell", "dumpsys window policy").stdout
        focus = adb(connected, "shell", "dumpsys window displays | grep mCurrentFocus").stdout
        adb_server.disconnect(adbd.address)
    assert phone.locked
    assert b" showing=true" in policy
    assert b"NotificationShade" in focus


def test_uiautomator_without_a_still_moment_leaves_no_file_and_no_exit_code(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("not idle")
    done = adb(connected, "shell", "uiautomator dump /sdcard/w.xml; echo $?; cat /sdcard/w.xml")
    assert done.stdout == b"0\n"
    assert b"ERROR: could not get idle state." in done.stderr


def test_input_without_permission_or_characters_fails_in_androids_words(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("no permission", command="input tap")
    refused = adb(connected, "shell", "input tap 1 1")
    assert refused.returncode == 255
    assert b"java.lang.SecurityException: Injecting input events requires" in refused.stderr
    assert b"INJECT_EVENTS" in refused.stderr
    connected.adbd.faults.add("no characters", command="input text")
    for text in ("abc", "é"):
        broken = adb(connected, "shell", f"input text {text}")
        assert broken.returncode == 255
        assert b"java.lang.NullPointerException" in broken.stderr
    assert connected.phone.input_log == []


def test_a_slow_shell_takes_that_much_longer(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("slow", command="true", seconds=0.4)
    started = time.monotonic()
    adb(connected, "shell", "true")
    assert time.monotonic() - started >= 0.4


def test_a_command_and_its_gesture_take_the_time_that_they_cost(adb_server: PrivateAdbServer) -> None:
    phone = Phone(SIZE, animations=False)
    with closing(Adbd(phone, costs={"input": 0.2})) as adbd:
        adb_server.connect(adbd.address)
        started = time.monotonic()
        adb(ConnectedPhone(phone, adbd, adb_server), "shell", "input swipe 1 1 2 2 300")
        assert time.monotonic() - started >= 0.5
        adb_server.disconnect(adbd.address)


def test_after_a_swap_another_phone_answers_and_nothing_more_reaches_the_first(connected: ConnectedPhone) -> None:
    other = Phone(SIZE)
    connected.adbd.swap_for(other, "SIM0002")
    connected.adbd.faults.add("swapped", command="input tap")
    assert b"end" not in adb(connected, "shell", "getprop ro.serialno; input tap 5 5; echo end").stdout
    until(lambda: adb(connected, "shell", "getprop ro.serialno").stdout == b"SIM0002\n")
    assert (connected.phone.input_log, other.input_log) == ([], [])
    adb(connected, "shell", "input tap 5 5")
    assert (len(connected.phone.input_log), len(other.input_log)) == (0, 1)
