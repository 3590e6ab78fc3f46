"""Distances between boxes towards a side, and the value next to a label."""

from agent.screen.text import ScreenText, TextLine
from devices import Box


def distance_to(origin: Box, box: Box, side: str | None) -> float | None:
    """Pixels from `origin` to `box` towards `side`, sideways offsets weighted more; None when it lies elsewhere."""
    if box == origin:
        return None
    across = max(box.left - origin.right, origin.left - box.right, 0)
    down = max(box.top - origin.bottom, origin.top - box.bottom, 0)
    match side:
        case "right" if box.center.x > origin.center.x and box.left >= origin.left:
            return across + 3.0 * down
        case "left" if box.center.x < origin.center.x and box.right <= origin.right:
            return across + 3.0 * down
        case "below" if box.center.y > origin.center.y:
            return down + 2.0 * across
        case "above" if box.center.y < origin.center.y:
            return down + 2.0 * across
        case "near":
            return across + 2.0 * down
        case _:
            return None


def value_beside(label: Box, text: ScreenText) -> TextLine | None:
    """The line that reads as the value of `label`: to its right in the same row, else below it."""
    right = [
        line
        for line in text.lines
        if line.box.left >= label.right - 2 and line.box.top < label.center.y < line.box.bottom and line.box != label
    ]
    if right:
        return min(right, key=lambda line: line.box.left)
    below = [
        line
        for line in text.lines
        if 0 <= line.box.top - label.bottom < 3 * label.height
        and line.box.left < label.right
        and line.box.right > label.left
    ]
    return min(below, key=lambda line: line.box.top) if below else None
