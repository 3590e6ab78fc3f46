"""Keeps a private adb server alive for exactly as long as the program that asked.

Run as a file by `private_adb_server.py`, alone and without the rest of the project. Its arguments are the server's
folder, the adb program and the port. It ends the server, and removes the folder, when its standard input closes: the
kernel closes it however the owner ends.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_GRACE_SECONDS = 3.0  # seconds the server is given to end when asked, before it is made to


def _keep(adb: str, port: str) -> None:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_me() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    server = subprocess.Popen(
        [adb, "-P", port, "nodaemon", "server"],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_me if libc else None,  # safe: there is no other thread yet
    )
    try:
        threading.Thread(target=_let_go, args=(server,), daemon=True).start()
        server.wait()
    finally:
        _end(server)


def _let_go(server: "subprocess.Popen[bytes]") -> None:
    """End the server as soon as standard input closes."""
    while os.read(0, 1):
        pass
    _end(server)


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        _keep(sys.argv[2], sys.argv[3])
    finally:
        shutil.rmtree(sys.argv[1], ignore_errors=True)
