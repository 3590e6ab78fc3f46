"""An Android phone or emulator over adb: its screen seen, its touch screen and keys worked."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TypeVar

from devices.actions import (
    Action,
    Click,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Press,
    Scroll,
    TypeText,
    Wait,
    describe,
    points_of,
)
from devices.android import hands
from devices.android.blackness import Sight, Sights, Why
from devices.android.capture import Capture
from devices.android.choosing import chosen_serial
from devices.android.geometry import in_units
from devices.android.injecting import inject
from devices.android.launcher import Launcher
from devices.android.link import ANSWER_SECONDS, RECONNECT_SECONDS, Link
from devices.android.listening import Lines
from devices.android.lock import PhoneLock
from devices.android.probe import AndroidProbe
from devices.android.server import default_server
from devices.android.state import FOCUS, State, read_focus
from devices.android.stream import Server
from devices.android.typist import Typist
from devices.android.widgets import Widgets
from devices.device import ActionRefused, DeviceLost, Observation, Refusal
from devices.stop import Stop, Stopped
from devices.validity import refuse_invalid

T = TypeVar("T")

RECENT = 0.3
"""Seconds for which a look tells how the phone is held; later it is asked before a point is touched."""


class Android:
    """The phone with `serial`, "" for the only one there is; held alone, across processes, until `close`.

    `server` is where the adb server listens, by default where the environment says. With `elements` None the widgets
    on the screen are told as long as asking is quick (0.7 s). With `wake`, a screen that is off is switched on at
    a look. After a drop of the link it waits `reconnect_seconds` for the same phone, and for every answer
    `answer_seconds`. Raises `DeviceLost`, `Stopped`.
    """

    def __init__(
        self,
        serial: str,
        stop: Stop,
        *,
        server: tuple[str, int] | None = None,
        elements: bool | None = None,
        wake: bool = True,
        reconnect_seconds: float = RECONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        app_seconds: float = 15.0,
        name: str = "android",
    ) -> None:
        self._name = name
        self._stop = stop
        self._why_lost = ""
        self._seen: tuple[int, int] | None = None
        self._units: tuple[int, int] | None = None
        self._looked = 0.0
        self._sight: Sight | None = None
        where = Server(*server) if server else default_server()
        self.serial = chosen_serial(serial, where, stop)
        with ExitStack() as undo:
            self._lock = PhoneLock(self.serial)
            undo.callback(self._lock.close)
            self._link = Link(
                where, self.serial, stop, reconnect_seconds=reconnect_seconds, answer_seconds=answer_seconds
            )
            undo.callback(self._link.close)
            self._capture = Capture(self._link)
            self._sights = Sights(self._link, self._capture, stop, wake=wake)
            self._widgets = Widgets(self._link, elements)
            self._typist = Typist(self._link, stop, self._field)
            self._launcher = Launcher(self._link, stop, app_seconds)
            self.probe = AndroidProbe(self._link)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._name

    @property
    def identity(self) -> str:
        """Which phone it is, for people."""
        return str(self._link.identity)

    @property
    def why_black(self) -> Why:
        """Why the last look shows nothing; "" when it shows something."""
        return self._sight.why if self._sight else ""

    @property
    def captured_by(self) -> str:
        """ "raw" or "PNG", whichever was faster at the first look; "" before it."""
        return self._capture.way

    @property
    def why_no_elements(self) -> str:
        """Why looks carry no elements, "" while they do."""
        return self._widgets.why_not

    @property
    def rotation(self) -> int:
        """Quarter turns of the picture at the last look, 0 to 3, counter-clockwise as android.view.Surface has them."""
        return self._sight.frame.focus.rotation if self._sight else 0

    def listen(self, command: str) -> Lines:
        """What `command`, already quoted, prints while it runs; the caller closes it. Raises `DeviceLost`."""
        return Lines(self._link.server, self.serial, command)

    def state(self) -> State:
        """What the phone says of itself in one round trip. Raises `DeviceLost`, `Stopped`."""
        return self._surely(self._sights.state)

    def apps(self) -> list[str]:
        """The applications that can be opened, by name, or by package where the phone tells no name."""
        return self._surely(lambda: sorted(app.label or app.package for app in self._launcher.apps()))

    def observe(self) -> Observation:
        """The screen, and the widgets on it. `front` is package/activity, with the reason where nothing can be seen.

        A secure window is a real picture, black, that says so in `front`; its widgets may still be told.
        """
        return self._surely(self._look)

    def perform(self, action: Action) -> None:
        """Do it, once, and return when the phone has taken it.

        Raises `ActionRefused` also when the link dropped meanwhile and it is not known whether it was done: look again.
        """
        self._surely(lambda: self._do(action))

    def close(self) -> None:
        """Let go of the phone; nothing on it is changed by that, and the adb server goes on."""
        self._why_lost = self._why_lost or f"the {self._name} was closed"
        self._link.close()
        self._lock.close()

    def _look(self) -> Observation:
        self._sight = sight = self._sights.sight()
        pixels = sight.frame.pixels
        at = time.time()
        self._units = sight.frame.focus.size
        self._seen, self._looked = (pixels.shape[1], pixels.shape[0]), monotonic()
        return Observation(pixels, sight.front, at, self._widgets.of(pixels, self._units, shown=not sight.why))

    def _do(self, action: Action) -> None:
        self._stop.check()
        size = self._size_now(action)
        refuse_invalid(action, size)
        what = describe(action)
        units = self._units or size
        action = in_units(action, size, units)
        match action:
            case Click():
                inject(self._link, hands.click(action), what=what)
            case LongPress(_, seconds):
                inject(self._link, hands.long_press(action), what=what, seconds=seconds)
            case Drag():
                self._drag(action, what)
            case Scroll():
                swipes = hands.scroll(action, units)
                inject(self._link, swipes, what=what, seconds=hands.SWIPE_MS / 1000 * len(swipes))
            case Press(keys):
                inject(self._link, hands.press(keys), what=what)
            case TypeText(text):
                self._typist.type(text)
            case OpenApp(app):
                self._launcher.open(app)
            case Wait(seconds):
                self._stop.wait(seconds)
            case MoveTo():
                hands.refuse_pointer(action)

    def _size_now(self, action: Action) -> tuple[int, int]:
        """The size of the screen that points are meant for: the last look's, or one taken now."""
        if self._seen is None:
            self._look()
        size = self._seen or (1, 1)
        if points_of(action) and monotonic() - self._looked > RECENT:
            now = read_focus(self._link.look(FOCUS).results[0].text)
            if now.size is not None and (now.size[0] > now.size[1]) != (size[0] > size[1]) and size[0] != size[1]:
                raise ActionRefused(
                    f"the screen was {size[0]}x{size[1]} when it was looked at and has been turned since: "
                    "look again before pointing at it",
                    Refusal.STALE,
                )
        return size

    def _drag(self, action: Drag, what: str) -> None:
        """A finger that was put down is lifted again, whatever comes between."""
        try:
            inject(self._link, hands.drag(action), what=what, seconds=action.seconds + 0.3 * len(action.path))
        except (Stopped, ActionRefused):
            if len(action.path) > 2:
                end = action.path[-1]
                self._link.look(f"input motionevent CANCEL {end.x} {end.y}")
            raise

    def _field(self) -> str | None:
        size = self._units or self._seen
        return self._widgets.field(size) if size else None

    def _surely(self, work: Callable[[], T]) -> T:
        """What `work` returns; once the phone is lost, every call says so."""
        if self._why_lost:
            raise DeviceLost(self._why_lost)
        try:
            return work()
        except DeviceLost as error:
            self._why_lost = str(error)
            raise
