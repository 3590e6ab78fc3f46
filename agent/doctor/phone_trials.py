"""Trials of a phone, from the adb server to its applications; nothing on it is changed."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from subprocess import CalledProcessError, SubprocessError

from agent.doctor.trial import Fault, Finding, run_trial
from devices import DeviceLost, Stop
from devices.android.adb import adb_program
from devices.android.android import Android
from devices.android.black_screen import REASON_TEXTS
from devices.android.broadcast_keyboards import INSTALL, installed_keyboard
from devices.android.discovery import PLUG_IN
from devices.android.input import INJECT_FIX, error_line

_NOT_TRIED = ("link", "screen", "widgets", "input", "text", "state", "applications")
_UNKNOWN_KEY = ("input", "keyevent", "0")  # KEYCODE_UNKNOWN, to which no application reacts


def phone_doctor(open_phone: Callable[[Stop], Android], stop: Stop | None = None) -> list[Finding]:
    """Every finding about the phone that `open_phone` opens. It is looked at, and a key without a meaning is sent.

    Raises `Stopped`.
    """
    return list(_findings(open_phone, stop or Stop()))


def simphone_doctor(stop: Stop | None = None) -> list[Finding]:
    """Every finding about a simulated phone that exists for the examination only. Raises `Stopped`."""
    from devices.simphone.adbd import Adbd
    from devices.simphone.phone import Phone
    from devices.simphone.private_adb_server import PrivateAdbServer

    with ExitStack() as stack:

        def open_phone(stop: Stop) -> Android:
            server = stack.enter_context(closing(PrivateAdbServer(stop)))
            adbd = stack.enter_context(closing(Adbd(Phone())))
            server.connect(adbd.address)
            return Android(adbd.address, stop, server=(server.host, server.port), name="simphone")

        return phone_doctor(open_phone, stop)


def _findings(open_phone: Callable[[Stop], Android], stop: Stop) -> Iterator[Finding]:
    yield run_trial(
        "adb", lambda: str(adb_program()), "sudo apt-get install adb, or pip install --force-reinstall adbutils"
    )
    try:
        phone = open_phone(stop)
    except DeviceLost as lost:
        yield Finding("phone", False, str(lost), PLUG_IN)
        for name in _NOT_TRIED:
            yield Finding(name, None, "not tried: there is no phone")
        return
    with closing(phone):
        yield Finding("phone", True, f"{phone.identity} as {phone.serial}")
        yield run_trial("link", lambda: _link(phone), "use a better cable, or a network that loses less")
        yield run_trial("screen", lambda: _screen(phone), "unlock the phone, leave secure windows, and try again")
        yield _widgets(phone)
        yield run_trial("input", lambda: _input(phone), INJECT_FIX)
        yield _text(phone)
        yield run_trial("state", lambda: _state(phone), "update the phone's system: `dumpsys` says nothing of it")
        yield run_trial("applications", lambda: _applications(phone), "update the phone: it needs Android 7 or newer")


def _link(phone: Android) -> str:
    started = time.perf_counter()
    for _ in range(10):
        phone.status()
    return f"its state comes in {100 * (time.perf_counter() - started):.0f} ms"


def _screen(phone: Android) -> str:
    started = time.perf_counter()
    seen = phone.observe()
    for _ in range(2):
        seen = phone.observe()
    seconds = (time.perf_counter() - started) / 3
    if why := phone.why_black:
        raise Fault(f"{seen.width}x{seen.height} pixels, and {REASON_TEXTS[why]}")
    return f"{seen.width}x{seen.height} pixels in {1000 * seconds:.0f} ms, {phone.captured_by}"


def _widgets(phone: Android) -> Finding:
    elements = phone.observe().elements
    if elements:
        return Finding("widgets", True, f"{len(elements)}, such as {elements[0].role} {elements[0].text!r}")
    why = phone.why_no_elements or "none came: the screen was moving"
    return Finding("widgets", None, why, "nothing need be done: the screen is read by its pixels")


def _input(phone: Android) -> str:
    try:
        phone.probe.run(_UNKNOWN_KEY)
    except CalledProcessError as error:
        raise Fault(error_line(f"{error.output}{error.stderr}")) from error
    return "a key without a meaning was taken"


def _text(phone: Android) -> Finding:
    try:
        keyboard = installed_keyboard(phone.probe.run(("ime", "list", "-s", "-a")))
    except (OSError, SubprocessError) as error:
        return Finding("text", False, f"the keyboards cannot be listed: {error}", "restart the phone")
    if keyboard is None:
        return Finding("text", None, "ASCII only: no keyboard types other characters when told to", INSTALL)
    return Finding("text", True, f"ASCII by itself, every other character by {keyboard.ime}")


def _state(phone: Android) -> str:
    state = phone.status()
    if state.awake is None or not state.focus.front:
        raise Fault("the phone does not say what is in front, or whether it is awake")
    locked = {True: "locked", False: "unlocked", None: "locked or not: unknown"}[state.locked]
    return f"{state.focus.front} is in front, {'awake' if state.awake else 'asleep'}, {locked}"


def _applications(phone: Android) -> str:
    names = phone.apps()
    if not names:
        raise Fault("it lists none")
    return f"{', '.join(names[:6])}{f' and {len(names) - 6} more' if len(names) > 6 else ''}"
