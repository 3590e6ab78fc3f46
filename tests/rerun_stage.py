"""Stages for reruns: desktops that look otherwise than when the work was recorded, and the recordings themselves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from agent.builtin import Builtin, Reader, read_text
from agent.episode import Episode, Limits
from agent.loop import run_episode
from agent.policy import Policy
from agent.recordings.writer import Recorder
from agent.rerun.policy import relocated
from devices import Action, Box, Device, Observation, OpenApp, Point, Stop
from devices.actions import points_of
from devices.desktop import session_config
from devices.desktop.sandbox import Sandbox
from devices.desktop.x11 import connect
from devices.settled import Settled
from devices.wrappers import Fresh, Wrapper
from tasks.suite import Environment
from tasks.suites.desktop import TASKS
from tasks.suites.miniwob.environment import MiniwobEnvironment
from tasks.task import Score, Task
from tasks.world import LiveWorld
from tests.conftest import until
from tests.doubles.following import Following

READER = Reader()

CLICKED = (
    *("multiply-by-clicking", "open-through-the-menu", "replace-a-word", "correct-a-word", "show-line-numbers"),
    *("rename-a-file", "delete-a-file", "scroll-to-the-end", "write-a-note", "two-applications"),
)
"""Ten desktop tasks: most are solved by clicks, the others by keys and text."""

DARK = {
    ".config/gtk-3.0/settings.ini": "gtk-application-prefer-dark-theme=true\n",
    ".gtkrc-2.0": """\
style "dark" {
  bg[NORMAL] = "#2b2b2b" fg[NORMAL] = "#e0e0e0" base[NORMAL] = "#202020" text[NORMAL] = "#e0e0e0"
  bg[PRELIGHT] = "#3b3b3b" fg[PRELIGHT] = "#ffffff" bg[ACTIVE] = "#222222" fg[ACTIVE] = "#e0e0e0"
  bg[SELECTED] = "#7a4fbf" fg[SELECTED] = "#ffffff" base[SELECTED] = "#7a4fbf" text[SELECTED] = "#ffffff"
  base[ACTIVE] = "#4a3a66" text[ACTIVE] = "#ffffff" bg[INSENSITIVE] = "#2b2b2b" fg[INSENSITIVE] = "#808080"
}
class "*" style "dark"
""",
}


@dataclass(frozen=True)
class Look:
    """How a desktop looks: `dpi` of its text, dark or light, and by how much its windows open elsewhere."""

    dpi: int = 96
    dark: bool = False
    shift: tuple[int, int] = (0, 0)
    size: tuple[int, int] = (1280, 800)


LOOKS = {
    "same": Look(),
    "moved": Look(shift=(131, -74)),
    "1.25x": Look(dpi=120, size=(1600, 1000)),
    "1.5x": Look(dpi=144, size=(1920, 1200)),
    "dark": Look(dark=True),
}


class ShiftedWindows(Wrapper):
    """Opens every application's window elsewhere than the window manager would."""

    def __init__(self, sandbox: Sandbox, shift: tuple[int, int]) -> None:
        super().__init__(sandbox)
        self._display, self._shift = sandbox.private.display_name, shift

    def perform(self, action: Action) -> None:
        self.device.perform(action)
        if isinstance(action, OpenApp) and self._shift != (0, 0):
            move_active_window(self._display, self._shift)


