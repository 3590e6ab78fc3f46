"""Drags shapes, rows and corners."""

from agent.builtin.matching import likeness, tidy
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.arena import containers, ground_box, outlines, spot
from agent.builtin.page.deeds_of_drawing import DragAway, DragInside, DragInto, MoveItem, Resize, SortRows
from agent.builtin.page.exploring import SENDING
from agent.builtin.page.figures import Figure, looking_like
from agent.builtin.page.shaping import figures_of
from agent.builtin.page.widgets import Widget, grip
from agent.builtin.targets import Sight
from devices import Box, Drag, Point

MOST_DRAGS = 16


def drag_into(part: DragInto, turn: Turn) -> Outcome:
    """Drag the next one that is outside."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    boxes = [region.box for region in containers(turn.sight)]
    if not boxes:
        return Failed("there is no empty box to drag anything into")
    box = boxes[-1] if part.box == "right" else boxes[0]
    drawn = [f for f in figures_of(turn.sight, signs=False) if not any(_holds(f.box, each) for each in boxes)]
    meant = looking_like(part.looks, drawn)
    left = [f for f in drawn if (f in meant) != part.rest and not any(f.box.center in each for each in boxes)]
    if not left or len(turn.acts) >= MOST_DRAGS:
        return Done("all are in")
    figure = left[0]
    end = spot(box, len(turn.acts))
    return Act(Drag(way(_middle(figure), end), 0.5), f"a {figure.shape} of {figure.colour} is outside")


def _holds(one: Box, other: Box) -> bool:
    """Whether `one` is a box around `other`, or the same."""
    return one.left <= other.left + 2 and one.right >= other.right - 2 and one.top <= other.top + 2


def _middle(figure: Figure) -> Point:
    box = figure.box
    return Point(box.center.x, box.top + 2 * box.height // 3) if figure.shape == "triangle" else box.center


def way(start: Point, end: Point) -> tuple[Point, ...]:
    """From one point to the other in small steps, so that what is dragged over has time to give way."""
    steps = 6
    return tuple(
        Point(start.x + (end.x - start.x) * n // steps, start.y + (end.y - start.y) * n // steps)
        for n in range(steps + 1)
    )


def drag_inside(part: DragInside, turn: Turn) -> Outcome:
    """One drag, from the middle of the smaller to the middle of the larger."""
    if turn.acts:
        return Done("it was dragged")
    sight, ground = turn.sight, ground_box(turn.sight)
    least = 12 * sight.text.scale
    buttons = [w.box for w in sight.widgets if tidy(w.text) in SENDING]
    boxes = [
        region.box
        for region in sight.regions
        if max(region.colour) - min(region.colour) > 60
        and least <= min(region.box.width, region.box.height)
        and region.box.center in ground
        and region.box.width < 0.9 * ground.width
        and not any(region.box.center in box for box in buttons)
    ]
    if len(boxes) < 2 or turn.refused:
        return Failed(turn.refused[-1].error if turn.refused else f"wanted two boxes, found {len(boxes)}")
    boxes.sort(key=lambda box: box.width * box.height)
    return Act(Drag(way(boxes[0].center, boxes[-1].center), 0.5), f"{part}")


def drag_away(part: DragAway, turn: Turn) -> Outcome:
    """One drag, as far as there is room, 30 plain pixels at most."""
    if turn.acts:
        return Done("it was dragged")
    drawn = outlines(turn.sight)
    if not drawn or turn.refused:
        return Failed(turn.refused[-1].error if turn.refused else "nothing is drawn that could be dragged")
    far, ground = 30 * turn.sight.text.scale, ground_box(turn.sight)
    start = Point(drawn[0].center.x, drawn[0].top + 3 * drawn[0].height // 5)
    dx, dy = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}[part.direction]
    end = Point(
        min(max(start.x + dx * far, ground.left + 2), ground.right - 3),
        min(max(start.y + dy * far, ground.top + 2), ground.bottom - 3),
    )
    return Act(Drag(way(start, end), 0.5), f"what is drawn at {drawn[0].center}")


def rows_of(sight: Sight) -> list[Widget]:
    """The entries of a list or a grid that can be dragged, in reading order."""
    return [w for w in sight.widgets if w.kind == "button" and tidy(w.text) not in SENDING and w.text]


def move_item(part: MoveItem, turn: Turn) -> Outcome:
    """Drag the entry to the place of the one that is there now."""
    if turn.acts:
        return Done("it was dragged")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    rows = rows_of(turn.sight)
    rated = sorted(rows, key=lambda row: -likeness(tidy(part.name), tidy(row.text)))
    if not rated or likeness(tidy(part.name), tidy(rated[0].text)) < 70:
        said = ", ".join(repr(row.text) for row in rows) or "none"
        return Failed(f"no entry is called {part.name!r}; the entries: {said}")
    own = rows.index(rated[0])
    wanted = _place(part.to, own, rows)
    if wanted is None or wanted == own:
        return Failed(f"there is no place {part.to!r} to go to among {len(rows)} entries")
    start, end = rows[own].box.center, rows[wanted].box.center
    return Act(Drag(_past(start, end, rows[own].box), 0.9), f"entry {own + 1} goes to place {wanted + 1}")


def _past(start: Point, end: Point, box: Box) -> tuple[Point, ...]:
    """A way that goes a little beyond the end, so that the one that is there gives way."""
    over_x = (end.x > start.x) - (end.x < start.x)
    over_y = (end.y > start.y) - (end.y < start.y)
    return way(start, Point(end.x + over_x * box.width // 6, end.y + over_y * box.height // 5))


def _place(to: str, own: int, rows: list[Widget]) -> int | None:
    columns = sum(abs(row.box.center.y - rows[0].box.center.y) < rows[0].box.height // 2 for row in rows)
    count = len(rows)
    word, _, rest = to.partition(" ")
    if to.isdigit():
        return int(to) - 1 if int(to) <= count else None
    if rest.isdigit():
        step = {"up": -columns, "down": columns, "left": -1, "right": 1}[word] * int(rest)
        return own + step if 0 <= own + step < count else None
    if columns == 1:
        return 0 if to == "top" else count - 1 if to == "bottom" else count // 2
    lines = count // columns
    said = set(to.split())
    row = 0 if "top" in said else lines - 1 if "bottom" in said else lines // 2
    column = 0 if "left" in said else columns - 1 if "right" in said else columns // 2
    return row * columns + column


def sort_rows(part: SortRows, turn: Turn) -> Outcome:
    """Drag the row that belongs to the first wrong place there, again and again."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    rows = [(value, row) for row in rows_of(turn.sight) if (value := _value(row.text)) is not None]
    wanted = sorted((value for value, _ in rows), reverse=part.descending)
    for place, (value, row) in enumerate(rows):
        if value != wanted[place]:
            if len(turn.acts) >= MOST_DRAGS:
                return Failed(f"{len(turn.acts)} drags did not put the rows in order")
            other = next(r for v, r in rows[place + 1 :] if v == wanted[place])
            return Act(
                Drag(_past(other.box.center, row.box.center, row.box), 0.9), f"{wanted[place]} belongs above {value}"
            )
    return Done("the rows are in order") if rows else Failed("no rows with numbers can be seen")


def _value(text: str) -> int | None:
    digits = "".join(c for c in text.replace("−", "-").replace("–", "-") if c.isdigit() or c == "-")
    digits = digits.rstrip("-")
    digits = ("-" if digits.startswith("-") else "") + digits.replace("-", "")
    return int(digits) if digits.lstrip("-").isdigit() else None


def resize(part: Resize, turn: Turn) -> Outcome:
    """Drag the corner along one side."""
    if turn.acts:
        return Done("it was dragged")
    sight, scale = turn.sight, turn.sight.text.scale
    areas = [w for w in sight.widgets if w.kind == "area"]
    if not areas or turn.refused:
        return Failed(turn.refused[-1].error if turn.refused else "no text area can be seen")
    corner = grip(areas[0].box, sight.seen.pixels, scale)
    at = corner.center if corner else Point(areas[0].box.right - 4 * scale, areas[0].box.bottom - 4 * scale)
    by = 15 * scale * (1 if part.larger else -1)
    end = Point(at.x + by, at.y) if part.side == "width" else Point(at.x, at.y + by)
    return Act(Drag(way(at, end), 0.5), f"the corner of the text area is at {at}")
