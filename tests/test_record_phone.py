"""What a finger does on a phone is heard from its touch screen, and what `input` does is not."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.demonstration import demonstrate
from agent.episode import Episode, Finish
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from devices import Box, Click, Drag, Element, LongPress, Observation, Point, Press, Stop, TypeText
from devices.android.getevent import InputEvent, Touchscreen, read_event, touchscreen_in
from devices.android.input_monitor import AndroidInputMonitor, pixel
from devices.android.keyboard_text import focused_field, keyboard_in, written_between
from devices.android.multitouch import Contact, MultitouchDecoder
from devices.simphone.commands.getevent import CAPABILITIES
from devices.simphone.input_events import MOST, TOUCH
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from devices.simphone.simphone import SimPhone
from tests.conftest import until
from tests.connected_phone import NOON, SIZE, connected_phone
from tests.doubles.simphone_hand import Hand, panel_units
from tests.simphone_shell import host_of, shell_output
from tests.simphone_touch import find_node, node_named
from tests.test_cli import BARE, COMMAND, ROOT

# As a Pixel and a Samsung print it, shortened: the first device is a touch pad, which is no screen.
POSSIBLE = """\
add device 1: /dev/input/event5
  name:     "keyboard dock touchpad"
  events:
    ABS (0003): ABS_MT_POSITION_X     : value 0, min 0, max 1023, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 767, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_POINTER
add device 2: /dev/input/event2
  name:     "sec_touchscreen"
  events:
    KEY (0001): KEY_WAKEUP            BTN_TOOL_FINGER       BTN_TOUCH
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 10, max 4105, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 8191, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
add device 3: /dev/input/event0
  name:     "gpio_keys"
