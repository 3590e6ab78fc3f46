"""Why a screen is black: asleep, locked, a secure window, or a failed capture."""

from dataclasses import dataclass
from typing import Literal

from devices.android.capture import Capture, CapturedFrame, NoFrame, share_of_black
from devices.android.connection import PhoneConnection
from devices.android.deadline import Deadline, TimedOut
from devices.android.phone_status import COMMANDS, WINDOWS, Focus, PhoneStatus, is_secure, read_status
from devices.stop import Stop

BlackReason = Literal["", "asleep", "locked", "secure", "unexplained"]

DARK = 0.85
"""Minimum share of black pixels, 0 to 1, to check for FLAG_SECURE: the status bar may still be visible."""
WAKE_SECONDS = 4.0
WAKE = "input keyevent 224"
"""KEYCODE_WAKEUP wakes and never sends to sleep: doing it twice is safe."""
REASON_TEXTS: dict[BlackReason, str] = {
    "asleep": "the screen is off",
    "locked": "the phone is locked, and only a person may unlock it",
    "secure": "a secure window: it lets nobody take its picture (FLAG_SECURE)",
    "unexplained": "all black, and the phone names no reason",
}


@dataclass(frozen=True, slots=True)
class DiagnosedFrame:
    """A frame, and why it is black or locked; `reason` is "" when it is neither."""

    frame: CapturedFrame
    reason: BlackReason = ""

    @property
    def front(self) -> str:
        """The window with the focus, for people and policies, with the reason where the frame is black."""
        text = REASON_TEXTS.get(self.reason, "")
        return f"{self.frame.focus.front} [{text}]".strip() if text else self.frame.focus.front


class BlackScreenDiagnosis:
    """Captures frames and explains black ones. With `wake`, a screen that is off is switched on, never unlocked."""

    def __init__(self, connection: PhoneConnection, capture: Capture, stop: Stop, *, wake: bool = True) -> None:
        self._connection, self._capture, self._stop, self._wake = connection, capture, stop, wake
        self._secure: dict[str, bool] = {}

    def frame(self) -> DiagnosedFrame:
        """The current frame. An all black one without a reason is captured again before it is believed."""
        frame = self._frame_after_wake()
        black = share_of_black(frame.pixels)
        if black < DARK:
            return DiagnosedFrame(frame, "locked" if self._is_locked(frame.focus) else "")
        if self._is_secure(frame.focus):
            return DiagnosedFrame(frame, "secure")
        return DiagnosedFrame(frame) if black < 1.0 else self._explain(frame)

    def status(self) -> PhoneStatus:
        """The phone's own report, in one round trip."""
        return read_status(tuple(result.text for result in self._connection.query(*COMMANDS).results))

    def _frame_after_wake(self) -> CapturedFrame:
        """A frame, of a screen that is switched on first where a phone captures none while it is off."""
        try:
            return self._capture.frame()
        except NoFrame:
            if not self._wake or self.status().awake is not False:
                raise
            self._connection.query(WAKE)
            return self._capture.frame()

    def _explain(self, frame: CapturedFrame) -> DiagnosedFrame:
        """Why a frame is all black, after waking the phone and capturing again; "unexplained" as the last resort."""
        deadline = Deadline(self._stop, WAKE_SECONDS, grace=WAKE_SECONDS)
        woken, pause = False, 0.02
        while True:
            status = self.status()
            if status.awake is False and not self._wake:
                return DiagnosedFrame(frame, "asleep")
            if status.awake is False and not woken:
                self._connection.query(WAKE)
                woken = True
            frame = self._capture.frame()
            if share_of_black(frame.pixels) < 1.0:
                return DiagnosedFrame(frame, "locked" if status.locked else "")
            if self._is_secure(frame.focus):
                return DiagnosedFrame(frame, "secure")
            try:
                deadline.wait(pause)
            except TimedOut:
                return DiagnosedFrame(frame, _last_reason(status))
            if status.awake and pause > 0.2:
                return DiagnosedFrame(frame, _last_reason(status))
            pause *= 2

    def _is_locked(self, focus: Focus) -> bool:
        """Whether the lock screen is shown; queried only where no app has the focus."""
        return not focus.package and bool(self.status().locked)

    def _is_secure(self, focus: Focus) -> bool:
        """Whether the window with the focus is FLAG_SECURE; queried once for each window."""
        if not focus.window:
            return False
        if focus.window not in self._secure:
            answer = is_secure(self._connection.query(WINDOWS).results[0].text, focus)
            if answer is None:
                return False
            self._secure = {**self._secure, focus.window: answer} if len(self._secure) < 100 else {focus.window: answer}
        return self._secure[focus.window]


def _last_reason(status: PhoneStatus) -> BlackReason:
    if status.awake is False:
        return "asleep"
    return "locked" if status.locked else "unexplained"
