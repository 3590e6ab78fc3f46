"""The first program inside a sandbox: starts its X server, window manager and message bus, then programs on request.

Run as a file, alone and without the rest of the project: it must start in 30 ms. Its arguments are the descriptor of a
SOCK_SEQPACKET socket and, outside a PID namespace, --die-with-parent. Each message on the socket is one JSON object and
is answered by one; descriptors travel beside it. When the other end closes, it ends what it started.
"""

import array
import contextlib
import json
import os
import select
import signal
import socket
import sys
from typing import Any, NoReturn

_LARGEST = 1 << 20  # bytes of a request
_MOST_DESCRIPTORS = 64  # beside one message
_READY_FD = "<descriptor>"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_END_SECONDS = 3.0  # for a service to end by itself after SIGTERM
_FREE_FROM = 64  # descriptors at least this high leave the low numbers to the program that is started


def receive(connection: socket.socket, size: int) -> tuple[bytes, list[int]]:
    """One message of at most `size` bytes, b"" when the other end closed, and its descriptors, close-on-exec."""
    fds = array.array("i")
    room = socket.CMSG_SPACE(_MOST_DESCRIPTORS * fds.itemsize)
    data, beside, _, _ = connection.recvmsg(size, room, socket.MSG_CMSG_CLOEXEC)  # recv_fds ignores its flags
    for _, _, packed in beside:
        fds.frombytes(packed[: len(packed) - len(packed) % fds.itemsize])
    return data, list(fds)


class _ServiceFailed(Exception):
    """A service did not start; the text says which, and what it printed last."""


