"""A hand on a simulated phone: it touches the glass and presses side keys, unlike `input`, so `getevent` sees it."""

from collections.abc import Sequence

from devices import Stop
from devices.simphone.input_events import KEYS, MOST, TOUCH
from devices.simphone.phone import Phone
from devices.simphone.shell_host import ShellHost

KEY_CODES = {"KEY_VOLUMEUP": 24, "KEY_VOLUMEDOWN": 25, "KEY_POWER": 26, "KEY_BACK": 4, "KEY_HOMEPAGE": 3}
SYN = ("EV_SYN", "SYN_REPORT", "00000000")


def panel_units(phone: Phone, x: int, y: int) -> tuple[int, int]:
    """A pixel of the frame in units of the panel, which does not turn with the picture."""
    width, height = phone.size
    across, down = (x + 0.5) / width, (y + 0.5) / height
    match phone.rotation:
        case 1:
            across, down = 1 - down, across
        case 2:
            across, down = 1 - across, 1 - down
        case 3:
            across, down = down, 1 - across
    return int(across * (MOST[0] + 1)), int(down * (MOST[1] + 1))


class Hand:
    """Sends the kernel's events of what it does (multi-touch protocol B), then does it to the phone."""

    def __init__(self, host: ShellHost) -> None:
        self._phone, self._events = host.phone, host.input_events
        self._tracking = 0

    @property
    def watched(self) -> bool:
        """Whether a `getevent` is running."""
        return self._events.subscribers > 0

    def tap(self, x: int, y: int) -> None:
        self.stroke([(0.0, x, y), (0.03, x, y)])

    def stroke(self, path: Sequence[tuple[float, int, int]], *, fingers: int = 1) -> None:
        """A finger along (seconds since its start, x, y) of the frame, in real time.

        More `fingers` keep beside the first; the phone takes only the first into account.
        """
        last: tuple[int, int] | None = None
        for place, (seconds, x, y) in enumerate(path):
            Stop().wait(max(0.0, seconds - (path[place - 1][0] if place else 0.0)))
            unit = panel_units(self._phone, x, y)
            for slot in range(fingers):
                self._select(slot, fingers)
                if not place:
                    self._tracking += 1
                    self._send("EV_ABS", "ABS_MT_TRACKING_ID", f"{self._tracking:08x}")
                for axis, name in enumerate("XY"):  # the kernel reports what has changed, and nothing else
                    if last is None or last[axis] != unit[axis] or fingers > 1:
                        self._send(
                            "EV_ABS", f"ABS_MT_POSITION_{name}", f"{min(unit[axis] + 200 * slot, MOST[axis]):08x}"
                        )
            if not place:
                self._send("EV_KEY", "BTN_TOUCH", "DOWN")
            self._send(*SYN)
            last = unit
        for slot in range(fingers):
            self._select(slot, fingers)
            self._send("EV_ABS", "ABS_MT_TRACKING_ID", "ffffffff")
        self._send("EV_KEY", "BTN_TOUCH", "UP")
        self._send(*SYN)
        self._phone.touch(path)

    def press(self, key: str) -> None:
        """Press one of the `KEY_CODES` and let go of it."""
        for value in ("DOWN", "UP"):
            self._events.send((KEYS, "EV_KEY", key, value))
            self._events.send((KEYS, *SYN))
        self._phone.key((KEY_CODES[key],))

    def _select(self, slot: int, fingers: int) -> None:
        if fingers > 1:
            self._send("EV_ABS", "ABS_MT_SLOT", f"{slot:08x}")

    def _send(self, kind: str, code: str, value: str) -> None:
        self._events.send((TOUCH, kind, code, value))
