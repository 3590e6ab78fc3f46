"""Finds the places in the JSON of an answer: what names one, and bare lists of numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agent.dialects.arguments import coordinates
from agent.dialects.repair import read_value

Place = tuple[str, Any]
"""A label, "" for none, and the numbers of a point or a box as they were written."""

_KEYS = ("bbox_2d", "point_2d", "bbox", "box_2d", "box", "point", "coordinate", "coordinates", "position", "arguments")
_LABELS = ("label", "text", "text_content", "name", "element")
_SIDES = (
    *(("x1", "y1", "x2", "y2"), ("left", "top", "right", "bottom")),
    *(("xmin", "ymin", "xmax", "ymax"), ("x_min", "y_min", "x_max", "y_max")),
)
_EXTENTS = (("width", "height"), ("w", "h"))
_NO_PLACE = frozenset(("size", "image_size", "screen_size", "resolution"))
_SWAPPED = ("box_2d", "point")
_JSON = re.compile(r"""\{\s{0,40}["'“]?\w{1,40}["'”]?\s{0,9}[:=：]|\[\s{0,40}(?:[{\[\]]|["']?-?\d)""")
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_ITEM = re.compile(r"\{[^{}]{1,400}\}")
_MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class JsonPlaces:
    """The `named` places, the `bare` ones of the only list that there is, and the text around the objects.

    `flaw` is what is wrong with the first value that cannot be read, "" for nothing. An empty list is a place of -1.
    """

    named: tuple[Place, ...]
    bare: tuple[Place, ...]
    around: str
    flaw: str


def places_in_json(text: str, y_first: bool) -> JsonPlaces:
    """The places in the JSON in `text`. Where one fence stands in it, what is outside of it is not looked at."""
    fences = _FENCE.findall(text)
    text = fences[0] if len(fences) == 1 and _JSON.search(fences[0]) else text
    ranked: tuple[list[Place], list[Place], list[Place]] = ([], [], [])
    around, flaw, at, lists = "", "", 0, 0
    for start, end, value in _values(text):
        if isinstance(value, ValueError):
            flaw = flaw or str(value)
        found = [] if isinstance(value, ValueError) else list(_labelled(value, y_first))
        for rank, label, numbers in found:
            ranked[rank].append((label, numbers))
        if any(rank == 2 for rank, *_ in found):
            lists += 1
        else:
            around, at = around + text[at:start], end
    bare = tuple(ranked[2]) if lists == 1 else ()
    return JsonPlaces(tuple(ranked[0] or ranked[1]), bare, around + text[at:], flaw)


def _values(text: str) -> Iterator[tuple[int, int, Any]]:
    """Where each JSON value in `text` begins and ends, and the value; a `ValueError` for what only begins like one."""
    at = 0
    for _ in range(_MOST_VALUES):
        start = _JSON.search(text, at)
        if start is None:
            return
        try:
            value, at = read_value(text, start.start())
            yield start.start(), at, value
        except ValueError as error:
            items = list(_ITEM.finditer(text, start.start()))  # a list cut off keeps its whole items
            if not items:
                yield start.start(), len(text), error
            for item in items:
                try:
                    yield item.start(), item.end(), read_value(item[0])[0]
                except ValueError as flaw:
                    yield item.start(), item.end(), flaw
            return


def _labelled(value: Any, y_first: bool) -> Iterator[tuple[int, str, Any]]:
    """The places in `value` with a rank: 0 for what is named, 1 for the only numbers in an object, 2 for bare lists."""
    match value:
        case dict():
            yield from _in_object(value, y_first)
        case [first, *_] if isinstance(first, dict | list):
            for item in value:
                yield from _labelled(item, y_first)
        case [] | [_, _] | [_, _, _, _]:
            if not value or _is_place(value):
                yield 2, "", value or [-1, -1]


def _in_object(value: dict[str, Any], y_first: bool) -> Iterator[tuple[int, str, Any]]:
    labels = [value[key] for key in _LABELS if isinstance(value.get(key), str) and "arguments" not in value]
    label = labels[0] if labels else ""
    if sides := _by_sides(value):
        yield 0, label, sides
        return
    key = next((key for key in _KEYS if _holds_places(value.get(key))), None)
    if key is not None:
        inner = value[key]
        for one in (
            inner if isinstance(inner, list) and isinstance(inner[0], list) and not _is_place(inner) else [inner]
        ):
            yield 0, label, _x_first(one) if y_first and key in _SWAPPED else one
        return
    if any(name in value and value[name] is None for name in _KEYS):
        yield 0, label, [-1, -1]  # it is said to be nowhere
        return
    lone = [inner for name, inner in value.items() if name not in _NO_PLACE and _is_place(inner)]
    if len(lone) == 1 and not isinstance(lone[0], dict):
        yield 1, label, lone[0]
    for inner in value.values():
        if isinstance(inner, str) and inner.lstrip()[:1] in ("{", "["):
            yield from _in_string(inner, y_first)
        elif isinstance(inner, dict) or (isinstance(inner, list) and inner and isinstance(inner[0], dict | list)):
            yield from ((rank if rank < 2 else 1, own or label, each) for rank, own, each in _labelled(inner, y_first))


def _in_string(text: str, y_first: bool) -> Iterator[tuple[int, str, Any]]:
    """The places in arguments that are JSON within a string, as servers hand over the calls they took out."""
    try:
        value, _ = read_value(text.lstrip())
    except ValueError:
        return
    if isinstance(value, dict):
        yield from _in_object(value, y_first)


def _by_sides(value: dict[str, Any]) -> Any:
    """A place that is told as numbers by names of their own; None where there is none."""
    for names in _SIDES:
        if all(name in value for name in names):
            return [value[name] for name in names]
    if "x" not in value:
        return None
    x, y = value["x"], value.get("y")
    if x is None or ("y" in value and y is None):
        return [-1, -1]
    for across, down in _EXTENTS:
        match x, y, value.get(across), value.get(down):
            case (int() | float() as x, int() | float() as y, int() | float() as width, int() | float() as height):
                return [x, y, x + width, y + height]
    return x if y is None else [x, y]


def _holds_places(value: Any) -> bool:
    return _is_place(value) or (isinstance(value, list) and bool(value) and all(map(_is_place, value)))


def _is_place(value: Any) -> bool:
    try:
        coordinates(value)
    except ValueError as error:
        return "left top" in str(error)  # a box, though one with its corners the wrong way round
    return True


def _x_first(value: Any) -> Any:
    """A place told as y before x, with x before y."""
    match value:
        case [y, x]:
            return [x, y]
        case [top, left, bottom, right]:
            return [left, top, right, bottom]
    return value
