"""The phone tasks as a suite: a simulated phone of its own for every task, in its factory state."""

from devices import Stop
from devices.simphone.simphone import SimPhone
from tasks.environments import FreshEnvironment, OpenDevice, same_at_every_seed
from tasks.suite import Suite
from tasks.suites.android import TASKS


def _open(stop: Stop) -> OpenDevice:
    phone = SimPhone(stop)
    phone.phone.tilt = 1  # it lies on its side, which only auto-rotate takes notice of
    return phone, phone.probe, {"phone": "simulated"}


SUITE = Suite(
    "android",
    tuple(task.name for task in TASKS),
    "android",
    lambda stop: FreshEnvironment(same_at_every_seed(TASKS), _open, stop),
)
