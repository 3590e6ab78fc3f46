"""One parsed screen: every visible thing once, found by the device, by reading and by what is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from agent.screen.click_areas import with_click_areas
from agent.screen.controls import Drawing, controls_of
from agent.screen.labels import named
from agent.screen.listed_text import text_of
from agent.screen.merge import MOST, parted, reported, unlisted, unsaid, with_drawn_names
from agent.screen.overlap import Edges, edges_of
from agent.screen.recogniser import is_ideograph
from agent.screen.regions import regions_of
from agent.screen.tabs import with_tabs
from agent.screen.text import ScreenText, TextLine
from agent.screen.text_roles import text_elements
from agent.screen.windows import windows
from devices import Box, Element, Observation
from devices.roles import FIELDS

HOLD_TEXT = FIELDS | {"choice", "spinner"}
"""What ends a line of text where it begins: a label beside it is read together with what is in it."""


@dataclass(frozen=True)
class Screen:
    """An observation, how to read it, and the area that the last action changed, None if unknown.

    What is asked of it is computed on first use: a key press need not wait for text to be read.
    """

    seen: Observation
    read: Callable[[Observation], ScreenText]
    fresh: Box | None = None

    @cached_property
    def text(self) -> ScreenText:
        """The text of the widgets where a phone reports them, else as `drawn`."""
        return text_of(self._reported) if self.is_listed else self.drawn

    @cached_property
    def drawn(self) -> ScreenText:
        """The text read from the pixels: 0.1 to 0.5 s."""
        return self.read(self.seen)

    @property
    def is_listed(self) -> bool:
        """Whether a phone lists all that is on it, so that nothing needs to be read from its pixels."""
        return self.seen.surface == "phone" and any(each.role != "window" for each in self.seen.elements)

    @property
    def is_cut(self) -> bool:
        """Whether there is more on the screen than `elements` has: more than `MOST`, or than can be read in time."""
        return sum(e.role != "window" for e in self.seen.elements) > MOST or (not self.is_listed and self.drawn.cut)

    @cached_property
    def unit(self) -> int:
        """The height of the usual line of text, in pixels; sizes and distances are multiples of it.

        Where a phone lists its text, its size is not known: 12 pixels on a screen 540 wide, as phones draw it.
        """
        if self.is_listed:
            return max(7, min(self.seen.size) * 12 // 540)
        return self.drawn.unit

    @property
    def windows(self) -> tuple[Element, ...]:
        """From the front to the back; empty where the device cannot tell."""
        return windows(self.seen)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every visible thing, in reading order: windows, controls, icons, and the lines of text in no control.

        A control has its name in `text`: what is written on it, or its label, which is a line of text as well. What
        is written in a field is its `value`, and its name too where no label is near: it may be a placeholder.
        """
        found = self._reported if self.is_listed else self._merged(self._reported)
        return (*self.windows, *in_reading_order(found, self.unit))

    @cached_property
    def edges(self) -> Edges:
        """The boxes of `elements`, for what is asked of each of them."""
        return edges_of([each.box for each in self.elements])

    @cached_property
    def _reported(self) -> tuple[Element, ...]:
        return reported(self.seen.elements, self.seen.box)

    def _merged(self, device: tuple[Element, ...]) -> tuple[Element, ...]:
        text, unit, pixels = self.drawn, self.unit, self.seen.pixels
        areas = tuple(window.box for window in self.windows) or (self.seen.box,)
        drawing = Drawing(pixels, areas, regions_of(pixels, unit), text.words, text.marks, unit)
        controls = unlisted(controls_of(drawing), device)
        placed = parted(text.lines, (*controls, *(each for each in device if each.role in HOLD_TEXT)))
        lines = [line for line, _ in placed]
        free = [line for line, control in placed if control is None or control.source == "device"]
        odd = tuple(line.box for line in free if _is_pictogram(line, unit))
        texts = text_elements([line for line in free if line.box not in odd], areas, pixels, unit)
        icons = unlisted(_icons((*text.marks, *odd), controls, unit), device)
        called = with_drawn_names(device, lines)
        menus = {text.box for text in texts if text.role == "menu"}
        whole = named((*called, *controls), [line for line in lines if line.box not in menus], unit)
        found = with_tabs((*whole, *icons, *unsaid(texts, called)), pixels, unit)
        return with_click_areas(found, self.seen.box, unit)


def _icons(marks: tuple[Box, ...], controls: tuple[Element, ...], unit: int) -> tuple[Element, ...]:
    """Small drawings that are no text and lie in no control."""
    sized = (m for m in marks if 0.8 * unit <= min(m.width, m.height) and max(m.width, m.height) <= 4.2 * unit)
    return tuple(
        Element("icon", "", mark, source="drawn")
        for mark in sized
        if not any(mark.center in control.box for control in controls)
    )


def _is_pictogram(line: TextLine, unit: int) -> bool:
    """Whether a line is one letter as wide as high, and higher than writing: an icon that looks like it."""
    box, letter = line.box, line.text
    square = box.height >= 1.25 * unit and 0.85 <= box.width / box.height <= 1.3
    return len(letter) == 1 and not letter.isdigit() and not is_ideograph(letter) and square


def in_reading_order(elements: tuple[Element, ...], unit: int) -> tuple[Element, ...]:
    """Row by row from the top, each from the left; a row begins with what is highest and is as high as half a line."""
    rows: list[tuple[int, list[Element]]] = []
    for each in sorted(elements, key=lambda each: (each.box.center.y, each.box.left)):
        if not rows or each.box.center.y - rows[-1][0] > 0.6 * unit:
            rows.append((each.box.center.y, []))
        rows[-1][1].append(each)
    return tuple(each for _, row in rows for each in sorted(row, key=lambda each: each.box.left))
