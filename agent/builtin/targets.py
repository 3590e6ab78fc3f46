"""Finds on the screen what an instruction speaks of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from agent.builtin.instructions import Target
from agent.builtin.matching import Match, matches, tidy
from agent.builtin.nearness import distance_to
from agent.builtin.phone.finding import rated
from agent.builtin.phone.widgets import text_of, widgets
from agent.builtin.screen_text import ScreenText
from agent.builtin.shapes import boxes_of_kind, empty_place, field_beside, is_link, tick_box_beside
from agent.builtin.windows import TITLE_BAR, front_window, named_window, title_bar, window_rank
from devices import Box, Observation, Point

EMPTY = {"empty area", "empty space", "blank area", "blank space", "empty spot", "background", "empty part"}


@dataclass(frozen=True, slots=True)
class Found:
    """A place that may be meant: where to point, what is written there, how good it is (0 to 100 and a little more)."""

    box: Box
    text: str
    score: float
    why: str

    @property
    def at(self) -> Point:
        return self.box.center


@dataclass(frozen=True)
class Sight:
    """One look at the screen, read when somebody asks. `fresh` is what the last action changed, if it is known."""

    seen: Observation
    read: Callable[[Observation], ScreenText]
    fresh: Box | None = None

    @cached_property
    def text(self) -> ScreenText:
        """What is written on it: by its widgets where a phone tells them, else as `drawn`."""
        return text_of(self.seen) if widgets(self.seen) else self.drawn

    @cached_property
    def drawn(self) -> ScreenText:
        """What is read from its pixels: 0.1 to 0.5 s that a key or a text to type need not wait for."""
        return self.read(self.seen)


def find(target: Target, sight: Sight) -> tuple[Found, ...]:
    """Everything that `target` may mean, best first; empty when nothing on the screen resembles it."""
    if point := re.fullmatch(r"\(?(\d+),\s?(\d+)\)?", target.text):
        x, y = int(point[1]), int(point[2])
        return (Found(Box(x, y, x + 1, y + 1), target.text, 100.0, "a point"),)
    if tidy(target.text) in EMPTY:
        front = front_window(sight.seen)
        spot = empty_place(front.box if front else sight.seen.box, sight.text, sight.seen.pixels)
        return (Found(spot, "", 80.0, "nothing is drawn there"),) if spot else ()
    if target.side == "in" and target.anchor is not None:
        return _inside(target, target.anchor, sight)
    told = rated(target, sight.seen) if target.text else []
    found = tuple(
        Found(element.box, element.text, score, f"the {element.role} {element.text!r}") for score, element in told
    ) or (_by_text(target, sight) if target.text else _by_kind(target, sight))
    if target.side is not None and target.anchor is not None:
        found = _beside(target, target.anchor, found, sight)
    if target.ordinal:
        best = max((place.score for place in found), default=0.0)
        alike = sorted(
            (place for place in found if place.score >= best - 12),
            key=lambda place: (place.box.top // (8 * sight.text.scale), place.box.left),
        )
        index = target.ordinal - 1 if target.ordinal > 0 else target.ordinal
        return (alike[index],) if -len(alike) <= index < len(alike) else ()
    return found


def closest(target: Target, sight: Sight, count: int = 3) -> tuple[Match, ...]:
    """The words on the screen that resemble `target` most, however little."""
    return tuple(matches(target.text, sight.text, 30.0)[:count]) if target.text else ()


def least(text: str) -> float:
    """How alike is alike enough: short words must be exact, long ones may be misread here and there."""
    length = len(text.strip())
    return 88.0 if length <= 4 else 82.0 if length <= 7 else 76.0


def _by_text(target: Target, sight: Sight) -> tuple[Found, ...]:
    found = []
    if target.kind == "window" and (window := named_window(target.text, sight.seen)) is not None:
        box = window.box
        return (Found(Box(box.left, box.top, box.right, box.top + 18), window.text, 95.0, "a window's title"),)
    bar = title_bar(sight.seen)
    for match in matches(target.text, sight.text, least(target.text)):
        if bar is not None and len(match.text) <= 2 and match.box.center in bar:
            continue  # the signs on a window's own buttons are never meant
        score, why = match.score, [f"{match.text!r} matches {match.score:.0f}"]
        for change, reason in _merits(match, target, sight):
            score += change
            why.append(reason)
        box = match.box
        if target.kind in ("field", "list"):
            field = field_beside(match.box, sight.text)
            box, score = (field, score + 4) if field else (box, score - 4)
        elif target.kind in ("checkbox", "radio"):
            tick = tick_box_beside(match.box, sight.text)
            box, score = (tick, score + 6) if tick else (box, score)
        found.append(Found(box, match.text, score, ", ".join(why)))
    return tuple(sorted(found, key=lambda place: -place.score))


def _merits(match: Match, target: Target, sight: Sight) -> list[tuple[float, str]]:
    """Reasons other than its letters to prefer a match, or not to."""
    merits: list[tuple[float, str]] = []
    rank = window_rank(match.box, sight.seen)
    fresh = sight.fresh is not None and match.box.center in sight.fresh
    if (
        fresh
        and sight.fresh is not None
        and sight.fresh.width * sight.fresh.height < 0.8 * sight.seen.width * sight.seen.height
    ):
        merits.append((6.0, "just appeared"))
    if rank is not None and rank > 0 and not fresh:
        merits.append((-6.0 * min(rank, 4), "in a window behind"))
    front = front_window(sight.seen)
    if front is not None and rank == 0 and match.box.center.y < front.box.top + TITLE_BAR and target.kind != "window":
        merits.append((-8.0, "in the title bar"))
    heights = sorted(line.box.height for line in sight.text.lines)
    if len(target.text) <= 2 and match.box.height > 1.6 * heights[len(heights) // 2]:
        merits.append((-12.0, "as large as on a display"))
    framed = any(_snug(frame, match.box) for frame in sight.text.frames)
    if target.kind in ("button", "") and framed:
        merits.append((4.0, "on a button"))
    if target.kind == "link" and is_link(match.box, sight.seen.pixels):
        merits.append((8.0, "drawn as a link"))
    if target.kind == "menu" and front is not None and match.box.top < front.box.top + 60:
        merits.append((6.0, "in the menu bar"))
    if target.text in match.text:
        merits.append((1.0, "same capitals"))
    return merits


def _snug(frame: Box, box: Box) -> bool:
    return box.center in frame and frame.height <= 70 and frame.width <= max(160, 3 * box.width)


def _by_kind(target: Target, sight: Sight) -> tuple[Found, ...]:
    front = front_window(sight.seen)
    inside = sight.text.within(front.box) if front is not None and target.anchor is None else sight.text
    boxes = boxes_of_kind(target.kind, inside)
    if target.kind == "field" and not boxes and not target.ordinal and sight.text.lines:
        whole = front.box if front is not None else sight.seen.box
        return (Found(whole, "", 60.0, "the middle of the window, for no field is drawn"),)
    if target.kind == "window":
        return tuple(Found(w.box, w.text, 90.0, "a window") for w in ([front] if front else []))
    return tuple(Found(box, _written(box, inside), 90.0, f"a {target.kind}") for box in boxes)


def _written(box: Box, text: ScreenText) -> str:
    return " ".join(line.text for line in text.within(box).lines)


def _inside(target: Target, outer: Target, sight: Sight) -> tuple[Found, ...]:
    inner = Target(target.text, target.kind, target.ordinal)
    window = named_window(outer.text, sight.seen) if outer.text else front_window(sight.seen)
    if window is None:
        return find(inner, sight)
    inside = Sight(sight.seen, lambda _: sight.text.within(window.box), sight.fresh)
    return find(inner, inside) or find(inner, sight)


def _beside(target: Target, anchor: Target, found: tuple[Found, ...], sight: Sight) -> tuple[Found, ...]:
    """`found` ordered by how near they are to `anchor` on the side that was said."""
    anchors = find(anchor, sight)
    if not anchors:
        return ()
    origin = anchors[0].box
    placed = [(away, place) for place in found if (away := distance_to(origin, place.box, target.side)) is not None]
    return tuple(place for _, place in sorted(placed, key=lambda pair: pair[0] - pair[1].score))
