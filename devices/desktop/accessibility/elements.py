"""A tree's nodes as elements: named, valued, and cut to what of them is seen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from devices.desktop.accessibility import roles
from devices.desktop.accessibility.names import LONGEST_NAME, without_access_mark
from devices.desktop.accessibility.node import Extents, Node
from devices.desktop.accessibility.placement import ScreenPlacement, bounds, common
from devices.desktop.top_level import TopLevel
from devices.device import Box, Element
from devices.roles import CONTROLS, FIELDS

_LEAST = 2  # pointer units: what is thinner is not seen
_OVERHANGING = frozenset({"Chromium", "Gecko"})
"""Toolkits in which what lies outside of its parent and says that it is shown, is: a menu that hangs out of its bar."""
_NAMED_BY_OTHERS = FIELDS | {"choice", "slider", "spinner", "progress"}
"""What is in these is their value, not their name."""
_NAMED_BY_CHOICE = frozenset({"gtk", "qt", "j2se-access-bridge"})
"""Toolkits that name a list to choose from by what is chosen."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element in pointer units, the node it is of, where that said it was, and where that is on the screen."""

    element: Element
    node: Node
    extents: Extents
    place: ScreenPlacement


def parts_of(top: Node, place: ScreenPlacement, stack: Sequence[TopLevel]) -> list[Part]:
    """What is seen of the tree under `top`; what is in something comes before it."""
    return _below(top, place, bounds(place.window), stack, loose=False)


def _below(node: Node, place: ScreenPlacement, clip: Box, stack: Sequence[TopLevel], *, loose: bool) -> list[Part]:
    """The parts of `node` and of all under it, in `clip`. `loose`: they may lie in a menu's own window."""
    box = place.box(node.extents) if node.extents else None
    if box is not None and node.parent is not None:
        if popup := _popup_of(node, box, place, stack, loose=loose):
            place, clip = replace(place, window=popup), bounds(popup)
            if node.app.is_gtk4:  # the places in its popovers count from anywhere
                across, down = popup.inner[0] - box.left, popup.inner[1] - box.top
                place = replace(place, left=place.left + across, top=place.top + down)
                box = Box(box.left + across, box.top + down, box.right + across, box.bottom + down)
        if node.role == roles.POPUP_MENU:
            place = _centred(node, box, place)
        box = common(box, clip) or (common(box, bounds(place.window)) if node.app.toolkit in _OVERHANGING else None)
        if box is None:
            return []
    inside_is_loose = loose or node.role in roles.UNCLIPPED
    beside = inside_is_loose or node.role == roles.TAB  # in GTK the page that a tab stands for lies in it
    inner = clip if beside or box is None or node.parent is None else box
    parts = [part for each in node.children for part in _below(each, place, inner, stack, loose=inside_is_loose)]
    if box is None or node.extents is None or node.parent is None:
        return parts
    above = [bounds(window) for window in stack[: stack.index(place.window)]]
    seen = _uncovered(box, above)
    if seen is None:
        return parts
    return _with_own(node, node.extents, seen, place, parts)


def _centred(menu: Node, box: Box, place: ScreenPlacement) -> ScreenPlacement:
    """`place` for the items of `menu`, which is at `box`: Java tells places of them that lie beside it."""
    items = [place.box(each.extents) for each in menu.children if each.extents]
    if not items or all(each.center in box for each in items):
        return place
    top, bottom = min(each.top for each in items), max(each.bottom for each in items)
    fits = bottom - top <= box.height
    return replace(place, top=place.top + box.center.y - (top + bottom) // 2) if fits else place


def _with_own(node: Node, extents: Extents, box: Box, place: ScreenPlacement, parts: list[Part]) -> list[Part]:
    """`parts`, which lie in `node`, and its own: a label that only repeats its name is left out."""
    element = _element(node, box)
    if element is None:
        return parts
    if not element.text and element.role in ("item", "cell") and any(part.element.role != "text" for part in parts):
        return parts  # a row is no thing beside its cells, nor a cell beside the link in it
    if element.role in (CONTROLS | {"heading", "cell"}) - _NAMED_BY_OTHERS:
        texts = [part.element.text for part in parts if part.element.role == "text"]
        if not element.text and texts:
            element = replace(element, text=" ".join(texts)[:LONGEST_NAME])
        elif not element.text:
            element = replace(element, text=element.hint, hint="")
        if not (element.text or roles.is_control(element.role)):
            return parts
        twins = (("text", element.text), (element.role, element.text))  # a menu's button in GTK 4 is two
        parts = [part for part in parts if not element.text or (part.element.role, part.element.text) not in twins]
    return [*parts, Part(element, node, extents, place)]


def _element(node: Node, box: Box) -> Element | None:
    """The element that `node` is; None for what only holds others, and for what says nothing and does nothing."""
    role = roles.role_of(node.role, node.states, named=bool(node.name or node.hint), leaf=not node.children)
    if role == "menuitem" and node.parent is not None and node.parent.role == roles.MENU_BAR:
        role = "menu"  # Qt makes no difference
    name, value = node.name, node.value
    if roles.is_control(role):
        name = without_access_mark(name)
    elif role:
        name, value = name or value or node.hint, ""
    if role == "choice" and node.app.toolkit.casefold() in _NAMED_BY_CHOICE:
        name, value = "" if value in ("", name) else name, value or name
    if not role or not (name or roles.is_control(role) or role in ("heading", "cell")):
        return None
    hint = "" if node.hint in (name, value) else node.hint
    value = "" if role == "password" else value
    return roles.with_states(Element(role, name, box, value=value, hint=hint), node.role, node.states)


def _popup_of(
    node: Node, box: Box, place: ScreenPlacement, stack: Iterable[TopLevel], *, loose: bool
) -> TopLevel | None:
    """The menu's or list's own window that `node` begins, or lies in; None when it lies in its parent's."""
    for window in stack:
        if not window.popup or window is place.window or window.process not in (0, node.app.process):
            continue
        if node.app.is_gtk4:
            if (box.width, box.height) == window.inner[2:]:
                return window
        elif loose and box.center in bounds(window) and not _is_in_parent(node, box, place):
            return window
    return None


def _is_in_parent(node: Node, box: Box, place: ScreenPlacement) -> bool:
    """Whether `node` lies in its parent: the field of a list to choose from does, and its list does not."""
    return node.parent is not None and node.parent.extents is not None and box.center in place.box(node.parent.extents)


def _uncovered(box: Box, above: Iterable[Box]) -> Box | None:
    """The largest part of `box` that none of `above` covers; None when nothing of use is left."""
    for cover in above:
        if common(box, cover) is not None:
            box = max(_around(box, cover), key=lambda each: each.area, default=Box(0, 0, 0, 0))
            if min(box.width, box.height) < _LEAST:
                return None
    return box if min(box.width, box.height) >= _LEAST else None


def _around(box: Box, cover: Box) -> Iterator[Box]:
    """The parts of `box` above, below, left and right of `cover`."""
    sides = (
        Box(box.left, box.top, box.right, min(box.bottom, cover.top)),
        Box(box.left, max(box.top, cover.bottom), box.right, box.bottom),
        Box(box.left, box.top, min(box.right, cover.left), box.bottom),
        Box(max(box.left, cover.right), box.top, box.right, box.bottom),
    )
    return (side for side in sides if side.width > 0 and side.height > 0)
