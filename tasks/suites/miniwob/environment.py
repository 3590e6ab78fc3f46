"""One browser in which MiniWoB++ episodes are set up one after another, each from its task's name and seed."""

import difflib
import subprocess
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from devices import DeviceLost, MoveTo, Point, Stop
from devices.desktop.kiosk import Kiosk
from devices.settled import Settled
from tasks.suite import TaskInstance
from tasks.suites.miniwob.names import NAMES, steps_for
from tasks.suites.miniwob.oracles import ORACLES
from tasks.suites.miniwob.page_state import PageState
from tasks.suites.miniwob.reward import EpisodeDevice, RewardMonitor

SCALE = 3
"""Pixels of the screen to one of the page's: at 1 OCR finds 78 % of the words, at 2 or 3 more than 90 %."""

SIZE = (168, 252)
"""In pixels of the page: the screen is the task and little else, 160 x 210, and what overflows, at most 164 x 234."""

_LAYOUT_WIDTH = 164
"""Pixels of the page: jQuery lays dialogs out 300 wide before it shrinks them, and a narrower window clips them."""

_FONTS = ("liberation", "arial")
_EPISODE_SECONDS = 600
_READY_SECONDS = 20.0
_LOADED = "typeof core != 'undefined' && core.cover_div != null"
_START = """(() => {
    for (const id of ['reward-display', 'click-canvas']) document.getElementById(id).style.display = 'none';
    core.cover_div.onclick = null;
    Math.seedrandom(%d);
    if (core.setDataMode) core.setDataMode('train');
    core.EPISODE_MAX_TIME = %d;
    core.startEpisodeReal();
})()"""
"""Hides what shows the reward, takes the next episode from the cover, and begins one with time for a slow model."""

_UTTERANCE = "(goal => goal.utterance || goal)(core.getUtterance())"
_PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def page_seed(task: str, seed: int) -> int:
    """The seed of the page's random numbers: the same on every machine, and different for every task."""
    return int.from_bytes(sha256(f"{task}/{seed}".encode()).digest()[:8], "big") % 2**31


def pages_folder() -> Path:
    """The folder of the pages, each `TASK.html`; nothing is imported. Raises `DeviceLost` without the package."""
    spec = find_spec("miniwob")  # a top-level package is found without being run
    if spec is None or not spec.submodule_search_locations:
        raise DeviceLost(
            "MiniWoB++'s pages come with the package miniwob, which is not installed: pip install 'screenhand[miniwob]'"
        )
    return Path(spec.submodule_search_locations[0]) / "html" / "miniwob"


class MiniwobEnvironment:
    """A Chromium that shows one task after another; one that has died is replaced. See `tasks.suite.Environment`."""

    def __init__(self, stop: Stop, scale: float = SCALE, *, dark: bool = False) -> None:
        self._stop, self._scale, self._dark = stop, scale, dark
        self._size = round(SIZE[0] * scale), round(SIZE[1] * scale)
        self._pages = pages_folder()
        self._device: EpisodeDevice | None = None
        self.kiosk = self._open_kiosk()
        self._font = _font_for_arial(self.kiosk)

    def reset(self, task: str, seed: int) -> TaskInstance:
        if task not in NAMES:
            close = ", ".join(difflib.get_close_matches(task, NAMES, 3, 0.4)) or f"{NAMES[0]} to {NAMES[-1]}"
            raise ValueError(f"MiniWoB++ has no task {task!r}; the closest of its {len(NAMES)}: {close}")
        if self._device is not None:
            self._device.close()
        if not self.kiosk.page.devtools.alive or not self.kiosk.page.alone():
            self.kiosk.close()
            self.kiosk = self._open_kiosk()
        kiosk, page = self.kiosk, self.kiosk.page
        kiosk.perform(MoveTo(Point(self._size[0] - 1, self._size[1] - 1)))  # where nothing is lit by it
        kiosk.empty_clipboard()
        page.go((self._pages / f"{task}.html").as_uri())
        page.until(_LOADED, _READY_SECONDS)
        page.evaluate(_START % (page_seed(task, seed), _EPISODE_SECONDS * 1000))
        monitor = RewardMonitor(page, self._stop)
        page.until("WOB_TASK_READY", _READY_SECONDS)
        goal = str(page.evaluate(_UTTERANCE))
        page.evaluate(_PAINTED)
        Settled(kiosk, self._stop).observe()  # what the browser has painted reaches the display a little later
        self._device = EpisodeDevice(kiosk, monitor, self._stop)
        about = {
            "browser": page.version,
            "font for Arial": self._font,
            "scale": str(self._scale),
            "miniwob": version("miniwob"),
            "page seed": str(page_seed(task, seed)),
        }
        oracle = ORACLES[task](PageState(page, self._stop, goal, self._scale)) if task in ORACLES else ()
        return TaskInstance(goal, self._device, kiosk.probe, monitor.check, oracle, steps=steps_for(task), about=about)

    def close(self) -> None:
        """End the browser. May be called twice."""
        if self._device is not None:
            self._device.close()
        self.kiosk.close()

    def _open_kiosk(self) -> Kiosk:
        first, wider = (self._pages / f"{NAMES[0]}.html").as_uri(), round(_LAYOUT_WIDTH * self._scale)
        return Kiosk(self._stop, first, self._size, self._scale, wider, readable=[self._pages.parent], dark=self._dark)


def _font_for_arial(kiosk: Kiosk) -> str:
    """What the browser draws Arial with. Raises `DeviceLost` where it is wider or narrower: that moves every target."""
    font = "nothing that fontconfig knows"
    with suppress(OSError, subprocess.SubprocessError):
        font = kiosk.probe.run(("fc-match", "Arial")).strip()
    if not font.lower().startswith(_FONTS):
        kiosk.close()
        raise DeviceLost(
            f"MiniWoB++ is laid out for Arial, which is drawn with {font} here; it needs a font of the same measures. "
            "On Debian: apt-get install fonts-liberation"
        )
    return font
