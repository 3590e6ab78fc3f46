"""Where a display lies among the pointer's units, and how many pixels its picture has."""

from dataclasses import dataclass

from devices.actions import Point
from devices.device import Box


@dataclass(frozen=True, slots=True)
class Geometry:
    """A display in pointer units (`left` and `top` may be negative) and its picture's size in pixels.

    The scale is the quotient of two measurements, never an assumption: 2.0 on a retina screen, 1.0 on most.
    """

    left: int
    top: int
    width: int
    height: int
    size: tuple[int, int]

    def pointer_at(self, point: Point) -> tuple[int, int]:
        """The pointer unit that holds the pixel `point`."""
        wide, high = self.size
        return self.left + point.x * self.width // wide, self.top + point.y * self.height // high

    def box_of(self, left: int, top: int, width: int, height: int) -> Box | None:
        """A rectangle of pointer units as pixels of the picture; None when it lies outside."""
        wide, high = self.size
        across, down = wide / self.width, high / self.height
        box = Box(
            max(0, round((left - self.left) * across)),
            max(0, round((top - self.top) * down)),
            min(wide, round((left + width - self.left) * across)),
            min(high, round((top + height - self.top) * down)),
        )
        return box if box.width > 0 and box.height > 0 else None
