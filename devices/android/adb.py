"""The adb program of this machine: the one on PATH, or the one that comes inside adbutils."""

import os
import shutil
import stat
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from devices.device import DeviceLost


def adb_program() -> Path:
    """The `adb` on PATH, else adbutils' own. Raises `DeviceLost` when there is neither."""
    if path := adb_on_path() or adb_of_adbutils():
        return path
    raise DeviceLost("there is no adb here: sudo apt install adb, or pip install adbutils, which brings one")


def adb_on_path() -> Path | None:
    """The `adb` that a person would run; None when there is none."""
    path = shutil.which("adb")
    return Path(path) if path else None


def adb_of_adbutils() -> Path | None:
    """The `adb` inside the adbutils package, made executable (an installer may forget to); None when it has none."""
    spec = find_spec("adbutils")
    name = "adb.exe" if sys.platform == "win32" else "adb"
    if spec is None or spec.origin is None or not (program := Path(spec.origin).parent / "binaries" / name).is_file():
        return None
    if not os.access(program, os.X_OK):
        with suppress(OSError):  # another person's file: starting it will say so
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program
