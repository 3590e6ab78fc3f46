"""Opens applications by the names people use, and links; verified by what has the focus afterwards."""

import re

from devices.android.apps import LIST, START, App, app_named, read_apps
from devices.android.link import Link
from devices.android.patience import NoAnswer, Patience
from devices.android.quoting import quoted
from devices.android.state import FOCUS, Focus, read_focus
from devices.device import ActionRefused
from devices.stop import Stop

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ASKS_FIRST = ("permissioncontroller", "packageinstaller", "com.android.settings.intelligence")


class Launcher:
    """An application or a browser has `seconds` to come to the front."""

    def __init__(self, link: Link, stop: Stop, seconds: float = 15.0) -> None:
        self._link, self._stop, self._seconds = link, stop, seconds

    def apps(self) -> list[App]:
        """Every application that the phone's own launcher shows."""
        return read_apps(self._link.look(LIST).results[0].text)

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
        answer = self._link.act(line, seconds=self._seconds, what=f"opening {name!r}")
        said = answer.results[0].text + answer.errors
        if answer.results[0].code or re.search(r"^\s*(Error|.*Exception)", said, re.MULTILINE):
            trouble = next((line for line in said.splitlines() if "Error" in line or "Exception" in line), said)
            raise ActionRefused(f"the phone did not open {name!r}: {trouble.strip()[:300]}")

    def _await(self, app: App, name: str) -> None:
        patience, pause = Patience(self._stop, self._seconds), 0.01
        while not _came(app, focus := read_focus(self._link.look(FOCUS).results[0].text)):
            try:
                patience.wait(pause)
            except NoAnswer:
                raise ActionRefused(
                    f"{name!r} ({app.package}) was started but {focus.front or 'nothing'} is in front after "
                    f"{self._seconds:g} s"
                ) from None
            pause = min(pause * 2, 0.3)


def _came(app: App, focus: Focus) -> bool:
    """Whether the application is in front, or a question of the system that it asked."""
    return focus.package == app.package or any(part in focus.package for part in _ASKS_FIRST)
