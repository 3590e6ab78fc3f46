"""What a person did on a device, and the promise of whoever looks on meanwhile."""

from dataclasses import dataclass
from typing import Protocol

from devices.actions import Action
from devices.device import Observation


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of a person: the screen as it was before, and when it began and ended, in seconds of the same clock.

    `looked` is when that screen was seen. `note` says what the action has no place for.
    """

    action: Action
    seen: Observation
    looked: float
    began: float
    ended: float
    note: str = ""


class Onlooker(Protocol):
    """Eyes and ears at a device that a person works. It never acts."""

    @property
    def name(self) -> str:
        """What the device is, for people and recordings."""
        ...

    @property
    def over(self) -> bool:
        """Whether the person has said, by the key for it, that this was all."""
        ...

    @property
    def unheard(self) -> tuple[str, ...]:
        """What was done and could not be told, in words."""
        ...

    def observe(self) -> Observation:
        """The screen as it is now. Raises `DeviceLost`."""
        ...

    def watch(self) -> list[Deed]:
        """Look and listen for a moment, and return what is known by now to have been done, in order.

        An action is known when it has ended: a click once no second one follows, text when something else does. Raises
        `DeviceLost`, `Stopped`.
        """
        ...

    def rest(self) -> list[Deed]:
        """What has been done and not been told yet, when nothing more is awaited. Raises `DeviceLost`."""
        ...

    def close(self) -> None: ...
