"""MiniWoB++: small web tasks in a browser on a private display, judged by the reward that the page itself gives."""

from devices import Stop
from tasks.suite import Ground, Suite
from tasks.suites.miniwob.names import NAMES


def _opened(stop: Stop) -> Ground:
    from tasks.suites.miniwob.environment import MiniwobGround

    return MiniwobGround(stop)


SUITE = Suite("miniwob", NAMES, "display", _opened)
