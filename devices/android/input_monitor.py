"""Records what a person does on a phone: screenshots and touch events, without sending any input."""

import subprocess
from time import monotonic

from devices.actions import Point, TypeText
from devices.android.android import Android
from devices.android.getevent import InputEvent, Touchscreen, read_event, touchscreen_in
from devices.android.keyboard_text import KEYBOARD, focused_field, keyboard_in, written_between
from devices.android.multitouch import Contact, MultitouchDecoder
from devices.demonstration import HumanAction
from devices.device import Box, DeviceLost, Observation
from devices.frame_buffer import FrameBuffer, TimedFrame
from devices.gesture_decoder import HIDDEN, GestureDecoder
from devices.stop import Stop

MOMENT = 0.02
HELD = 0.5
"""Seconds: ViewConfiguration.getLongPressTimeout was 500 ms until Android 13, 400 since."""
SLOP = 1 / 45
"""Of the shorter side of the screen: 8 dp (ViewConfiguration.getScaledTouchSlop) of the usual 360 to 412."""
BUSY = 1.0
"""Pause after a capture, in durations of a capture: a frame over USB takes 0.25 s, and a person is quick."""
BLIND = 2.0
"""Seconds without captures after a key of a password: Android shows its last letter for 1.5 s."""
KEYS = {
    "KEY_BACK": "back",
    "KEY_HOMEPAGE": "home",
    "KEY_HOME": "home",
    "KEY_APPSELECT": "recents",
    "KEY_MENU": "menu",
    "KEY_POWER": "power",
    "KEY_VOLUMEUP": "volume_up",
    "KEY_VOLUMEDOWN": "volume_down",
    "KEY_CAMERA": "camera",
}
LISTEN = "getevent -lt"


