"""The phones that are attached, which of them is meant, and how to mend one that cannot be driven."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from devices.android.adb_server import ListedPhone, connect, listed_phones
from devices.android.adb_stream import ConnectionLost, ServerAddress, ServerRefused
from devices.android.deadline import Deadline, TimedOut
from devices.android.phone_status import read_size
from devices.android.shell_session import run_once
from devices.device import DeviceLost
from devices.stop import Stop

HELP = {
    "unauthorized": "unlock it and allow USB debugging for this computer on its screen, then try again",
    "offline": "plug it in again, or switch USB debugging off and on; over the network: adb connect HOST:PORT",
    "no permissions": "this user may not use the USB port: sudo apt install android-sdk-platform-tools-common, replug",
    "authorizing": "unlock it and wait until it asks to allow USB debugging",
    "recovery": "restart it: it shows its recovery menu",
    "sideload": "restart it: it waits for an update",
    "bootloader": "restart it: it shows its boot menu",
}
PLUG_IN = (
    "plug one in with USB debugging on (Settings > Developer options), start an emulator, connect to one with "
    "--device android:HOST:PORT, or try --device simphone, which needs none"
)
ANSWER_SECONDS = 5.0
_ADDRESS = re.compile(r".+:\d{1,5}")


@dataclass(frozen=True, slots=True)
class AttachedPhone:
    """A phone that the adb server lists. `size` is (width, height) upright, None where it is not known.

    `trouble` is what is wrong and how to mend it, "" for a phone that can be worked.
    """

    serial: str
    state: str
    model: str
    size: tuple[int, int] | None
    trouble: str


def is_address(serial: str) -> bool:
    """Whether a serial is the HOST:PORT of a phone on the network."""
    return bool(_ADDRESS.fullmatch(serial))


def select_serial(wanted: str, server: ServerAddress, stop: Stop) -> str:
    """The serial of the phone that is meant: `wanted`, else the one in $ANDROID_SERIAL, else the only one there is.

    A HOST:PORT that is not listed is connected to. Raises `DeviceLost` saying what there is and what to do.
    """
    phones = listed_phones(server, stop)
    wanted = wanted or os.environ.get("ANDROID_SERIAL", "")
    if wanted:
        if wanted not in {phone.serial for phone in phones} and is_address(wanted):
            connect(server, wanted, stop)
            phones = listed_phones(server, stop)
        return _usable(wanted, phones)
    ready = [phone for phone in phones if phone.state == "device"]
    if len(ready) == 1:
        return ready[0].serial
    if ready:
        names = ", ".join(f"{phone.serial} ({phone.model})" if phone.model else phone.serial for phone in ready)
        raise DeviceLost(f"there are {len(ready)} phones: {names}. Say which: --device android:{ready[0].serial}")
    if len(phones) == 1:
        return _usable(phones[0].serial, phones)
    if phones:
        reasons = "; ".join(problem_text(phone.serial, phone.state) for phone in phones)
        raise DeviceLost(f"no phone can be driven: {reasons}")
    raise DeviceLost(f"there is no phone: {PLUG_IN}")


def _usable(serial: str, phones: Sequence[ListedPhone]) -> str:
    state = next((phone.state for phone in phones if phone.serial == serial), None)
    if state == "device":
        return serial
    if state is None:
        known = ", ".join(phone.serial for phone in phones)
        there = f"there are {known}" if known else f"there is none: {PLUG_IN}"
        raise DeviceLost(f"no phone has the serial {serial!r}: {there}")
    raise DeviceLost(problem_text(serial, state))


def problem_text(serial: str, state: str) -> str:
    """What is wrong with a phone in a state other than "device", and how to mend it."""
    plain = next((name for name in HELP if name in state), "")
    return f"the phone {serial} is {state}: {HELP.get(plain, 'restart it, and plug it in again')}"


def attached_phones(server: ServerAddress, stop: Stop) -> list[AttachedPhone]:
    """Every phone that `server` knows; none of them is held. Raises `DeviceLost`, `Stopped`."""
    return [_inspect(phone, server, stop) for phone in listed_phones(server, stop)]


def _inspect(phone: ListedPhone, server: ServerAddress, stop: Stop) -> AttachedPhone:
    if phone.state != "device":
        return AttachedPhone(phone.serial, phone.state, phone.model, None, problem_text(phone.serial, phone.state))
    try:
        answer = run_once(server, phone.serial, "wm size", Deadline(stop, ANSWER_SECONDS))
    except (ConnectionLost, TimedOut, ServerRefused) as error:
        why = f"the phone {phone.serial} does not answer ({error}): plug it in again, or restart it"
        return AttachedPhone(phone.serial, phone.state, phone.model, None, why)
    return AttachedPhone(phone.serial, phone.state, phone.model, read_size(answer.results[0].text), "")
