"""When a tree is read in full and when only what is known of it is asked again: programs paint before they tell."""

from threading import Event

import numpy as np

from devices import Box, Element
from devices.desktop.accessibility.elements import Part
from devices.desktop.accessibility.looks import Looks
from devices.desktop.accessibility.reading import Look


class Lagging:
    """A tree that learns of a dialog one look after it was painted."""

    def __init__(self) -> None:
        self.looks = self.asked_again = 0

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def look(self, unwanted: Event) -> Look:
        self.looks += 1
        names = ("Page",) if self.looks == 1 else ("Page", "Dialog")
        elements = (Element("heading", name, Box(0, 0, 9, 9), source="device") for name in names)
        return Look(parts=tuple(Part(each, None, (0, 0, 9, 9), None) for each in elements))  # type: ignore[arg-type]

    def again(self, before: Look, unwanted: Event) -> Look:
        self.asked_again += 1
        return before


def test_what_a_program_tells_late_is_read_and_a_settled_screen_is_only_asked_again() -> None:
    tree, pixels = Lagging(), np.zeros((20, 20, 3), np.uint8)
    looks = Looks(tree)  # type: ignore[arg-type]
    names = []
    for _ in range(5):
        looks.forget()
        looks.begin(pixels)
        names.append([part.element.text for part in looks.result().parts])
    looks.close()
    assert names == [["Page"], *[["Page", "Dialog"]] * 4]
    assert (tree.looks, tree.asked_again) == (3, 2)
