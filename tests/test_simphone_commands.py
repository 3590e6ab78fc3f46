"""The simulated phone's commands say what Android's say, and do to the phone what they say."""

import base64
import io
import random
import re
import struct
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from devices.simphone.commands import PROGRAMS
from devices.simphone.commands.input import KEYCODES
from devices.simphone.initial_data import ADB_KEYBOARD, LATIN
from devices.simphone.phone import Phone
from devices.simphone.shell.interpreter import Interpreter
from devices.simphone.shell.program import Bytes
from devices.simphone.shell_host import ShellHost
from tests.simphone_shell import host_of, shell_output

SIZE = (540, 1200)


@pytest.fixture
def host() -> ShellHost:
    return host_of(Phone(SIZE, animations=False, wall=lambda: 1_800_000_000.0))


@pytest.mark.parametrize(
    ("line", "arrived"),
    [
        ("input tap 10.9 20.2", "touch 10,20 to 10,20 in 0 s"),
        ("input swipe 1 2 3 4", "touch 1,2 to 3,4 in 0.3 s"),
        ("input swipe 1 2 1 2 800", "touch 1,2 to 1,2 in 0.8 s"),
        ("input keyevent 66", "key 66"),
        ("input keyevent KEYCODE_BACK", "key 4"),
        ("input keyevent HOME", "key 3"),
        ("input keyevent KEYCODE_NOSUCH", "key 0"),
        ("input keycombination 113 29", "key 113+29"),
        ("input keycombination CTRL_LEFT KEYCODE_A", "key 113+29"),
        ("input text 'a%sb'", "text 'a b'"),
        ("input text a%%sb", "text 'a% b'"),
        ("input text 100%", "text '100%'"),
        ("input text a b", "text 'a'"),
        (r"""input text 'it'\''s "$(id)" `id` \ ;&|<>*?'""", """text 'it\\'s "$(id)" `id` \\\\ ;&|<>*?'"""),
    ],
)
def test_input_reaches_the_phone_as_it_is_read_by_android(host: ShellHost, line: str, arrived: str) -> None:
    assert shell_output(host, line) == (0, "", "")
    assert host.phone.input_log == [arrived]


def test_several_keys_are_pressed_one_after_the_other(host: ShellHost) -> None:
    shell_output(host, "input keyevent 4 KEYCODE_HOME; input text 'a\tb'")
    assert host.phone.input_log == ["key 4", "key 3", "text 'a'", "key 61", "text 'b'"]


def test_a_motion_is_counted_when_the_finger_is_lifted_and_not_at_all_when_it_is_cancelled(host: ShellHost) -> None:
    shell_output(host, "input motionevent DOWN 1 2; input motionevent MOVE 3 4; input motionevent CANCEL 3 4")
    shell_output(host, "input motionevent UP 5 6")
    assert host.phone.input_log == []
    shell_output(host, "input motionevent DOWN 1 2; sleep 0.05; input motionevent MOVE 3 4; input motionevent UP 5 6")
    (arrived,) = host.phone.input_log
    assert re.fullmatch(r"touch 1,2 to 5,6 in 0\.\d+ s", arrived)


@pytest.mark.parametrize("line", ["", " tap 1", " tap a b", " nosuch", " text", " keyevent"])
def test_senseless_input_fails_and_reaches_nothing(host: ShellHost, line: str) -> None:
    status, _, errors = shell_output(host, f"input{line}")
    assert status == 255
    assert errors
    assert host.phone.input_log == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("HOME", 3),
        ("Z", 54),
        ("ENTER", 66),
        ("DEL", 67),
        ("MUTE", 91),
        ("ESCAPE", 111),
        ("CTRL_LEFT", 113),
        ("F12", 142),
    ],
)
def test_a_key_has_androids_number(name: str, code: int) -> None:
    assert KEYCODES[name] == code


def test_the_later_keys_have_androids_numbers_too() -> None:
    later = {"NUMPAD_9": 153, "APP_SWITCH": 187, "ASSIST": 219, "SLEEP": 223, "WAKEUP": 224, "CUT": 277, "PASTE": 279}
    assert {name: KEYCODES[name] for name in later} == later


