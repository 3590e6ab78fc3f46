"""What a person or a model calls a thing on the screen."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["right", "left", "above", "below", "near", "row", "in"]


@dataclass(frozen=True, slots=True)
class Target:
    """Something on the screen, by what is written on it.

    `role` is the word for the element ("button", "field"), "" if none was said. `ordinal` counts from 1 in reading
    order, -1 is the last, 0 any. `side` and `anchor` say where it is relative to something else.
    """

    text: str
    role: str = ""
    ordinal: int = 0
    side: Side | None = None
    anchor: "Target | None" = None

    def __str__(self) -> str:
        words = {"right": "right of", "left": "left of", "near": "next to", "row": "in the row of", None: ""}
        place = words.get(self.side, self.side)
        parts = [
            {0: "", -1: "last", 1: "first", 2: "second", 3: "third"}.get(self.ordinal, f"{self.ordinal}th"),
            repr(self.text) if self.text else "",
            self.role,
            f"{place} {self.anchor}" if self.anchor else "",
        ]
        return " ".join(part for part in parts if part)
