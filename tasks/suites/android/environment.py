"""The phone tasks as a suite: a simulated phone of its own for every stage, new as from its box."""

from devices import Stop
from devices.simphone.simphone import SimPhone
from tasks.environments import FreshGround, Opened, same_at_every_seed
from tasks.suite import Suite
from tasks.suites.android import TASKS


def _opened(stop: Stop) -> Opened:
    phone = SimPhone(stop)
    phone.phone.tilt = 1  # it lies on its side, which only auto-rotate takes notice of
    return phone, phone.probe, {"phone": "simulated"}


SUITE = Suite(
    "android",
    tuple(task.name for task in TASKS),
    "android",
    lambda stop: FreshGround(same_at_every_seed(TASKS), _opened, stop),
)
