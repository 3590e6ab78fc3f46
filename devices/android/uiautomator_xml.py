"""The XML of `uiautomator dump` as elements; it holds text of any app and is not trusted."""

import re
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from devices.device import Box, Element

MOST_BYTES = 8_000_000
MOST_NODES = 5000
DEEPEST = 200
LONGEST_TEXT = 500

_ROLES = (
    ("edittext", "field"),
    ("autocomplete", "field"),
    ("searchview", "field"),
    ("switch", "switch"),
    ("togglebutton", "switch"),
    ("checkbox", "checkbox"),
    ("checkedtext", "checkbox"),
    ("radiobutton", "radio"),
    ("seekbar", "slider"),
    ("spinner", "choice"),
    ("imagebutton", "button"),
    ("button", "button"),
    ("image", "image"),
    ("textview", "text"),
)
_BOUNDS = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")


class BadTree(Exception):
    """The data is no hierarchy, or one that no screen has; the text says why."""


def elements_of(xml: bytes | bytearray, size: tuple[int, int]) -> tuple[Element, ...]:
    """The visible elements that have text or can be operated, front to back, cut to a screen of `size`.

    A clickable node without text takes the text inside it, and replaces that where it is a single one. DOCTYPE and
    entity declarations are refused, since a few lines of them can expand without end. Raises `BadTree`.
    """
    if len(xml) > MOST_BYTES:
        raise BadTree(f"a tree of {len(xml)} bytes; at most {MOST_BYTES} are read")
    start, end = xml.find(b"<"), xml.rfind(b">")
    if start < 0 or end < start:
        raise BadTree(f"no tree came: {xml[:120].decode('utf-8', 'replace').strip()!r}")
    reader = _Reader(size)
    try:
        reader.parser.Parse(xml[start : end + 1], True)
    except (expat.ExpatError, ParseError) as error:
        raise BadTree(f"the tree cannot be read: {error}") from error
    return tuple(reversed(reader.elements))


class _Node:
    """One node while it is open."""

    def __init__(self, attributes: dict[str, str], place: int) -> None:
        self.attributes = attributes
        self.place = place  # in the list of elements: those inside it come after it
        self.inside: list[str] = []

    def has(self, name: str) -> bool:
        return self.attributes.get(name) == "true"


class _Reader:
    """Gathers elements while expat reads."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.elements: list[Element] = []
        self._size = size
        self._open: list[_Node] = []
        self._nodes = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_declarations
        self.parser.EntityDeclHandler = _refuse_declarations

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES or len(self._open) >= DEEPEST:
            raise BadTree(f"a tree of more than {MOST_NODES} nodes, or deeper than {DEEPEST}")
        self._open.append(_Node(attributes, len(self.elements)))

    def _end(self, tag: str) -> None:
        node = self._open.pop()
        words = _words(node.attributes)
        acts = any(node.has(each) for each in ("clickable", "long-clickable", "checkable", "scrollable"))
        label = words or (" ".join(node.inside) if node.has("clickable") else "")
        if (words or acts) and (box := self._box(node.attributes.get("bounds", ""))):
            role = _role(node)
            if label or role in ("field", "password", "switch", "checkbox", "slider"):
                if label == " ".join(node.inside) and len(node.inside) == 1:
                    self._take_back(node, label)
                checked = node.has("checked") if node.has("checkable") else None
                self.elements.insert(node.place, Element(role, label[:LONGEST_TEXT], box, node.has("focused"), checked))
        if self._open and words:
            self._open[-1].inside.append(words)
        elif self._open and not node.has("clickable"):
            self._open[-1].inside.extend(node.inside)

    def _take_back(self, node: _Node, label: str) -> None:
        """Drop the element whose text `node` has taken: it would be the same target twice."""
        inside = self.elements[node.place :]
        self.elements[node.place :] = [each for each in inside if (each.role, each.text) != ("text", label)]

    def _box(self, bounds: str) -> Box | None:
        """The part of `bounds` that is on the screen; None when there is none."""
        match = _BOUNDS.fullmatch(bounds)
        if match is None:
            return None
        left, top, right, bottom = (int(each[:9]) for each in match.groups())
        width, height = self._size
        box = Box(max(0, left), max(0, top), min(width, right), min(height, bottom))
        return box if box.left < box.right and box.top < box.bottom else None


def _words(attributes: dict[str, str]) -> str:
    """A node's text, else its description, else the hint of an empty field."""
    for name in ("text", "content-desc", "hint"):
        if words := " ".join(attributes.get(name, "").split()):
            return words
    return ""


def _role(node: _Node) -> str:
    name = node.attributes.get("class", "").rpartition(".")[2].lower()
    role = next((role for part, role in _ROLES if part in name), "")
    if node.has("password"):
        return "password"
    if node.has("checkable") and role in ("", "text", "button"):
        return "checkbox"
    if node.has("clickable") and role in ("", "text", "image"):
        return "button"
    return role or "text"


def _refuse_declarations(*_: object) -> None:
    raise BadTree("the tree declares types or entities, which no dump of a screen does")
