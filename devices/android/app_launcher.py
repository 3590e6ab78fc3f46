"""Opens applications by name, and links; verified by the focus afterwards."""

import re

from devices.android.apps import LIST, START, InstalledApp, app_named, read_apps
from devices.android.connection import PhoneConnection
from devices.android.deadline import Deadline, TimedOut
from devices.android.phone_status import FOCUS, Focus, read_focus
from devices.android.quoting import quoted
from devices.device import ActionRefused
from devices.stop import Stop

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ASKS_FIRST = ("permissioncontroller", "packageinstaller", "com.android.settings.intelligence")


class AppLauncher:
    """An application or a browser has `seconds` to come to the front."""

    def __init__(self, connection: PhoneConnection, stop: Stop, seconds: float = 15.0) -> None:
        self._connection, self._stop, self._seconds = connection, stop, seconds

    def apps(self) -> list[InstalledApp]:
        """Every application that the phone's own launcher shows."""
        return read_apps(self._connection.query(LIST).results[0].text)

    def open(self, name: str) -> None:
        """Open the application that a person calls `name`, or the link that it is.

        Raises `ActionRefused`, naming the nearest applications, when there is none, or it does not come to the front.
        """
        name = name.strip()
        if _LINK.fullmatch(name):
            self._start(f"am start -W -a android.intent.action.VIEW -d {quoted(name)}", name)
            return
        app = app_named(name, self.apps())
        self._start(f"{START} {quoted(app.component)}", name)
        self._await(app, name)

    def _start(self, line: str, name: str) -> None:
        answer = self._connection.execute(line, seconds=self._seconds, what=f"opening {name!r}")
        output = answer.results[0].text + answer.errors
        if answer.results[0].code or re.search(r"^\s*(Error|.*Exception)", output, re.MULTILINE):
            trouble = next((line for line in output.splitlines() if "Error" in line or "Exception" in line), output)
            raise ActionRefused(f"the phone did not open {name!r}: {trouble.strip()[:300]}")

    def _await(self, app: InstalledApp, name: str) -> None:
        deadline, pause = Deadline(self._stop, self._seconds), 0.01
        while not _came(app, focus := read_focus(self._connection.query(FOCUS).results[0].text)):
            try:
                deadline.wait(pause)
            except TimedOut:
                raise ActionRefused(
                    f"{name!r} ({app.package}) was started but {focus.front or 'nothing'} is in front after "
                    f"{self._seconds:g} s"
                ) from None
            pause = min(pause * 2, 0.3)


def _came(app: InstalledApp, focus: Focus) -> bool:
    """Whether the application is in front, or a question of the system that it asked."""
    return focus.package == app.package or any(part in focus.package for part in _ASKS_FIRST)
