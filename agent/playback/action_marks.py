"""Marks of an action, drawn large on the screenshot it was done on: pointer, ripples, trails, arrows."""

from dataclasses import dataclass
from math import hypot

from PIL import Image

from agent.episode import Move
from agent.playback.captions import draw_label
from agent.playback.overlay import DARK, MARK, WHITE, XY, Overlay, partial_path, with_opacity
from devices import Click, Drag, LongPress, MoveTo, Point, Scroll
from devices.actions import points_of
from devices.device import Box

REACH = 17.0
"""How far a mark reaches around what it marks, in units: one unit is an eightieth of the picture's longer side."""
DIRECTIONS = {"up": (0.0, -1.0), "down": (0.0, 1.0), "left": (-1.0, 0.0), "right": (1.0, 0.0)}
_ARROW = ((0.0, 0.0), (0.0, 1.62), (0.37, 1.29), (0.62, 1.87), (0.88, 1.75), (0.63, 1.18), (1.13, 1.18))


@dataclass(frozen=True, slots=True)
class Projection:
    """Maps pixels of a screenshot to a picture of it; `finger` is whether a finger points, not a mouse."""

    screen_size: tuple[int, int]
    picture_size: tuple[int, int]
    finger: bool = False

    @property
    def unit(self) -> float:
        """The unit of the sizes of marks, in picture pixels."""
        return max(self.picture_size) / 80

    def at(self, point: Point) -> XY:
        """Where the middle of `point` is on the picture."""
        return (point.x + 0.5) * self.picture_size[0] / self.screen_size[0], (point.y + 0.5) * self.picture_size[
            1
        ] / self.screen_size[1]


def draw_action(picture: Image.Image, projection: Projection, move: Move, done: float = 1.0) -> None:
    """Draw on `picture` where `move` touched the screen; `done` (0 to 1) is how much of it has been done by now."""
    if not isinstance(move, Click | LongPress | MoveTo | Drag | Scroll) or not points_of(move):
        return
    path, u = [projection.at(point) for point in points_of(move)], projection.unit
    overlay = Overlay(picture, _around(path, REACH * u))
    here = path[0]
    match move:
        case Click(times=times):
            _ripple(overlay, here, u, done, rings=times)
        case LongPress():
            _ripple(overlay, here, u, done, rings=1)
            overlay.disc(here, 2.2 * u * min(done, 1.0), with_opacity(MARK, 0.45))
        case Drag():
            here = _trail(overlay, path, u, done)
        case Scroll(direction=direction):
            _wheel(overlay, here, DIRECTIONS[direction], u, done)
        case MoveTo():
            overlay.ring(here, 1.6 * u, 0.3 * u, WHITE)
    if not (projection.finger and isinstance(move, Drag)):  # its arrow says where the finger is, and would lie under it
        _pointer(overlay, here, projection)
    overlay.paste()
    if label := _label(move):
        radius = 3.4 * u
        draw_label(picture, Box(*(round(x) for x in _around([path[0]], radius))), label, round(1.7 * u))


def _pointer(overlay: Overlay, at: XY, projection: Projection) -> None:
    """The pointer, its tip at `at`; where a finger points, its tip as a light disc."""
    u = projection.unit
    if projection.finger:
        overlay.ring(at, 1.75 * u, 0.14 * u, with_opacity(DARK, 0.5))
        overlay.disc(at, 1.65 * u, with_opacity(WHITE, 0.45))
        overlay.disc(at, 0.45 * u, MARK)
        return
    for grown, colour in ((1.0, DARK), (0.0, WHITE)):
        overlay.shape([_out(corner, u, grown * 0.16 * u, at) for corner in _ARROW], colour)


def draw_pointer(picture: Image.Image, projection: Projection, at: XY) -> None:
    """Draw the pointer alone on `picture`."""
    overlay = Overlay(picture, _around([at], 4 * projection.unit))
    _pointer(overlay, at, projection)
    overlay.paste()


def _around(path: list[XY], margin: float) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in path], [y for _, y in path]
    return min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin


def _out(corner: XY, unit: float, by: float, at: XY) -> XY:
    """A corner of the arrow, moved away from the arrow's middle."""
    x, y = corner[0] * 1.9 * unit, corner[1] * 1.9 * unit
    away_x, away_y = x - 0.8 * unit, y - 1.9 * unit
    length = hypot(away_x, away_y) or 1.0
    return at[0] + x + by * away_x / length, at[1] + y + by * away_y / length


def _ripple(overlay: Overlay, at: XY, u: float, done: float, rings: int) -> None:
    for ring in range(rings):
        radius = (2.4 + 1.1 * ring) * u * (0.35 + 0.65 * min(done, 1.0))
        overlay.ring(at, radius + 0.18 * u, 0.75 * u, with_opacity(WHITE, 0.9))
        overlay.ring(at, radius, 0.4 * u, MARK)
    if done < 1.0:
        overlay.ring(at, 5.5 * u * done, 0.3 * u, with_opacity(MARK, 1.0 - done))
    overlay.disc(at, 0.5 * u, WHITE)
    overlay.disc(at, 0.34 * u, MARK)


def _trail(overlay: Overlay, path: list[XY], u: float, done: float) -> XY:
    """The way of a drag as far as it has come; where it is now."""
    so_far = partial_path(path, done)
    before = next((each for each in reversed(so_far) if each != so_far[-1]), so_far[0])
    way = (so_far[-1][0] - before[0], so_far[-1][1] - before[1])
    for width, size, colour in ((0.95 * u, 2.3 * u, WHITE), (0.5 * u, 1.8 * u, MARK)):
        overlay.line(so_far, width, colour)
        overlay.disc(path[0], (0.9 if colour == WHITE else 0.65) * u, colour)
        if hypot(*way) > 0.5:
            overlay.head(so_far[-1], way, size, colour)
    return so_far[-1]


def _wheel(overlay: Overlay, at: XY, way: XY, u: float, done: float) -> None:
    """An arrow that points where what comes into view lies."""
    reach = 9.0 * u * (0.3 + 0.7 * min(done, 1.0))
    start = (at[0] + way[0] * 3 * u, at[1] + way[1] * 3 * u)
    tip = (start[0] + way[0] * reach, start[1] + way[1] * reach)
    for width, size, colour in ((1.7 * u, 3.6 * u, WHITE), (1.0 * u, 2.9 * u, MARK)):
        overlay.line([start, tip], width, colour)
        overlay.head(tip, way, size, colour)
    overlay.ring(at, 1.5 * u, 0.75 * u, WHITE)
    overlay.ring(at, 1.35 * u, 0.45 * u, MARK)


def _label(move: Move) -> str:
    """What the drawing of `move` alone does not show."""
    match move:
        case Click(_, button, times, holding):
            parts = [*holding, *([button] if button != "left" else [])]
            count = {2: "double", 3: "triple"}.get(times, "")
            return " ".join(filter(None, (" + ".join(parts), count)))
        case LongPress(_, seconds):
            return f"held {seconds:g} s"
        case Scroll(notches=notches):
            return f"x {notches}"
        case Drag(_, _, button, holding):
            return " + ".join([*holding, *([button] if button != "left" else [])])
    return ""
