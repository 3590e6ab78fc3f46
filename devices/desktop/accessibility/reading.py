"""One look at all applications in sight together: who they are, which windows are theirs, what is in those."""

import time
from dataclasses import dataclass

from devices.desktop.accessibility.batch import Batch
from devices.desktop.accessibility.connection import BUS, Values
from devices.desktop.accessibility.elements import Part, parts_of
from devices.desktop.accessibility.names import clean
from devices.desktop.accessibility.node import ACCESSIBLE, APPLICATION, ROOT, BusApp, Node
from devices.desktop.accessibility.placement import ScreenPlacement, bounds, common, placement_of
from devices.desktop.accessibility.walk import Walk, look_again, references
from devices.desktop.top_level import TopLevel
from devices.device import Box

REGISTRY = "org.a11y.atspi.Registry"
_PEER = "org.freedesktop.DBus.Peer"
_MOST_WINDOWS = 50
"""Top-levels of one application that are asked for."""
_MISPLACED = frozenset({"VCL"})
"""Toolkits that tell wrong places: LibreOffice's lie one menu bar too high, in some parts of its windows."""
_GROWING = frozenset({"J2SE-access-bridge"})
"""Toolkits whose trees are made while they are read: Java's."""
_GROWN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """What was read: the windows it was read for, front to back, and the parts seen in them.

    `cut`: there is more than was read; `late`: another look may find more on the same screen; `settled`: a look
    before it, at the same pixels, found the very same.
    """

    stack: tuple[TopLevel, ...] = ()
    parts: tuple[Part, ...] = ()
    apps: frozenset[str] = frozenset()
    cut: bool = False
    late: bool = False
    settled: bool = False


class Reading:
    """One look at all applications together."""

    def __init__(self, batch: Batch, stack: tuple[TopLevel, ...], apps: dict[str, BusApp]) -> None:
        self._batch, self._stack, self._apps = batch, stack, apps
        self._names: set[str] = set()
        self._walks: list[tuple[Walk, ScreenPlacement]] = []
        self._skipped = self._passed = self._grows = False
        self._processes = {each.process for each in stack} - {0}

    def done(self) -> Look:
        self._batch.call(REGISTRY, ROOT, ACCESSIBLE, "GetChildren", self._applications)
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
        late = bool(owing) or self._skipped or woken or self._grows
        cut = late or self._passed or any(walk.cut for walk, _ in self._walks)
        return Look(self._stack, tuple(parts), frozenset(self._names), cut, late)

    def _applications(self, values: Values | None) -> None:
        """Meet them all, the one that has the focus first."""
        self._names.update(name for name, _ in references(values))
        apps = [self._apps.setdefault(name, BusApp(name)) for name in sorted(self._names)]
        focus = next((each.process for each in self._stack if each.window.focused), 0)
        for app in sorted(apps, key=lambda app: app.process != focus):
            self._meet(app)

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
        if app.toolkit in _MISPLACED:
            self._passed = True
            return
        app.met = app.met or time.monotonic()
        self._grows |= app.toolkit in _GROWING and time.monotonic() - app.met < _GROWN_SECONDS

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
