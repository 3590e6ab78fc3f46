"""What a person did on a device, and the promise of a monitor that records it."""

from dataclasses import dataclass
from typing import Protocol

from devices.actions import Action
from devices.device import Observation


@dataclass(frozen=True, slots=True)
class HumanAction:
    """An action of a person: the screen before it, and when it began and ended, in seconds of one monotonic clock.

    `seen_at` is when that screen was captured. `note` holds what the action type has no field for.
    """

    action: Action
    seen: Observation
    seen_at: float
    began: float
    ended: float
    note: str = ""


class InputMonitor(Protocol):
    """Screenshots and input events of a device that a person operates. It never sends input."""

    @property
    def name(self) -> str:
        """The device's name, for people and recordings."""
        ...

    @property
    def over(self) -> bool:
        """Whether the person has pressed the key that ends the recording."""
        ...

    @property
    def missed(self) -> tuple[str, ...]:
        """What was done and could not be recorded, one sentence each."""
        ...

    def observe(self) -> Observation:
        """The screen as it is now. Raises `DeviceLost`."""
        ...

    def watch(self) -> list[HumanAction]:
        """Capture and read events for a moment; the actions that are complete by now, in order.

        A click is complete once no second one can follow, text when something else is done. Raises `DeviceLost`,
        `Stopped`.
        """
        ...

    def flush(self) -> list[HumanAction]:
        """The actions still pending, when nothing more is awaited. Raises `DeviceLost`."""
        ...

    def close(self) -> None: ...
