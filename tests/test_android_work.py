"""What the driver does on a simulated phone, judged by the phone."""

import ast
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from devices import (
    ActionRefused,
    Click,
    DeviceLost,
    Drag,
    LongPress,
    MoveTo,
    Observation,
    OpenApp,
    Point,
    Press,
    Scroll,
    Stop,
    Stopped,
    TypeText,
)
from devices.android.android import Android
from devices.changes import change_between
from devices.simphone.fault_switches import ALWAYS
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.conftest import until
from tests.connected_phone import SIZE, ConnectedPhone, LoggingPhone, connected_phone, driver_of

MIDDLE = Point(270, 700)
ADB_KEYBOARD = "com.android.adbkeyboard/.AdbIME"
LATIN = "com.android.inputmethod.latin/.LatinIME"


@pytest.fixture
def device(connected: ConnectedPhone) -> Iterator[Android]:
    with driver_of(connected, Stop()) as device:
        yield device


def still(device: Android) -> Observation:
    """A look at a screen that has been still for one look: its widgets are told."""
    device.observe()
    return device.observe()


@pytest.mark.parametrize("size", ["720x1600", "360x800", "540x1000", "800x1200"])
def test_a_phone_that_draws_at_another_size_is_touched_where_it_is_seen(
    device: Android, connected: ConnectedPhone, size: str
) -> None:
    device.probe.run(("wm", "size", size))
    assert device.probe.run(("wm", "size")) == f"Physical size: 540x1200\nOverride size: {size}\n"
    seen = still(device)
    assert seen.size == SIZE, "the panel is captured as it is"
    icon = next(element for element in seen.elements if element.text == "Settings")
    ink = seen.pixels[icon.box.top : icon.box.bottom, icon.box.left : icon.box.right]
    assert np.ptp(ink) > 60, "the box lies where nothing is drawn"
    device.perform(Click(icon.box.center))
    assert connected.phone.front[0] == "com.android.settings"
    device.perform(Scroll(still(device).box.center, "down"))
    device.probe.run(("wm", "size", "reset"))
    assert device.probe.run(("wm", "size")) == "Physical size: 540x1200\n"
    assert device.observe().size == SIZE


def test_a_point_on_the_bars_beside_a_smaller_picture_is_refused(device: Android, connected: ConnectedPhone) -> None:
    device.probe.run(("wm", "size", "540x1000"))
    device.observe()
    before = list(connected.phone.input_log)
    with pytest.raises(ActionRefused, match="black bars"):
        device.perform(Click(Point(270, 10)))
    assert connected.phone.input_log == before


def place_of(device: Android, text: str, role: str = "") -> Point:
    seen = still(device)
    found = [each for each in seen.elements if each.text == text and role in ("", each.role)]
    assert found, f"{text!r} is not among {[(each.role, each.text) for each in seen.elements]}"
    return found[0].box.center


def in_a_note(device: Android) -> None:
    device.perform(OpenApp("Notes"))
    device.perform(Click(place_of(device, "New note")))
    device.perform(Click(place_of(device, "Note", "field")))


def held(device: Android) -> str:
    """What the field with the focus holds."""
    return next(each.text for each in still(device).elements if each.focused)


@pytest.mark.parametrize(
    "text",
    [
        *("hello", "it's", '"quoted" \\ back', "$(input keyevent 3) `ls` ; reboot && true | cat > /sdcard/x"),
        *("100%sure %s %%s", "naïve", "中文 and 😀", "-n", "a" * 700, "~ * ? [a] {b,c} !! #x"),
    ],
)
def test_text_arrives_exactly_and_runs_nothing(text: str, device: Android, connected: ConnectedPhone) -> None:
    in_a_note(device)
    files = dict(connected.phone.files)
    device.perform(TypeText(text))
    typed = [
        ast.literal_eval(each.removeprefix("text ")) for each in connected.phone.input_log if each.startswith("text ")
    ]
    assert "".join(typed) == text
    assert dict(connected.phone.files).keys() == files.keys()
    assert connected.phone.ime == LATIN, "the keyboard was not put back"


