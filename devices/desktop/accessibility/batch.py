"""Many calls to many programs at once: each answer may ask more, and all end at one deadline."""

import time
from collections import deque
from collections.abc import Callable
from threading import Event

from devices.desktop.accessibility.connection import BusConnection, CallFailed, Values
from devices.desktop.accessibility.marshal import Variant
from devices.desktop.accessibility.node import PROPERTIES, Node

IN_FLIGHT = 600
"""Calls that wait for an answer at one time: a daemon keeps them in its memory."""

_SLICE = 0.02  # seconds after which a look that nobody wants any more ends

Then = Callable[[Values | None], None]
"""What is done with an answer: with its values, or with None for an error."""


class Batch:
    """Calls over `connection` until `deadline`, on `time.monotonic`, or until `unwanted` is set.

    Each answer puts the end off to as long after it as there was at the start, up to `latest`: a busy machine is slow
    and no program is hung that answers.
    """

    def __init__(self, connection: BusConnection, deadline: float, unwanted: Event, latest: float = 0.0) -> None:
        self._connection, self._deadline, self._unwanted = connection, deadline, unwanted
        self._latest, self._patience = latest, deadline - time.monotonic()
        self._waiting: dict[int, tuple[str, Then]] = {}
        self._noted: deque[tuple[str, str, str, str, str, Values, Then]] = deque()
        self.heard: set[str] = set()
        """The names that answered something."""
        self.is_over = False
        """Its time ended before all was answered."""

    def call(
        self, name: str, path: str, interface: str, member: str, then: Then, signature: str = "", values: Values = ()
    ) -> None:
        """Note a call to the bus name `name`."""
        self._noted.append((name, path, interface, member, signature, values, then))

    def ask(
        self, node: Node, interface: str, member: str, then: Then, signature: str = "", values: Values = ()
    ) -> None:
        self.call(node.app.name, node.path, interface, member, then, signature, values)

    def get(self, name: str, path: str, interface: str, prop: str, then: Callable[[object], None]) -> None:
        """Note the reading of one property; `then` is given its value, None for an error.

        `GetAll` would be one call for all of them, and ends every Qt 5 program (QTBUG-107897).
        """

        def unpacked(values: Values | None) -> None:
            match values:
                case (Variant(_, value),):
                    then(value)
                case _:
                    then(None)

        self.call(name, path, PROPERTIES, "Get", unpacked, "ss", (interface, prop))

    def run(self) -> frozenset[str]:
        """Work until all is answered or the time is over; the names that still owe an answer. Raises `BusLost`."""
        while self._noted or self._waiting:
            while self._noted and len(self._waiting) < IN_FLIGHT:
                name, path, interface, member, signature, values, then = self._noted.popleft()
                serial = self._connection.send(name, path, interface, member, signature, values)
                self._waiting[serial] = name, then
            left = self._deadline - time.monotonic()
            self.is_over = left <= 0
            if self.is_over or self._unwanted.is_set():
                break
            for serial, answer in self._connection.receive(min(_SLICE, left)):
                name, then = self._waiting.pop(serial, ("", _nothing))
                if name:
                    self.heard.add(name)
                then(None if isinstance(answer, CallFailed) else answer)
                self._deadline = max(self._deadline, min(self._latest, time.monotonic() + self._patience))
        return frozenset({name for name, _ in self._waiting.values()} | {each[0] for each in self._noted})


def _nothing(values: Values | None) -> None:
    """A late answer, to a question of an earlier look."""
