"""Every fault of a phone against every kind of call: it recovers, or ends with its name; nothing is done twice."""

import os
import time
from typing import get_args

import numpy as np
import pytest

from devices import (
    Action,
    ActionRefused,
    Click,
    DeviceLost,
    Drag,
    LongPress,
    OpenApp,
    Point,
    Press,
    Scroll,
    Stop,
    TypeText,
)
from devices.android.android import Android
from devices.simphone.fault_switches import Fault
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from tests.connected_phone import SIZE, ConnectedPhone, LoggingPhone, connected_phone, driver_of

TIMES = int(os.environ.get("SCREENHAND_ANDROID_FAULTS", "0"))
"""How often each fault meets each call; 20 is the proof. With 0 each fault meets one of them, another one each."""

ANSWER, RECONNECT = (2.0, 8.0) if TIMES else (1.0, 6.0)
BUDGET = 2 * RECONNECT + 6 * ANSWER + 3.0
"""Seconds that a call may take at most, whatever happens: two drops and their waits, on a busy machine.

The proof takes an hour and has a machine to share: a PNG of a frame may need more than a second then."""

MIDDLE, ASIDE = Point(270, 700), Point(270, 500)
CALLS: dict[str, Action] = {
    "input tap": Click(MIDDLE),
    "input swipe": LongPress(MIDDLE, 0.01),
    "input swipe 270": Drag((MIDDLE, ASIDE), 0.01),
    "input motionevent": Drag((MIDDLE, ASIDE, MIDDLE), 0.01),
    "input swipe 270 ": Scroll(MIDDLE, "down", 1),
    "input keyevent": Press(("volume_up",)),
    "input text": TypeText("hello"),
    "am broadcast": TypeText("naïve"),
    "ime": TypeText("中文"),
    "am start": OpenApp("Notes"),
    "cmd": OpenApp("Settings"),
}
"""Each kind of action, with the command that it becomes."""


def ending_of(device: Android, action: Action | None) -> str:
    """How a call ends: "done", or the name of why not. Anything but a refusal or a loss is our fault, and raised."""
    started = time.monotonic()
    try:
        if action is None:
            device.observe()
        else:
            device.perform(action)
        ending = "done"
    except (ActionRefused, DeviceLost) as error:
        ending = f"{type(error).__name__}: {error}"
    spent = time.monotonic() - started
    assert spent < BUDGET, f"{spent:.1f} s for {ending}"
    assert len(ending) > len("DeviceLost: ") or ending == "done", "it does not say why"
    return ending


def doings(phone: Phone) -> list[str]:
    """What was done to the phone, without what only wakes it and what the faults themselves do."""
    return [each for each in phone.input_log if each not in ("key 223", "key 224", "start com.example.bank")]


FAULTS: tuple[Fault, ...] = tuple(what for what in get_args(Fault) if what != "swapped")
PAIRS = [(what, command) for what in FAULTS for command in CALLS]
if not TIMES:
    PAIRS = [(what, list(CALLS)[place % len(CALLS)]) for place, what in enumerate(FAULTS)]


@pytest.mark.parametrize(("what", "command"), PAIRS)
def test_no_action_is_done_twice(what: Fault, command: str, connected: ConnectedPhone) -> None:
    for _ in range(TIMES or 1):
        with driver_of(connected, Stop(), reconnect_seconds=RECONNECT, answer_seconds=ANSWER) as device:
            ending = ending_of_one(device, connected, what, command)
            if not ending.startswith("DeviceLost"):
                assert ending_of(device, None) == "done"


@pytest.mark.parametrize("command", list(CALLS) if TIMES else ["input tap"])
def test_no_action_is_done_on_another_phone(command: str, adb_server: PrivateAdbServer) -> None:
    for _ in range(TIMES or 1):
        with (
            connected_phone(adb_server) as connected,
            driver_of(connected, Stop(), reconnect_seconds=RECONNECT, answer_seconds=ANSWER) as device,
        ):
            other = LoggingPhone(SIZE, animations=False)
            connected.adbd.swap_for(other, "OTHER")
            ending_of_one(device, connected, "swapped", command)
            assert "another phone answers" in ending_of(device, None), "it was looked at"
            assert doings(other) == [], "another phone was touched"


def ending_of_one(device: Android, connected: ConnectedPhone, what: Fault, command: str) -> str:
    """How a call ends that meets a fault, seen to be done once at most, and to say so truly."""
    device.observe()
    before = len(doings(connected.phone))
    connected.adbd.faults.add(what, 1, command, seconds=0.2)
    ending = ending_of(device, CALLS[command])
    done = len(doings(connected.phone)) - before
    assert done <= 1, f"{what} made {command} happen {done} times: {doings(connected.phone)[before:]}"
    if ending == "done":
        assert done == 1, f"{command} counts as done and was not"
    if ending != "done" and "not known" not in ending and "was started but" not in ending:
        assert done == 0, f"{command} was done and counts as {ending}"
    connected.adbd.faults.clear()
    return ending


@pytest.mark.parametrize("what", FAULTS)
def test_no_look_is_ever_made_up(what: Fault, connected: ConnectedPhone) -> None:
    for _ in range(TIMES or 1):
        with driver_of(connected, Stop(), reconnect_seconds=RECONNECT, answer_seconds=ANSWER) as device:
            device.observe()
            connected.adbd.faults.add(what, 1, "screencap", seconds=0.2)
            seen, shown = device.observe(), connected.phone.frame()
            assert np.array_equal(seen.pixels, shown) or (what == "secure" and device.why_black == "secure")
            connected.adbd.faults.clear()


def test_no_look_is_taken_at_another_phone(adb_server: PrivateAdbServer) -> None:
    for _ in range(TIMES or 1):
        with (
            connected_phone(adb_server) as connected,
            driver_of(connected, Stop(), reconnect_seconds=RECONNECT, answer_seconds=ANSWER) as device,
        ):
            device.observe()
            connected.adbd.swap_for(Phone(SIZE, animations=False), "OTHER")
            connected.adbd.faults.add("swapped", 1, "screencap")
            with pytest.raises(DeviceLost, match="another phone answers"):
                device.observe()