def test_a_character_without_a_keyboard_is_named_and_nothing_is_typed(
    device: Android, connected: ConnectedPhone
) -> None:
    connected.phone.imes.remove(ADB_KEYBOARD)
    in_a_note(device)
    with pytest.raises(ActionRefused, match=r"'é' \(U\+00E9\) cannot be typed .* install a keyboard .*None was typed"):
        device.perform(TypeText("café"))
    assert not [each for each in connected.phone.input_log if each.startswith("text")]


def test_text_that_does_not_arrive_is_said(device: Android, connected: ConnectedPhone) -> None:
    in_a_note(device)
    connected.adbd.faults.add("no characters", 1, "input text")
    with pytest.raises(ActionRefused, match="NullPointerException"):
        device.perform(TypeText("hello"))
    assert held(device) in ("", "Note")


def test_enter_and_tab_are_keys(device: Android, connected: ConnectedPhone) -> None:
    in_a_note(device)
    device.perform(TypeText("one\ntwo"))
    device.perform(TypeText("é\té"))
    assert [each for each in connected.phone.input_log if each in ("key 66", "key 61")] == ["key 66", "key 61"]


def test_applications_open_by_name_and_a_missing_one_names_the_nearest(device: Android) -> None:
    device.perform(OpenApp("settings"))
    assert device.observe().front.startswith("com.android.settings/")
    with pytest.raises(ActionRefused, match=r"no application named 'Setings Pro Max' is .*; nearest are .*Settings"):
        device.perform(OpenApp("Setings Pro Max"))
    device.perform(OpenApp("https://example.com/?a=1&b=$(reboot)"))
    assert device.observe().front.startswith("com.android.browser/")


def test_scrolling_down_shows_what_lies_below_and_up_goes_back(device: Android) -> None:
    device.perform(OpenApp("Settings"))
    before = still(device)
    device.perform(Scroll(MIDDLE, "down", 30))
    below = still(device)
    texts = [{each.text for each in seen.elements} for seen in (before, below)]
    assert "About phone" in texts[1] - texts[0]
    device.perform(Scroll(MIDDLE, "up", 30))
    assert change_between(before, still(device)).nothing


def test_fingers_and_keys_reach_the_phone_as_they_were_meant(device: Android, connected: ConnectedPhone) -> None:
    device.observe()
    device.perform(Click(MIDDLE, times=2))
    device.perform(LongPress(MIDDLE, 0.7))
    device.perform(Drag((MIDDLE, Point(300, 400)), 0.2))
    device.perform(Drag((MIDDLE, Point(300, 400), Point(100, 400)), 0.02))
    device.perform(Press(("volume_up",)))
    device.perform(Press(("ctrl", "a")))
    log = connected.phone.input_log
    assert log[:2] == ["touch 270,700 to 270,700 in 0 s"] * 2
    assert log[2] == "touch 270,700 to 270,700 in 0.7 s"
    assert log[3] == "touch 270,700 to 300,400 in 0.2 s"
    assert log[4].startswith("touch 270,700 to 100,400 in 0.0")
    assert log[5:] == ["key 24", "key 113+29"]


def test_a_stopped_drag_leaves_no_finger_on_the_screen(connected: ConnectedPhone) -> None:
    stop = Stop()
    with driver_of(connected, stop) as device:
        device.observe()
        with pytest.raises(Stopped), stop.within(0.3):
            device.perform(Drag((MIDDLE, Point(300, 400), Point(100, 400)), 5.0))
        until(lambda: not connected.phone.held_touch.is_down)
        assert not connected.phone.input_log


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (Click(MIDDLE, "right"), "no right button: hold the finger there"),
        (Click(MIDDLE, "middle"), "no middle button"),
        (Click(MIDDLE, holding=("ctrl",)), "cannot tap while ctrl is held"),
        (MoveTo(MIDDLE), "no pointer"),
        (Press(("volumeupp",)), "near it are volumeup"),
        (Click(Point(SIZE[0], 5)), "outside the screen"),
        (OpenApp("zzzz"), "is installed; nearest are"),
    ],
)
def test_what_a_phone_cannot_do_says_what_to_do_instead(
    action: Click | MoveTo | Press | OpenApp, why: str, device: Android, connected: ConnectedPhone
) -> None:
    device.observe()
    with pytest.raises(ActionRefused, match=why):
        device.perform(action)
    assert not connected.phone.input_log


