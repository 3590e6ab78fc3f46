"""The habit of looking until the screen is still: the one owner of waiting for a screen."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from devices.actions import Action, Click, MoveTo, Press, Scroll, TypeText, Wait
from devices.changes import change_between
from devices.device import Device, Observation
from devices.stop import Stop, Stopped
from devices.wrappers import Wrapper

ACTIVATING_KEYS = frozenset({"enter", "return", "space", "alt"})


RIPENING = 0.25
"""Seconds that typed text is given before it is acted on: a GTK file dialog ignores Enter for 180 ms after a name."""


def quiet_after(action: Action) -> float:
    """Seconds without news that mean an application has answered `action`, measured with GTK 3.24.

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
    """Looks until the screen is still, and says in `Observation.settle` how many seconds that took.

    Still means that a glance equals one of the last few, each begun at least `gap` seconds after the one before, which
    is a frame of a 60 Hz screen: a caret that blinks delays nobody, and a slow capture is the gap itself. After
    an action the screen is given time to answer: where a window has the focus, `patience` seconds for the first change,
    four rounds of a toolkit's frame clock; and once something changed, until nothing did for `quiet_after` the action.
    After `budget` seconds the screen is taken as it is: some never rest.
    """

    REMEMBERED = 6

    def __init__(
        self,
        device: Device,
        stop: Stop,
        *,
        gap: float = 0.017,
        patience: float = 0.08,
        budget: float = 2.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(device)
        self._stop, self._gap, self._patience, self._budget = stop, gap, patience, budget
        self._clock = clock
        self._before: Observation | None = None
        self._quiet = 0.0
        self._ripe_at = 0.0

    def observe(self) -> Observation:
        started = news = begun = self._clock()
        now = self.device.observe()
        glances = deque([self._before, now] if self._before and self._quiet else [now], maxlen=self.REMEMBERED)
        answered = not change_between(glances[0], now).nothing
        while self._clock() - started < self._budget and not self._stop.reason:
            try:
                self._stop.wait(max(0.0, begun + self._gap - self._clock()))
            except Stopped:
                break  # looking goes on after a stop, it only waits for nothing any more
            begun = self._clock()
            now = self.device.observe()
            if not change_between(glances[-1], now).nothing:
                news, answered = self._clock(), True
            known = any(change_between(glance, now).nothing for glance in reversed(glances))
            if known and self._clock() - news >= self._needed(now, answered):
                break
            glances.append(now)
        self._before, self._quiet = replace(now, settle=self._clock() - started), 0.0
        return self._before

    def _needed(self, now: Observation, answered: bool) -> float:
        if answered or not self._quiet:
            return self._quiet
        return self._patience if now.front else 0.0

    def perform(self, action: Action) -> None:
        if isinstance(action, Press | Click):
            self._stop.wait(max(0.0, self._ripe_at - self._clock()))
        self._quiet = quiet_after(action)
        self.device.perform(action)
        if isinstance(action, TypeText):
            self._ripe_at = self._clock() + RIPENING
