"""What a recorded action was done to: a screen, the points on it, and their window; and where that may be now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.screen.windows import windows
from devices import Box, Observation, Point


@dataclass(frozen=True, slots=True)
class RecordedTarget:
    """What is looked for: a recorded screen, the points that were worked on, and the window that they are in."""

    then: Observation
    points: tuple[Point, ...]
    window: Box


def worked_window(seen: Observation, points: Sequence[Point]) -> Box:
    """The window of an action: the foremost one around its first point, or without points the one with the focus."""
    boxes = (each.box for each in windows(seen) if (points[0] in each.box if points else each.focused))
    return next(boxes, seen.box)


def same_focus(then: Observation, now: Observation, points: Sequence[Point]) -> bool:
    """Whether keys would reach the window that they reached; always true of an action with points."""
    return bool(points) or not windows(then) or worked_window(then, ()) == worked_window(now, ())


def candidate_windows(target: RecordedTarget, now: Observation) -> Iterator[Box]:
    """Windows that may be the recorded one, the likeliest first; without points only the one with the focus."""
    title = next((each.text for each in windows(target.then) if each.box == target.window), None)
    likeliest = sorted(windows(now), key=lambda each: (each.text != title, not each.focused))
    if title is None or not likeliest:
        yield now.box
    elif target.points:
        yield from (each.box for each in likeliest)
    else:
        yield from (each.box for each in likeliest if each.focused)
