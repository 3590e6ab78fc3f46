"""The reward of a MiniWoB++ episode, read from outside the page: the first one counts."""

import re
from dataclasses import dataclass

from devices import Action, ActionRefused, Device, DeviceLost, Observation, Stop
from devices.desktop.chromium import Chromium
from devices.desktop.devtools import Event
from tasks.task import Score, World

_REWARD = re.compile(r"reward: \S+ \(raw: (\S+)\)")  # what core.endEpisode writes to the console
_LATE = 0.5  # seconds that a reward may come after the policy has stopped: some pages fade something out first


@dataclass(frozen=True, slots=True)
class EpisodeEnd:
    """`raw` is the reward before it is scaled by the time that was left; `why` says what ended the episode."""

    raw: float
    why: str


class RewardMonitor:
    """Reads the reward from the browser's console events, from now on; it runs nothing in the page."""

    def __init__(self, page: Chromium, stop: Stop) -> None:
        self._page, self._stop = page, stop
        self._end: EpisodeEnd | None = None
        page.events()  # what belongs to an earlier episode

    def end(self) -> EpisodeEnd | None:
        """How the episode ended, None while it has not. Raises `DeviceLost` if the browser died before it did."""
        if self._end is None:
            self._end = next(filter(None, map(_end_from, self._page.events())), None)
        return self._end

    def check(self, world: World) -> Score:
        """The raw reward between 0 and 1: the world's answer and screen have no part in it."""
        for _ in range(round(_LATE / 0.01)):
            if end := self.end():
                return Score(min(1.0, end.raw) if end.raw > 0 else 0.0, end.why)
            self._stop.wait(0.01)
        return Score(0.0, "the page has not ended the episode, so there is no reward")


class EpisodeDevice:
    """`device` until the episode is over; then every action is refused, so that no action starts another episode."""

    def __init__(self, device: Device, monitor: RewardMonitor, stop: Stop) -> None:
        self._device, self._monitor, self._stop = device, monitor, stop
        self._why_closed = ""

    @property
    def name(self) -> str:
        return self._device.name

    def observe(self) -> Observation:
        self._refuse_closed()
        return self._device.observe()

    def perform(self, action: Action) -> None:
        self._refuse_closed()
        self._stop.check()
        if self._monitor.end():
            raise ActionRefused("the task is over: nothing that is done now counts, so nothing was done")
        self._device.perform(action)

    def close(self) -> None:
        """Let go of this episode; the browser stays open for the next one."""
        self._why_closed = "this episode was closed; reset the environment for another one"

    def _refuse_closed(self) -> None:
        if self._why_closed:
            raise DeviceLost(self._why_closed)


def _end_from(event: Event) -> EpisodeEnd | None:
    match event.method:
        case "Runtime.consoleAPICalled":
            for argument in event.params["args"]:
                if match := _REWARD.fullmatch(str(argument.get("value", ""))):
                    return _end_with(match[1])
        case "Page.frameNavigated" if "parentId" not in event.params["frame"]:
            return EpisodeEnd(0.0, "the task's page was left before it gave a reward")
    return None


def _end_with(raw: str) -> EpisodeEnd:
    try:
        return EpisodeEnd(float(raw), f"raw reward {raw}")
    except ValueError:  # `undefined`, from a page that computes none
        return EpisodeEnd(0.0, f"raw reward {raw!r}, which is no number")
