"""Reads boxes and points from an answer, as many as there are: what has a form wins over numbers in words."""

import math
from collections.abc import Callable, Iterator

from agent.dialects.arguments import coordinates
from agent.dialects.dialect import Detection
from agent.dialects.fit import Fit
from agent.dialects.function_calls import labelled_call, strip_tags
from agent.dialects.place_values import Place, places_in_json
from agent.dialects.place_words import LABEL_TAG, says_nothing, tagged_places, told_places
from agent.dialects.repair import shortened
from devices import Box, Point

_POINTS = ("start_box", "start_point", "point", "box", "coordinate")


def read_detections(text: str, fit: Fit, *, y_first: bool = False) -> tuple[Detection, ...]:
    """What `text` points at, in pixels of `fit.screen`; () when it says that there is nothing. Duplicates are merged.

    A list that was cut off keeps its whole items, and a box that sticks out of the picture is cut to it: each is an
    answer of its own. `y_first` is for families whose `box_2d` and `point` say y before x. Raises `ValueError`, saying
    what was wanted and what was found, when nothing can be read or no place lies on the picture.
    """
    found: dict[tuple[Point, Box | None], Detection] = {}
    flaw, empty = "", False
    label = matched[1] if (matched := LABEL_TAG.search(text)) else ""
    for own, value in _places(LABEL_TAG.sub(" ", text), y_first):
        empty = True
        try:
            numbers = coordinates(value)
            if any(number != -1 for number in numbers):
                place = _detection(own or label, numbers, fit)
                found.setdefault((place.at, place.box), place)
        except ValueError as error:
            flaw = flaw or str(error)
    if not found and (flaw or not (empty or says_nothing(text))):
        raise ValueError(flaw or f"boxes or points were wanted; found {shortened(text.strip())}")
    return tuple(found.values())


def _places(text: str, y_first: bool) -> tuple[Place, ...]:
    """Each place's label and numbers as they were written, of the first form that holds any."""
    json = places_in_json(text, y_first)
    forms: tuple[Callable[[], Iterator[Place]], ...] = (
        lambda: iter(json.named),
        lambda: tagged_places(text),
        lambda: _called(text),
        lambda: iter(json.bare),
    )
    for form in forms:
        if places := tuple(form()):
            return places
    if json.flaw:
        raise ValueError(json.flaw)
    return tuple(told_places(json.around))


def _called(text: str) -> Iterator[Place]:
    """The place in `click(start_box='(1,2)')` or `click(x=1, y=2)`."""
    try:
        call, _ = labelled_call(text)
    except ValueError:
        return
    if "x" in call.arguments and "y" in call.arguments:
        yield "", [call.arguments["x"], call.arguments["y"]]
    elif name := next((name for name in _POINTS if name in call.arguments), None):
        yield "", strip_tags(call.arguments[name]).strip()


def _detection(label: str, numbers: tuple[float, ...], fit: Fit) -> Detection:
    if len(numbers) == 2:
        return Detection(label, fit.to_screen(*numbers))
    (left, right), (top, bottom) = (_span(numbers[axis], numbers[axis + 2], fit, axis) for axis in (0, 1))
    box = Box(left, top, right, bottom)
    return Detection(label, box.center, box)


def _span(low: float, high: float, fit: Fit, axis: int) -> tuple[int, int]:
    """The first pixel of the screen inside, and the first one after, along one axis; what sticks out is cut off."""
    extent, side = fit.extent[axis], fit.screen[axis]
    if not (math.isfinite(low) and math.isfinite(high)) or high < 0 or low > extent:
        raise ValueError(f"a box must lie from 0 to {extent:g}, inside the picture; found one from {low:g} to {high:g}")
    first = min(side - 1, math.floor(max(0, low) * side / extent))
    return first, max(first + 1, min(side, math.ceil(min(high, extent) * side / extent)))
