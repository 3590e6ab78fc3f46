"""An Android phone or emulator as a device, over adb."""

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
from devices.android.adb_server import default_server
from devices.android.adb_stream import ServerAddress
from devices.android.app_launcher import AppLauncher
from devices.android.black_screen import BlackReason, BlackScreenDiagnosis, DiagnosedFrame
from devices.android.capture import Capture
from devices.android.connection import ANSWER_SECONDS, RECONNECT_SECONDS, PhoneConnection
from devices.android.discovery import select_serial
from devices.android.element_reader import ElementReader
from devices.android.geometry import in_units
from devices.android.input import (
    SWIPE_MS,
    drag_commands,
    inject,
    long_press_commands,
    press_commands,
    refuse_pointer,
    scroll_commands,
    tap_commands,
)
from devices.android.line_stream import LineStream
from devices.android.lock import PhoneLock
from devices.android.phone_status import FOCUS, PhoneStatus, read_focus
from devices.android.probe import AndroidProbe
from devices.android.text_input import TextInput
from devices.device import ActionRefused, DeviceLost, Observation, Refusal
from devices.stop import Stop, Stopped
from devices.validity import refuse_invalid

T = TypeVar("T")

RECENT = 0.3
"""Seconds for which the rotation of the last frame is trusted; later it is read again before a point is touched."""


class Android:
    """The phone with `serial`, "" for the only one there is; held alone, across processes, until `close`.

    `server` is the address of the adb server, by default the environment's. With `elements` None, observations carry
    UI elements as long as dumps are quick (0.7 s). With `wake`, observing switches on a screen that is off. After a
    drop of the link it waits `reconnect_seconds` for the same phone, and `answer_seconds` for every answer. Raises
    `DeviceLost`, `Stopped`.
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
        self._size: tuple[int, int] | None = None
        self._units: tuple[int, int] | None = None
        self._looked = 0.0
        self._last: DiagnosedFrame | None = None
        where = ServerAddress(*server) if server else default_server()
        self.serial = select_serial(serial, where, stop)
        with ExitStack() as undo:
            self._lock = PhoneLock(self.serial)
            undo.callback(self._lock.close)
            self._connection = PhoneConnection(
                where, self.serial, stop, reconnect_seconds=reconnect_seconds, answer_seconds=answer_seconds
            )
            undo.callback(self._connection.close)
            self._capture = Capture(self._connection)
            self._diagnosis = BlackScreenDiagnosis(self._connection, self._capture, stop, wake=wake)
            self._element_reader = ElementReader(self._connection, elements)
            self._text_input = TextInput(self._connection, stop, self._field)
            self._app_launcher = AppLauncher(self._connection, stop, app_seconds)
            self.probe = AndroidProbe(self._connection)
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._name

    @property
    def identity(self) -> str:
        """Which phone it is, for people."""
        return str(self._connection.identity)

    @property
    def why_black(self) -> BlackReason:
        """Why the last frame is black or locked; "" when it is neither."""
        return self._last.reason if self._last else ""

    @property
    def captured_by(self) -> str:
        """ "raw" or "PNG", whichever was faster at the first capture; "" before it."""
        return self._capture.method

    @property
    def why_no_elements(self) -> str:
        """Why observations carry no elements, "" while they do."""
        return self._element_reader.why_none

    @property
    def rotation(self) -> int:
        """Quarter turns of the last frame, 0 to 3, counter-clockwise as android.view.Surface counts them."""
        return self._last.frame.focus.rotation if self._last else 0

    def listen(self, command: str) -> LineStream:
        """What `command`, already quoted, prints while it runs; the caller closes it. Raises `DeviceLost`."""
        return LineStream(self._connection.server, self.serial, command)

    def status(self) -> PhoneStatus:
        """Focus, size, wakefulness, lock and keyboard, in one round trip. Raises `DeviceLost`, `Stopped`."""
        return self._checked(self._diagnosis.status)

    def apps(self) -> list[str]:
        """The applications that can be opened, by label, or by package where the phone lists no label."""
        return self._checked(lambda: sorted(app.label or app.package for app in self._app_launcher.apps()))

    def observe(self) -> Observation:
        """The screen, and the elements on it. `front` is package/activity, with the reason where the frame is black.

        A secure window is captured as black, and `front` says so; its elements may still be listed.
        """
        return self._checked(self._look)

    def perform(self, action: Action) -> None:
        """Do it, once, and return when the phone has taken it.

        Raises `ActionRefused` also when the link dropped meanwhile and it is not known whether it was done: look again.
        """
        self._checked(lambda: self._do(action))

    def close(self) -> None:
        """Let go of the phone; nothing on it is changed by that, and the adb server goes on."""
        self._why_lost = self._why_lost or f"the {self._name} was closed"
        self._connection.close()
        self._lock.close()

    def _look(self) -> Observation:
        self._last = shown = self._diagnosis.frame()
        pixels = shown.frame.pixels
        at = time.time()
        self._units = shown.frame.focus.size
        self._size, self._looked = (pixels.shape[1], pixels.shape[0]), monotonic()
        elements = self._element_reader.elements_on(pixels, self._units, shown=not shown.reason)
        return Observation(pixels, shown.front, at, elements, surface="phone")

    def _do(self, action: Action) -> None:
        self._stop.check()
        size = self._size_now(action)
        refuse_invalid(action, size)
        what = describe(action)
        units = self._units or size
        action = in_units(action, size, units)
        match action:
            case Click():
                inject(self._connection, tap_commands(action), what=what)
            case LongPress(_, seconds):
                inject(self._connection, long_press_commands(action), what=what, seconds=seconds)
            case Drag():
                self._drag(action, what)
            case Scroll():
                swipes = scroll_commands(action, units)
                inject(self._connection, swipes, what=what, seconds=SWIPE_MS / 1000 * len(swipes))
            case Press(keys):
                inject(self._connection, press_commands(keys), what=what)
            case TypeText(text):
                self._text_input.type(text)
            case OpenApp(app):
                self._app_launcher.open(app)
            case Wait(seconds):
                self._stop.wait(seconds)
            case MoveTo():
                refuse_pointer(action)

    def _size_now(self, action: Action) -> tuple[int, int]:
        """The size of the frame that points refer to: the last one's, or that of one captured now."""
        if self._size is None:
            self._look()
        size = self._size or (1, 1)
        if points_of(action) and monotonic() - self._looked > RECENT:
            now = read_focus(self._connection.query(FOCUS).results[0].text)
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
            inject(self._connection, drag_commands(action), what=what, seconds=action.seconds + 0.3 * len(action.path))
        except (Stopped, ActionRefused):
            if len(action.path) > 2:
                end = action.path[-1]
                self._connection.query(f"input motionevent CANCEL {end.x} {end.y}")
            raise

    def _field(self) -> str | None:
        size = self._units or self._size
        return self._element_reader.field(size) if size else None

    def _checked(self, work: Callable[[], T]) -> T:
        """What `work` returns; once the phone is lost, every call raises `DeviceLost`."""
        if self._why_lost:
            raise DeviceLost(self._why_lost)
        try:
            return work()
        except DeviceLost as error:
            self._why_lost = str(error)
            raise
