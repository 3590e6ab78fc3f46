"""The caller's end of a sandbox: programs started and files opened by the first program inside it."""

import json
import os
import select
import signal
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from devices.desktop.sandbox_init import receive

_ANSWER_SECONDS = 60.0  # an answer takes a millisecond; a sandbox that needs more than this has hung
_LARGEST = 1 << 16


class Program:
    """A program that was started in a sandbox. `close` forgets it, and does not end it."""

    def __init__(self, control: "SandboxControl", process: int, status: int) -> None:
        self.process = process
        self.returncode: int | None = None
        self._control = control
        self._status = status

    def poll(self) -> int | None:
        """Its exit code once it has ended, negative for a signal as `subprocess` has it; None while it runs."""
        return self._wait(0)

    def wait(self, seconds: float) -> int:
        """Its exit code. Raises `TimeoutError` when it still runs after `seconds`."""
        if (code := self._wait(seconds)) is None:
            raise TimeoutError(f"it still runs after {seconds:g} s")
        return code

    def kill(self) -> None:
        """Kill it and its process group, if it runs still."""
        with suppress(OSError):  # the sandbox may be gone, and with it the program
            self._control.ask({"do": "kill", "process": self.process})

    def close(self) -> None:
        """Let go of its exit status. May be called twice."""
        status, self._status = self._status, -1
        if status >= 0:
            os.close(status)

    def _wait(self, seconds: float) -> int | None:
        if self.returncode is None and self._status >= 0 and select.select([self._status], [], [], seconds)[0]:
            try:
                self.returncode = int(os.read(self._status, 16))
            except ValueError:
                self.returncode = -signal.SIGKILL  # nothing was written: the sandbox was ended
            self.close()
        return self.returncode


class SandboxControl:
    """Asks one thing at a time of the program at the other end of `requests`; safe from any thread."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._requests.settimeout(_ANSWER_SECONDS)
        self._lock = threading.Lock()

    def launch(self, command: Sequence[str]) -> None:
        """Start `command`, without input and output, and leave it to itself. Raises `OSError`."""
        self.start(command).close()

    def start(
        self, command: Sequence[str], fds: Sequence[int] = (), environ: Mapping[str, str] | None = None
    ) -> Program:
        """Start `command`, found on the sandbox's PATH, in its home. Raises `OSError` when it cannot be started.

        `fds` become its descriptors from 0 on, standard input, output and error first; of those three what is left
        out is the null device. `environ` is added to the sandbox's environment.
        """
        reading, writing = os.pipe()
        null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        given = [*fds, *[null] * (3 - len(fds)), writing]
        try:
            answer, unasked = self.ask({"do": "start", "command": list(command), "environ": dict(environ or {})}, given)
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
            os.close(null)
        _close(unasked)
        return Program(self, answer.get("process", -1), reading)

    def open(self, path: str | Path, *, write: bool = False) -> int:
        """A descriptor of a file as the sandbox's programs see it. Raises `OSError`."""
        _, fds = self.ask({"do": "open", "path": str(path), "write": write})
        if not fds:
            raise OSError(f"the sandbox opened {str(path)!r} and sent no descriptor")
        _close(fds[1:])
        return fds[0]

    def ask(self, request: Mapping[str, Any], fds: Sequence[int] = ()) -> tuple[dict[str, Any], list[int]]:
        """The answer to one request, with descriptors. Raises `OSError` for a refusal and when the sandbox is gone.

        A program inside may have taken the place of the one that answers: no answer is believed to be well-formed.
        """
        with self._lock:
            try:
                socket.send_fds(self._requests, [json.dumps(request).encode()], list(fds))
                data, received = receive(self._requests, _LARGEST)
            except TimeoutError:
                self._requests.close()  # a late answer must not be taken for that of the next request
                raise
        try:
            return _checked(data), received
        except OSError:
            _close(received)
            raise

    def close(self) -> None:
        """End the conversation, upon which the sandbox ends. May be called twice."""
        with suppress(OSError):
            self._requests.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for an answer
        with self._lock:
            self._requests.close()


def _close(fds: Sequence[int]) -> None:
    for fd in fds:
        os.close(fd)


def _checked(data: bytes) -> dict[str, Any]:
    """The answer that `data` is. Raises `OSError` when it is none, or a refusal."""
    if not data:
        raise ConnectionResetError("the sandbox has ended")
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise OSError(f"the sandbox answered no JSON: {data[:80]!r}") from error
    match answer:
        case {"error": str(why), "errno": int(number)}:
            raise OSError(number, why)
        case {"error": why}:
            raise OSError(0, str(why))
        case dict():
            return answer
    raise OSError(f"the sandbox answered no JSON object: {data[:80]!r}")
