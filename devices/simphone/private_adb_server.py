"""A real adb server with a private port and home, no other phones, which ends with this process."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, cast

from devices.android.adb import adb_program
from devices.device import DeviceLost
from devices.simphone import adb_supervisor
from devices.stop import Stop

_START_SECONDS = 20.0  # a start takes 0.1 s
_POLL_SECONDS = 0.01
_ALONE = {
    "ADB_LOCAL_TRANSPORT_MAX_PORT": "5553",  # no search for emulators
    "ADB_EMU": "0",
    "ADB_USB": "0",  # a phone on a cable belongs to the person's own server
    "ADB_MDNS": "0",
}


class AdbFailed(Exception):
    """The adb server refused; the text is its own."""


class PrivateAdbServer:
    """Answering on `host`:`port` when the constructor returns, until `close` or the end of this process.

    `adb` is the program to run: the one on PATH, else adbutils' own. Servers that others run are left alone.
    Raises `DeviceLost` when none can be started, and `Stopped`.
    """

    def __init__(self, stop: Stop, adb: Path | None = None) -> None:
        self.adb = program = adb or adb_program()
        self.host, self.port = "127.0.0.1", _free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="screenhand-adb-"))
        self.environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "TMPDIR": str(self._folder),
            "ANDROID_ADB_SERVER_PORT": str(self.port),
            **_ALONE,
        }
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the server
        with ExitStack() as undo:
            undo.callback(self.close)
            self._supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", adb_supervisor.__file__, str(self._folder), str(program), str(self.port)],
                stdin=subprocess.PIPE,
                stdout=self._log,
                stderr=self._log,
                env=self.environ,
                start_new_session=True,  # Ctrl-C in the terminal is for the agent
            )
            self._leash = cast(IO[bytes], self._supervisor.stdin)
            self._wait_until_it_answers(stop)
            undo.pop_all()

    def ask(self, service: str, seconds: float = 30.0) -> str:
        """The answer to a `host:` service with an answer. Raises `AdbFailed`, `OSError`."""
        with socket.create_connection((self.host, self.port), seconds) as server:
            server.sendall(b"%04x" % len(service) + service.encode())
            answered = server.makefile("rb")
            status = answered.read(4)
            if status not in (b"OKAY", b"FAIL"):
                raise AdbFailed(f"{service}: the adb server answered {status!r}")
            text = answered.read(int(answered.read(4) or b"0", 16)).decode("utf-8", "replace")
            if status == b"FAIL":
                raise AdbFailed(f"{service}: {text}")
            return text

    def connect(self, address: str) -> None:
        """Have the server connect to a phone at HOST:PORT, which is then its serial. Raises `AdbFailed`, `OSError`."""
        answer = self.ask(f"host:connect:{address}")
        if not answer.startswith(("connected to", "already connected to")):
            raise AdbFailed(answer)

    def disconnect(self, address: str) -> None:
        """Have the server forget that phone. Raises `AdbFailed`, `OSError`."""
        self.ask(f"host:disconnect:{address}")

    def close(self) -> None:
        """End the server and remove its home. May be called twice."""
        with suppress(OSError):
            self._leash.close()
        try:
            self._supervisor.wait(10)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()
            self._supervisor.wait()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_until_it_answers(self, stop: Stop) -> None:
        for _ in range(int(_START_SECONDS / _POLL_SECONDS)):
            with suppress(OSError, AdbFailed):
                self.ask("host:version", 5.0)
                return
            if self._supervisor.poll() is not None:
                break
            stop.wait(_POLL_SECONDS)
        self._log.seek(0)
        log = self._log.read().decode("utf-8", "replace").strip()
        raise DeviceLost(f"{self.adb} did not start a server on port {self.port}: {log or 'no output'}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