def test_a_capture_is_the_frame_raw_and_as_png(host: ShellHost) -> None:
    frame = host.phone.frame()
    raw, png = (_bytes(host, line) for line in ("screencap", "screencap -p"))
    assert struct.unpack_from("<IIII", raw) == (*SIZE, 1, 1)
    pixels = np.frombuffer(raw, np.uint8, offset=16).reshape(SIZE[1], SIZE[0], 4)
    assert np.array_equal(pixels[..., :3], frame)
    assert (pixels[..., 3] == 255).all()
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")), frame)
    assert shell_output(host, "screencap -p /sdcard/s.png") == (0, "", "")
    assert host.phone.files["/sdcard/s.png"] == png
    assert shell_output(host, "screencap -p -d 5")[0] == 1


def _bytes(host: ShellHost, line: str) -> bytes:
    out = bytearray()
    assert Interpreter(host, PROGRAMS).run(line, Bytes(), out.extend, out.extend) == 0
    return bytes(out)


def test_a_turned_phone_is_turned_in_every_answer(host: ShellHost) -> None:
    shell_output(host, "settings put system user_rotation 1")
    assert struct.unpack_from("<II", _bytes(host, "screencap")) == (1200, 540)
    displays = shell_output(host, "dumpsys window displays")[1]
    assert "init=540x1200" in displays
    assert "cur=1200x540" in displays
    assert "mRotation=1" in displays
    assert shell_output(host, "wm size")[1] == "Physical size: 540x1200\n"


def test_the_tree_is_xml_with_every_widget_whatever_it_says(host: ShellHost) -> None:
    host.phone.insert("content://contacts", {"first": 'A "<&>\n\x07', "last": "Ω\u200b", "phone": "1", "email": ""})
    host.phone.permissions["com.android.contacts"].add("android.permission.READ_CONTACTS")
    host.phone.start("com.android.contacts")
    status, told, _ = shell_output(host, "uiautomator dump /dev/tty")
    assert status == 0
    assert told.endswith("UI hierchary dumped to: /dev/tty\n")
    root = ElementTree.fromstring(told.partition("UI hierchary")[0])  # noqa: S314 - it is our own
    nodes = list(root.iter("node"))
    assert len(nodes) == sum(1 for _ in host.phone.tree().walk())
    assert [node.get("text") for node in nodes] == [node.text.replace("\x07", ".") for node in host.phone.tree().walk()]
    assert all(re.fullmatch(r"\[\d+,\d+\]\[\d+,\d+\]", str(node.get("bounds"))) for node in nodes)


def test_an_application_is_started_and_seen_in_front(host: ShellHost) -> None:
    component = "com.android.settings/.Settings"
    status, told, _ = shell_output(host, f"am start -W -n {component}")
    assert status == 0
    assert f"Status: ok\nLaunchState: COLD\nActivity: {component}\n" in told
    focus = shell_output(host, "dumpsys window displays | grep -E 'mCurrentFocus|mFocusedApp'")[1]
    assert focus.count("com.android.settings/") == 2


def test_an_application_that_is_not_there_is_an_error_as_on_android(host: ShellHost) -> None:
    status, _, errors = shell_output(host, "am start -n com.none/.Main")
    assert (status, errors) == (1, "Error type 3\nError: Activity class {com.none/com.none.Main} does not exist.\n")


def test_a_link_opens_the_browser_whatever_is_in_it(host: ShellHost) -> None:
    status, told, _ = shell_output(
        host, "am start -W -a android.intent.action.VIEW -d 'https://example.org/?a=1&b=$(id);x'"
    )
    assert status == 0
    assert "dat=https://example.org/?a=1&b=$(id);x" in told
    assert host.phone.front[0] == "com.android.browser"


