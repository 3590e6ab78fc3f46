"""Pixels of the frame and units of the touch screen, which differ where `wm size` overrides the display size.

Such a phone (`adb shell wm size 720x1280`) shows what it draws as large as its panel lets it be, between black bars,
after com.android.server.display.LogicalDisplay.configureDisplayLocked. The frame is the panel's, a touch is in what was
drawn.
"""

from dataclasses import replace

from devices.actions import Action, Click, Drag, LongPress, MoveTo, Point, Scroll
from devices.device import ActionRefused, Box, Element

Size = tuple[int, int]


def in_units(action: Action, size: Size, units: Size | None) -> Action:
    """`action` with its points moved from a frame of `size` to a touch screen of `units`; the middle stays the middle.

    `units` is None where it is not known, and then they are taken for the same; so they are when the phone was
    turned between the two. Raises `ActionRefused` for a point on the bars beside the picture.
    """
    if units is None or not _differ(size, units):
        return action
    across, down = units
    shown = _shown(size, units)

    def moved(point: Point) -> Point:
        if point not in shown:
            there = f"x {shown.left} to {shown.right - 1}, y {shown.top} to {shown.bottom - 1}"
            raise ActionRefused(f"{point} is on the black bars: the picture is at {there}; nothing was done")
        x, y = point.x - shown.left, point.y - shown.top
        return Point((2 * x + 1) * across // (2 * shown.width), (2 * y + 1) * down // (2 * shown.height))

    match action:
        case Click(at) | LongPress(at) | MoveTo(at) | Scroll(at):
            return replace(action, at=moved(at))
        case Drag(path):
            return replace(action, path=tuple(map(moved, path)))
    return action


def in_pixels(elements: tuple[Element, ...], size: Size, units: Size) -> tuple[Element, ...]:
    """`elements` with their boxes moved from `units` to a frame of `size`: the way back."""
    if not _differ(size, units):
        return elements
    shown = _shown(size, units)

    def moved(box: Box) -> Box:
        left, right = (shown.left + x * shown.width // units[0] for x in (box.left, box.right))
        top, bottom = (shown.top + y * shown.height // units[1] for y in (box.top, box.bottom))
        return Box(left, top, right, bottom)

    return tuple(replace(element, box=moved(element.box)) for element in elements)


def _differ(size: Size, units: Size) -> bool:
    return units != size and (units[0] > units[1]) == (size[0] > size[1])


def _shown(size: Size, units: Size) -> Box:
    """The part of a frame in which a picture of `units` is shown."""
    (width, height), (across, down) = size, units
    letterbox = width * down < height * across
    wide, high = (width, down * width // across) if letterbox else (across * height // down, height)
    left, top = (width - wide) // 2, (height - high) // 2
    return Box(left, top, left + wide, top + high)
