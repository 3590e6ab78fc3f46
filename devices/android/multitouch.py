"""Linux's multi-touch protocol B decoded: contacts on a touch screen from its events."""

from dataclasses import dataclass
from typing import Literal

from devices.android.getevent import InputEvent

MOST_SLOTS = 32


@dataclass(frozen=True, slots=True)
class Contact:
    """A report of the first finger, in units of the panel. `fingers` is how many were down at once since it came."""

    phase: Literal["down", "move", "up"]
    at: float
    x: int
    y: int
    fingers: int


@dataclass(slots=True)
class _Slot:
    """The state of one slot; values that a report does not repeat stay as they were."""

    x: int = 0
    y: int = 0
    tracked: bool = False


class MultitouchDecoder:
    """Takes events of one touch screen (Documentation/input/multi-touch-protocol.rst) and follows the first finger."""

    def __init__(self) -> None:
        self._slots: dict[int, _Slot] = {}
        self._slot = 0
        self._first: int | None = None
        self._most = 0

    def decode(self, event: InputEvent) -> Contact | None:
        """The contact that `event` completes: at the end of a report, None within it."""
        slot = self._slots.setdefault(self._slot, _Slot())
        match event.code:
            case "ABS_MT_SLOT":
                self._slot = event.number % MOST_SLOTS
            case "ABS_MT_TRACKING_ID":
                slot.tracked = event.number >= 0
            case "ABS_MT_POSITION_X":
                slot.x = event.number
            case "ABS_MT_POSITION_Y":
                slot.y = event.number
            case "SYN_REPORT":
                return self._report(event.at)
        return None

    def _report(self, at: float) -> Contact | None:
        tracked = [number for number, slot in self._slots.items() if slot.tracked]
        self._most = max(self._most, len(tracked)) if self._first is not None else len(tracked)
        if self._first is None:
            if not tracked:
                return None
            self._first = tracked[0]
            return self._contact("down", at)
        if tracked:
            return self._contact("move", at)
        lifted = self._contact("up", at)
        self._first = None
        return lifted

    def _contact(self, phase: Literal["down", "move", "up"], at: float) -> Contact:
        slot = self._slots[self._first or 0]
        return Contact(phase, at, slot.x, slot.y, self._most)
