"""The whole examination: the session, screen capture, input, reading, applications and the sandbox."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from agent.doctor import typing_window
from agent.doctor.keyboard_trials import Process, Start, keyboard_findings
from agent.doctor.screen_trials import screen_findings
from agent.doctor.trial import Fault, Finding, run_trial
from devices import DeviceLost, Observation, Stop
from devices.desktop import bubblewrap
from devices.desktop.apps import Apps
from devices.desktop.backends import this_system
from devices.desktop.desktop import Desktop
from devices.desktop.private_display import PACKAGES, PrivateDisplay, missing
from devices.desktop.system import System

WORDS = "Screenhand reads these words"

SCREEN_FIX = {
    "darwin": "System Settings > Privacy & Security > Screen & System Audio Recording: allow this terminal, restart it",
    "linux": "start this from an X11 session, or work on a private desktop: --device sandbox",
}.get(sys.platform, "start this from a desktop session that is not locked")
INPUT_FIX = {
    "darwin": "System Settings > Privacy & Security > Accessibility: allow this terminal, and restart it",
    "linux": "let no other program hold the keyboard or the pointer (a menu, a lock screen), then try again",
}.get(sys.platform, "do not work beside a program that runs as administrator, or run this as one too")
INSTALL = "sudo apt-get install"
SANDBOX_FIX = f"{INSTALL} {' '.join(PACKAGES.values())}"
BUS_FIX = f"{INSTALL} at-spi2-core, then start the applications anew"
ISOLATION_FIX = f"{INSTALL} bubblewrap, and allow user namespaces where it still does not work (a container, AppArmor)"


def doctor(
    where: Literal["desktop", "sandbox"] = "desktop", stop: Stop | None = None, *, every_app: bool = False
) -> list[Finding]:
    """Every finding about the desktop of this machine, or about a private one; it takes about 3 s.

    `every_app` names all applications that are found, not only the first.
    The pointer moves, and a small window opens and takes a few keys; nothing else is touched and both are put back.
    Raises `Stopped`, also when the pointer is moved by hand meanwhile.
    """
    return list(_findings(where, stop or Stop(), every_app=every_app))


def _findings(where: str, stop: Stop, *, every_app: bool) -> Iterator[Finding]:
    yield _session(where)
    with ExitStack() as stack:
        environ: Mapping[str, str] = os.environ
        start: Start = _start_here
        try:
            display_name = None
            if where == "sandbox":
                private = stack.enter_context(closing(PrivateDisplay(stop, readable=[Path(typing_window.__file__)])))
                environ, display_name = private.environ, private.display_name
                start = partial(_start_in, private)
            watch = where == "desktop"
            desktop = Desktop(stop, Apps(environ), display_name=display_name, watch_pointer=watch)
            stack.enter_context(closing(desktop))
            system = stack.enter_context(closing(this_system(display_name, stop)))
        except DeviceLost as lost:
            yield Finding("capture", False, str(lost), SANDBOX_FIX if missing() and where == "sandbox" else SCREEN_FIX)
            for name in ("displays", "scale", "pointer", "key", "text"):
                yield Finding(name, None, "not tried: there is no screen")
        else:
            yield from screen_findings(desktop, system, display_name, SCREEN_FIX, INPUT_FIX)
            yield from keyboard_findings(desktop, start, stop, INPUT_FIX)
            session = environ["DBUS_SESSION_BUS_ADDRESS"] if where == "sandbox" else ""
            yield _accessibility(system, session)
        yield run_trial("reading", _reading, "pip install --force-reinstall rapidocr onnxruntime")
        yield _applications(environ, every_app=every_app)
    yield _sandbox(where, stop)
    if sys.platform == "linux":
        yield _isolation()


def _session(where: str) -> Finding:
    if where == "sandbox" or sys.platform != "linux":
        return Finding("session", None, "a private X display" if where == "sandbox" else sys.platform)
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        found = "Wayland, which lets no program see the whole screen or move the pointer"
        return Finding("session", False, found, 'choose "Xorg" when you log in, or use --device sandbox')
    name = os.environ.get("DISPLAY", "")
    return Finding("session", True, f"X11 on {name}") if name else Finding("session", None, "no desktop session")


def _reading() -> str:
    from PIL import Image, ImageDraw, ImageFont

    from agent.builtin import read_text

    picture = Image.new("RGB", (640, 120), "white")
    ImageDraw.Draw(picture).text((40, 40), WORDS, "black", ImageFont.load_default(24))
    started = time.perf_counter()
    found = read_text(Observation(np.array(picture)))
    if WORDS not in found:
        raise Fault(f"a picture that says {WORDS!r} was read as {found!r}")
    return f"read {WORDS!r} in {time.perf_counter() - started:.1f} s, loading included"


def _accessibility(system: System, session: str) -> Finding:
    tree = system.accessibility(session)
    if tree is None:
        found = "off: there is no message bus" if sys.platform == "linux" else "not spoken to on this system yet"
        return Finding("accessibility", None, f"{found}; screens are read from their pixels")
    with closing(tree):
        if (count := tree.applications()) is None:
            return Finding("accessibility", None, f"off, screens are read from their pixels: {tree.why_off}", BUS_FIX)
        return Finding("accessibility", True, f"on; {count} of the open applications say what is in their windows")


def _applications(environ: Mapping[str, str], *, every_app: bool) -> Finding:
    names = Apps(environ).names()
    if not names:
        return Finding(
            "applications", None, "none has a desktop entry", "sudo apt-get install mousepad galculator xterm"
        )
    shown = names if every_app else names[:6]
    more = f" and {len(names) - 6} more: --apps names them" if len(shown) < len(names) else ""
    return Finding("applications", True, f"{', '.join(shown)}{more}")


def _sandbox(where: str, stop: Stop) -> Finding:
    if absent := missing():
        needed = where == "sandbox" or (sys.platform == "linux" and not os.environ.get("DISPLAY"))
        return Finding("sandbox", False if needed else None, f"not installed: {', '.join(absent)}", SANDBOX_FIX)

    def trial() -> str:
        started = time.perf_counter()
        PrivateDisplay(stop).close()
        return f"a private desktop starts and ends in {time.perf_counter() - started:.1f} s"

    return run_trial("sandbox", trial, SANDBOX_FIX)


def _isolation() -> Finding:
    if why := bubblewrap.why_unusable():
        return Finding("isolation", None, f"{why}: in the sandbox {bubblewrap.WHAT_IS_LOST}", ISOLATION_FIX)
    return Finding("isolation", True, f"bubblewrap: {bubblewrap.WHAT_IS_KEPT}")


def _start_here(script: str, stdin: int, stdout: int) -> AbstractContextManager[Process]:
    return subprocess.Popen([sys.executable, script], stdin=stdin, stdout=stdout)


def _start_in(private: PrivateDisplay, script: str, stdin: int, stdout: int) -> AbstractContextManager[Process]:
    return closing(private.control.start((private.python, script), (stdin, stdout)))
