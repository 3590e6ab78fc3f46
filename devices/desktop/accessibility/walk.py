"""The guarded walk through the trees of windows: what is not shown, too large or too deep is not entered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.desktop.accessibility import roles
from devices.desktop.accessibility.batch import Batch
from devices.desktop.accessibility.connection import Values
from devices.desktop.accessibility.names import LONGEST_VALUE, clean, name_of
from devices.desktop.accessibility.node import ACCESSIBLE, COMPONENT, NULL, TEXT, VALUE, Extents, Node

MOST_NODES = 1500
MOST_CHILDREN = 300
"""A container with more is not entered: asked for its children, a program may answer nothing else for seconds."""
DEEPEST = 40

_NAME = re.compile(r":[0-9.]{1,60}")
_PATH = re.compile(r"(?=.{1,500}$)(/[A-Za-z0-9_]+)+")

Visible = Callable[[Extents], bool]


@dataclass(eq=False, slots=True)
class Walk:
    """One window's tree from `top` down. `visible` says whether extents lie on the screen.

    `cut` tells that there is more than was walked, `waking` that a program was asked to make its content known.
    """

    batch: Batch
    top: Node
    visible: Visible
    cut: bool = False
    waking: bool = False
    nodes: int = 0
    _paths: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Note the first calls; the rest is asked as answers come."""
        self._visit(self.top)

    def _visit(self, node: Node) -> None:
        if node.path in self._paths:
            return  # a tree that bites its tail
        if self.nodes >= MOST_NODES or node.depth > DEEPEST:
            self.cut = True
            return
        self._paths.add(node.path)
        self.nodes += 1
        look_again(self.batch, node)
        app = node.app
        # Answers of one program come in the order of its questions: with the last one all three are known.
        self.batch.get(app.name, node.path, ACCESSIBLE, "ChildCount", lambda count: self._place(node, count))

    def _place(self, node: Node, count: object) -> None:
        """Go on with what is on the screen."""
        node.count = count if isinstance(count, int) else 0
        shown = node.app.is_gtk4 or roles.has(node.states, roles.SHOWING)
        if node is not self.top and not (shown and self._lies_on_screen(node)):
            if node.parent is None or node.parent.role != roles.TAB_LIST:
                return
            node.extents = None  # a tab out of sight: in GTK the page that it stands for lies in it
        if node.parent is not None:
            node.parent.children.append(node)
        self.batch.ask(node, ACCESSIBLE, "GetRole", lambda values: self._role(node, values))
        self.batch.get(node.app.name, node.path, ACCESSIBLE, "Name", lambda name: self._name(node, name))
        if node.count > MOST_CHILDREN:
            self.cut = True
        elif node.count > 0:
            self.batch.ask(node, ACCESSIBLE, "GetChildren", lambda values: self._children(node, values))

    def _lies_on_screen(self, node: Node) -> bool:
        if node.extents is None:
            return True  # its children may have places
        if node.extents[2] <= 0 or node.extents[3] <= 0:
            return False
        return node.app.is_gtk4 or self.visible(node.extents)  # there a popover's places count from anywhere

    def _role(self, node: Node, values: Values | None) -> None:
        match values:
            case (int(number),):
                node.role = number

    def _name(self, node: Node, name: object) -> None:
        app = node.app
        node.name = name_of(name, gtk4=app.is_gtk4)
        role = roles.role_of(node.role, node.states, named=bool(node.name), leaf=node.count == 0)
        if roles.is_control(role) or role in ("image", "text"):
            self.batch.get(app.name, node.path, ACCESSIBLE, "Description", lambda text: self._describe(node, text))
        if node.role in roles.VALUES:
            self.batch.get(app.name, node.path, VALUE, "CurrentValue", lambda number: self._measure(node, number))
        elif node.role in roles.TEXTS and app.hides_passwords:
            read_text(self.batch, node)

    def _describe(self, node: Node, text: object) -> None:
        node.hint = clean(text)

    def _measure(self, node: Node, number: object) -> None:
        if isinstance(number, float):
            node.value = f"{number:g}"

    def _children(self, node: Node, values: Values | None) -> None:
        for name, path in references(values)[:MOST_CHILDREN]:
            if name == node.app.name and path != NULL:
                self._visit(Node(node.app, path, node, node.depth + 1))
            elif path == NULL and node is self.top:
                self._wake(node)

    def _wake(self, frame: Node) -> None:
        """Have Chromium make known what is in `frame`: it does so when a frame is asked for its attributes."""
        self.waking = True
        if frame.path not in frame.app.woken:
            frame.app.woken.add(frame.path)
            self.batch.ask(frame, ACCESSIBLE, "GetAttributes", lambda values: None)


def look_again(batch: Batch, node: Node) -> None:
    """Ask what changes most: the states and the place of `node`."""

    def states(values: Values | None) -> None:
        node.states = bits_in(values)

    def place(values: Values | None) -> None:
        node.extents = extents_in(values)

    batch.ask(node, ACCESSIBLE, "GetState", states)
    batch.ask(node, COMPONENT, "GetExtents", place, "u", (node.app.coordinates,))


def read_text(batch: Batch, node: Node) -> None:
    """Ask for the text that `node` holds."""

    def counted(count: object) -> None:
        node.value = ""
        if isinstance(count, int) and count > 0:
            end = min(count, LONGEST_VALUE)  # past the end Qt 6 gives nothing at all
            batch.ask(node, TEXT, "GetText", told, "ii", (0, end))

    def told(values: Values | None) -> None:
        node.value = clean(values[0], LONGEST_VALUE) if values else ""

    batch.get(node.app.name, node.path, TEXT, "CharacterCount", counted)


def references(values: Values | None) -> list[tuple[str, str]]:
    """The nodes that an answer names: bus name and path. Asked for anything else, a daemon ends the connection."""
    match values:
        case ([*pairs],):
            return [(name, path) for pair in pairs for name, path in _pairs_in(pair)]
    return []


def bits_in(values: Values | None) -> int:
    """Two words of states as one number; 0 for anything else."""
    match values:
        case ([int(low), int(high)],):
            return low | high << 32
    return 0


def extents_in(values: Values | None) -> Extents | None:
    match values:
        case ((int(left), int(top), int(width), int(height)),):
            return left, top, width, height
    return None


def _pairs_in(pair: object) -> list[tuple[str, str]]:
    match pair:
        case (str(name), str(path)) if _NAME.fullmatch(name) and _PATH.fullmatch(path):
            return [(name, path)]
    return []