def test_a_secure_window_is_a_real_black_picture_that_says_so(device: Android) -> None:
    device.perform(OpenApp("Bank"))
    seen = still(device)
    assert device.why_black == "secure"
    assert seen.front.startswith("com.example.bank/")
    assert "FLAG_SECURE" in seen.front
    assert seen.elements, "its widgets may still be told"
    device.perform(Press(("home",)))
    assert device.observe().pixels.any()
    assert not device.why_black


def test_a_screen_that_is_off_is_switched_on_only_when_allowed(connected: ConnectedPhone) -> None:
    connected.phone.key((223,))
    with closing(Android(connected.adbd.address, Stop(), server=connected.where, wake=False)) as device:
        assert not device.observe().pixels.any()
        assert device.why_black == "asleep"
        assert "the screen is off" in device.observe().front
    with driver_of(connected, Stop()) as device:
        assert device.observe().pixels.any()
        assert device.why_black == ""


def test_a_locked_phone_is_said_to_be_locked_and_never_unlocked(adb_server: PrivateAdbServer) -> None:
    with (
        connected_phone(adb_server, LoggingPhone(SIZE, animations=False, locked=True)) as connected,
        driver_of(connected, Stop()) as device,
    ):
        for _ in range(3):
            assert "only a person may unlock it" in device.observe().front
        assert connected.phone.locked
        assert set(connected.phone.input_log) <= {"key 224"}


def test_a_phone_that_lets_nobody_send_input_says_which_switch(device: Android, connected: ConnectedPhone) -> None:
    device.observe()
    connected.adbd.faults.add("no permission", ALWAYS, "input")
    with pytest.raises(DeviceLost, match=r"INJECT_EVENTS.*USB debugging \(Security settings\)"):
        device.perform(Click(MIDDLE))


def test_several_displays_spoil_no_picture(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("two displays", ALWAYS, "screencap")
    with driver_of(connected, Stop()) as device:
        assert device.observe().pixels.any()


def test_a_screen_that_never_rests_has_no_widgets_and_a_reason(device: Android, connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("not idle", ALWAYS, "uiautomator")
    assert still(device).elements == ()
    assert "could not get idle state" in device.why_no_elements


def test_widgets_are_given_up_where_asking_takes_too_long(connected: ConnectedPhone) -> None:
    connected.adbd.faults.add("slow", 2, "uiautomator", seconds=1.0)
    with driver_of(connected, Stop()) as device:
        assert device.observe().elements
        device.perform(OpenApp("Notes"))
        assert still(device).elements == ()
        assert "a dump takes 1." in device.why_no_elements
        assert still(device).elements == ()
    with closing(Android(connected.adbd.address, Stop(), server=connected.where, elements=True)) as device:
        assert device.observe().elements


def test_a_point_meant_for_another_way_of_holding_the_phone_is_refused(
    device: Android, connected: ConnectedPhone
) -> None:
    device.observe()
    connected.phone.settings["system"]["user_rotation"] = "1"
    Stop().wait(0.35)
    with pytest.raises(ActionRefused, match="has been turned since: look again"):
        device.perform(Click(MIDDLE))
    assert device.observe().size == (SIZE[1], SIZE[0])
    device.perform(Click(Point(1000, 300)))


def test_the_probe_reads_writes_and_runs_as_the_shell(device: Android) -> None:
    device.probe.write("notes/a b's.txt", b"\0\xff $(ls)\n")
    assert device.probe.read("~/notes/a b's.txt") == b"\0\xff $(ls)\n"
    assert device.probe.run(("cat", "/sdcard/notes/a b's.txt")).startswith("\0")
    assert device.probe.run(("echo", "a  b", "$(ls)", "'")) == "a  b $(ls) '\n"
    assert device.probe.run(("settings", "get", "global", "wifi_on")) == "1\n"
    with pytest.raises(FileNotFoundError):
        device.probe.read("nothing-here")
