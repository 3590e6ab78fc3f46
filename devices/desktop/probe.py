"""What checks read, write and run: files of a home and programs in its environment, here or inside a sandbox."""

import errno
import os
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import IO

from devices.desktop.sandbox_control import SandboxControl

_LARGEST = 1 << 26
"""Bytes that are taken in of a sandbox's file or output: its programs may have linked a file to /dev/zero."""


class HomeProbe:
    """Reads, writes and runs as a program started from `home` with `environ` would.

    `~` and relative paths start at `home`; absolute ones are the machine's.
    """

    def __init__(self, home: Path, environ: Mapping[str, str]) -> None:
        self._home = home
        self._environ = dict(environ)

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises `OSError`."""
        return self._resolved(path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Write a file, folders included. Raises `OSError`."""
        file = self._resolved(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Standard output of `command`, an argument vector; what is no UTF-8 in it becomes U+FFFD.

        Raises `OSError` when it cannot be started, `subprocess.SubprocessError` when it fails or takes too long.
        """
        # A file, not a pipe: a window that `setsid -f` leaves behind would keep a pipe open for as long as it lives.
        with tempfile.TemporaryFile() as output:
            subprocess.run(
                command,
                env=self._environ,
                cwd=self._home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
            )
            output.seek(0)
            return output.read().decode("utf-8", "replace")

    def _resolved(self, path: str) -> Path:
        return self._home / _without_tilde(path)


class SandboxProbe:
    """Reads, writes and runs as a program inside the sandbox would: its /tmp is not the machine's.

    `~` and relative paths start at the sandbox's home. More than 64 MiB, and what is no regular file, raises `OSError`:
    nothing that a program inside leaves behind makes the caller wait, or fills its memory.
    """

    def __init__(self, control: SandboxControl) -> None:
        self._control = control

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises `OSError`."""
        descriptor = self._control.open(_without_tilde(path))
        try:
            kind = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(kind):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
            if not stat.S_ISREG(kind):
                raise OSError(errno.EINVAL, f"no regular file: {stat.filemode(kind)}", path)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return _bounded(file, path)
        finally:
            os.close(descriptor)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, folders included. Raises `OSError`."""
        with os.fdopen(self._control.open(_without_tilde(path), write=True), "wb") as file:
            file.write(data)

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Standard output of `command`, an argument vector; what is no UTF-8 in it becomes U+FFFD.

        Raises `OSError` when it cannot be started, `subprocess.SubprocessError` when it fails or takes too long.
        """
        with tempfile.TemporaryFile() as output, open(os.devnull, "rb") as nothing:  # noqa: PTH123 - its descriptor
            with closing(self._control.start(command, (nothing.fileno(), output.fileno()))) as program:
                try:
                    code = program.wait(seconds)
                except TimeoutError as error:
                    program.kill()
                    raise subprocess.TimeoutExpired(command, seconds) from error
            if code:
                raise subprocess.CalledProcessError(code, command)
            output.seek(0)
            return _bounded(output, command[0]).decode("utf-8", "replace")


def _without_tilde(path: str) -> str:
    return (path.removeprefix("~").lstrip("/") or ".") if path == "~" or path.startswith("~/") else path


def _bounded(file: IO[bytes], name: str) -> bytes:
    """The rest of `file`. Raises `OSError` when that is more than `_LARGEST` bytes."""
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(errno.EFBIG, f"more than {_LARGEST >> 20} MiB", name)
    return data
