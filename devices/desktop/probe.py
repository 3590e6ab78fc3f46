"""The examiner's access to the files of a home and to programs in its environment, here or inside a sandbox."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from devices.desktop.sandbox_control import SandboxControl


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

    `~` and relative paths start at the sandbox's home.
    """

    def __init__(self, control: SandboxControl) -> None:
        self._control = control

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises `OSError`."""
        with os.fdopen(self._control.open(_without_tilde(path)), "rb") as file:
            return file.read()

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
            return output.read().decode("utf-8", "replace")


def _without_tilde(path: str) -> str:
    return (path.removeprefix("~").lstrip("/") or ".") if path == "~" or path.startswith("~/") else path
