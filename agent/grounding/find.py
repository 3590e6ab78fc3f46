"""Finds the elements on a screen that a target may mean: candidates with scores and reasons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent.grounding.proximity import distance_to
from agent.grounding.similarity import Match, matches
from agent.grounding.target import Target
from agent.grounding.widget_match import matching_widgets
from agent.grounding.window_match import named_window
from agent.screen.screen import Screen
from agent.screen.shapes import boxes_of_kind, field_beside, is_link, tick_box_beside
from agent.screen.windows import TITLE_BAR, front_window, title_bar, window_rank
from devices import Box, Element, Point

EQUAL_SCORES = 12.0
"""Scores that differ by less than this are equally good when an ordinal picks among them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that may be meant: its box, its text, how well it fits (0 to about 120), and why."""

    box: Box
    text: str
    score: float
    why: str
    role: str = ""

    @property
    def at(self) -> Point:
        return self.box.center

    @property
    def element(self) -> Element:
        return Element(self.role, self.text, self.box)


def find(target: Target, screen: Screen) -> tuple[Candidate, ...]:
    """Everything that `target` may mean, best first; empty when nothing on the screen resembles it."""
    if point := re.fullmatch(r"\(?(\d+),\s?(\d+)\)?", target.text):
        x, y = int(point[1]), int(point[2])
        return (Candidate(Box(x, y, x + 1, y + 1), target.text, 100.0, "a point"),)
    if target.side == "in" and target.anchor is not None:
        return _inside(target, target.anchor, screen)
    reported = matching_widgets(target, screen.seen) if target.text else []
    found = tuple(
        Candidate(element.box, element.text, score, f"the {element.role} {element.text!r}", element.role)
        for score, element in reported
    ) or (_by_text(target, screen) if target.text else _by_kind(target, screen))
    if target.side is not None and target.anchor is not None:
        found = _beside(target, target.anchor, found, screen)
    return _nth(target.ordinal, found, screen) if target.ordinal else found


def closest(target: Target, screen: Screen, count: int = 3) -> tuple[Match, ...]:
    """The words on the screen that resemble `target` most, however little."""
    return tuple(matches(target.text, screen.text, 30.0)[:count]) if target.text else ()


def least(text: str) -> float:
    """Minimum similarity, 0 to 100, to accept a label: short words must be exact, long ones may be misread."""
    length = len(text.strip())
    return 88.0 if length <= 4 else 82.0 if length <= 7 else 76.0


def _nth(ordinal: int, found: tuple[Candidate, ...], screen: Screen) -> tuple[Candidate, ...]:
    """Of the candidates that fit best, the one with this ordinal in reading order, counted from 1, or -1."""
    best = max((each.score for each in found), default=0.0)
    row = 8 * screen.text.scale
    equal = [each for each in found if each.score >= best - EQUAL_SCORES]
    alike = sorted(equal, key=lambda each: (each.box.top // row, each.box.left))
    index = ordinal - 1 if ordinal > 0 else ordinal
    return (alike[index],) if -len(alike) <= index < len(alike) else ()


def _by_text(target: Target, screen: Screen) -> tuple[Candidate, ...]:
    found = []
    if target.role in ("window", "dialog") and (window := named_window(target.text, screen.seen)) is not None:
        box = window.box
        return (Candidate(Box(box.left, box.top, box.right, box.top + 18), window.text, 95.0, "a window's title"),)
    bar = title_bar(screen.seen)
    for match in matches(target.text, screen.text, least(target.text)):
        if bar is not None and len(match.text) <= 2 and match.box.center in bar:
            continue  # the signs on a window's own buttons are never meant
        merits = tuple(_merits(match, target, screen))
        score = match.score + sum(change for change, _ in merits)
        box, role = match.box, "button" if any(reason == ON_BUTTON for _, reason in merits) else ""
        if target.role in ("field", "choice", "list"):
            field = field_beside(match.box, screen.text)
            box, score = (field, score + 4) if field else (box, score - 4)
        elif target.role in ("checkbox", "radio", "switch"):
            tick = tick_box_beside(match.box, screen.text)
            box, score = (tick, score + 6) if tick else (box, score)
        why = ", ".join((f"{match.text!r} matches {match.score:.0f}", *(reason for _, reason in merits)))
        found.append(Candidate(box, match.text, score, why, role))
    return tuple(sorted(found, key=lambda each: -each.score))


ON_BUTTON = "on a button"


def _merits(match: Match, target: Target, screen: Screen) -> Iterator[tuple[float, str]]:
    """What makes a match better or worse than the similarity of its letters: score and reason."""
    rank = window_rank(match.box, screen.seen)
    fresh = screen.fresh is not None and match.box.center in screen.fresh
    if fresh and screen.fresh is not None and screen.fresh.area < 0.8 * screen.seen.box.area:
        yield 6.0, "just appeared"
    if rank is not None and rank > 0 and not fresh:
        yield -6.0 * min(rank, 4), "in a window behind"
    front = front_window(screen.seen)
    if front is not None and rank == 0 and match.box.center.y < front.box.top + TITLE_BAR and target.role != "window":
        yield -8.0, "in the title bar"
    heights = sorted(line.box.height for line in screen.text.lines)
    if len(target.text) <= 2 and match.box.height > 1.6 * heights[len(heights) // 2]:
        yield -12.0, "as large as on a display"
    if target.role in ("button", "") and any(_snug(frame, match.box) for frame in screen.text.frames):
        yield 4.0, ON_BUTTON
    if target.role == "link" and is_link(match.box, screen.seen.pixels):
        yield 8.0, "drawn as a link"
    if target.role == "menu" and front is not None and match.box.top < front.box.top + 60:
        yield 6.0, "in the menu bar"
    if target.text in match.text:
        yield 1.0, "same capitals"


def _snug(frame: Box, box: Box) -> bool:
    return box.center in frame and frame.height <= 70 and frame.width <= max(160, 3 * box.width)


def _by_kind(target: Target, screen: Screen) -> tuple[Candidate, ...]:
    front = front_window(screen.seen)
    inside = screen.text.within(front.box) if front is not None and target.anchor is None else screen.text
    boxes = boxes_of_kind(target.role, inside)
    if target.role == "field" and not boxes and not target.ordinal and screen.text.lines:
        whole = front.box if front is not None else screen.seen.box
        return (Candidate(whole, "", 60.0, "the middle of the window, for no field is drawn"),)
    if target.role in ("window", "dialog"):
        return tuple(Candidate(w.box, w.text, 90.0, "a window") for w in ([front] if front else []))
    texts = (" ".join(line.text for line in inside.within(box).lines) for box in boxes)
    return tuple(Candidate(box, text, 90.0, f"a {target.role}") for box, text in zip(boxes, texts, strict=True))


def _inside(target: Target, outer: Target, screen: Screen) -> tuple[Candidate, ...]:
    """Candidates in the window that `outer` names; in the whole screen where it names none."""
    inner = Target(target.text, target.role, target.ordinal)
    window = named_window(outer.text, screen.seen) if outer.text else front_window(screen.seen)
    if window is None:
        return find(inner, screen)
    found = find(inner, replace(screen, read=lambda _: screen.text.within(window.box)))
    return found if outer.role in ("window", "dialog") else found or find(inner, screen)


def _beside(target: Target, anchor: Target, found: tuple[Candidate, ...], screen: Screen) -> tuple[Candidate, ...]:
    """`found` ordered by how near they are to `anchor` on the side of `target`."""
    anchors = find(anchor, screen)
    if not anchors:
        return ()
    origin = anchors[0].box
    placed = [(away, each) for each in found if (away := distance_to(origin, each.box, target.side)) is not None]
    return tuple(each for _, each in sorted(placed, key=lambda pair: pair[0] - pair[1].score))
