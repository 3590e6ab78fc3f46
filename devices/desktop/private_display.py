"""A private X display with its own home, window manager and message bus: nothing in it touches the person's desktop."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, cast

from devices.desktop import bubblewrap, sandbox_init, session_config, xvfb_supervisor
from devices.desktop.display_number import publish, reserve
from devices.desktop.sandbox_control import SandboxControl
from devices.desktop.x11 import connect
from devices.device import DeviceLost
from devices.stop import Stop

PACKAGES = {"Xvfb": "xvfb", "openbox": "openbox", "dbus-daemon": "dbus"}
"""What a sandbox is made of: program and Debian package."""

BACKGROUND = 0x5B7083  # a muted grey-blue: a window of any common theme stands out against it
_PREFIX = "screenhand-sandbox-"
_START_SECONDS = 20.0  # a start takes 0.4 s; a machine that needs more than this is not going to manage
_POLL_SECONDS = 0.01


def missing() -> tuple[str, ...]:
    """The programs a sandbox needs and PATH does not have."""
    return tuple(program for program in PACKAGES if shutil.which(program) is None)


class PrivateDisplay:
    """An X server in memory, ready for windows when the constructor returns, in about 0.4 s.

    With bubblewrap, unless `isolated` is false, its programs see neither the caller's files but `readable`, nor the
    caller's processes, nor, without `network`, any network; the attribute `isolated` says whether that holds. With
    `accessibility` they say what is in their windows on a bus that starts at the first question. All that runs in it
    ends with `close`, and when this process is killed. Raises `DeviceLost` if it cannot start; `Stopped`.
    """

    def __init__(
        self,
        stop: Stop,
        size: tuple[int, int] = (1280, 800),
        *,
        network: bool = False,
        readable: Sequence[Path] = (),
        isolated: bool = True,
        accessibility: bool = True,
    ) -> None:
        if absent := missing():
            packages = " ".join(PACKAGES.values())
            raise DeviceLost(
                f"a private desktop needs {', '.join(PACKAGES)}; PATH has no {', '.join(absent)}. "
                f"On Debian or Ubuntu: apt-get install {packages}"
            )
        _sweep()
        self.isolated = isolated and not bubblewrap.why_unusable()
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _hold_lock(self._folder)
        self.home = self._folder / "home"
        session_config.write_settings(self._folder)
        environ = session_config.environment(self._folder, accessibility=accessibility)
        self.environ = bubblewrap.environment(environ) if self.isolated else environ
        self.python = bubblewrap.python() if self.isolated else sys.executable
        """The interpreter that its programs can run, without this one's packages."""
        with ExitStack() as undo:
            undo.callback(self.close)
            number = reserve(self._folder) if self.isolated else None
            self._supervise(network=network, readable=readable)
            self.display_name = self._begin(stop, size, "" if number is None else f":{number}")
            if number is not None:
                publish(self._folder, number)
            self.environ["DISPLAY"] = self.display_name
            _prepare(stop, self.display_name)
            undo.pop_all()

    def close(self) -> None:
        """End everything that runs in the display and remove its home. May be called twice."""
        if hasattr(self, "_supervisor"):
            with suppress(OSError):
                cast(IO[bytes], self._supervisor.stdin).close()
            try:
                self._supervisor.wait(15)
            except subprocess.TimeoutExpired:
                self._supervisor.kill()
                self._supervisor.wait()
            self.control.close()  # last: bubblewrap waits for its first process only if that did not end by itself
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        xvfb_supervisor.remove(str(self._folder))

    def _supervise(self, *, network: bool, readable: Sequence[Path]) -> None:
        """Start the supervisor, which starts the first program of the sandbox at the other end of `control`."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control = SandboxControl(ours)
        environ = {"PATH": self.environ.get("PATH", os.defpath)}
        first = [self.python, "-I", "-S", bubblewrap.INIT, str(theirs.fileno())]
        if self.isolated:
            first[:0] = bubblewrap.arguments(self._folder, network=network, readable=readable)
        else:
            first[3:] = [sandbox_init.__file__, str(theirs.fileno()), "--die-with-parent"]
        supervisor = (sys.executable, "-I", "-S", xvfb_supervisor.__file__, str(self._folder), str(theirs.fileno()))
        with theirs, (self._folder / "supervisor.log").open("wb") as log:
            self._supervisor = subprocess.Popen(
                [*supervisor, *first],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[self._lock, theirs.fileno()],
                env=environ,
                start_new_session=True,  # Ctrl-C in the terminal is for the agent
            )

    def _begin(self, stop: Stop, size: tuple[int, int], display: str) -> str:
        request = {"do": "begin", "size": size, "environ": self.environ, "display": display}
        try:
            answer, _ = stop.call(lambda: self.control.ask(request), _START_SECONDS)
        except OSError as error:  # a time-out is one
            lines = (self._folder / "supervisor.log").read_text(errors="replace").strip().splitlines()
            why = " / ".join((str(error.strerror or error), *lines[-1:]))
            raise DeviceLost(f"the private display did not start: {why}") from error
        return str(answer["display"])


def _prepare(stop: Stop, name: str) -> None:
    """Paint the background, close the display to other users, publish the resources and wait for the window manager."""
    from Xlib import X, Xatom

    display = connect(name)
    try:
        root = display.screen().root
        root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, session_config.RESOURCES.encode())
        root.change_attributes(background_pixel=BACKGROUND)
        root.clear_area()
        _admit_only_this_user(display)
        managed = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        for _ in range(int(_START_SECONDS / _POLL_SECONDS)):
            if root.get_full_property(managed, X.AnyPropertyType) is not None:
                return
            stop.wait(_POLL_SECONDS)
        raise DeviceLost(f"openbox did not take charge of {name} within {_START_SECONDS:g} s")
    finally:
        display.close()


def _admit_only_this_user(display: Any) -> None:
    """Close the display to the machine's other users; a server without a cookie is open to them all.

    python3-xlib's own `change_hosts` predates the families LocalHost (252) and ServerInterpreted (5) of X11R7.
    """
    from Xlib import X
    from Xlib.protocol import rq

    class ChangeHosts(rq.Request):  # type: ignore[misc] # the library has no types
        _request = rq.Struct(
            rq.Opcode(109),
            rq.Card8("mode"),
            rq.RequestLength(),
            rq.Card8("host_family"),
            rq.Pad(1),
            rq.LengthOf("host", 2),
            rq.List("host", rq.Card8Obj),
        )

    me = list(f"localuser\0#{os.getuid()}".encode())
    ChangeHosts(display=display.display, mode=X.HostInsert, host_family=5, host=me)
    ChangeHosts(display=display.display, mode=X.HostDelete, host_family=252, host=[])


def _hold_lock(folder: Path) -> int:
    """Lock `folder`; the descriptor that holds the lock, also in a process that inherits it."""
    lock = os.open(folder / "new", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "new").rename(folder / "lock")  # no sweep ever sees a lock that is not held yet
    return lock


def _sweep() -> None:
    """Remove what is left of sandboxes whose owner and supervisor were both killed: their lock is free."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid != os.geteuid():
                continue  # its files are another user's choice
            lock = os.open(folder / "lock", os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                xvfb_supervisor.remove(str(folder))
            finally:
                os.close(lock)
