"""What lies where it was said to be: beside something, in its row, or inside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from agent.grounding.geometry import distance_to, front_window, in_one_row
from agent.grounding.target import Side, Target
from agent.grounding.windows import named_window
from agent.screen.screen import Screen
from devices import Box, Element
from devices.roles import CONTROLS

NEARER = 6.0
"""Points of similarity that a distance of one line of text costs: the nearest is meant, equally near ones are equal."""

ANCHORS = 8.0
"""How much worse than the best an anchor may be: a label and what it names are both taken."""


class Rated(Protocol):
    """What the finder has found."""

    @property
    def element(self) -> Element: ...
    @property
    def score(self) -> float: ...


R = TypeVar("R", bound=Rated)
Find = Callable[[Target, Screen], Sequence[Rated]]


def narrowed(side: Side, anchor: Target, found: Sequence[R], screen: Screen, find: Find) -> list[R]:
    """Those of `found` that lie on `side` of `anchor`; with their scores less their distance, where it counts."""
    if side == "in":
        boxes = _containers(anchor, screen, find)
        return [each for each in found if any(each.element.box.center in box for box in boxes)]
    anchors = [each.box for each in _anchors(anchor, screen, find)]
    if side == "row":
        rows = [(box, _row(box, screen)) for box in anchors]
        return [each for each in found if any(_in_row(each.element.box, box, row) for box, row in rows)]
    away = [
        (min(distances), each)
        for each in found
        if (distances := [d for box in anchors if (d := distance_to(box, each.element.box, side)) is not None])
    ]
    nearest = min((distance for distance, _ in away), default=0.0)
    return [
        replace(each, score=each.score - min(60.0, NEARER * (distance - nearest) / screen.unit))  # type: ignore[type-var]
        for distance, each in away
    ]


def _anchors(anchor: Target, screen: Screen, find: Find) -> list[Element]:
    """What `anchor` may mean equally well, each place once."""
    found = find(anchor, screen)
    best = max((each.score for each in found), default=0.0)
    return list({each.element.box: each.element for each in reversed(found) if each.score >= best - ANCHORS}.values())


def _in_row(box: Box, anchor: Box, row: Box) -> bool:
    return box != anchor and (in_one_row(box, anchor) or (box.center in row and box != row))


def _row(box: Box, screen: Screen) -> Box:
    """The smallest element that is a row around `box` and holds more than it; `box` itself where there is none."""
    around = [e.box for e in screen.elements if box.center in e.box and e.role in ("item", "button", "cell")]
    wide = [each for each in around if each.width > 1.5 * box.width and each.height < 8 * screen.unit]
    return min(wide, key=lambda each: each.area, default=box)


def _containers(anchor: Target, screen: Screen, find: Find) -> list[Box]:
    """The boxes that things in `anchor` lie in: a window, something large, or what a heading stands over."""
    window = named_window(anchor.text, screen) if anchor.text else front_window(screen)
    if window is not None and (anchor.role in ("", "window", "dialog")):
        return [window.box]
    if not anchor.text:
        return [screen.seen.box]
    held = _anchors(replace(anchor, role="" if anchor.role in ("window", "dialog") else anchor.role), screen, find)
    small = 3 * screen.unit
    return [e.box if e.box.height > small or e.role in CONTROLS else _section(e.box, screen) for e in held]


def _section(heading: Box, screen: Screen) -> Box:
    """What a heading stands over: down to the next heading in its column."""
    below = [
        e.box.top
        for e in screen.elements
        if e.role == "heading" and e.box.top > heading.bottom and e.box.left < heading.right + 4 * screen.unit
    ]
    return Box(0, heading.top, screen.seen.width, min(below, default=screen.seen.height))
