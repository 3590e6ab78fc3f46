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
            said = os.read(self._status, 16).decode("ascii", "replace")
            self.returncode = int(said) if said.lstrip("-").isdigit() else -signal.SIGKILL  # the sandbox was ended
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
            answer, _ = self.ask({"do": "start", "command": list(command), "environ": dict(environ or {})}, given)
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
            os.close(null)
        return Program(self, int(answer["process"]), reading)

    def open(self, path: str | Path, *, write: bool = False) -> int:
        """A descriptor of a file as the sandbox's programs see it. Raises `OSError`."""
        _, fds = self.ask({"do": "open", "path": str(path), "write": write})
        if not fds:
            raise OSError(f"the sandbox opened {str(path)!r} and sent no descriptor")
        for extra in fds[1:]:
            os.close(extra)
        return fds[0]

    def ask(self, request: Mapping[str, Any], fds: Sequence[int] = ()) -> tuple[dict[str, Any], list[int]]:
        """The answer to one request, with descriptors. Raises `OSError` for a refusal and when the sandbox is gone."""
        with self._lock:
            try:
                socket.send_fds(self._requests, [json.dumps(request).encode()], list(fds))
                data, received, _, _ = socket.recv_fds(self._requests, _LARGEST, 4, socket.MSG_CMSG_CLOEXEC)
            except TimeoutError:
                self._requests.close()  # a late answer must not be taken for that of the next request
                raise
        if not data:
            raise ConnectionResetError("the sandbox has ended")
        answer: dict[str, Any] = json.loads(data)
        if "error" in answer:
            for fd in received:
                os.close(fd)
            raise OSError(int(answer.get("errno", 0)), str(answer["error"]))
        return answer, received

    def close(self) -> None:
        """End the conversation, upon which the sandbox ends. May be called twice."""
        with suppress(OSError):
            self._requests.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for an answer
        with self._lock:
            self._requests.close()
