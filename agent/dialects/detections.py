"""Reads boxes and points from an answer: JSON, tagged or bare, as many as there are."""

import math
import re
from collections.abc import Iterator
from typing import Any

from agent.dialects.arguments import coordinates
from agent.dialects.dialect import Detection
from agent.dialects.fit import Fit
from agent.dialects.repair import read_value, shortened
from devices import Box, Point

_KEYS = ("bbox_2d", "point_2d", "bbox", "box_2d", "box", "point", "coordinate", "coordinates", "position")
_LABELS = ("label", "text", "text_content", "name", "element")
_JSON = re.compile(r"\[\s*\]|\[\s*[{\[]|\{|\[\s*-?\d")
_ONE = re.compile(r"\{[^{}]{1,400}\}")
_NUMBER = r"\s{0,3}-?\d{1,9}(?:\.\d{1,9})?\s{0,3}"
_TAGGED = re.compile(rf"<\|box_start\|>\(({_NUMBER},{_NUMBER})\)(?:,\s?\(({_NUMBER},{_NUMBER})\))?(?:<\|box_end\|>)?")
_POINT = re.compile(rf"<point>({_NUMBER}[\s,]{_NUMBER})</point>|\(({_NUMBER},{_NUMBER}(?:,{_NUMBER},{_NUMBER})?)\)")
_PAIR = re.compile(rf"\(({_NUMBER},{_NUMBER})\),\s?\(({_NUMBER},{_NUMBER})\)")
_LABEL_TAG = re.compile(r"<(?:\|object_ref_start\||ref)>(.{0,200}?)<(?:\|object_ref_end\||/ref)>", re.DOTALL)
_THINKING = re.compile(r"<(think(?:ing)?)>.*?</\1>", re.DOTALL)
_NOTHING = re.compile(r"\b(none|null|no|not|nothing|cannot|can't|isn't|aren't|doesn't)\b", re.IGNORECASE)


def read_detections(text: str, fit: Fit) -> tuple[Detection, ...]:
    """What `text` points at, in pixels of `fit.screen`; () when it says that there is nothing. Duplicates are merged.

    A list that was cut off keeps its whole items: each is an answer of its own. Raises `ValueError`, saying what was
    wanted and what was found, when nothing can be read or a place lies outside the picture.
    """
    text = _THINKING.sub("", text)
    found: dict[tuple[Point, Box | None], Detection] = {}
    empty = False
    for label, value in _places(text):
        empty = True
        numbers = coordinates(value)
        if all(number == -1 for number in numbers):
            continue
        place = _detection(label, numbers, fit)
        found.setdefault((place.at, place.box), place)
    if not found and not empty and not _says_nothing(text):
        raise ValueError(f"boxes or points were wanted; found {shortened(text.strip())}")
    return tuple(found.values())


def _places(text: str) -> Iterator[tuple[str, Any]]:
    """Each place's label and numbers as they were written."""
    label = matched[1] if (matched := _LABEL_TAG.search(text)) else ""
    if tagged := list(_TAGGED.finditer(text)):
        yield from ((label, _numbers(",".join(filter(None, match.groups())))) for match in tagged)
    elif (pair := _PAIR.search(text)) or (pair := _POINT.search(text)):
        yield label, _numbers(",".join(filter(None, pair.groups())))
    elif start := _JSON.search(text):
        yield from ((own or label, value) for own, value in _in_json(text[start.start() :]))


def _in_json(text: str) -> Iterator[tuple[str, Any]]:
    try:
        value, _ = read_value(text)
    except ValueError:
        if not text.startswith("["):
            raise
        whole = list(_ONE.finditer(text))
        if not whole:
            raise
        value = [read_value(item[0])[0] for item in whole]
    yield from _labelled(value)


def _labelled(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case {"x": None} | {"y": None}:
            yield "", [-1, -1]
        case {"x": x, "y": y}:
            yield _label(value), [x, y]
        case dict():
            key = next((key for key in _KEYS if key in value), None)
            if key is not None and value[key] is not None:
                inner = value[key]
                many = inner if _is_list_of_lists(inner) else [inner]
                yield from ((_label(value), one) for one in many)
            elif len(value) == 1 and isinstance(inner := next(iter(value.values())), dict | list):
                yield from _labelled(inner)
        case [first, *_] if isinstance(first, dict | list):
            for item in value:
                yield from _labelled(item)
        case [_, *_]:
            yield "", value


def _is_list_of_lists(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, list) for item in value)


def _label(value: dict[str, Any]) -> str:
    return next((value[key] for key in _LABELS if isinstance(value.get(key), str)), "")


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _says_nothing(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(```\w*)?\s*(\[\s*\]|\{\s*\})?\s*(```)?\s*", text) or _NOTHING.search(text))


def _detection(label: str, numbers: tuple[float, ...], fit: Fit) -> Detection:
    if len(numbers) == 2:
        return Detection(label, fit.to_screen(*numbers))
    spans = [_span(numbers[axis], numbers[axis + 2], fit, axis) for axis in (0, 1)]
    (left, right), (top, bottom) = spans
    box = Box(left, top, right, bottom)
    return Detection(label, box.center, box)


def _span(low: float, high: float, fit: Fit, axis: int) -> tuple[int, int]:
    """The first pixel of the screen inside, and the first one after, along one axis; a box may end at the far edge."""
    extent, side = fit.extent[axis], fit.screen[axis]
    if not 0 <= low <= high <= extent:
        raise ValueError(f"a box must lie from 0 to {extent:g}, inside the picture; found one from {low:g} to {high:g}")
    first = min(side - 1, math.floor(low * side / extent))
    return first, max(first + 1, min(side, math.ceil(high * side / extent)))