def test_a_broadcast_types_only_while_its_keyboard_is_chosen(host: ShellHost) -> None:
    packed = base64.b64encode("naïve 中文 🙂".encode()).decode()
    line = f"am broadcast -a ADB_INPUT_B64 --es msg {packed}"
    assert "result=0" in shell_output(host, line)[1]
    assert host.phone.input_log == [], "a keyboard that is not chosen typed"
    assert shell_output(host, f"ime set {ADB_KEYBOARD}")[1] == f"Input method {ADB_KEYBOARD} selected for user #0\n"
    assert shell_output(host, "settings get secure default_input_method")[1].strip() == ADB_KEYBOARD
    shell_output(host, line)
    assert host.phone.input_log == ["text 'naïve 中文 🙂'"]
    assert shell_output(host, "ime set none/.Such")[0] == 255
    shell_output(host, f"ime set {LATIN}")
    assert shell_output(host, "ime list -s -a")[1].split() == [LATIN, ADB_KEYBOARD]


def test_settings_are_read_and_written(host: ShellHost) -> None:
    assert shell_output(host, "settings get global no_such")[1] == "null\n"
    assert shell_output(host, "settings put --user 0 system my_key 'a b'; settings get system my_key")[1] == "a b\n"
    assert shell_output(host, "settings get nowhere x")[0] == 255


def test_rows_are_queried_by_what_is_in_them(host: ShellHost) -> None:
    host.phone.insert("content://notes", {"title": "Milk: 2", "body": "a=b, c"})
    query = "content query --uri content://notes --projection title:body --where \"title='Milk: 2'\""
    status, told, _ = shell_output(host, query)
    assert (status, told) == (0, "Row: 0 title=Milk: 2, body=a=b, c\n")
    host.phone.delete("content://notes")
    assert shell_output(host, query)[1] == "No result found.\n"
    assert "Could not find provider: none" in shell_output(host, "content query --uri content://none")[2]


def test_permissions_are_granted(host: ShellHost) -> None:
    assert shell_output(host, "pm grant com.android.contacts android.permission.CAMERA")[0] == 0
    assert host.phone.permissions["com.android.contacts"] == {"android.permission.CAMERA"}
    assert shell_output(host, "pm grant com.none x")[0] == 255


def test_every_application_is_listed_with_the_name_that_people_see(host: ShellHost) -> None:
    line = "cmd package query-activities -a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
    labels = re.findall(r"nonLocalizedLabel=(.*) icon=", shell_output(host, line)[1])
    assert labels == [package.label for package in host.phone.packages.values()]
    brief = shell_output(host, f"{line} --brief | grep -c /")[1].strip()
    assert int(brief) == len(labels)


def test_no_words_make_a_program_fail_but_by_an_exit_code(host: ShellHost) -> None:
    """A fault of ours would leave whoever asked without an answer."""
    random_ = random.Random(9)
    words = WORDS.split(" ")
    for _ in range(3000):
        name = random_.choice([name for name in PROGRAMS if name not in ("sleep", "screencap")])
        line = " ".join(f"'{word}'" for word in (name, *random_.choices(words, k=random_.randrange(7))))
        status, _, _ = shell_output(host, line, b"x\ny\n")
        assert 0 <= status <= 255, line


WORDS = (
    "start stop get put list dump query insert delete broadcast set enable grant revoke install resolve- "
    "activity query-activities -p -d -n -a -W -S -s -3 -e -E -c -1 -f --es --uri --bind --where --user --brief "
    "0 5 99999 -7 1e999 nan inf é a/b com.android.settings content://notes content://contacts/1 "
    "content://settings/system x:s:y x= a='b' system secure global wifi_on user_rotation /sdcard/a /sdcard "
    "/dev/tty tap swipe text keyevent motionevent DOWN MOVE UP keycombination window displays policy activity "
    "top package input power ( [ * + %s %d %% \\n : ADB_INPUT_B64 msg"
).replace("'", "")


def test_properties_are_the_phones(host: ShellHost) -> None:
    assert shell_output(host, "getprop ro.build.version.sdk; getprop none")[1] == "34\n\n"
    assert "[ro.serialno]: [SIM0001]" in shell_output(host, "getprop")[1]
