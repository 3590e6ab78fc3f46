"""Keeps a sandbox alive for exactly as long as the program that asked for it, and removes all that is left of it.

Run as a file by `private_display.py`, alone and without the rest of the project: it must start in 30 ms. Its arguments
are the sandbox's folder, a descriptor to hand on, and the command that starts `sandbox_init.py`, inside bubblewrap or
not. It ends everything, the folder included, when its standard input closes: the kernel closes it however the owner
ends.
"""

import contextlib
import os
import select
import signal
import sys

MARK = "SCREENHAND_SANDBOX"
"""The variable by which the processes of a sandbox without namespaces are known: its value is the sandbox's folder."""

X_LINK, X_LOCK = "/tmp/.X11-unix/X{}", "/tmp/.X{}-lock"  # noqa: S108 - the X11 protocol's own
"""Where X clients look for an X server's socket, and the file by which servers know that its number is taken."""

_NAMESPACE = "--unshare-pid"
_END_SECONDS = 7.0  # for the first program to end what it started, or for the kernel to end all of a namespace


def remove(folder: str) -> None:
    """Remove a sandbox's folder, and the display number that was reserved for it."""
    import shutil

    with contextlib.suppress(OSError, ValueError):
        with open(f"{folder}/display") as reserved:  # noqa: PTH123 - pathlib would cost the start 5 ms
            number = int(reserved.read())
        if os.readlink(X_LINK.format(number)).startswith(f"{folder}/"):  # noqa: PTH115
            os.unlink(X_LINK.format(number))  # noqa: PTH108
            os.unlink(X_LOCK.format(number))  # noqa: PTH108
    shutil.rmtree(folder, ignore_errors=True)


def _start(command: list[str], descriptor: int) -> tuple[int, int]:
    """Start `command`: its process, and a pidfd of the first process of its PID namespace if it has one, or its own."""
    os.set_inheritable(descriptor, True)
    if _NAMESPACE not in command:
        program = os.posix_spawnp(command[0], command, os.environ)
        os.close(descriptor)
        return program, os.pidfd_open(program)
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    program = os.posix_spawnp(command[0], [command[0], "--info-fd", str(writing), *command[1:]], os.environ)
    os.close(descriptor)
    os.close(writing)
    with os.fdopen(reading) as report:
        digits = report.read().partition('"child-pid":')[2].partition(",")[0].strip("} \n")
    if not digits:
        raise OSError("bubblewrap did not start")  # its error is in the log
    return program, os.pidfd_open(int(digits))


def _end(program: int, first: int, folder: str, *, namespace: bool) -> None:
    """End the first process; with a PID namespace the kernel ends all others before that one is gone."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(first, signal.SIGKILL if namespace else signal.SIGTERM)
    for pidfd in (first, os.pidfd_open(program)):  # bubblewrap itself ends after its first process
        if not select.select([pidfd], [], [], _END_SECONDS)[0]:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    os.waitpid(program, 0)
    for _ in range(0 if namespace else 5):  # what is being killed may have been starting something
        for process in (strays := _processes_of(folder)):
            _kill(process)
        if not strays:
            break


def _processes_of(folder: str) -> list[int]:
    """The processes whose environment says that they belong to `folder`: a background job outlives its window."""
    mark = f"{MARK}={folder}".encode()
    processes = []
    for process in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
        try:
            with open(f"/proc/{process}/environ", "rb") as environ:  # noqa: PTH123
                marked = mark in environ.read().split(b"\0")
        except OSError:
            continue  # it ended, or it is another person's
        if marked:
            processes.append(int(process))
    return processes


def _kill(process: int) -> None:
    with contextlib.suppress(OSError):  # it may be gone already
        handle = os.pidfd_open(process)
        os.kill(process, signal.SIGKILL)
        select.select([handle], [], [], _END_SECONDS)
        os.close(handle)


def _main(folder: str, descriptor: int, command: list[str]) -> None:
    namespace = _NAMESPACE in command
    try:
        program, first = _start(command, descriptor)
        try:
            select.select([sys.stdin, first], [], [])
        finally:
            _end(program, first, folder, namespace=namespace)
    finally:
        remove(folder)


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    _main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
