"""Which back-end works the screen of the operating system that this program runs on."""

import sys

from devices.desktop.system import System
from devices.stop import Stop


def this_system(display_name: str | None, stop: Stop) -> System:
    """The system this program runs on. Raises `DeviceLost` when its screen cannot be reached."""
    if sys.platform == "darwin":
        from devices.desktop.macos import MacOS

        return MacOS(stop)
    if sys.platform == "win32":
        from devices.desktop.windows import MicrosoftWindows

        return MicrosoftWindows(stop)
    from devices.desktop.linux import Linux

    return Linux(display_name, stop)
