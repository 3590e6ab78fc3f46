"""Files and shell programs of a phone, for setup and checks."""

import posixpath
import subprocess

from devices.android.adb_stream import ConnectionLost, ServerRefused
from devices.android.connection import PhoneConnection
from devices.android.deadline import TimedOut
from devices.android.quoting import line_of, quoted
from devices.android.shell_session import ShellOutput
from devices.device import DeviceLost

HOME = "/sdcard"


class AndroidProbe:
    """Reads, writes and runs as adb's shell may; `~` and relative paths start at /sdcard."""

    def __init__(self, connection: PhoneConnection) -> None:
        self._connection = connection

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises `OSError`."""
        answer = self._once(f"cat {quoted(_whole(path))}")
        if answer.results[0].code:
            raise _os_error(answer, path)
        return bytes(answer.results[0].output)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, folders included. Raises `OSError`."""
        whole = _whole(path)
        answer = self._once(f"mkdir -p {quoted(posixpath.dirname(whole))} && cat > {quoted(whole)}", data)
        if answer.results[0].code:
            raise _os_error(answer, path)

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Standard output of `command`, an argument vector; what is no UTF-8 in it becomes U+FFFD.

        Raises `OSError` when the phone cannot be reached, `subprocess.SubprocessError` when it fails or takes too long.
        """
        try:
            answer = self._once(line_of(command), seconds=seconds)
        except TimeoutError as error:
            raise subprocess.TimeoutExpired(list(command), seconds) from error
        result = answer.results[0]
        if result.code:
            raise subprocess.CalledProcessError(result.code, list(command), result.text, answer.errors)
        return result.text

    def _once(self, line: str, given: bytes = b"", seconds: float = 20.0) -> ShellOutput:
        try:
            return self._connection.run_alone(line, given, seconds)
        except TimedOut as error:
            raise TimeoutError(str(error)) from error
        except (ConnectionLost, ServerRefused, DeviceLost) as error:
            raise OSError(f"the phone cannot be reached: {error}") from error


def _whole(path: str) -> str:
    if path == "~" or path.startswith("~/"):
        return HOME + path[1:]
    return posixpath.join(HOME, path)


def _os_error(answer: ShellOutput, path: str) -> OSError:
    message = (answer.errors or answer.results[0].text).strip()[:300]
    if "No such file" in message:
        return FileNotFoundError(f"{path}: {message}")
    return (PermissionError if "ermission denied" in message else OSError)(f"{path}: {message}")
