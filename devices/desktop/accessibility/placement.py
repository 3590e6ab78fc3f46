"""Which X window a tree belongs to, and where on the screen its nodes lie: toolkits tell places in five ways."""

from collections.abc import Iterable
from dataclasses import dataclass

from devices.desktop.accessibility.node import Extents, Node
from devices.desktop.top_level import TopLevel
from devices.device import Box

_NEAR = 8  # pointer units by which a frame may differ from its window: borders and shadows
_SCALES = (1.25, 3.0)  # of a screen whose programs count in larger units than X's
_SAME_SCALE = 0.05


@dataclass(frozen=True, slots=True)
class ScreenPlacement:
    """Extents in pointer units: times `scale`, then moved by `left` and `top`. `window` is where they are seen."""

    window: TopLevel
    scale: float = 1.0
    left: int = 0
    top: int = 0

    def box(self, extents: Extents) -> Box:
        """The rectangle on the screen, not clipped. May be empty or turned over: nothing of it is believed."""
        left, top, width, height = (round(number * self.scale) for number in extents)
        left, top = left + self.left, top + self.top
        return Box(left, top, left + width, top + height)


def placement_of(top: Node, stack: Iterable[TopLevel]) -> ScreenPlacement | None:
    """Where the tree under the top-level `top` is seen; None when no window of its process fits.

    A window of its title comes first: of two large windows of one program each fills the screen.
    """
    own = [each for each in stack if each.process == top.app.process or (each.popup and not each.process)]
    titled = sorted(own, key=lambda each: each.window.title != top.name or not top.name)
    places = [place for window in titled if (place := _fit(top, window)) is not None]
    exact = [place for place in places if _is_near(place, top)]
    return next(iter(exact or places), None)


def bounds(window: TopLevel) -> Box:
    """A window with its frame, in pointer units."""
    shown = window.window
    return Box(shown.left, shown.top, shown.left + shown.width, shown.top + shown.height)


def common(one: Box, other: Box) -> Box | None:
    """What both cover; None for nothing."""
    box = Box(
        max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom)
    )
    return box if box.width > 0 and box.height > 0 else None


def _fit(top: Node, window: TopLevel) -> ScreenPlacement | None:
    left, upper, width, height = window.inner
    told = top.extents
    if told is None or told[2] <= 0 or told[3] <= 0:
        # Swing tells no place of its frame, and exact ones of what is in it.
        return ScreenPlacement(window) if window.window.title == top.name and not window.popup else None
    if top.app.is_gtk4:
        # Its places count from the window's content, which lies in the middle of a margin for its shadow.
        margin = (width - told[2]) // 2, (height - told[3]) // 2
        fits = min(margin) >= -_NEAR and not window.popup
        return ScreenPlacement(window, 1.0, left + margin[0] - told[0], upper + margin[1] - told[1]) if fits else None
    if _is_near(ScreenPlacement(window), top):
        return ScreenPlacement(window)
    scale = width / told[2]
    if _SCALES[0] <= scale <= _SCALES[1] and abs(height / told[3] / scale - 1) < _SAME_SCALE:
        return ScreenPlacement(window, scale)
    return None


def _is_near(place: ScreenPlacement, top: Node) -> bool:
    """Whether the top-level lies where its window does."""
    if top.extents is None:
        return False
    box, window = place.box(top.extents), place.window
    left, upper, width, height = window.inner
    return any(
        _differ(box, other) <= _NEAR for other in (bounds(window), Box(left, upper, left + width, upper + height))
    )


def _differ(one: Box, other: Box) -> int:
    """By how much the sides of two boxes lie apart at most."""
    sides = (one.left - other.left, one.top - other.top, one.right - other.right, one.bottom - other.bottom)
    return max(map(abs, sides))