def move_active_window(display_name: str, shift: tuple[int, int]) -> None:
    """Ask the window manager to move the window that has the focus."""
    from Xlib import X
    from Xlib.protocol import event

    display = connect(display_name)
    try:
        root = display.screen().root
        name = display.intern_atom("_NET_ACTIVE_WINDOW")
        active = until(lambda: root.get_full_property(name, X.AnyPropertyType)).value[0]
        window = display.create_resource_object("window", active)
        area, corner = window.get_geometry(), window.translate_coords(root, 0, 0)
        left, _, top, _ = window.get_full_property(display.intern_atom("_NET_FRAME_EXTENTS"), X.AnyPropertyType).value
        x, y = -corner.x - left + shift[0], -corner.y - top + shift[1]
        flags = 1 | 1 << 8 | 1 << 9  # north-west gravity; x and y are given
        move = event.ClientMessage(
            window=window,
            client_type=display.intern_atom("_NET_MOVERESIZE_WINDOW"),
            data=(32, [flags, x, y, area.width, area.height]),
        )
        root.send_event(move, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        display.sync()
    finally:
        display.close()


def styled_sandbox(look: Look, stop: Stop) -> Sandbox:
    """A fresh desktop that looks like `look`."""
    from Xlib import X, Xatom

    sandbox = Sandbox(stop, look.size)
    if look.dark:
        for name, text in DARK.items():
            sandbox.probe.write(f"~/{name}", sandbox.probe.read(f"~/{name}") + text.encode())
    resources = session_config.RESOURCES.replace("Xft.dpi: 96", f"Xft.dpi: {look.dpi}")
    if look.dark:
        resources += "XTerm*reverseVideo: true\n"
    display = connect(sandbox.private.display_name)
    display.screen().root.change_property(
        Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, resources.encode(), X.PropModeReplace
    )
    display.sync()
    display.close()
    return sandbox


def attempt(
    task: Task, policy: Policy, folder: Path, look: Look, limits: Limits | None = None
) -> tuple[Episode, Score]:
    """What `policy` did about `task` on a fresh desktop of that `look`, recorded, and what the world says."""
    stop = Stop()
    sandbox = styled_sandbox(look, stop)
    try:
        task.setup(sandbox.probe)
        device = Settled(Fresh(ShiftedWindows(sandbox, look.shift)), stop)
        recorder = Recorder(folder, task.goal, device="sandbox", agent=policy.name)
        episode = run_episode(task.goal, device, policy, limits=limits, journal=recorder, stop=stop)
        world = LiveWorld(sandbox, sandbox.probe, episode.answer, lambda seen: read_text(seen, READER))
        score = task.check(world)
        recorder.judge(episode, "verified" if score.passed else "failed", score.reason)
        return episode, score
    finally:
        sandbox.close()


WEB_TASKS = (
    *("click-test", "click-button", "click-link", "click-dialog", "click-option", "click-checkboxes", "enter-text"),
    *("login-user", "use-slider", "choose-list", "copy-paste", "choose-date", "drag-sort-numbers"),
)
"""Thirteen tasks of MiniWoB++: pointing, typing, keys, a native list, a calendar, drags."""

SCALES = {"1.25x": 3.75, "1.5x": 4.5}


class TransformedScreen(Wrapper):
    """The device's screen moved by `shift` and scaled within a larger one, in inverted colours if asked."""

    def __init__(
        self, device: Device, shift: tuple[int, int] = (0, 0), scale: float = 1.0, *, inverted: bool = False
    ) -> None:
        super().__init__(device)
        self._shift, self._scale, self._inverted = shift, scale, inverted

    def observe(self) -> Observation:
        seen = self.device.observe()
        scaled = cv2.resize(seen.pixels, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_CUBIC)
        pixels = np.asarray(255 - scaled if self._inverted else scaled, np.uint8)
        right, down = self._shift
        screen = np.full((pixels.shape[0] + down, pixels.shape[1] + right, 3), 112, np.uint8)
        screen[down:, right:] = pixels
        return replace(
            seen, pixels=screen, elements=tuple(replace(each, box=self._box(each.box)) for each in seen.elements)
        )

    def _box(self, box: Box) -> Box:
        (right, down), scale = self._shift, self._scale
        left, top = round(scale * box.left) + right, round(scale * box.top) + down
        return Box(left, top, round(scale * box.right) + right, round(scale * box.bottom) + down)

    def perform(self, action: Action) -> None:
        right, down = self._shift
        back = tuple(
            Point(round((point.x - right) / self._scale), round((point.y - down) / self._scale))
            for point in points_of(action)
        )
        self.device.perform(relocated(action, back))


def web_environment(look: str, stop: Stop) -> MiniwobEnvironment:
    """A browser for MiniWoB++ whose pages are drawn as `look` says."""
    return MiniwobEnvironment(stop, SCALES.get(look, 3), dark=look == "dark")


def attempt_web(
    environment: Environment, task: str, seed: int, policy: Policy | None, folder: Path, look: str, stop: Stop
) -> tuple[Episode, Score]:
    """What `policy`, or the oracle, did about one page, recorded, and its reward."""
    stage = environment.reset(task, seed)
    who = policy or Following(stage.oracle, stage.answer)
    device = Settled(Fresh(TransformedScreen(stage.device, (97, 61)) if look == "moved" else stage.device), stop)
    recorder = Recorder(folder, stage.goal, device="miniwob", agent=who.name)
    limits = Limits(steps=400, seconds=240)
    episode = run_episode(stage.goal, device, who, limits=limits, journal=recorder, stop=stop)
    world = LiveWorld(device, stage.probe, episode.answer, lambda seen: read_text(seen, READER))
    score = stage.check(world)
    recorder.judge(episode, "verified" if score.passed else "failed", score.reason)
    return episode, score


def record_web(
    folder: Path, tasks: tuple[str, ...] = WEB_TASKS, seeds: int = 3, say: Callable[[str], None] = print
) -> None:
    """Record the oracles at `tasks`, one recording for each seed; those there already are kept."""
    stop = Stop()
    environment = web_environment("same", stop)
    try:
        for task in tasks:
            for seed in range(seeds):
                if not (place := folder / f"{task}-{seed}").exists():
                    episode, score = attempt_web(environment, task, seed, None, place, "same", stop)
                    say(f"{task}-{seed}: {episode.ending} {score.value:g} {score.reason}, {len(episode.steps)} steps")
    finally:
        environment.close()


def record_desktop(
    folder: Path, names: tuple[str, ...] = CLICKED, look: str = "same", say: Callable[[str], None] = print
) -> None:
    """Record the embedded default at `names`, one recording each under `folder`; those there already are kept."""
    for task in TASKS:
        if task.name in names and not (folder / task.name).exists():
            episode, score = attempt(task, Builtin(), folder / task.name, LOOKS[look])
            say(f"{task.name}: {episode.ending} {score.value:g} {score.reason}, {len(episode.steps)} steps")
