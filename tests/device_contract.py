"""What every device keeps: inherit `DeviceContract`, give it a `device`, and each promise is tried on it."""

import math
import time

import numpy as np
import pytest

from devices import (
    Action,
    ActionRefused,
    Click,
    Device,
    DeviceLost,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    Stop,
    Stopped,
    TypeText,
    Wait,
)
from devices.changes import change_between

MIDDLE = Point(40, 30)

EVERY_ACTION: tuple[Action, ...] = (
    MoveTo(MIDDLE),
    Click(MIDDLE),
    Click(MIDDLE, "right"),
    Press(("escape",)),
    Click(MIDDLE, "middle", 2),
    Click(MIDDLE, times=3, holding=("shift",)),
    LongPress(MIDDLE, 0.05),
    Drag((MIDDLE, Point(45, 35), Point(50, 30)), 0.02),
    Scroll(MIDDLE, "down", 1),
    Scroll(MIDDLE, "left", 1),
    TypeText("a"),
    TypeText(""),
    Press(("shift", "a")),
    Wait(0.0),
    OpenApp("no application has such a name"),
)

SENSELESS: tuple[Action, ...] = (
    Click(MIDDLE, times=0),
    Click(MIDDLE, times=4),
    Click(MIDDLE, holding=("nosuchkey",)),
    Drag(()),
    Drag((MIDDLE,)),
    Drag((MIDDLE, MIDDLE), seconds=-1.0),
    Drag((MIDDLE, MIDDLE), seconds=math.nan),
    LongPress(MIDDLE, math.inf),
    Scroll(MIDDLE, "down", 0),
    Scroll(MIDDLE, "down", -3),
    Press(()),
    Press(("nosuchkey",)),
    Press(("ctrl", "nosuchkey")),
    Press(("",)),
    TypeText("half\x07way"),
    TypeText("half\x1b[2Jway"),
    TypeText("half\rway"),
    TypeText("half\x00way"),
    TypeText("half\ud800way"),
    TypeText("half\uffffway"),
    Wait(-1.0),
    Wait(math.inf),
    OpenApp(""),
    OpenApp("  "),
)


class DeviceContract:
    """The promises of `devices.device.Device`. A subclass overrides `device`, and builds it with `stop`."""

    @pytest.fixture
    def stop(self) -> Stop:
        return Stop()

    @pytest.fixture
    def device(self, stop: Stop) -> Device:
        raise NotImplementedError("the subclass gives the device under test")

    def test_a_look_is_a_real_picture_and_not_a_placeholder(self, device: Device) -> None:
        seen = device.observe()
        assert seen.pixels.dtype == np.uint8
        assert seen.pixels.shape == (seen.height, seen.width, 3)
        assert MIDDLE in seen.box, "the contract's actions need a screen larger than 50 x 35"
        assert not seen.pixels.flags.writeable
        assert 0 <= seen.at <= time.time() + 1
        for element in seen.elements:
            box = element.box
            assert 0 <= box.left < box.right <= seen.width, element
            assert 0 <= box.top < box.bottom <= seen.height, element

    def test_two_looks_at_a_still_screen_have_one_size(self, device: Device) -> None:
        assert device.observe().size == device.observe().size

    def test_its_name_is_a_word_for_people(self, device: Device) -> None:
        assert device.name
        assert device.name == device.name.strip()

    def test_a_point_off_the_screen_is_refused_and_never_clamped(self, device: Device) -> None:
        seen = device.observe()
        for x, y in [(-1, 0), (0, -1), (seen.width, 0), (0, seen.height), (10**9, 5), (-(10**9), -(10**9))]:
            off = Point(x, y)
            for action in (Click(off), LongPress(off), MoveTo(off), Drag((MIDDLE, off)), Scroll(off, "down")):
                with pytest.raises(ActionRefused):
                    device.perform(action)
        assert change_between(seen, device.observe()).nothing, "a refused action changed the screen"

    def test_a_senseless_action_is_refused_before_anything_happens(self, device: Device) -> None:
        seen = device.observe()
        for action in SENSELESS:
            with pytest.raises(ActionRefused) as refusal:
                device.perform(action)
            assert str(refusal.value), f"the refusal of {action} must say why"
        assert change_between(seen, device.observe()).nothing, "a refused action changed the screen"

    def test_an_unknown_key_is_refused_by_its_name(self, device: Device) -> None:
        device.observe()
        with pytest.raises(ActionRefused, match="nosuchkey"):
            device.perform(Press(("nosuchkey",)))

    def test_every_action_works_or_is_refused(self, device: Device) -> None:
        device.observe()
        refusals = []
        for action in EVERY_ACTION:
            try:
                device.perform(action)
            except ActionRefused as refusal:
                refusals.append(str(refusal))
        assert all(refusals), "a refusal must say why"
        assert device.observe().pixels.size

    def test_nothing_is_done_after_somebody_asked_to_stop_but_looking_goes_on(self, device: Device, stop: Stop) -> None:
        seen = device.observe()
        stop.ask("the contract asks")
        for action in (*EVERY_ACTION[:-1], Wait(30.0)):
            with pytest.raises(Stopped, match="the contract asks"):
                device.perform(action)
        assert change_between(seen, device.observe()).nothing, "a stopped action changed the screen"

    def test_a_wait_lasts_as_long_as_asked_or_is_refused(self, device: Device) -> None:
        device.observe()
        started = time.monotonic()
        try:
            device.perform(Wait(0.05))
        except ActionRefused:
            return
        assert 0.045 < time.monotonic() - started < 1.0

    def test_closing_twice_is_fine_and_a_closed_device_is_lost(self, device: Device) -> None:
        device.close()
        device.close()
        with pytest.raises(DeviceLost):
            device.observe()
        with pytest.raises(DeviceLost):
            device.perform(Click(MIDDLE))
