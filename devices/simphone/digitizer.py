"""The touch screen and the side keys as the phone's kernel tells of them: what real fingers do, and nothing else."""

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from devices.simphone.phone import Phone
from devices.stop import Stop

TOUCH, KEYS = "/dev/input/event3", "/dev/input/event0"
MOST = (4095, 4095)
"""The last unit of each axis: panels seldom count in pixels."""
KEY_CODES = {"KEY_VOLUMEUP": 24, "KEY_VOLUMEDOWN": 25, "KEY_POWER": 26, "KEY_BACK": 4, "KEY_HOMEPAGE": 3}
Event = tuple[str, str, str, str]
"""Device, kind, code and value, as `getevent -l` prints them."""


class Digitizer:
    """A finger's strokes and presses of keys reach `phone`, and whoever listens hears of them as they happen."""

    def __init__(self, phone: Phone, clock: Callable[[], float] = time.monotonic) -> None:
        self._phone, self._clock = phone, clock
        self._ears: list[queue.SimpleQueue[tuple[float, Event]]] = []
        self._tracking = 0

    @contextmanager
    def heard(self) -> "Iterator[queue.SimpleQueue[tuple[float, Event]]]":
        """Events from here on, each with its time in seconds."""
        ear: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()
        self._ears.append(ear)
        try:
            yield ear
        finally:
            self._ears.remove(ear)

    @property
    def listeners(self) -> int:
        return len(self._ears)

    def stroke(self, path: Sequence[tuple[float, int, int]], stop: Stop, *, fingers: int = 1) -> None:
        """A finger along (seconds since its start, x, y) of the frame as it is held, in real time; raises `Stopped`.

        With more `fingers` the others keep beside it; what the phone makes of it is what it makes of the first.
        """
        last: tuple[int, int] | None = None
        for place, (seconds, x, y) in enumerate(path):
            stop.wait(max(0.0, seconds - (path[place - 1][0] if place else 0.0)))
            unit = self._unit(x, y)
            for slot in range(fingers):
                self._tell((TOUCH, "EV_ABS", "ABS_MT_SLOT", f"{slot:08x}")) if fingers > 1 else None
                if not place:
                    self._tracking += 1
                    self._tell((TOUCH, "EV_ABS", "ABS_MT_TRACKING_ID", f"{self._tracking:08x}"))
                for axis, name in enumerate("XY"):  # the kernel tells of what has changed, and of nothing else
                    if last is None or last[axis] != unit[axis] or fingers > 1:
                        at = min(unit[axis] + 200 * slot, MOST[axis])
                        self._tell((TOUCH, "EV_ABS", f"ABS_MT_POSITION_{name}", f"{at:08x}"))
            if not place:
                self._tell((TOUCH, "EV_KEY", "BTN_TOUCH", "DOWN"))
            self._tell((TOUCH, "EV_SYN", "SYN_REPORT", "00000000"))
            last = unit
        for slot in range(fingers):
            self._tell((TOUCH, "EV_ABS", "ABS_MT_SLOT", f"{slot:08x}")) if fingers > 1 else None
            self._tell((TOUCH, "EV_ABS", "ABS_MT_TRACKING_ID", "ffffffff"))
        self._tell((TOUCH, "EV_KEY", "BTN_TOUCH", "UP"))
        self._tell((TOUCH, "EV_SYN", "SYN_REPORT", "00000000"))
        self._phone.touch(path)

    def press(self, key: str) -> None:
        """Press one of the `KEY_CODES` and let go of it."""
        for value in ("DOWN", "UP"):
            self._tell((KEYS, "EV_KEY", key, value))
            self._tell((KEYS, "EV_SYN", "SYN_REPORT", "00000000"))
        self._phone.key((KEY_CODES[key],))

    def _tell(self, event: Event) -> None:
        now = self._clock()
        for ear in list(self._ears):
            ear.put((now, event))

    def _unit(self, x: int, y: int) -> tuple[int, int]:
        """A pixel of the frame as a unit of the panel, which does not turn with the picture."""
        width, height = self._phone.size
        across, down = (x + 0.5) / width, (y + 0.5) / height
        match self._phone.rotation:
            case 1:
                across, down = 1 - down, across
            case 2:
                across, down = 1 - across, 1 - down
            case 3:
                across, down = down, 1 - across
        return int(across * (MOST[0] + 1)), int(down * (MOST[1] + 1))
