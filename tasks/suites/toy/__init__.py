"""A few tasks in the login window of `devices/toy.py`, of milliseconds each, to test the machinery with."""

from devices import Stop
from devices.toy import SIZE, Toy
from tasks.environments import FreshEnvironment, OpenDevice
from tasks.suite import Suite
from tasks.suites.toy.tasks import TASKS


class ToyProbe:
    """`Name`, `Password` and `message` can be read, the two fields can be written, and nothing can be run."""

    def __init__(self, toy: Toy) -> None:
        self._toy = toy

    def read(self, path: str) -> bytes:
        """The text in it. Raises `FileNotFoundError`."""
        texts = {**self._toy.fields, "message": self._toy.message}
        if path not in texts:
            raise FileNotFoundError(f"the toy has {', '.join(texts)}; found {path!r}")
        return texts[path].encode()

    def write(self, path: str, data: bytes) -> None:
        """Fill a field. Raises `FileNotFoundError`."""
        if path not in self._toy.fields:
            raise FileNotFoundError(f"the toy has the fields {', '.join(self._toy.fields)}; found {path!r}")
        self._toy.fields[path] = data.decode()

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Raises `OSError`: the toy has no programs."""
        raise FileNotFoundError(f"the toy runs no programs; found {command!r}")


def _open(stop: Stop) -> OpenDevice:
    toy = Toy(stop)
    return toy, ToyProbe(toy), {"screen": "{}x{}".format(*SIZE)}


SUITE = Suite("toy", tuple(TASKS), "nothing", lambda stop: FreshEnvironment(TASKS, _open, stop))
