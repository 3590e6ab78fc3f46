"""Pixels of the frame as units of the touch screen, which differ where a phone is told to draw at another size."""

from dataclasses import replace

from devices.actions import Action, Click, Drag, LongPress, MoveTo, Point, Scroll


def in_units(action: Action, size: tuple[int, int], units: tuple[int, int] | None) -> Action:
    """`action` with its points moved from a frame of `size` to a touch screen of `units`; the middle stays the middle.

    `units` is None where the phone does not say, and then they are taken for the same; so they are when the phone was
    turned between the two.
    """
    if units is None or units == size or (units[0] > units[1]) != (size[0] > size[1]):
        return action

    across, down = units

    def moved(point: Point) -> Point:
        return Point((2 * point.x + 1) * across // (2 * size[0]), (2 * point.y + 1) * down // (2 * size[1]))

    match action:
        case Click(at) | LongPress(at) | MoveTo(at) | Scroll(at):
            return replace(action, at=moved(at))
        case Drag(path):
            return replace(action, path=tuple(map(moved, path)))
    return action