class AndroidInputMonitor:
    """An `InputMonitor` of the phone that `phone` drives, which stays the caller's.

    Taps on the soft keyboard become the text that they wrote where the phone reports its widgets, and stay taps where
    it does not. With `private`, text that goes into a password field becomes "{password}". Raises `DeviceLost` where
    the phone's touch screen cannot be read.
    """

    def __init__(self, phone: Android, stop: Stop, *, private: bool = False) -> None:
        self._phone, self._stop, self._private = phone, stop, private
        self._panel = _touchscreen(phone)
        self._contacts = MultitouchDecoder()
        self._frames = FrameBuffer(phone.observe, gap=0.1, idle=BUSY)
        self._frames.capture_if_due()
        size = self._frames.before(monotonic()).seen.size
        self._gestures = GestureDecoder(slop=min(size) * SLOP, held=HELD)
        self._offset: float | None = None
        self._down: TimedFrame | None = None
        self._keyboard: Box | None = None
        self._key_taps: list[HumanAction] = []
        self._blind_until = 0.0
        self._missed: list[str] = []
        self._lines = phone.listen(LISTEN)

    @property
    def name(self) -> str:
        return self._phone.name

    @property
    def over(self) -> bool:
        """A phone has no key for it: Ctrl-C in the terminal ends it."""
        return False

    @property
    def missed(self) -> tuple[str, ...]:
        return tuple(self._missed)

    def observe(self) -> Observation:
        return self._phone.observe()

    def watch(self) -> list[HumanAction]:
        self._stop.wait(MOMENT)
        actions = self._read_events()
        if monotonic() >= self._blind_until:
            self._frames.capture_if_due()
        return [*actions, *self._after_text(self._gestures.settle(monotonic()))]

    def flush(self) -> list[HumanAction]:
        actions = [*self._read_events(), *self._after_text(self._gestures.flush())]
        if not self._key_taps:
            return actions
        for _ in range(3):  # elements come with the second frame of a still screen
            self._phone.observe()
        return [*actions, *self._text_of_taps(self._phone.observe())]

    def close(self) -> None:
        self._lines.close()

    def _read_events(self) -> list[HumanAction]:
        if self._lines.end_reason:
            self._missed.append(f"the link dropped ({self._lines.end_reason}): what was done meanwhile is missing")
            self._lines.close()
            self._phone.observe()  # it waits for the phone to come back
            self._lines = self._phone.listen(LISTEN)
        actions = []
        for arrived, line in self._lines.read():
            event = read_event(line)
            if event is None:
                continue
            offset = arrived - event.at  # from the phone's clock to ours; the fastest line is the most exact
            self._offset = offset if self._offset is None else min(self._offset, offset)
            actions += self._decode(event, event.at + self._offset)
        return actions

    def _decode(self, event: InputEvent, now: float) -> list[HumanAction]:
        if event.path != self._panel.path or event.code in KEYS:
            if event.value == "DOWN" and event.code in KEYS:
                pressed = self._gestures.pressed((KEYS[event.code],), self._frames.before(now), now, now)
                return self._after_text(pressed)
            return []
        contact = self._contacts.decode(event)
        return self._on_contact(contact, now) if contact else []

    def _on_contact(self, contact: Contact, now: float) -> list[HumanAction]:
        before = self._down if self._down and contact.phase != "down" else self._frames.before(now)
        at = pixel(self._panel, contact, before.seen.size, self._phone.rotation)
        match contact.phase:
            case "down":
                self._down = before
                self._keyboard = self._keyboard_now()
                return self._after_text(self._gestures.button_down(1, at, (), before, now))
            case "move":
                self._gestures.moved(at)
                return []
        self._down = None
        if contact.fingers > 1:
            self._gestures.forget()
            self._missed.append(f"a gesture of {contact.fingers} fingers was made and not recorded")
            return []
        if self._keyboard and at in self._keyboard:
            return self._on_keyboard_tap(at, now)
        return self._after_text(self._gestures.button_up(1, at, now))

    def _on_keyboard_tap(self, at: Point, now: float) -> list[HumanAction]:
        """Keep the tap on a key of the soft keyboard until the text that it wrote can be read."""
        self._gestures.button_up(1, at, now)
        *earlier, tap = self._gestures.flush()
        actions = self._after_text(earlier)
        self._key_taps.append(tap)
        if self._private and self._hides():
            self._blind_until = monotonic() + BLIND
        return actions

    def _after_text(self, actions: list[HumanAction]) -> list[HumanAction]:
        """`actions`, preceded by the text that was typed until the first of them."""
        return [*self._text_of_taps(actions[0].seen), *actions] if actions and self._key_taps else actions

    def _text_of_taps(self, after: Observation) -> list[HumanAction]:
        """The taps on the keyboard as one typed text, or as they are where the text cannot be read."""
        taps, self._key_taps = self._key_taps, []
        first, last = taps[0], taps[-1]
        before = focused_field(first.seen)
        if self._private and before is not None and before.role == "password":
            text: str | None = HIDDEN
        else:
            text = None if before and before.role == "password" else written_between(before, focused_field(after))
        if text is None:
            return taps
        return [HumanAction(TypeText(text), first.seen, first.seen_at, first.began, last.ended)]

    def _hides(self) -> bool:
        field = focused_field(self._key_taps[0].seen) if self._key_taps else None
        return field is not None and field.role == "password"

    def _keyboard_now(self) -> Box | None:
        try:
            return keyboard_in(self._phone.probe.run(KEYBOARD))
        except (OSError, subprocess.SubprocessError):
            return None  # taps on its keys stay taps then; a lost phone is noticed by the next frame


def pixel(panel: Touchscreen, contact: Contact, size: tuple[int, int], rotation: int) -> Point:
    """The pixel of a frame of `size` under a contact; the panel does not turn with the picture."""
    across, down = panel.share(contact.x, contact.y)
    match rotation:
        case 1:
            across, down = down, 1 - across
        case 2:
            across, down = 1 - across, 1 - down
        case 3:
            across, down = 1 - down, across
    width, height = size
    return Point(min(max(int(across * width), 0), width - 1), min(max(int(down * height), 0), height - 1))


def _touchscreen(phone: Android) -> Touchscreen:
    try:
        panel = touchscreen_in(phone.probe.run(("getevent", "-lp")))
    except (OSError, subprocess.SubprocessError) as error:
        raise DeviceLost(f"input events of this phone cannot be read: getevent failed: {error}") from error
    if panel is None:
        raise DeviceLost("this phone names no touch screen (getevent -lp), so a demonstration on it cannot be recorded")
    return panel