"""


def test_the_touch_screen_is_found_by_what_it_is_and_not_by_its_place() -> None:
    assert touchscreen_in(POSSIBLE) == Touchscreen("/dev/input/event2", (10, 4105), (0, 8191))
    assert touchscreen_in(CAPABILITIES) == Touchscreen(TOUCH, (0, MOST[0]), (0, MOST[1]))
    for none in ("", "could not open /dev/input/event2, Permission denied", POSSIBLE[: POSSIBLE.index("add device 2")]):
        assert touchscreen_in(none) is None


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (
            "[   12345.678901] /dev/input/event2: EV_ABS       ABS_MT_TRACKING_ID   ffffffff            ",
            InputEvent(12345.678901, "/dev/input/event2", "ABS_MT_TRACKING_ID", "ffffffff"),
        ),
        (
            "[       1.000000] /dev/input/event0: EV_KEY       KEY_VOLUMEDOWN       DOWN",
            InputEvent(1.0, "/dev/input/event0", "KEY_VOLUMEDOWN", "DOWN"),
        ),
        ('add device 1: /dev/input/event2\n  name:     "x"', None),
        ("", None),
        ("[nan] /dev/input/event2: EV_ABS ABS_MT_SLOT 0", None),
        ("[ 1.0] " + "/dev/input/" * 100_000, None),
    ],
)
def test_lines_of_getevent_are_read_or_left(line: str, event: InputEvent | None) -> None:
    assert read_event(line) == event


def contacts(*events: tuple[str, int]) -> list[Contact]:
    fingers = MultitouchDecoder()
    found = (fingers.decode(InputEvent(0.0, TOUCH, code, f"{value & 0xFFFFFFFF:08x}")) for code, value in events)
    return [contact for contact in found if contact]


SYN = ("SYN_REPORT", 0)


def test_a_place_that_is_not_told_anew_is_where_it_was() -> None:
    touch = [("ABS_MT_TRACKING_ID", 1), ("ABS_MT_POSITION_X", 5), ("ABS_MT_POSITION_Y", 6), SYN]
    lift = [("ABS_MT_TRACKING_ID", -1), SYN]
    again = [("ABS_MT_TRACKING_ID", 2), ("ABS_MT_POSITION_Y", 9), SYN]
    told = [(each.phase, each.x, each.y) for each in contacts(*touch, *lift, *again, *lift)]
    assert told == [("down", 5, 6), ("up", 5, 6), ("down", 5, 9), ("up", 5, 9)]


def test_a_second_finger_is_counted_and_the_first_one_followed() -> None:
    first = [("ABS_MT_SLOT", 0), ("ABS_MT_TRACKING_ID", 1), ("ABS_MT_POSITION_X", 5), ("ABS_MT_POSITION_Y", 5), SYN]
    second = [("ABS_MT_SLOT", 1), ("ABS_MT_TRACKING_ID", 2), ("ABS_MT_POSITION_X", 90), SYN]
    ends = [("ABS_MT_TRACKING_ID", -1), SYN, ("ABS_MT_SLOT", 0), ("ABS_MT_TRACKING_ID", -1), SYN]
    told = contacts(*first, *second, *ends)
    assert [(each.phase, each.x, each.fingers) for each in told] == [
        ("down", 5, 1),
        ("move", 5, 2),
        ("move", 5, 2),
        ("up", 5, 2),
    ]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_contact_is_found_on_the_picture_however_the_phone_is_turned(turns: int) -> None:
    phone = Phone(SIZE, animations=False)
    phone.settings["system"] |= {"accelerometer_rotation": "0", "user_rotation": str(turns)}
    assert phone.rotation == turns
    panel = Touchscreen(TOUCH, (0, MOST[0]), (0, MOST[1]))
    width, height = phone.size
    for point in (Point(0, 0), Point(width - 1, height - 1), Point(width // 3, height // 7)):
        x, y = panel_units(phone, point.x, point.y)
        assert pixel(panel, Contact("down", 0.0, x, y, 1), phone.size, turns) == point


def test_the_keyboard_is_where_its_window_takes_touches() -> None:
    phone = Phone(SIZE, animations=False)
    host = host_of(phone)
    hand = Hand(host)
    assert keyboard_in(shell_output(host, "dumpsys window windows")[1]) is None
    phone.start(next(name for name in phone.packages if "notes" in name))
    tap(hand, phone, "New note", "Title")
    box = keyboard_in(shell_output(host, "dumpsys window windows")[1])
    assert box is not None
    assert all(key.center in box for key in phone.key_boxes.values())
    assert keyboard_in("Window #1 Window{1 u0 InputMethod}:\n touchable region=SkRegion(())") is None


def field(text: str, role: str = "field", left: int = 10) -> Element:
    return Element(role, text, Box(left, 10, 90, 30), focused=True)


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        (field("Title"), field("hello"), "hello"),
        (field("hello"), field("hello world"), " world"),
        (field("held"), field("hello"), None),
        (field("ad"), field("aXd"), "X"),
        (field("hello"), field("hell"), None),
        (field("same"), field("same"), None),
        (field("a"), field("ab", left=50), None),
        (None, field("ab"), None),
        (field("a"), None, None),
    ],
)
def test_what_was_written_is_read_off_the_field_or_not_told(
    before: Element | None, after: Element | None, written: str | None
) -> None:
    assert written_between(before, after) == written


def tap(hand: Hand, phone: Phone, *words: str) -> None:
    for word in words:
        at = node_named(phone, word).box.center
        hand.tap(at.x, at.y)


@contextmanager
def simulated() -> Iterator[SimPhone]:
    with closing(SimPhone(Stop(), Phone(SIZE, animations=False, wall=lambda: NOON))) as sim:
        yield sim


def pause(seconds: float = 0.6) -> None:
    Stop().wait(seconds)


def recorded(folder: Path, sim: SimPhone, work: Callable[[], None], *, private: bool = False) -> tuple[Episode, str]:
    """The episode of what `work` does, and what could not be recorded of it."""
    stop = Stop()

    def all_of_it() -> None:
        until(lambda: sim.adbd.shell_host.input_events.subscribers)
        pause()
        work()
        pause()
        stop.ask("that was all")

    with closing(AndroidInputMonitor(sim.driver, stop, private=private)) as monitor:
        busy = threading.Thread(target=all_of_it)
        busy.start()
        recorder = Recorder(folder, "g", device="simphone", agent="a person", recorded_by="human")
        episode = demonstrate("g", monitor, recorder, stop)
        busy.join()
        assert read_recording(folder).episode == episode
        return episode, "; ".join(monitor.missed)


def moves(episode: Episode) -> list[object]:
    return [step.decision.move for step in episode.steps]


def test_taps_text_long_presses_drags_and_keys_are_what_they_were(tmp_path: Path) -> None:
    with simulated() as sim:
        phone, hand = sim.phone, Hand(sim.adbd.shell_host)
        places: list[Point] = []

        def touch(words: str) -> None:
            places.append(node_named(phone, words).box.center)
            tap(hand, phone, words)
            pause()

        def work() -> None:
            touch("Notes")
            touch("New note")
            touch("Title")
            for key in "hello":
                at = phone.key_boxes[key].center
                hand.tap(at.x, at.y)
            pause(1.5)
            hand.press("KEY_BACK")
            pause()
            hand.stroke([(0.0, 300, 900), (0.8, 300, 900)])
            pause()
            hand.stroke([(n * 0.02, 270, 900 - 40 * n) for n in range(11)])
            pause()
            hand.press("KEY_VOLUMEUP")

        episode, missed = recorded(tmp_path / "e", sim, work)
        assert find_node(phone, "hello"), "the finger really wrote it"
    *taps, typed, back, held, dragged, louder, finish = moves(episode)
    assert taps == [Click(place) for place in places]
    assert (typed, back, louder, finish) == (
        TypeText("hello"),
        Press(("back",)),
        Press(("volume_up",)),
        Finish(True),
    )
    assert isinstance(held, LongPress)
    assert (held.at, held.seconds >= 0.8) == (Point(300, 900), True)
    assert isinstance(dragged, Drag)
    assert dragged.path == (Point(270, 900), Point(270, 500))
    assert missed == ""
    assert episode.steps[3].seen.elements, "the widgets that the phone tells are in the record"
    assert focused_field(episode.steps[3].seen) is not None


def test_what_goes_into_a_password_field_is_left_out_on_request(tmp_path: Path) -> None:
    with simulated() as sim:
        phone, hand = sim.phone, Hand(sim.adbd.shell_host)
        phone.start(next(name for name in phone.packages if "bank" in name))

        def work() -> None:
            tap(hand, phone, "Access code")
            pause(1.5)
            for key in "4711":
                at = phone.key_boxes[key].center
                hand.tap(at.x, at.y)
            pause(0.5)
            hand.press("KEY_BACK")

        episode, _ = recorded(tmp_path / "e", sim, work, private=True)
    assert moves(episode)[1:] == [TypeText("{password}"), Press(("back",)), Finish(True)]
    assert b"4711" not in (tmp_path / "e" / "steps.jsonl").read_bytes()


def test_input_is_no_finger_and_two_fingers_are_said_to_be_lost(tmp_path: Path) -> None:
    with simulated() as sim:
        host = sim.adbd.shell_host
        hand = Hand(host)

        def work() -> None:
            assert shell_output(host, "input tap 270 600")[0] == 0
            hand.stroke([(0.0, 100, 600), (0.1, 160, 660)], fingers=2)

        episode, missed = recorded(tmp_path / "e", sim, work)
    assert episode.steps == ()
    assert "2 fingers" in missed


def test_a_phone_whose_link_drops_says_what_was_not_heard(tmp_path: Path) -> None:
    with simulated() as sim:
        hand = Hand(sim.adbd.shell_host)

        def work() -> None:
            sim.adbd.drop()
            until(lambda: hand.watched)
            pause(2.0)
            hand.press("KEY_VOLUMEUP")
            pause()

        episode, missed = recorded(tmp_path / "e", sim, work)
    assert "the link dropped" in missed
    assert moves(episode) == [Press(("volume_up",)), Finish(True)]


@pytest.mark.skipif(
    not os.environ.get("SCREENHAND_DEMONSTRATIONS"), reason="takes 20 seconds: SCREENHAND_DEMONSTRATIONS=1"
)
def test_the_command_records_a_finger_on_a_phone(tmp_path: Path, adb_server: PrivateAdbServer) -> None:
    with connected_phone(adb_server, Phone(SIZE, animations=False, wall=lambda: NOON)) as connected:
        hand = Hand(connected.adbd.shell_host)
        command = subprocess.Popen(
            [
                *COMMAND,
                "record",
                "--device",
                f"android:{connected.adbd.address}",
                "--goal",
                "g",
                "--record",
                tmp_path / "e",
            ],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=BARE | {"PYTHONPATH": str(ROOT), "ANDROID_ADB_SERVER_PORT": str(adb_server.port)},
        )
        until(lambda: hand.watched, 30.0)
        pause()
        hand.stroke([(0.0, 300, 700), (0.7, 300, 700)])
        pause()
        command.send_signal(signal.SIGINT)
        output = command.communicate(timeout=60)[0]
    assert command.returncode == 0, output
    (held, finish) = moves(read_recording(tmp_path / "e").episode)
    assert isinstance(held, LongPress)
    assert held.at == Point(300, 700)
    assert finish == Finish(True)


@pytest.mark.parametrize("device", ["toy", "simphone"])
def test_a_screen_that_nobody_can_touch_is_refused(device: str) -> None:
    done = CliRunner().invoke(app, ["record", "--device", device, "--goal", "g"])
    assert (done.exit_code, "nobody can touch" in done.output) == (2, True)


def test_a_look_without_a_field_tells_none() -> None:
    import numpy as np

    seen = Observation(
        np.zeros((4, 4, 3), np.uint8), elements=(Element("button", "OK", Box(0, 0, 2, 2), focused=True),)
    )
    assert focused_field(seen) is None
