"""Sets sliders: drags the handle to where the value must be, and does what is missing then by keys."""

import re

import numpy as np

from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_values import SlideTo
from agent.builtin.page.glyphs import read_signs
from agent.builtin.page.regions import Region
from agent.builtin.targets import Sight
from agent.episode import Step
from devices import Box, Drag, Point, Press

MOST_DRAGS = 5


def sliders(sight: Sight) -> list[tuple[Box, Box]]:
    """The sliders from top to bottom: the box of each handle, and of its whole track."""
    scale = sight.text.scale
    found = []
    for region in sight.regions:
        box = region.box
        if not (region.square and 8 * scale <= box.width <= 20 * scale and region.outline == "rectangle"):
            continue
        track = _track(box, sight.regions, scale)
        if track is not None:
            found.append((box, track))
    return sorted(found, key=lambda pair: pair[1].top)


def _track(handle: Box, found: tuple[Region, ...], scale: int) -> Box | None:
    """The box of the thin bars that go on from a handle to both sides."""
    for across in (True, False):
        parts = []
        for region in found:
            box = region.box
            thin, long = (box.height, box.width) if across else (box.width, box.height)
            centred = abs(box.center.y - handle.center.y) if across else abs(box.center.x - handle.center.x)
            near = (
                min(abs(box.right - handle.left), abs(box.left - handle.right))
                if across
                else min(abs(box.bottom - handle.top), abs(box.top - handle.bottom))
            )
            if 3 * scale <= thin <= 12 * scale and long >= 8 * scale and centred <= 3 * scale and near <= 8 * scale:
                parts.append(box)
        if parts:
            every = [*parts, handle]
            return Box(
                min(b.left for b in every),
                min(b.top for b in every),
                max(b.right for b in every),
                max(b.bottom for b in every),
            )
    return None


def _handle_on(track: Box, sight: Sight) -> Box | None:
    """The handle of a slider: it looks otherwise once it has the focus."""
    scale = sight.text.scale
    found = [
        region.box
        for region in sight.regions
        if 0.5 < region.box.width / region.box.height < 2
        and region.outline == "rectangle"
        and 8 * scale <= max(region.box.width, region.box.height) <= 20 * scale
        and region.holes < 0.3
        and track.left - 8 * scale <= region.box.center.x <= track.right + 8 * scale
        and track.top - 4 * scale <= region.box.center.y <= track.bottom + 4 * scale
    ]
    return min(found, key=lambda box: box.width) if found else None