def _die_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class _Services:
    """The X server, the window manager and the message bus, ended in the order they were started.

    With `bound` the kernel ends them with this process: without a PID namespace nothing else does.
    """

    def __init__(self, environ: dict[str, str], *, bound: bool) -> None:
        self.environ = environ
        self._bound = bound
        self._running: list[int] = []

    def start(self, *command: str, keep: int = -1) -> None:
        """Start `command` with its output in a log; `keep` is a descriptor it inherits."""
        process = os.fork()  # safe: there is no other thread here
        if process == 0:
            self._become(command, keep)
        self._running.append(process)

    def first_line(self, *command: str) -> str:
        """Start `command` with a descriptor in place of `_READY_FD`; the first line it writes there."""
        reading, writing = os.pipe()
        try:
            self.start(*(word.replace(_READY_FD, str(writing)) for word in command), keep=writing)
        finally:
            os.close(writing)
        with os.fdopen(reading) as answer:
            line = answer.readline().strip()
        if not line:
            with open(self._log(command[0]), errors="replace") as log:  # noqa: PTH123
                lines = log.read().strip().splitlines()
            raise _ServiceFailed(f"{command[0]} did not start: {' / '.join(lines[-3:]) or 'it printed nothing'}")
        return line

    def end(self) -> None:
        """End every service."""
        handles = [(process, os.pidfd_open(process)) for process in self._running]
        for process, _ in handles:  # the server first: windows go with it
            os.kill(process, signal.SIGTERM)
        for process, handle in handles:
            if not select.select([handle], [], [], _END_SECONDS)[0]:
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)

    def _become(self, command: tuple[str, ...], keep: int) -> NoReturn:
        """Turn this process into `command`."""
        try:
            if self._bound:
                _die_with_parent()
            log = os.open(self._log(command[0]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for descriptor, number in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
                os.dup2(descriptor, number)
            if keep >= 0:
                os.set_inheritable(keep, True)
            for ignored in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGTERM, signal.SIGHUP):
                signal.signal(ignored, signal.SIG_DFL)
            os.execvpe(command[0], command, self.environ)  # noqa: S606 - a vector, never a shell
        finally:
            os._exit(127)

    def _log(self, program: str) -> str:
        return f"{self.environ['XDG_RUNTIME_DIR']}/{program}.log"


class _Init:
    """Answers the requests of one socket until its other end closes."""

    def __init__(self, requests: socket.socket, *, bound: bool) -> None:
        self._requests = requests
        self._environ: dict[str, str] = {}
        self._children: dict[int, tuple[int, int]] = {}  # pidfd -> process, descriptor for its exit status
        self.services = _Services(self._environ, bound=bound)

    def serve(self) -> None:
        while True:
            requests = self._requests.fileno()
            ready = select.select([requests, *self._children], [], [])[0]
            for pidfd in self._children.keys() & set(ready):
                self._reap(pidfd)
            if requests in ready:
                data, fds = receive(self._requests, _LARGEST)
                if not data:
                    return
                self._answer(json.loads(data), fds)

    def _answer(self, request: dict[str, Any], fds: list[int]) -> None:
        answer: dict[str, Any]
        opened: list[int] = []
        try:
            match request.pop("do"):
                case "begin":
                    answer = {"display": self._begin(**request)}
                case "start":
                    answer = {"process": self._start(fds=fds, **request)}
                case "kill":
                    answer = {"killed": self._kill(**request)}
                case "open":
                    opened = [_open(**request)]
                    answer = {}
                case other:
                    answer = {"error": f"no such request: {other!r}"}
        except OSError as error:
            answer = {"error": error.strerror or str(error), "errno": error.errno or 0}
        except _ServiceFailed as error:
            answer = {"error": str(error)}
        finally:
            for fd in fds:
                os.close(fd)
        with contextlib.suppress(BrokenPipeError):  # the other end may be gone by now
            socket.send_fds(self._requests, [json.dumps(answer).encode()], opened)
        for fd in opened:
            os.close(fd)

    def _begin(self, size: list[int], environ: dict[str, str], display: str) -> str:
        """Start the services; the name of the display. `display` is a name to take, "" for any that is free."""
        self._environ.update(environ)
        os.environ.update(environ)  # programs are looked for in the sandbox's PATH
        os.chdir(environ["HOME"])
        # -noreset: without it the server starts afresh when the last window closes, and forgets which keys are down.
        # -r: a key does not repeat however long the agent is held up between pressing and releasing it.
        width, height = size
        screen = ("-screen", "0", f"{width}x{height}x24", "-dpi", "96")
        quiet = ("-noreset", "-r", "-s", "0", "-nolisten", "tcp")
        name = (display,) if display else ()
        display = f":{self.services.first_line('Xvfb', *name, *screen, *quiet, '-displayfd', _READY_FD)}"
        self._environ["DISPLAY"] = display
        self.services.start("openbox", "--sm-disable")
        bus = environ["DBUS_SESSION_BUS_ADDRESS"]
        self.services.first_line(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={bus}", f"--print-address={_READY_FD}"
        )
        return display

    def _start(self, command: list[str], environ: dict[str, str], fds: list[int]) -> int:
        """Start `command` in a session of its own; its descriptors from 0 on are `fds` but the last.

        When it ends, its exit status is written to the last, as a decimal number.
        """
        import fcntl

        *inherited, status = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _FREE_FROM) for fd in fds]
        try:
            process = os.posix_spawnp(
                command[0],
                command,
                {**self._environ, **environ},
                file_actions=[(os.POSIX_SPAWN_DUP2, fd, number) for number, fd in enumerate(inherited)],
                setsid=True,
                setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),  # Python ignores them
            )
        except OSError:
            os.close(status)
            raise
        finally:
            for fd in inherited:
                os.close(fd)
        self._children[os.pidfd_open(process)] = process, status
        return process

    def _kill(self, process: int) -> bool:
        """Kill a program that runs still, with its process group."""
        if process not in {child for child, _ in self._children.values()}:
            return False
        os.killpg(process, signal.SIGKILL)
        return True

    def _reap(self, pidfd: int) -> None:
        process, status = self._children.pop(pidfd)
        os.close(pidfd)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        with contextlib.suppress(BrokenPipeError):
            os.write(status, str(code).encode())
        os.close(status)


def _open(path: str, write: bool) -> int:
    """A descriptor of the file at `path`, which may be relative to the home. Folders are made for writing."""
    if not write:
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe nobody writes to must not block
    if folder := os.path.dirname(path):  # noqa: PTH120
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)


def _main(descriptor: int, *, bound: bool) -> None:
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
        with contextlib.suppress(OSError):  # the listing's own is closed by now
            os.set_inheritable(number, number < 3)  # with the socket a program could answer in this one's place
    if bound:
        _die_with_parent()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(1))
    with socket.socket(fileno=descriptor) as requests:
        init = _Init(requests, bound=bound)
        try:
            init.serve()
        finally:
            init.services.end()


if __name__ == "__main__":
    _main(int(sys.argv[1]), bound="--die-with-parent" in sys.argv)
