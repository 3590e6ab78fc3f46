"""Keeps a private adb server alive for exactly as long as the program that asked.

Run as a file by `adb_server.py`, alone and without the rest of the project. Its arguments are the server's folder, the
adb program and the port. It ends the server, and removes the folder, when its standard input closes: the kernel closes
it however the owner ends.
"""

import contextlib
import ctypes
import shutil
import signal
import subprocess
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PATIENCE = 3.0  # seconds the server is given to end when asked, before it is made to


def _keep(adb: str, port: str) -> None:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_me() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    server = subprocess.Popen(
        [adb, "-P", port, "nodaemon", "server"],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_me,  # safe: there is no other thread here
    )
    try:
        _watch(server)
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        server.terminate()
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _watch(server: "subprocess.Popen[bytes]") -> None:
    """Return when standard input closes or the server ends by itself."""
    signal.signal(signal.SIGCHLD, lambda *_: sys.exit(1))
    with contextlib.suppress(OSError):
        if server.poll() is None:
            sys.stdin.buffer.read()


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        _keep(sys.argv[2], sys.argv[3])
    finally:
        shutil.rmtree(sys.argv[1], ignore_errors=True)
