"""What the applications on a screen say of themselves: one look within its budget, known nodes again, one node now."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event

from devices.desktop.accessibility import roles
from devices.desktop.accessibility.batch import Batch
from devices.desktop.accessibility.bus import AccessibilityBus
from devices.desktop.accessibility.connection import BUS, BusLost, Values
from devices.desktop.accessibility.elements import Part, parts_of
from devices.desktop.accessibility.names import clean
from devices.desktop.accessibility.node import ACCESSIBLE, APPLICATION, ROOT, BusApp, Extents, Node
from devices.desktop.accessibility.placement import ScreenPlacement, bounds, common, placement_of
from devices.desktop.accessibility.walk import Walk, look_again, read_text, references
from devices.desktop.top_level import TopLevel
from devices.device import Box, Element

LOOK_SECONDS, AGAIN_SECONDS, CHECK_SECONDS = 0.15, 0.045, 0.005
_START_SECONDS = 1.0  # for the registry, which starts at its first question in 25 ms
_BUS_AGAIN_SECONDS = 5.0  # after a bus was lost
_REGISTRY = "org.a11y.atspi.Registry"
_PEER = "org.freedesktop.DBus.Peer"
_MOST_WINDOWS = 50
"""Top-levels of one application that are asked for."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was read: the windows it was read for, front to back, and the parts seen in them.

    `cut`: there is more than was read; `late`: another look may find more on the same screen.
    """

    stack: tuple[TopLevel, ...] = ()
    parts: tuple[Part, ...] = ()
    apps: frozenset[str] = frozenset()
    cut: bool = False
    late: bool = False


class AccessibilityTree:
    """The trees of the windows that `stack` lists, read over the bus of `session`. For one thread.

    Nothing here fails: without a bus there are no parts. An application that does not answer costs one look its budget
    and is then only asked whether it answers again.
    """

    def __init__(self, session: str, stack: Callable[[], tuple[TopLevel, ...]]) -> None:
        self._session, self._stack = session, stack
        self._bus: AccessibilityBus | None = None
        self._apps: dict[str, BusApp] = {}
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
        batch.call(_REGISTRY, ROOT, ACCESSIBLE, "GetChildren", lambda values: names.extend(references(values)))
        try:
            batch.run()
        except BusLost as error:
            self._lose(error)
            return None
        return len({name for name, _ in names})

    def look(self, unwanted: Event) -> Look:
        """Everything, in 0.15 s at most."""
        stack = self._stack()
        if (bus := self.open()) is None:
            return Look(stack)
        batch = Batch(bus.connection, time.monotonic() + LOOK_SECONDS, unwanted)
        try:
            return _Reading(batch, stack, self._apps).done()
        except BusLost as error:
            self._lose(error)
            return Look(stack, cut=True, late=True)

    def again(self, before: Look, unwanted: Event) -> Look | None:
        """`before` with the states of now, in 0.045 s at most; None when anything came, went or moved.

        Which windows there are is not asked: it is for a screen of the same pixels.
        """
        if self._bus is None or before.late:
            return None
        batch = Batch(self._bus.connection, time.monotonic() + AGAIN_SECONDS, unwanted)
        names: list[tuple[str, str]] = []
        batch.call(_REGISTRY, ROOT, ACCESSIBLE, "GetChildren", lambda values: names.extend(references(values)))
        typed = [part.node for part in before.parts if part.element.role == "field" and part.element.focused]
        for part in before.parts:
            look_again(batch, part.node)
        for node in typed:
            if not node.app.is_gtk4:
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


class _Reading:
    """One look at all applications together."""

    def __init__(self, batch: Batch, stack: tuple[TopLevel, ...], apps: dict[str, BusApp]) -> None:
        self._batch, self._stack, self._apps = batch, stack, apps
        self._names: set[str] = set()
        self._walks: list[tuple[Walk, ScreenPlacement]] = []
        self._skipped = False
        self._processes = {each.process for each in stack} - {0}

    def done(self) -> Look:
        self._batch.call(_REGISTRY, ROOT, ACCESSIBLE, "GetChildren", self._applications)
        owing = self._batch.run()
        if self._batch.is_over:
            for name in owing & self._apps.keys() - self._batch.heard:
                self._apps[name].silent = True
        for name in self._apps.keys() - self._names - owing:
            del self._apps[name]
        parts = [part for walk, place in self._walks for part in parts_of(walk.top, place, self._stack)]
        order = {id(window): number for number, window in enumerate(self._stack)}
        parts.sort(key=lambda part: order[id(part.place.window)])
        woken = any(walk.waking for walk, _ in self._walks)
        late = bool(owing) or self._skipped or woken
        cut = late or any(walk.cut for walk, _ in self._walks)
        return Look(self._stack, tuple(parts), frozenset(self._names), cut, late)

    def _applications(self, values: Values | None) -> None:
        for name, _ in references(values):
            self._names.add(name)
            self._meet(self._apps.setdefault(name, BusApp(name)))

    def _meet(self, app: BusApp) -> None:
        """Enter an application; first ask a new one what it is, and a silent one whether it answers."""
        name, batch = app.name, self._batch

        def process(values: Values | None) -> None:
            app.process = values[0] if values and isinstance(values[0], int) else 0
            if app.process in self._processes:
                batch.get(name, ROOT, APPLICATION, "ToolkitName", toolkit)
                batch.get(name, ROOT, APPLICATION, "Version", version)

        def toolkit(value: object) -> None:
            app.toolkit = clean(value)

        def version(value: object) -> None:
            app.version, app.is_known = clean(value), True
            self._enter(app)

        def pong(values: Values | None) -> None:
            app.silent = False

        if app.silent:
            batch.call(name, ROOT, _PEER, "Ping", pong)
            self._skipped |= app.process in self._processes
        elif app.is_known:
            self._enter(app)
        else:
            batch.call(BUS, "/org/freedesktop/DBus", BUS, "GetConnectionUnixProcessID", process, "s", (name,))

    def _enter(self, app: BusApp) -> None:
        """Ask for the top-levels of an application that owns a window in sight."""
        if app.process not in self._processes:
            return

        def windows(values: Values | None) -> None:
            for name, path in references(values)[:_MOST_WINDOWS]:
                if name == app.name:
                    self._top(Node(app, path))

        self._batch.call(app.name, ROOT, ACCESSIBLE, "GetChildren", windows)

    def _top(self, node: Node) -> None:
        """Walk a top-level when it is one that is seen."""

        def named(name: object) -> None:
            node.name = clean(name)
            place = placement_of(node, self._stack)
            if place is not None:
                walk = Walk(self._batch, node, lambda extents: self._is_seen(place.box(extents)))
                self._walks.append((walk, place))
                walk.begin()

        look_again(self._batch, node)
        self._batch.get(node.app.name, node.path, ACCESSIBLE, "Name", named)

    def _is_seen(self, box: Box) -> bool:
        return any(common(box, bounds(window)) is not None for window in self._stack)


def _valued(part: Part, typed: list[Node]) -> Element:
    """The element of `part`, with the text of now where that was asked for."""
    return replace(part.element, value=part.node.value) if part.node in typed else part.element


def _stands(part: Part) -> bool:
    """Whether the node of `part`, asked again, is where it was."""
    node = part.node
    return node.extents == part.extents and (node.app.is_gtk4 or roles.has(node.states, roles.SHOWING))
