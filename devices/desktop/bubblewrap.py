"""Bubblewrap's arguments for a sandbox: own processes, own files, no network; and whether it works on this machine."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from devices.desktop import sandbox_init

PROGRAM = "bwrap"
WHAT_IS_LOST = "applications see your files and the network; some may outlive it"
"""What a sandbox does not keep without bubblewrap."""

WHAT_IS_KEPT = "applications see neither your files nor a network, and all end with it"
WHAT_IS_KEPT_WITH_NETWORK = "applications see the network but not your files, and all end with it"

_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix/store"),
    *("/var/cache/fontconfig", "/var/lib/dbus"),  # without its cache fontconfig reads every font at each start
)
"""All that a sandbox sees of the machine, read-only."""

_NAMESPACES = ("--unshare-pid", "--unshare-ipc", "--die-with-parent", "--cap-drop", "ALL")
_OF_ROOT = ("--cap-add", "CAP_CHOWN", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETUID")
"""A terminal that is started by root sets its groups and its device's owner, or ends."""

_KERNEL = ("/proc/sys", "/proc/sysrq-trigger")
"""What root could write to without any capability."""

INIT = "/run/sandbox_init.py"
"""Where `sandbox_init.py` lies inside: a path without the caller's home in it."""

_PYTHON = "/run/python"
_TRIAL_SECONDS = 10.0


def why_unusable() -> str:
    """Why bubblewrap cannot be used here; "" when it can. Tried once in a process: a machine may forbid namespaces."""
    program = shutil.which(PROGRAM)
    return _trial_failure(program) if program else "bubblewrap is not installed"


@cache
def _trial_failure(program: str) -> str:
    trial = [program, *_namespaces(network=False), *_system(), "true"]
    try:
        run = subprocess.run(trial, capture_output=True, text=True, timeout=_TRIAL_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        return f"bubblewrap does not work here: {error}"
    errors = run.stderr.strip().splitlines()
    return f"bubblewrap does not work here: {errors[-1] if errors else run.returncode}" if run.returncode else ""


def arguments(folder: Path, *, network: bool, readable: Iterable[Path]) -> tuple[str, ...]:
    """The command that runs what is appended to it in namespaces of its own.

    `folder` holds `home` and `runtime`, which keep their paths inside, and `tmp`, which is /tmp there. `readable` are
    files and folders of the caller that stay visible, read-only.
    """
    binds: tuple[str, ...] = ("--bind", str(folder / "tmp"), "/tmp")  # noqa: S108 - the sandbox's own
    for name in ("home", "runtime"):
        binds += ("--bind", str(folder / name), str(folder / name))
    for path in readable:
        binds += ("--ro-bind", str(path), str(path))
    resolver = Path("/etc/resolv.conf").resolve()
    if network and resolver.is_file() and not _is_system(resolver):
        binds += ("--ro-bind", str(resolver), str(resolver))
    return (
        *(shutil.which(PROGRAM) or PROGRAM, *_namespaces(network=network), *_system()),
        *("--tmpfs", "/run", "--tmpfs", "/var/tmp"),  # noqa: S108
        *_python_binds(),
        *("--ro-bind", sandbox_init.__file__, INIT),
        *binds,
    )


def python() -> str:
    """This interpreter's path inside, without its virtual environment."""
    real = Path(sys.executable).resolve()
    return str(real) if _is_system(real) else f"{_PYTHON}/bin/python3"


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` as it is inside: with only those folders in its search paths that a sandbox sees."""
    paths = {
        name: ":".join(folder for folder in environ[name].split(":") if _is_system(Path(folder)))
        for name in ("PATH", "XDG_DATA_DIRS")
        if name in environ
    }
    return {**environ, **paths, "PATH": paths.get("PATH") or os.defpath, "TMPDIR": "/tmp"}  # noqa: S108


def _python_binds() -> Iterator[str]:
    """An interpreter from the caller's home (pyenv, conda, uv) under a path without that home in it."""
    real, base = Path(sys.executable).resolve(), Path(sys.base_prefix)
    if not _is_system(real):
        yield from ("--ro-bind", str(real), f"{_PYTHON}/bin/python3", "--setenv", "LD_LIBRARY_PATH", f"{_PYTHON}/lib")
        for name in ("lib", "lib64"):
            if (base / name).is_dir():
                yield from ("--ro-bind", str(base / name), f"{_PYTHON}/{name}")


def _namespaces(*, network: bool) -> Iterator[str]:
    yield from _NAMESPACES
    if not network:
        yield "--unshare-net"
    if os.geteuid() == 0:
        yield from _OF_ROOT


def _system() -> Iterator[str]:
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.exists():
            yield from ("--ro-bind", name, name)
    if os.geteuid() == 0:
        yield from _hidden_secrets()
    yield from ("--proc", "/proc", "--dev", "/dev")
    for name in filter(os.path.exists, _KERNEL):
        yield from ("--ro-bind", name, name)


def _hidden_secrets() -> Iterator[str]:
    """What only root may read in /etc, such as password hashes and host keys: root in a sandbox is that root."""
    folders = ["/etc"]
    while folders:
        for entry in os.scandir(folders.pop()):
            with suppress(FileNotFoundError):  # a package manager may be at work
                mode = entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISREG(mode) and not mode & stat.S_IROTH:
                    yield from ("--ro-bind", os.devnull, entry.path)
                elif stat.S_ISDIR(mode) and not mode & stat.S_IROTH:
                    yield from ("--tmpfs", entry.path)
                elif stat.S_ISDIR(mode):
                    folders.append(entry.path)


def _is_system(path: Path) -> bool:
    return any(path.is_relative_to(name) for name in _SYSTEM)
