"""Recorded screens as a device that refuses every action but the recorded one."""

from collections.abc import Sequence
from dataclasses import replace

from devices.actions import Action, describe
from devices.device import ActionRefused, DeviceLost, Observation
from devices.stop import Stop
from devices.validity import refuse_invalid


class Replay:
    """Shows the recorded screens in order, and moves on only when asked for the very action that was recorded.

    `screens` are the N + 1 screens of the N `actions`. Any other action is refused by naming both, so the first
    divergence between then and now is found where it happens.
    """

    def __init__(self, screens: Sequence[Observation], actions: Sequence[Action], stop: Stop | None = None) -> None:
        if len(screens) != len(actions) + 1:
            raise ValueError(f"{len(actions)} actions need {len(actions) + 1} screens; found {len(screens)}")
        self.name = "replay"
        self._screens, self._actions = tuple(screens), tuple(actions)
        self._stop = stop or Stop()
        self._at = 0
        self._open = True

    @property
    def exhausted(self) -> bool:
        """True when every recorded action was asked for."""
        return self._at == len(self._actions)

    def observe(self) -> Observation:
        if not self._open:
            raise DeviceLost("the replay was closed; open the recording again")
        return replace(self._screens[self._at].in_memory(), settle=0.0)

    def perform(self, action: Action) -> None:
        seen = self.observe()
        self._stop.check()
        recorded = None if self.exhausted else self._actions[self._at]
        if action != recorded:
            refuse_invalid(action, seen.size)
            then = f"step {self._at} is to {describe(recorded)}" if recorded else "it ends here"
            raise ActionRefused(f"the recording goes another way: {then}; asked to {describe(action)}")
        self._at += 1

    def close(self) -> None:
        self._open = False
