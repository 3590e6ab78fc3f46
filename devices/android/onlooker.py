"""Looks at a phone and listens to its touch screen while a person works it; nothing is touched and nothing is typed."""

import subprocess
from time import monotonic

from devices.actions import Point, TypeText
from devices.android.android import Android
from devices.android.fingers import Contact, Fingers
from devices.android.getevent import InputEvent, Touchscreen, read_event, touchscreen_in
from devices.android.keyboard_text import KEYBOARD, focused_field, keyboard_in, written_between
from devices.demonstration import Deed
from devices.device import Box, DeviceLost, Observation
from devices.frame_buffer import Glance, Glances
from devices.gesture_decoder import HIDDEN, Strokes
from devices.stop import Stop

MOMENT = 0.02
HELD = 0.5
"""Seconds: ViewConfiguration.getLongPressTimeout was 500 ms until Android 13, 400 since."""
SLOP = 1 / 45
"""Of the shorter side of the screen: 8 dp (ViewConfiguration.getScaledTouchSlop) of the usual 360 to 412."""
BUSY = 1.0
"""Looks take half of the time: a picture over USB costs a quarter of a second, and a person is quick."""
UNVEILED = 2.0
"""Seconds after a key of a password in which nothing is looked at: Android shows its last letter for 1.5 s."""
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


class AndroidOnlooker:
    """An `Onlooker` at the phone that `phone` drives, which stays the caller's.

    What a finger does on the soft keyboard is told as the text that came of it where the phone tells its widgets, and
    as taps where it does not. With `private`, what goes into a password field is told as "{password}". Raises
    `DeviceLost` where the phone's touch screen cannot be heard.
    """

    def __init__(self, phone: Android, stop: Stop, *, private: bool = False) -> None:
        self._phone, self._stop, self._private = phone, stop, private
        self._panel = _touchscreen(phone)
        self._fingers = Fingers()
        self._glances = Glances(phone.observe, gap=0.1, idle=BUSY)
        self._glances.look_when_due()
        size = self._glances.before(monotonic()).seen.size
        self._strokes = Strokes(slop=min(size) * SLOP, held=HELD)
        self._offset: float | None = None
        self._down: Glance | None = None
        self._keyboard: Box | None = None
        self._taps: list[Deed] = []
        self._veiled_until = 0.0
        self._unheard: list[str] = []
        self._lines = phone.listen(LISTEN)

    @property
    def name(self) -> str:
        return self._phone.name

    @property
    def over(self) -> bool:
        """A phone has no key for it: Ctrl-C in the terminal ends it."""
        return False

    @property
    def unheard(self) -> tuple[str, ...]:
        return tuple(self._unheard)

    def observe(self) -> Observation:
        return self._phone.observe()

    def watch(self) -> list[Deed]:
        self._stop.wait(MOMENT)
        found = self._hear()
        if monotonic() >= self._veiled_until:
            self._glances.look_when_due()
        return [*found, *self._told(self._strokes.settle(monotonic()))]

    def rest(self) -> list[Deed]:
        found = [*self._hear(), *self._told(self._strokes.flush())]
        for _ in range(3 if self._taps else 0):  # widgets are told of a screen that is still: of the second look at it
            self._phone.observe()
        return [*found, *self._written(self._phone.observe())] if self._taps else found

    def close(self) -> None:
        self._lines.close()

    def _hear(self) -> list[Deed]:
        if self._lines.why_ended:
            self._unheard.append(f"the link dropped ({self._lines.why_ended}): what was done meanwhile was not heard")
            self._lines.close()
            self._phone.observe()  # it waits for the phone to come back
            self._lines = self._phone.listen(LISTEN)
        found = []
        for heard, line in self._lines.heard():
            event = read_event(line)
            if event is None:
                continue
            here = heard - event.at
            self._offset = here if self._offset is None else min(self._offset, here)
            found += self._take(event, event.at + self._offset)
        return found

    def _take(self, event: InputEvent, now: float) -> list[Deed]:
        if event.path != self._panel.path or event.code in KEYS:
            if event.value == "DOWN" and event.code in KEYS:
                return self._told(self._strokes.pressed((KEYS[event.code],), self._glances.before(now), now, now))
            return []
        contact = self._fingers.take(event)
        return self._touched(contact, now) if contact else []

    def _touched(self, contact: Contact, now: float) -> list[Deed]:
        before = self._down if self._down and contact.phase != "down" else self._glances.before(now)
        at = pixel(self._panel, contact, before.seen.size, self._phone.rotation)
        match contact.phase:
            case "down":
                self._down = before
                self._keyboard = self._keyboard_now()
                return self._told(self._strokes.button_down(1, at, (), before, now))
            case "move":
                self._strokes.moved(at)
                return []
        self._down = None
        if contact.fingers > 1:
            self._strokes.forget()
            self._unheard.append(f"a gesture of {contact.fingers} fingers was made and not recorded")
            return []
        if self._keyboard and at in self._keyboard:
            return self._tapped_keyboard(at, now)
        return self._told(self._strokes.button_up(1, at, now))

    def _tapped_keyboard(self, at: Point, now: float) -> list[Deed]:
        """A key of the soft keyboard was touched: what came of it is seen later."""
        self._strokes.button_up(1, at, now)
        deeds = self._strokes.flush()
        earlier, keys = deeds[:-1], deeds[-1:]
        found = self._told(earlier)
        self._taps += keys
        if self._private and self._hides():
            self._veiled_until = monotonic() + UNVEILED
        return found

    def _told(self, deeds: list[Deed]) -> list[Deed]:
        """`deeds`, and before the first of them the text that was written until then."""
        return [*self._written(deeds[0].seen), *deeds] if deeds and self._taps else deeds

    def _written(self, after: Observation) -> list[Deed]:
        taps, self._taps = self._taps, []
        first, last = taps[0], taps[-1]
        before = focused_field(first.seen)
        if self._private and before is not None and before.role == "password":
            text: str | None = HIDDEN
        else:
            text = None if before and before.role == "password" else written_between(before, focused_field(after))
        if text is None:
            return taps
        return [Deed(TypeText(text), first.seen, first.looked, first.began, last.ended)]

    def _hides(self) -> bool:
        field = focused_field(self._taps[0].seen) if self._taps else None
        return field is not None and field.role == "password"

    def _keyboard_now(self) -> Box | None:
        try:
            return keyboard_in(self._phone.probe.run(KEYBOARD))
        except (OSError, subprocess.SubprocessError):
            return None  # its keys are taps then; a phone that is gone is noticed by the next look


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
        raise DeviceLost(f"this phone does not say what is done on it: getevent failed: {error}") from error
    if panel is None:
        raise DeviceLost("this phone names no touch screen (getevent -lp), so a demonstration on it cannot be heard")
    return panel
