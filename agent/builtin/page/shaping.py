"""Clicks, counts and names what is drawn."""

import numpy as np

from agent.builtin.matching import tidy
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.colours import is_shade
from agent.builtin.page.deeds_of_widgets import ClickShape, GridPoint, NameFigure, Tally
from agent.builtin.page.figures import Figure, figures, ground_of, looking_like
from agent.builtin.targets import Sight
from devices import Click, Point


def figures_of(sight: Sight, signs: bool = True) -> tuple[Figure, ...]:
    """What is drawn on the screen."""
    return figures(sight.seen.pixels, sight.regions, sight.widgets, sight.text.scale, sight.read if signs else None)


def click_shape(part: ClickShape, turn: Turn) -> Outcome:
    """Click the best one; or every one that was not clicked yet."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    clicked = [step.decision.move.at for step in turn.acts if isinstance(step.decision.move, Click)]
    if clicked and not part.every:
        return Done("it was clicked")
    drawn = figures_of(turn.sight, signs=not part.every and part.looks.shape not in ("circle", "rectangle", "triangle"))
    if part.every and part.looks.colour:
        meant: tuple[Figure, ...] = tuple(f for f in drawn if is_shade(part.looks.colour, f.colour))
    else:
        meant = looking_like(part.looks, drawn)
    for figure in meant:
        if not any(at in figure.box for at in clicked):
            return Act(Click(_on(figure, turn.sight)), f"a {figure.shape} of {figure.colour} at {figure.box.center}")
    if clicked:
        return Done("each was clicked")
    said = ", ".join(f"{f.shape or 'a sign'} {f.colour}" for f in drawn[:8]) or "nothing"
    return Failed(f"nothing looks like a {part.looks}; drawn are {said}")


def _on(figure: Figure, sight: Sight) -> Point:
    """A point that is surely ink of the figure: an O has none in its middle."""
    box = figure.box
    part = sight.seen.pixels[box.top : box.bottom, box.left : box.right].astype(np.int16)
    near = np.abs(part - np.array(figure.colour, np.int16)).max(axis=2) < 40
    if near[box.height // 2, box.width // 2] or not near.any():
        return box.center
    ys, xs = np.nonzero(near)
    best = int(np.argmin(np.abs(xs - box.width / 2) + np.abs(ys - box.height / 2)))
    return Point(box.left + int(xs[best]), box.top + int(ys[best]))


def tally(part: Tally, turn: Turn) -> Outcome:
    """Count, and press the number."""
    if turn.acts:
        return Done("the number was pressed")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    count = len(looking_like(part.looks, figures_of(turn.sight)))
    return _press(str(count), turn, f"there are {count}")


def name_figure(part: NameFigure, turn: Turn) -> Outcome:
    """Press the button that says what is drawn."""
    if turn.acts:
        return Done("it was named")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    if part.sides:
        sides = _sides(turn.sight)
        return _press(str(sides), turn, f"it has {sides} sides")
    drawn = figures_of(turn.sight)
    if not drawn:
        return Failed("no figure is drawn")
    largest = max(drawn, key=lambda figure: figure.box.width * figure.box.height)
    sign = "letter" if largest.shape.isalpha() else "number"
    return _press(sign if largest.is_sign else largest.shape, turn, f"it is a {largest.shape}")


def _sides(sight: Sight) -> int:
    """How many corners the outline of the largest thing on the ground has."""
    import cv2

    ground = ground_of(sight.regions)
    if ground is None:
        return 0
    box = ground.box
    part = sight.seen.pixels[box.top : box.bottom, box.left : box.right].astype(np.int16)
    ink = (np.abs(part - np.array(ground.colour, np.int16)).max(axis=2) > 60).astype(np.uint8)
    for widget in sight.widgets:
        own = widget.box
        ink[
            max(0, own.top - box.top - 9) : own.bottom - box.top + 9,
            max(0, own.left - box.left - 9) : own.right - box.left + 9,
        ] = 0
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return 0
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    return len(cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True))


def _press(label: str, turn: Turn, why: str) -> Outcome:
    for widget in turn.sight.widgets:
        if widget.kind == "button" and tidy(widget.text) == label:
            return Act(Click(widget.box.center), why)
    every = [w for w in turn.sight.widgets if w.kind == "button"]
    misread = [w for w in every if not w.text.isdigit()]
    if label.isdigit() and len(misread) == 1 and len(every) > 2:
        return Act(
            Click(misread[0].box.center), f"{why}, and {misread[0].text!r} is the only button that says no number"
        )
    said = ", ".join(repr(w.text) for w in every) or "none"
    return Failed(f"{why}, and no button says {label!r}; the buttons: {said}")


def grid_point(part: GridPoint, turn: Turn) -> Outcome:
    """Click the dot at these coordinates, of a grid whose middle is (0, 0)."""
    if turn.acts:
        return Done("it was clicked")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    dots = [f.box.center for f in figures_of(turn.sight, signs=False) if f.shape == "circle"]
    xs, ys = _levels([dot.x for dot in dots]), _levels([dot.y for dot in dots])
    column, row = len(xs) // 2 + part.x, len(ys) // 2 - part.y
    if not (0 <= column < len(xs) and 0 <= row < len(ys)):
        return Failed(f"wanted {part.x}, {part.y}; the grid has {len(xs)} columns and {len(ys)} rows")
    return Act(Click(Point(xs[column], ys[row])), f"column {column + 1} and row {row + 1} of the grid")


def _levels(values: list[int]) -> list[int]:
    """The middles of groups of numbers that are nearly the same."""
    levels: list[list[int]] = []
    for value in sorted(values):
        if levels and value - levels[-1][-1] < 12:
            levels[-1].append(value)
        else:
            levels.append([value])
    return [sum(level) // len(level) for level in levels]