def slide_to(part: SlideTo, turn: Turn) -> Outcome:
    """Drag the handle to where the value must be; what is missing then, by keys."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    tracks = [track for _, track in sliders(first)]
    every = [(handle, track) for track in tracks if (handle := _handle_on(track, turn.sight)) is not None]
    if len(every) < len(part.values):
        return Failed(f"wanted {len(part.values)} sliders, found {len(every)}")
    for number, wanted in enumerate(part.values):
        handle, track = every[number]
        value = _value_of(track, number, every, turn.sight)
        if value is None:
            value = _value_again(track, number, every, first, turn.sight)
        value = _as_expected(value, number, turn)
        if value is None:
            return Failed(f"the value of slider {number + 1} cannot be read")
        if value == wanted:
            continue
        return _nearer(number, handle, track, value, wanted, turn)
    return Done("the sliders are as wished")


def _nearer(number: int, handle: Box, track: Box, value: int, wanted: int, turn: Turn) -> Outcome:
    """The next move of one slider: by keys when it was just moved and little is missing, else by a drag."""
    along = track.width > track.height
    at = handle.center
    mine = [s for s in turn.acts if s.decision.thought.startswith(f"slider {number + 1}:")]
    said = f"slider {number + 1}: {value} is to be {wanted}"
    if mine and abs(value - wanted) <= 6:
        key = ("right" if along else "up") if wanted > value else ("left" if along else "down")
        return Act(Press((key,)), said)
    seen_before = [_known(s.decision.thought) for s in mine]
    places = [_place_before(s) for s in mine]
    known = [(v, p) for v, p in zip(seen_before, places, strict=True) if v is not None and p is not None and v != value]
    here = at.x if along else at.y
    if known:
        old_value, old_place = known[-1]
        per = (here - old_place) / (value - old_value)
        to = round(here + per * (wanted - value))
    else:
        low, high = (track.left, track.right) if along else (track.bottom, track.top)
        side = 1 if wanted > value else -1
        to = round(here + side * 0.25 * abs(high - low) * (1 if high > low else -1))
    half = (handle.width if along else handle.height) // 2
    low, high = (track.left + half, track.right - half) if along else (track.top + half, track.bottom - half)
    to = min(max(to, low), high)
    if len(mine) >= 24 or (len(mine) > MOST_DRAGS and abs(to - here) < 2):
        return Failed(f"{said}, and {len(mine)} moves did not do it")
    end = Point(to, at.y) if along else Point(at.x, to)
    middle = Point((at.x + end.x) // 2, (at.y + end.y) // 2)
    return Act(Drag((at, middle, end), 0.4), said)


def _as_expected(value: int | None, number: int, turn: Turn) -> int | None:
    """`value`, or what a key must have made of the value before where its sign or all of it was not read."""
    mine = [s for s in turn.acts if s.decision.thought.startswith(f"slider {number + 1}:")]
    last = mine[-1].decision if mine else None
    before = _known(last.thought) if last else None
    if last is None or before is None or not isinstance(last.move, Press):
        return value
    expected = before + (1 if last.move.keys[0] in ("right", "up") else -1)
    return expected if value is None or abs(value) == abs(expected) else value


def _known(thought: str) -> int | None:
    found = re.match(r"slider \d+: (-?\d+) is", thought)
    return int(found[1]) if found else None


def _place_before(step: Step) -> int | None:
    move = step.decision.move
    if not isinstance(move, Drag):
        return None
    first, last = move.path[0], move.path[-1]
    return first.x if first.y == last.y else first.y


def _value_line(track: Box, number: int, every: list[tuple[Box, Box]], sight: Sight) -> tuple[int, Box] | None:
    """The number that is written nearest below or beside a slider, and where."""
    scale = sight.text.scale
    bottom = every[number + 1][1].top if number + 1 < len(every) else track.bottom + 30 * scale
    found: list[tuple[int, int, Box]] = []
    for line in sight.text.lines:
        text, box = line.text.replace("−", "-").replace(" ", "").replace("O", "0"), line.box
        level = track.width < track.height or track.top - 6 <= box.center.y <= bottom
        if not level or not re.fullmatch(r"-?\d+", text):
            continue
        aside = max(box.left - track.right, track.left - box.right, 0)
        gap = aside + max(box.top - track.bottom, track.top - box.bottom, 0)
        if gap <= 40 * scale:
            found.append((gap, int(text), box))
    best = min(found, key=lambda each: each[0], default=None)
    return (best[1], best[2]) if best else None


def _value_of(track: Box, number: int, every: list[tuple[Box, Box]], sight: Sight) -> int | None:
    line = _value_line(track, number, every, sight)
    return line[0] if line else None


def _value_again(track: Box, number: int, every: list[tuple[Box, Box]], first: Sight, sight: Sight) -> int | None:
    """The value where it stood at first, looked at by itself: a lone digit is easily missed on a whole screen."""
    line = _value_line(track, number, every, first)
    if line is None:
        return None
    scale, box = sight.text.scale, line[1]
    left, top = max(0, box.left - 6 * scale), max(0, box.top - 2 * scale)
    part = sight.seen.pixels[top : box.bottom + 2 * scale, left : box.right + 18 * scale].astype(np.int16)
    ink = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > 100
    ys, xs = np.nonzero(ink)
    if not len(xs):
        return None
    read = read_signs([ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]], sight.read)[0]
    text = read.replace("−", "-").replace("O", "0").replace("o", "0").replace("l", "1").replace("I", "1")
    return int(text) if re.fullmatch(r"-?\d+", text) else None
