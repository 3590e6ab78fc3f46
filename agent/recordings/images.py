"""Observations whose pixels are still on disk, or were never there."""

from collections.abc import Callable
from typing import Any

from devices import Element, Observation
from devices.device import Pixels, Surface


class NoPicture(Exception):
    """The picture of a step is not there. The text names it."""


class Stored(Observation):
    """An observation whose pixels are read at each access and not kept, so that a long episode costs little memory.

    `load` returns the pixels of a picture of `size` (width, height), or raises what its reader raises.
    """

    def __init__(
        self,
        load: Callable[[], Pixels],
        size: tuple[int, int],
        front: str = "",
        at: float = 0.0,
        elements: tuple[Element, ...] = (),
        settle: float = 0.0,
        surface: Surface = "computer",
        partial: bool = False,
    ) -> None:
        seen = {"front": front, "at": at, "elements": elements, "settle": settle, "surface": surface}
        fields = {**seen, "partial": partial, "_load": load, "_size": size}
        for name, value in fields.items():
            object.__setattr__(self, name, value)  # the class is frozen; this is what its own __init__ does
        self._load: Callable[[], Pixels]
        self._size: tuple[int, int]

    @property
    def pixels(self) -> Pixels:
        return self._load()

    @property
    def width(self) -> int:
        return self._size[0]

    @property
    def height(self) -> int:
        return self._size[1]

    @property
    def png(self) -> bytes:
        return Observation(self.pixels).png


class Missing(Stored):
    """An observation that came without its picture: `source` is the path that the picture should have had."""

    def __init__(self, source: str, size: tuple[int, int], front: str = "", elements: tuple[Element, ...] = ()) -> None:
        super().__init__(self._refuse, size, front, elements=elements)
        object.__setattr__(self, "source", source)
        self.source: str

    def _refuse(self) -> Pixels:
        raise NoPicture(f"there is no picture of this step: {self.source} did not come with the data")

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Missing):
            return NotImplemented
        mine = (self.source, self.size, self.front, self.elements)
        return mine == (other.source, other.size, other.front, other.elements)

    __hash__ = None  # type: ignore[assignment]  # as for every observation
