"""A private desktop as a device: its display, its applications, and eyes and hands on it; the person's stays free."""

from contextlib import ExitStack

from devices.actions import Action
from devices.desktop.apps import Apps
from devices.desktop.desktop import Desktop
from devices.desktop.private_display import PrivateDisplay
from devices.desktop.probe import HomeProbe
from devices.device import Observation
from devices.stop import Stop


class Sandbox:
    """A desktop of `size` pixels that exists from here to `close`, or to the end of this process, however it ends.

    Several may stand side by side. It takes 0.5 s to start. Its programs see a home of their own and nothing of the
    caller's environment, but they run as this user and can reach this user's files and the network: it keeps the
    person's desktop free, it is no prison. Raises `DeviceLost` when it cannot be started.
    """

    def __init__(self, stop: Stop, size: tuple[int, int] = (1280, 800)) -> None:
        self.private = PrivateDisplay(stop, size)
        self.apps = Apps(self.private.environ)
        self.probe = HomeProbe(self.private.home, self.private.environ)
        with ExitStack() as undo:
            undo.callback(self.private.close)
            self._desktop = Desktop(
                stop,
                self.apps,
                display_name=self.private.display_name,
                watch_pointer=False,  # no hand can reach its pointer
                name="sandbox",
            )
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._desktop.name

    def observe(self) -> Observation:
        return self._desktop.observe()

    def perform(self, action: Action) -> None:
        self._desktop.perform(action)

    def close(self) -> None:
        """End the desktop and everything that runs on it, and remove its home."""
        self._desktop.close()
        self.private.close()
