"""One driver per phone: a lock across processes, by the phone's serial."""

import os
import sys
from pathlib import Path
from typing import IO
from urllib.parse import quote

from devices.device import DeviceLost


def lock_folder() -> Path:
    """Where this user's locks lie: the runtime folder, which ends with the session, else the cache."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "screenhand"
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache else Path.home() / ".cache") / "screenhand" / "locks"


class PhoneLock:
    """Held from here to `close`, or to the end of this process, however it ends.

    Raises `DeviceLost` when another holds it: two hands on one phone undo each other's work.
    """

    def __init__(self, serial: str) -> None:
        path = lock_folder() / f"android-{quote(serial, safe='')}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file: IO[bytes] = path.open("a+b")
        except OSError as error:
            raise DeviceLost(f"the lock file of the phone {serial} cannot be opened: {error}") from error
        if not _locked(self._file):
            self._file.seek(0)
            holder = self._file.read(20).decode("ascii", "replace").strip()
            self._file.close()
            raise DeviceLost(
                f"the phone {serial} is being worked by another run{f', process {holder}' if holder else ''}: "
                "wait until it has ended, or end it"
            )
        self._file.truncate(0)
        self._file.write(str(os.getpid()).encode())
        self._file.flush()

    def close(self) -> None:
        """Let go. May be called twice."""
        self._file.close()


def _locked(file: IO[bytes]) -> bool:
    """Lock an open file unless somebody else has; closing it lets go."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 20)  # a byte past the number in it, which others may then read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
