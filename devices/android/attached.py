"""The phones at hand, and what to do about those that cannot be worked."""

from dataclasses import dataclass

from devices.android.choosing import trouble
from devices.android.patience import NoAnswer, Patience
from devices.android.server import Listed, listed
from devices.android.shell import run_once
from devices.android.state import read_size
from devices.android.stream import LinkLost, Server, ServerSays
from devices.stop import Stop

ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Attached:
    """A phone that the adb server knows. `size` is (width, height) upright, None where it does not say.

    `trouble` is what is wrong and how to mend it, "" for a phone that can be worked.
    """

    serial: str
    state: str
    model: str
    size: tuple[int, int] | None
    trouble: str


def attached(server: Server, stop: Stop) -> list[Attached]:
    """Every phone that `server` knows; none of them is held. Raises `DeviceLost`, `Stopped`."""
    return [_asked(phone, server, stop) for phone in listed(server, stop)]


def _asked(phone: Listed, server: Server, stop: Stop) -> Attached:
    if phone.state != "device":
        return Attached(phone.serial, phone.state, phone.model, None, trouble(phone.serial, phone.state))
    try:
        answer = run_once(server, phone.serial, "wm size", Patience(stop, ANSWER_SECONDS))
    except (LinkLost, NoAnswer, ServerSays) as error:
        why = f"the phone {phone.serial} does not answer ({error}): plug it in again, or restart it"
        return Attached(phone.serial, phone.state, phone.model, None, why)
    return Attached(phone.serial, phone.state, phone.model, read_size(answer.results[0].text), "")
