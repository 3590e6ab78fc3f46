"""Captures until the screen is still: the one owner of waiting for a screen."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from devices.actions import Action, Click, MoveTo, Press, Scroll, TypeText, Wait
from devices.changes import change_between
from devices.device import Device, Observation, glance
from devices.stop import Stop, Stopped
from devices.wrappers import Wrapper

ACTIVATING_KEYS = frozenset({"enter", "return", "space", "alt"})
AFTER_TEXT = 0.25
"""Minimum seconds from typed text to a key or click: a GTK file dialog ignores Enter for 180 ms after a name."""


def quiet_after(action: Action) -> float:
    """Seconds without a change after which `action` counts as carried out, measured with GTK 3.24.

    A key that activates a button lights it for 250 ms, in a file dialog twice, with 510 ms between the first light and
    the end of the dialog.
    """
    match action:
        case Wait() | MoveTo():
            return 0.0
        case Scroll():
            return 0.1
        case Press(keys) if not ACTIVATING_KEYS.isdisjoint(key.lower() for key in keys):
            return 0.7
        case TypeText(text):
            return 0.7 if text.endswith("\n") else 0.05
    return 0.3


class Settled(Wrapper):
    """Captures until the screen is still; `Observation.settle` is the seconds that took.

    Still means that a frame equals one of the last few, so that a blinking caret causes no delay. Frames are begun at
    least `gap` seconds apart, the frame time of a 60 Hz screen. After an action the screen gets time to change: where a
    window has the focus, `first_change` seconds, four frames of a toolkit's clock; and after a change, until there was
    none for `quiet_after` the action. After `budget` seconds the last frame is returned: some screens never rest.
    """

    REMEMBERED = 6

    def __init__(
        self,
        device: Device,
        stop: Stop,
        *,
        gap: float = 0.017,
        first_change: float = 0.08,
        budget: float = 2.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(device)
        self._stop, self._gap, self._first_change, self._budget = stop, gap, first_change, budget
        self._clock = clock
        self._before: Observation | None = None
        self._quiet = 0.0
        self._text_done_at = 0.0

    def observe(self) -> Observation:
        started = changed = begun = self._clock()
        whole = bool(self._stop.reason)  # then there is only this one
        now = self.device.observe() if whole else glance(self.device)
        frames = deque([self._before, now] if self._before and self._quiet else [now], maxlen=self.REMEMBERED)
        answered = not change_between(frames[0], now).nothing
        while self._clock() - started < self._budget and not self._stop.reason:
            try:
                self._stop.wait(max(0.0, begun + self._gap - self._clock()))
            except Stopped:
                break  # a frame is returned after a stop too, without more waiting
            begun = self._clock()
            # Only a frame that may be the last is looked at with all its elements.
            whole = begun + self._gap - changed >= self._needed(now, answered)
            now = self.device.observe() if whole else glance(self.device)
            if not change_between(frames[-1], now).nothing:
                changed, answered = self._clock(), True
            known = any(change_between(frame, now).nothing for frame in reversed(frames))
            if known and whole and self._clock() - changed >= self._needed(now, answered):
                break
            frames.append(now)
        if not whole:
            now = self.device.observe()
        self._before, self._quiet = replace(now, settle=self._clock() - started), 0.0
        return self._before

    def _needed(self, now: Observation, answered: bool) -> float:
        if answered or not self._quiet:
            return self._quiet
        return self._first_change if now.front else 0.0

    def perform(self, action: Action) -> None:
        if isinstance(action, Press | Click):
            self._stop.wait(max(0.0, self._text_done_at - self._clock()))
        self._quiet = quiet_after(action)
        self.device.perform(action)
        if isinstance(action, TypeText):
            self._text_done_at = self._clock() + AFTER_TEXT
