"""A connection to an X server that says in plain words why it cannot be had."""

import contextlib
import io
import os
import select
import time
import warnings
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any

from devices.device import DeviceLost
from devices.stop import Stop

SLICE = 0.05  # seconds: no wait on the server keeps a wish to stop waiting longer
SANDBOX = "use the private sandbox, which brings a screen of its own"


def authority() -> dict[str, str]:
    """Environment that makes Xlib for Python content without a ~/.Xauthority: it insists on the file, needed or not."""
    file = Path(os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority")
    return {} if file.is_file() else {"XAUTHORITY": os.devnull}


@contextlib.contextmanager
def environment(**added: str) -> Iterator[None]:
    """Run with `added` in the environment: the only way to tell Xlib and pyautogui's import where to connect."""
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        # Xlib prints a line about an empty authority and leaves the file open; pyautogui's import leaves pipes open.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def display_name(asked: str | None) -> str:
    """The X display to work on: `asked`, or $DISPLAY. Raises `DeviceLost` saying what was found instead."""
    if name := asked or os.environ.get("DISPLAY", ""):
        return name
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        raise DeviceLost(
            "this is a Wayland session without X: Wayland lets no program see the screen or move the pointer for you; "
            f'choose an X11 ("Xorg") session when you log in, or {SANDBOX}'
        )
    raise DeviceLost(f"there is no screen: $DISPLAY is not set; start this from a desktop session, or {SANDBOX}")


def connect(name: str) -> Any:
    """An Xlib `Display`. Raises `DeviceLost` when the server is not there or will not have us."""
    from Xlib import error
    from Xlib.display import Display

    display, why = None, ""
    # A refused connection stays open in the error's traceback: it ends here, without a warning.
    with environment(**authority()):
        try:
            display = Display(name)
        except error.DisplayNameError:
            why = "that is no name of an X display; one looks like :0"
        except (error.DisplayConnectionError, error.XauthError, error.ConnectionClosedError, OSError) as problem:
            message = str(problem).strip().rstrip(".")
            refused = "uthori" in message or "protocol" in message.lower()
            advice = "its key ($XAUTHORITY, xhost) does not let this user in" if refused else "is its X server running?"
            why = f"{message}; {advice}"
    if display is None:
        raise DeviceLost(f"the X display {name!r} cannot be opened: {why}. Otherwise {SANDBOX}")
    # An error that no call waits for concerns a window that went away meanwhile; Xlib would print it.
    display.set_error_handler(lambda *_: None)
    _end_once(display.display)
    return display


def _end_once(connection: Any) -> None:
    """Close `connection` at the first exception that comes out of its reading and writing, whatever it is.

    Xlib for Python leaves it marked as busy then, and the next request would wait for ever.
    """
    from Xlib import error

    exchange = connection.send_and_recv

    def send_and_recv(**wanted: Any) -> None:
        try:
            exchange(**wanted)
        except BaseException as problem:
            if not connection.socket_error:
                connection.close_internal(f"{type(problem).__name__} {problem}".strip())
            if isinstance(problem, Exception) and not isinstance(problem, error.ConnectionClosedError):
                raise connection.socket_error from problem
            raise

    connection.send_and_recv = send_and_recv


class X11:
    """One connection, and the few facts that capture and input need. Not for two threads at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.display = connect(name)
        self.root = self.display.screen().root
        if not self.display.has_extension("XTEST"):
            raise DeviceLost(f"the X display {name} has no XTEST extension, so nothing can be pressed there")
        if self.display.has_extension("XWAYLAND"):
            raise DeviceLost(
                f"the X display {name} is only Wayland's window on X: it shows black where Wayland's programs are; "
                f'choose an X11 ("Xorg") session when you log in, or {SANDBOX}'
            )
        self._randr = self.display.has_extension("RANDR")
        self._atoms: dict[str, int] = {}

    def layout(self) -> Hashable:
        """Something that changes when a screen is resized, added, moved or taken away."""
        size = self.extent()
        if not self._randr:
            return size
        from Xlib.ext import randr

        return *size, randr.get_screen_resources_current(self.root).config_timestamp

    def extent(self) -> tuple[int, int]:
        """Width and height of all displays together, in pixels."""
        whole = self.root.get_geometry()
        return whole.width, whole.height

    def pointer(self) -> tuple[int, int]:
        """Where the pointer is, in pixels from the top left of the whole."""
        at = self.root.query_pointer()
        return at.root_x, at.root_y

    def atom(self, name: str) -> int:
        """The server's number for `name`."""
        if name not in self._atoms:
            self._atoms[name] = self.display.intern_atom(name)
        return self._atoms[name]

    def until(self, happened: Callable[[], bool], seconds: float, stop: Stop) -> bool:
        """Ask whether it `happened` whenever the server says something; False after `seconds`. Raises `Stopped`."""
        deadline = time.monotonic() + seconds
        while not happened():
            stop.check()
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            select.select([self.display], [], [], min(SLICE, left))
        return True

    def forget_events(self) -> None:
        """Drop the events that no call waits for; Xlib would keep them for ever."""
        while self.display.pending_events():
            self.display.next_event()

    def close(self) -> None:
        """End the connection, alive or dead."""
        # A dead server has nothing left to close.
        with contextlib.suppress(Exception):
            self.display.close()
