"""Draws, marks, orders and copies."""

from math import cos, pi, sin

from agent.builtin.matching import tidy
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.arena import ground_box
from agent.builtin.page.deeds_of_drawing import (
    ClickInOrder,
    CopyPattern,
    CountInto,
    DrawThrough,
    MarkParagraph,
    SayParity,
)
from agent.builtin.page.shaping import figures_of
from agent.builtin.page.widgets import Widget
from agent.builtin.screen_text import TextLine
from agent.builtin.targets import Sight
from devices import Box, Click, Drag, Point, TypeText


def draw_through(part: DrawThrough, turn: Turn) -> Outcome:
    """One drag along the line or the circle."""
    if turn.acts:
        return Done("it was drawn")
    sight, scale = turn.sight, turn.sight.text.scale
    dots = [f for f in figures_of(sight, signs=False) if f.shape == "circle" and f.size < 14]
    if not dots or turn.refused:
        return Failed(turn.refused[-1].error if turn.refused else "no dot can be seen")
    at, ground = dots[0].box.center, ground_box(sight)
    if part.what == "circle":
        room = min(at.x - ground.left, ground.right - at.x, at.y - ground.top, 25 * scale) - 3 * scale
        round_ = tuple(
            Point(round(at.x + room * cos(n * pi / 20)), round(at.y + room * sin(n * pi / 20))) for n in range(41)
        )
        return Act(Drag(round_, 1.5), f"around the dot at {at}")
    far = 34 * scale
    if part.what == "vertical":
        ends = (Point(at.x, max(ground.top + 4 * scale, at.y - far)), at, Point(at.x, at.y + far))
    else:
        ends = (
            Point(max(ground.left + 4 * scale, at.x - far), at.y),
            at,
            Point(min(ground.right - 8 * scale, at.x + far), at.y),
        )
    return Act(Drag(ends, 0.4), f"through the dot at {at}")


def mark_paragraph(part: MarkParagraph, turn: Turn) -> Outcome:
    """Click three times: that selects a paragraph, wherever it is broken into lines."""
    if turn.acts:
        return Done("it is marked")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    every = paragraphs(turn.sight)
    if len(every) < part.ordinal:
        return Failed(f"wanted paragraph {part.ordinal}, and there are {len(every)}")
    first = every[part.ordinal - 1][0]
    return Act(Click(first.box.center, times=3), f"the paragraph begins with {first.text!r}")


def paragraphs(sight: Sight) -> list[list[TextLine]]:
    """The lines of text outside widgets, by paragraphs: a larger gap parts two."""
    outside = [
        line
        for line in sight.text.lines
        if not any(line.box.center in w.box for w in sight.widgets if w.kind == "button")
    ]
    found: list[list[TextLine]] = []
    for line in sorted(outside, key=lambda line: line.box.center.y):
        if found and line.box.center.y - found[-1][-1].box.center.y < 17 * sight.text.scale:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def click_in_order(part: ClickInOrder, turn: Turn) -> Outcome:
    """Click the least number that was not clicked yet."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    clicked = [step.decision.move.at for step in turn.acts if isinstance(step.decision.move, Click)]
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    numbers = [(int(f.shape), f.box) for f in figures_of(first) if f.shape.isdigit()]
    left = [(value, box) for value, box in numbers if not any(at in box for at in clicked)]
    if not left:
        return Done("each was clicked") if numbers else Failed("no number can be seen")
    value, box = min(left, key=lambda pair: pair[0])
    return Act(Click(box.center), f"{value} is the least that is left")


def say_parity(part: SayParity, turn: Turn) -> Outcome:
    """Answer for the next number."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    sight = turn.sight
    odd = [w for w in sight.widgets if w.kind == "button" and tidy(w.text) == "odd"]
    even = [w for w in sight.widgets if w.kind == "button" and tidy(w.text) == "even"]
    if not odd or len(odd) != len(even):
        return Failed(f"found {len(odd)} buttons that say odd, and {len(even)} that say even")
    done = len(turn.acts)
    if done >= len(odd):
        return Done("each was answered")
    value = _between(odd[done], even[done], sight)
    if value is None:
        return Failed(f"the number in row {done + 1} cannot be read")
    right = odd[done] if value % 2 else even[done]
    return Act(Click(right.box.center), f"{value} is {'odd' if value % 2 else 'even'}")


def _between(odd: Widget, even: Widget, sight: Sight) -> int | None:
    box = Box(odd.box.right, odd.box.top, even.box.left, odd.box.bottom)
    digits = "".join(c for line in sight.text.within(box).lines for c in line.text if c.isdigit())
    return int(digits) if digits else None


def copy_pattern(part: CopyPattern, turn: Turn) -> Outcome:
    """Tick the next box that is to be."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    sight = turn.sight
    ground = ground_box(sight)
    squares = [w for w in sight.widgets if w.kind == "checkbox"]
    boxes = [w for w in squares if _before_example(w, sight)]
    if not boxes:
        return Failed("no grid of tick boxes can be seen")
    columns, rows = _levels([w.box.center.x for w in boxes]), _levels([w.box.center.y for w in boxes])
    example = _example(sight, max(w.box.right for w in boxes), ground)
    if example is None:
        return Failed("no example can be seen beside the tick boxes")
    tried = [step.decision.move.at for step in turn.acts if isinstance(step.decision.move, Click)]
    for widget in boxes:
        column = min(range(len(columns)), key=lambda n: abs(columns[n] - widget.box.center.x))
        row = min(range(len(rows)), key=lambda n: abs(rows[n] - widget.box.center.y))
        x = round(example.left + (column + 0.5) / len(columns) * example.width)
        y = round(example.top + (row + 0.5) / len(rows) * example.height)
        bright = int(sight.seen.pixels[y, x].min()) > 200
        if bright != widget.ticked and sum(at in widget.box for at in tried) < 2:
            return Act(
                Click(widget.box.center), f"column {column + 1}, row {row + 1} is {'bright' if bright else 'dark'}"
            )
    return Done("it is as in the example")


def _before_example(widget: Widget, sight: Sight) -> bool:
    """Whether light ground is around it, and not the dark one of the example."""
    box = widget.box
    return int(sight.seen.pixels[box.center.y, max(0, box.left - 3 * sight.text.scale)].min()) > 200


def _example(sight: Sight, right_of: int, ground: Box) -> Box | None:
    dark = [
        r for r in sight.regions if max(r.colour) < 80 and r.box.left >= right_of and r.box.width > 0.1 * ground.width
    ]
    if not dark:
        return None
    return max(dark, key=lambda region: region.outer).box


def _levels(values: list[int]) -> list[int]:
    levels: list[int] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > 12:
            levels.append(value)
    return levels


def count_into(part: CountInto, turn: Turn) -> Outcome:
    """Focus the field, and type the count."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    if len(turn.acts) >= 2:
        return Done("it was typed")
    fields = [w for w in turn.sight.widgets if w.kind in ("field", "area")]
    if turn.acts:
        first = Sight(turn.tries[0].seen, turn.sight.read)
        count = sum(f.shape == "rectangle" for f in figures_of(first, signs=False))
        return Act(TypeText(str(count)), f"{count} blocks are drawn")
    if not fields:
        return Failed("no field can be seen")
    return Act(Click(fields[0].box.center), "the field for the answer")
