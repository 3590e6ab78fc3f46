"""The examiner's door into a home: its files, and programs in its environment."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


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
        inside = path.removeprefix("~").lstrip("/") if path == "~" or path.startswith("~/") else path
        return self._home / inside
