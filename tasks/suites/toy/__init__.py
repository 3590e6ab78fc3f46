"""A handful of tasks in the login window of `devices/toy.py`: they take a blink, so that machinery can be tried."""

from devices import Stop
from devices.toy import SIZE, Toy
from tasks.environments import FreshGround, Opened
from tasks.suite import Suite
from tasks.suites.toy.probe import ToyProbe
from tasks.suites.toy.tasks import TASKS


def _opened(stop: Stop) -> Opened:
    toy = Toy(stop)
    return toy, ToyProbe(toy), {"screen": "{}x{}".format(*SIZE)}


SUITE = Suite("toy", tuple(TASKS), "nothing", lambda stop: FreshGround(TASKS, _opened, stop))
