"""What the applications on a screen say of themselves: one look within its budget, known nodes again, one node now."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Event

from devices.desktop.accessibility import roles
from devices.desktop.accessibility.batch import Batch
from devices.desktop.accessibility.bus import AccessibilityBus
from devices.desktop.accessibility.connection import BusLost
from devices.desktop.accessibility.elements import Part
from devices.desktop.accessibility.node import ACCESSIBLE, ROOT, BusApp, Extents, Node
from devices.desktop.accessibility.reading import REGISTRY, Look, Reading
from devices.desktop.accessibility.walk import look_again, read_text, references
from devices.desktop.top_level import TopLevel
from devices.device import Element

LOOK_SECONDS, AGAIN_SECONDS, CHECK_SECONDS = 0.15, 0.045, 0.005
LATEST_LOOK_SECONDS = 0.8
"""For programs that go on answering: Chromium takes 0.6 s for a page when the CPU is busy."""
_START_SECONDS = 1.0  # for the registry, which starts at its first question in 25 ms
_BUS_AGAIN_SECONDS = 5.0  # after a bus was lost
_NEW_SECONDS = 6.0  # in which a program with a window comes to the bus, if ever: GTK 4 and Java take 2 to 5


class AccessibilityTree:
    """The trees of the windows that `stack` lists, read over the bus of `session`. For one thread.

    Nothing here fails but `place_now`: without a bus there are no parts. An application that does not
    answer costs one look its budget and is then only asked whether it answers again.
    """

    def __init__(self, session: str, stack: Callable[[], tuple[TopLevel, ...]]) -> None:
        self._session, self._stack = session, stack
        self._bus: AccessibilityBus | None = None
        self._apps: dict[str, BusApp] = {}
        self._known: dict[int, float] = {}
        """Since when each process has had a window in sight."""
        self._lost_at = -_BUS_AGAIN_SECONDS
        self.why_off = ""
        """Why nothing can be read; "" while it can."""

    def open(self) -> AccessibilityBus | None:
        """The bus; None when there is none, or was none a moment ago."""
        if self._bus is None and time.monotonic() - self._lost_at >= _BUS_AGAIN_SECONDS:
            try:
                self._bus, self.why_off = AccessibilityBus(self._session), ""
            except BusLost as error:
                self._lose(error)
        return self._bus

    def applications(self) -> int | None:
        """How many applications are on the bus; None when there is no bus."""
        names: list[tuple[str, str]] = []
        if (bus := self.open()) is None:
            return None
        batch = Batch(bus.connection, time.monotonic() + _START_SECONDS, Event())
        batch.call(REGISTRY, ROOT, ACCESSIBLE, "GetChildren", lambda values: names.extend(references(values)))
        try:
            batch.run()
        except BusLost as error:
            self._lose(error)
            return None
        return len({name for name, _ in names})

    def look(self, unwanted: Event) -> Look:
        """Everything; it ends 0.15 s after the last answer, and in 0.8 s at most."""
        stack = self._stack()
        if (bus := self.open()) is None:
            return Look(stack)
        now = time.monotonic()
        batch = Batch(bus.connection, now + LOOK_SECONDS, unwanted, now + LATEST_LOOK_SECONDS)
        try:
            look = Reading(batch, stack, self._apps).done()
        except BusLost as error:
            self._lose(error)
            return Look(stack, cut=True, late=True)
        return replace(look, cut=True, late=True) if self._may_come(look) else look

    def _may_come(self, look: Look) -> bool:
        """Whether a program that has just shown its window has not come to the bus, and may yet."""
        now = time.monotonic()
        shown = {each.process for each in look.stack if not each.popup} - {0}
        self._known = {process: self._known.get(process, now) for process in shown}
        missing = shown - {app.process for app in self._apps.values()}
        return any(now - self._known[process] < _NEW_SECONDS for process in missing)

    def again(self, before: Look, unwanted: Event) -> Look | None:
        """`before` with the states of now, in 0.045 s at most; None when anything came, went or moved.

        Which windows there are is not asked: it is for a screen of the same pixels.
        """
        if self._bus is None or before.late:
            return None
        batch = Batch(self._bus.connection, time.monotonic() + AGAIN_SECONDS, unwanted)
        names: list[tuple[str, str]] = []
        batch.call(REGISTRY, ROOT, ACCESSIBLE, "GetChildren", lambda values: names.extend(references(values)))
        typed = [part.node for part in before.parts if part.element.role == "field" and part.element.focused]
        for part in before.parts:
            look_again(batch, part.node)
        for node in typed:
            if node.app.hides_passwords:
                read_text(batch, node)  # a narrow letter changes no more than a caret does
        try:
            owing = batch.run()
        except BusLost as error:
            self._lose(error)
            return None
        same = all(_stands(part) for part in before.parts)
        if owing or not same or {name for name, _ in names} != before.apps:
            return None
        parts = (
            replace(part, element=roles.with_states(_valued(part, typed), part.node.role, part.node.states))
            for part in before.parts
        )
        return replace(before, parts=tuple(parts))

    def place_now(self, part: Part) -> Extents | None:
        """Where the node of `part` says it is now; None when it is gone or no longer shown.

        Raises `TimeoutError` when it does not answer in 5 ms.
        """
        if self._bus is None:
            raise TimeoutError("there is no accessibility bus any more")
        batch = Batch(self._bus.connection, time.monotonic() + CHECK_SECONDS, Event())
        now = Node(part.node.app, part.node.path)
        look_again(batch, now)
        try:
            owing = batch.run()
        except BusLost as error:
            self._lose(error)
            owing = frozenset({now.app.name})
        if owing:
            raise TimeoutError(f"{now.app.name} did not answer within {CHECK_SECONDS} s")
        shown = now.app.is_gtk4 or roles.has(now.states, roles.SHOWING)
        return now.extents if shown else None

    def close(self) -> None:
        """Let go of the bus."""
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _lose(self, why: BusLost) -> None:
        if self._bus is not None:
            self._bus.connection.close()
        self._bus, self.why_off, self._lost_at = None, str(why), time.monotonic()
        self._apps.clear()


def _valued(part: Part, typed: list[Node]) -> Element:
    """The element of `part`, with the text of now where that was asked for."""
    return replace(part.element, value=part.node.value) if part.node in typed else part.element


def _stands(part: Part) -> bool:
    """Whether the node of `part`, asked again, is where it was."""
    node = part.node
    return node.extents == part.extents and (node.app.is_gtk4 or roles.has(node.states, roles.SHOWING))
