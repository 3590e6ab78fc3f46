"""A private desktop as a device: its display, its applications, capture and input; the person's desktop stays free."""

from contextlib import ExitStack

from devices.actions import Action
from devices.desktop.apps import Apps
from devices.desktop.desktop import Desktop
from devices.desktop.private_display import PrivateDisplay
from devices.desktop.probe import SandboxProbe
from devices.device import Observation
from devices.stop import Stop


class Sandbox:
    """A desktop of `size` pixels that exists from here to `close`, or to the end of this process, however it ends.

    Several may stand side by side. It takes 0.4 s to start. Its programs see a home of their own and nothing of the
    caller's environment. With bubblewrap they see none of the caller's files and processes either, and no network but
    with `network`; without it they run as this user, with this user's files and network: `private.isolated` says which.
    `network` is all of the machine's: servers on its loopback, and abstract sockets such as the person's X server's.
    With `accessibility` its programs say what is in their windows, where at-spi2-core is installed.
    Raises `DeviceLost` when it cannot be started.
    """

    def __init__(
        self, stop: Stop, size: tuple[int, int] = (1280, 800), *, network: bool = False, accessibility: bool = True
    ) -> None:
        self.private = PrivateDisplay(stop, size, network=network, accessibility=accessibility)
        self.apps = Apps(self.private.environ, self.private.control.launch)
        self.probe = SandboxProbe(self.private.control)
        with ExitStack() as undo:
            undo.callback(self.private.close)
            self._desktop = Desktop(
                stop,
                self.apps,
                display_name=self.private.display_name,
                watch_pointer=False,  # no hand can reach its pointer
                accessibility=accessibility,
                session_bus=self.private.environ["DBUS_SESSION_BUS_ADDRESS"],
                name="sandbox",
            )
            undo.pop_all()

    @property
    def name(self) -> str:
        return self._desktop.name

    def observe(self) -> Observation:
        return self._desktop.observe()

    def glance(self) -> Observation:
        return self._desktop.glance()

    def perform(self, action: Action) -> None:
        self._desktop.perform(action)

    def close(self) -> None:
        """End the desktop and everything that runs on it, and remove its home."""
        self._desktop.close()
        self.private.close()
