"""A number for an X server whose socket lies in a folder of its own, reserved so that no other X server takes it."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from devices.desktop.xvfb_supervisor import X_LINK, X_LOCK
from devices.device import DeviceLost

_SOCKET = "x_server"  # beside `tmp`: outside of what programs in the sandbox see
_FIRST, _LAST = 20, 2000  # low numbers are for desktops; a TCP port of 6000 + number must exist, used or not


def reserve(folder: Path) -> int:
    """The lowest free number. `publish` makes clients reach the server that takes it, in `folder`/tmp/.X11-unix.

    `xvfb_supervisor.remove` gives it back; it finds the number in the file `display` in `folder`. Raises `DeviceLost`.
    """
    try:
        sockets = Path(X_LINK).parent
        sockets.mkdir(mode=0o1777)
        sockets.chmod(0o1777)
    except OSError:
        pass  # it is there, or the link below cannot be made and says why
    (folder / "tmp" / ".X11-unix").mkdir(mode=0o1777)
    abstract = _abstract_sockets()
    for number in range(_FIRST, _LAST):
        name = Path(X_LINK.format(number))
        if str(name) in abstract or not _take_lock(Path(X_LOCK.format(number))):
            continue
        (folder / "display").write_text(str(number))
        try:
            name.symlink_to(folder / _SOCKET)
        except FileExistsError:
            Path(X_LOCK.format(number)).unlink()
        except OSError as error:
            Path(X_LOCK.format(number)).unlink()
            raise DeviceLost(f"no X display can be made: {name}: {error.strerror}") from error
        else:
            return number
    raise DeviceLost(
        f"all X display numbers from {_FIRST} to {_LAST} are taken: see {X_LOCK.format(_FIRST)} and the others"
    )


def publish(folder: Path, number: int) -> None:
    """Give the server's socket a second name, to which X's link leads, before any application runs.

    An application could put a link to the person's own X server in place of the first one. Raises `DeviceLost`.
    """
    try:
        (folder / _SOCKET).hardlink_to(folder / "tmp" / ".X11-unix" / f"X{number}")
    except OSError as error:
        raise DeviceLost(f"the X server of display :{number} cannot be reached: {error.strerror}") from error


def _take_lock(lock: Path) -> bool:
    """Whether X's lock file was made; not where there is one. Written elsewhere first: an empty one counts as stale."""
    with suppress(OSError), tempfile.NamedTemporaryFile(dir=lock.parent, prefix=".X") as whole:
        whole.write(f"{os.getpid():10d}\n".encode())  # X's format: ten digits and a newline
        whole.flush()
        os.fchmod(whole.fileno(), 0o444)
        lock.hardlink_to(whole.name)
        return True
    return False


def _abstract_sockets() -> set[str]:
    """X servers of another mount namespace may share this machine's abstract socket names."""
    with suppress(OSError):
        return {line.rpartition("@")[2] for line in Path("/proc/net/unix").read_text().splitlines() if "@" in line}
    return set()
