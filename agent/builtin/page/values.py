"""Sets sliders, spinners, colours and dates."""

import re
from calendar import month_name

import numpy as np

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.arena import ground_box
from agent.builtin.page.deeds_of_values import PickDate, PutInto, PutShownColour, SlideTo, SpinTo
from agent.builtin.page.glyphs import read_signs
from agent.builtin.page.regions import Region
from agent.builtin.targets import Found, Sight, find
from devices import Box, Click, Drag, Point, Press, TypeText

MOST_DRAGS = 5
NUMBER = re.compile(r"[-−]?\s?\d+")


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
    places = [_place_before(s, number, turn) for s in mine]
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


def _place_before(step: "object", number: int, turn: Turn) -> int | None:
    move = step.decision.move  # type: ignore[attr-defined]  # a step
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


def spin_to(part: SpinTo, turn: Turn) -> Outcome:
    """Press an arrow up to three times at once until the value must be there."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    scale = first.text.scale
    numbers = [w for w in first.widgets if w.kind in ("field", "list", "button") and NUMBER.fullmatch(w.text)]
    if not numbers:
        return Failed("no field with a number can be seen")
    box, value = numbers[0].box, int(numbers[0].text.replace("−", "-").replace(" ", ""))
    for step in turn.acts:
        if isinstance(step.decision.move, Click):
            value += step.decision.move.times * (1 if step.decision.move.at.y < box.center.y else -1)
    if value == part.value:
        return Done(f"it was pressed until {value}")
    # The arrows stand one above the other right of the field.
    y = box.top + box.height // 4 if part.value > value else box.bottom - box.height // 4
    times = min(3, abs(part.value - value))
    return Act(Click(Point(box.right + 9 * scale, y), times=times), f"{value} is to be {part.value}")


def put_into(part: PutInto, turn: Turn) -> Outcome:
    """Click the field three times, which selects what it holds, and type."""
    return _typed(part.text, turn)


def _typed(text: str, turn: Turn) -> Outcome:
    if turn.refused:
        return Failed(turn.refused[-1].error)
    moves = [step.decision.move for step in turn.acts]
    if not moves:
        field = _only_field(turn.sight)
        return Act(Click(field.center, times=2), "the field") if field else Failed("no field can be seen")
    if len(moves) == 1:
        return Act(Press(("ctrl", "a")), "what it holds is replaced")
    if len(moves) == 2:
        return Act(TypeText(text))
    if len(moves) == 3:
        ground = ground_box(turn.sight)
        corner = Point(ground.right - 2, ground.bottom - 2)
        return Act(Click(corner), "a click on nothing leaves the field and closes what hangs from it")
    return Done("it was typed")


def _only_field(sight: Sight) -> Box | None:
    fields = [w.box for w in sight.widgets if w.kind in ("field", "area")]
    if fields:
        return fields[0]
    scale = sight.text.scale
    # A field may be filled with its colour.
    filled = [
        r.box
        for r in sight.regions
        if r.outline == "rectangle"
        and 12 * scale <= r.box.height <= 32 * scale
        and r.box.width > 3 * r.box.height
        and min(r.colour) < 230
        and r.box.top > 0
    ]
    return filled[0] if filled else None


def put_shown_colour(part: PutShownColour, turn: Turn) -> Outcome:
    """Read the patch in the goal, then as with a colour that was named."""
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    scale = first.text.scale
    patches = [
        r
        for r in first.regions
        if r.square
        and r.outline == "rectangle"
        and 6 * scale <= r.box.width <= 16 * scale
        and r.holes < 0.2
        and r.box.top < 50 * scale
    ]
    if not patches:
        return Failed("the goal shows no patch of a colour")
    return _typed("{:02X}{:02X}{:02X}".format(*patches[0].colour), turn)


def pick_date(part: PickDate, turn: Turn) -> Outcome:
    """Open the calendar, turn its pages to the month, click the day."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    if turn.acts and turn.acts[-1].decision.thought.startswith("the day"):
        return Done("the day was clicked")
    sight = turn.sight
    shown = _month_shown(sight)
    if shown is None:
        if turn.acts:
            return Failed("no calendar came up")
        fields = [w.box for w in sight.widgets if w.kind == "field"]
        return (
            Act(Click(fields[0].center), "the calendar opens") if fields else Failed("no field for a date can be seen")
        )
    year, month, title = shown
    apart = (part.year - year) * 12 + part.month - month
    scale = sight.text.scale
    if apart:
        calendar = _around(title, sight)
        x = calendar.right - 9 * scale if apart > 0 else calendar.left + 9 * scale
        return Act(Click(Point(x, title.center.y)), f"{month_name[month]} {year} is {abs(apart)} months off")
    day = _day(part.day, title, sight)
    return Act(Click(day.at), f"the day {part.day}: {day.why}") if day else Failed(f"the day {part.day} cannot be read")


def _month_shown(sight: Sight) -> tuple[int, int, Box] | None:
    for line in sight.text.lines:
        for index, word in enumerate(line.words):
            for month in range(1, 13):
                if likeness(month_name[month].lower(), word.text.lower()) >= 80:
                    years = [w for w in line.words[index + 1 :] if re.fullmatch(r"(?:19|20)\d\d", w.text)]
                    if years:
                        return (
                            int(years[0].text),
                            month,
                            Box(word.box.left, word.box.top, years[0].box.right, word.box.bottom),
                        )
    return None


def _around(title: Box, sight: Sight) -> Box:
    """The bar of the calendar that bears the month."""
    bars = [
        r.box
        for r in sight.regions
        if title.center in r.box and r.box.height < 4 * title.height and r.box.width > title.width
    ]
    return (
        min(bars, key=lambda box: box.width * box.height)
        if bars
        else Box(title.left - 2 * title.width // 3, title.top, title.right + 2 * title.width // 3, title.bottom)
    )


def _day(day: int, title: Box, sight: Sight) -> Found | None:
    """The cell of a day: by its number, below the title."""
    places = [p for p in find(Target(str(day)), sight) if p.at.y > title.bottom and p.text.strip(".,") == str(day)]
    return places[0] if places else None
