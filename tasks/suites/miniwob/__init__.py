"""MiniWoB++: small web tasks in a browser on a private display, judged by the reward that the page itself gives."""

from devices import Stop
from tasks.suite import Environment, Suite
from tasks.suites.miniwob.names import NAMES


def _open(stop: Stop) -> Environment:
    from tasks.suites.miniwob.environment import MiniwobEnvironment

    return MiniwobEnvironment(stop)


SUITE = Suite("miniwob", NAMES, "display", _open)
