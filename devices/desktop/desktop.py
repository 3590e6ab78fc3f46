"""A desktop as a device: screen capture, and keyboard and pointer input."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol, TypeVar

from devices.actions import (
    Action,
    Click,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    TypeText,
    Wait,
    points_of,
)
from devices.desktop.accessibility.accessible import Accessible
from devices.desktop.accessibility.looks import Looks
from devices.desktop.backends import this_system
from devices.desktop.capture import Capture
from devices.desktop.geometry import Geometry
from devices.desktop.input import Input
from devices.desktop.keys import chord
from devices.desktop.pointer_watch import PointerWatch
from devices.desktop.release_guard import GuardGone, ReleaseGuard
from devices.desktop.system import System
from devices.device import ActionRefused, DeviceLost, Element, Observation, Refusal
from devices.stop import Stop
from devices.validity import refuse_invalid

T = TypeVar("T")


class Launcher(Protocol):
    """Starts applications."""

    def start(self, name: str) -> object:
        """Start the application that a person calls `name`. Raises `ActionRefused` when there is none."""
        ...


class Desktop:
    """One display of a desktop, `display` counting from 0. `display_name` is an X display, $DISPLAY by default.

    With `watch_pointer`, a pointer moved by hand stops everything; leave it off only where no hand can be. A started
    application has `app_seconds` to show a window. Several desktops may be open in one process, on different X
    displays, but only one may be acting at a time.

    With `accessibility`, what applications say of themselves is asked over the message bus of their session, at
    `session_bus`, the caller's own by default; without a bus there are pixels and windows.
    """

    def __init__(
        self,
        stop: Stop,
        launcher: Launcher,
        *,
        display_name: str | None = None,
        display: int = 0,
        watch_pointer: bool = True,
        app_seconds: float = 15.0,
        accessibility: bool = True,
        session_bus: str = "",
        name: str = "desktop",
    ) -> None:
        self._name = name
        self._stop = stop
        self._launcher = launcher
        self._app_seconds = app_seconds
        self._why_lost = ""
        self._seen: Geometry | None = None
        self._system: System = this_system(display_name, stop)
        system = self._system
        self._losses: tuple[type[Exception], ...] = (GuardGone, *system.lost)
        self._guard = ReleaseGuard(system.display, system.environment)
        system.use_guard(self._guard)
        self._capture = Capture(stop, system.layout, system.display or None, display)
        self._watch = PointerWatch(stop, system) if watch_pointer else None
        self._input = Input(system, self._guard, self._watch, stop)
        tree = system.accessibility(session_bus) if accessibility else None
        self._accessible = Accessible(self._frame, Looks(tree)) if tree is not None else None
        with ExitStack() as undo:
            undo.callback(self.close)
            system.gui()
            if self._watch is not None:
                self._watch.start(system.reader_for_thread(), system.lost)
            self._surely(lambda: self._capture.geometry)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._name

    def observe(self) -> Observation:
        """The display's pixels, and as elements the visible windows and what their applications say is in them.

        About 3 ms at 1280x800, and up to 0.4 s for what applications say. On a screen that never rests that may be a
        moment older than the pixels, and the look is `partial`.
        """
        return self._surely(self._look)

    def glance(self) -> Observation:
        """The display's pixels and its windows: about 3 ms at 1280x800. What stands still is asked about meanwhile."""
        return self._surely(self._glance)

    def perform(self, action: Action) -> None:
        """Do it and return when the window in front has taken it, or a quarter of a second later.

        A point is refused when the screen has changed its size since the last look: it was meant for another screen.
        A click is refused when the element it was aimed at says that it has left.
        """
        self._surely(lambda: self._do(action))

    def close(self) -> None:
        """Release everything and end the watch and the guard."""
        self._why_lost = self._why_lost or f"the {self._name} was closed"
        if self._watch is not None:
            self._watch.close()
        if self._accessible is not None:
            self._accessible.close()
        self._capture.close()
        self._guard.close()
        self._system.close()

    def _look(self) -> Observation:
        seen, self._seen = self._accessible.observe() if self._accessible else self._frame()
        return seen

    def _glance(self) -> Observation:
        seen, self._seen = self._accessible.glance() if self._accessible else self._frame()
        return seen

    def _frame(self) -> tuple[Observation, Geometry]:
        return observation_of(self._capture, self._system)

    def _do(self, action: Action) -> None:
        self._stop.check()
        geometry = self._capture.geometry
        if self._seen is not None and geometry != self._seen and points_of(action):
            raise ActionRefused(
                f"the screen was {self._seen.size[0]}x{self._seen.size[1]} when it was looked at and is now "
                f"{geometry.size[0]}x{geometry.size[1]}: look again before pointing at it",
                Refusal.STALE,
            )
        refuse_invalid(action, geometry.size)

        def at(point: Point) -> tuple[int, int]:
            return geometry.pointer_at(point)

        device = self._input
        self._guard.wait_ready(self._stop.wait)
        if self._accessible is not None:
            if isinstance(action, Click | LongPress):
                self._accessible.refuse_moved(action.at, at(action.at))
            self._accessible.act()
        match action:
            case Click(point, button, times, holding):
                device.click(*at(point), button, times, self._keys(holding))
            case LongPress(point, seconds):
                device.long_press(*at(point), seconds)
            case MoveTo(point):
                device.move(*at(point))
            case Drag(path, seconds, button, holding):
                device.drag([at(point) for point in path], seconds, button, self._keys(holding))
            case Scroll(point, direction, notches):
                device.scroll(*at(point), direction, notches)
            case TypeText(text):
                device.type(text)
                return  # typing waits for its own taking
            case Press(keys):
                device.press(self._keys(keys))
            case Wait(seconds):
                self._stop.wait(seconds)
                return
            case OpenApp(app):
                self._open(app)
        self._system.sync_input()

    def _keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return self._system.key_names(chord(names)) if names else ()

    def _open(self, app: str) -> None:
        if not self._system.new_window(lambda: self._launcher.start(app), self._app_seconds):
            raise ActionRefused(f"{app!r} was started but showed no window within {self._app_seconds:g} seconds")

    def _surely(self, work: Callable[[], T]) -> T:
        """What `work` returns; once the display is lost, every call says so."""
        if self._why_lost:
            raise DeviceLost(self._why_lost)
        try:
            return work()
        except DeviceLost as error:
            self._why_lost = str(error)
            raise
        except self._losses as error:
            self._guard.close()  # it lets go of whatever could not be released over a broken connection
            gone = "" if isinstance(error, GuardGone) else f"the display is gone: {type(error).__name__} "
            self._why_lost = f"{gone}{error}".strip()
            raise DeviceLost(self._why_lost) from error


def observation_of(capture: Capture, system: System) -> tuple[Observation, Geometry]:
    """What `capture` shows, with the windows that `system` lists as elements, and its geometry. 3 ms at 1280x800."""
    pixels, geometry = capture.grab()
    at = time.time()
    windows = system.windows()
    elements = []
    for window in windows:
        if box := geometry.box_of(window.left, window.top, window.width, window.height):
            elements.append(Element("window", window.title, box, window.focused))
    front = next((window.title for window in windows if window.focused), "")
    return Observation(pixels, front, at, tuple(elements)), geometry
