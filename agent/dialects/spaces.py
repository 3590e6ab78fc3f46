"""The coordinate spaces that models answer in: what they call the far edges of the picture they were sent."""

from dataclasses import dataclass

from agent.dialects.sizes import Size, smart_resize


@dataclass(frozen=True, slots=True)
class Absolute:
    """Pixels: of the picture that was sent, or of what a server made of it before the model saw it.

    A server that resizes rounds to multiples of `factor` (1: it keeps the size) and stays below `max_pixels`
    (None: there is no such bound) with its longer side below `max_side` (None: likewise).
    """

    factor: int = 1
    max_pixels: int | None = None
    max_side: int | None = None

    whole_pixels = True

    def extent(self, picture: Size) -> tuple[float, float]:
        """(width, height) of the picture that the model answers on, for a picture sent with that size."""
        width, height = picture
        if self.max_side and max(picture) > self.max_side:
            scale = self.max_side / max(picture)
            width, height = max(1, round(width * scale)), max(1, round(height * scale))
        bound = self.max_pixels or width * height * 4
        return smart_resize((width, height), self.factor, self.factor**2, bound) if self.factor > 1 else (width, height)


@dataclass(frozen=True, slots=True)
class Relative:
    """Fractions of the picture: from 0 to `far`, which is 1 or 1000; the far edge itself is inside."""

    far: float = 1000

    whole_pixels = False

    def extent(self, picture: Size) -> tuple[float, float]:
        return self.far, self.far


Space = Absolute | Relative
