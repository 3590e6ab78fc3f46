"""Widgets made of what is read from the pixels, for a phone that tells none."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from agent.builtin.outcome import Turn
from agent.builtin.phone.widgets import widgets
from agent.builtin.screen_text import ScreenText, TextLine
from devices import Box, Element, Observation
from devices.device import Pixels

DP = 392
"""How many dp a phone is wide, of the 360 to 430 that there are."""

COLOURED = 45
"""From which distance on between its colours, of 255, an area is coloured and not grey."""


MOST = 40
"""How many screens are remembered with the widgets that were read from them."""


class Drawn:
    """Screens with the widgets that can be read from their pixels; what it remembers only saves reading."""

    def __init__(self, read: Callable[[Observation], ScreenText]) -> None:
        self._read = read
        self._known: dict[str, Observation] = {}

    def __call__(self, seen: Observation) -> Observation:
        """`seen` as it is where the phone tells widgets, else with those that are drawn."""
        if widgets(seen):
            return seen
        if seen.digest not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[seen.digest] = with_drawn(seen, self._read(seen))
        return self._known[seen.digest]

    def turn(self, turn: Turn) -> Turn:
        """`turn` as if the phone had told, at every look, what is drawn."""
        sight = replace(turn.sight, seen=self(turn.sight.seen))
        past = tuple(replace(step, seen=self(step.seen)) for step in turn.past)
        return replace(turn, sight=sight, tries=tuple(replace(s, seen=self(s.seen)) for s in turn.tries), past=past)


def with_drawn(seen: Observation, text: ScreenText) -> Observation:
    """`seen` with the widgets that its pixels show: lines, rows, buttons with text, fields, switches, a round button.

    What has neither text nor a usual shape, as most icons, is not among them.
    """
    dp = min(seen.size) / DP
    above_keys = seen.height - 40 * dp  # where the phone's own keys are drawn, and read as letters
    lines = [line for line in text.lines if line.box.height < 40 * dp and any(map(str.isalnum, line.text))]
    lines = [line for line in lines if (line.box.top < above_keys and line.text.isascii()) or len(line.text) > 2]
    found: list[Element] = []
    for frame in text.frames:
        if frame.width > 0.5 * seen.width and 34 * dp <= frame.height <= 76 * dp:
            label = " ".join(line.text for line in lines if line.box.center in frame)
            found.append(Element("field", label, frame))
    held = [line for line in lines if any(line.box.center in field.box for field in found)]
    free = [line for line in lines if line not in held]
    switches = [s for row, _ in _rows(free, seen, dp) if row.left == 0 and (s := _switch(row, seen.pixels, dp))]
    lines = [line for line in lines if not any(line.box.center in switch.box for switch in switches)]
    rows = _rows([line for line in lines if line not in held], seen, dp)
    found += [Element("button", " ".join(line.text for line in inside), row) for row, inside in rows]
    found += switches
    found += [Element("text", line.text, line.box) for line in lines if line not in held]
    if (plus := _round_button(seen.pixels, dp)) is not None:
        found.append(Element("button", "Add", plus))
    return replace(seen, elements=tuple(found))


def _rows(lines: list[TextLine], seen: Observation, dp: float) -> list[tuple[Box, list[TextLine]]]:
    """Lines as they are pressed: a left one with what stands right below it across the screen, any other by itself."""
    left = [line for line in lines if line.box.left < 0.3 * seen.width and line.box.top > 40 * dp]
    rows: list[list[TextLine]] = []
    for line in sorted(left, key=lambda each: each.box.top):
        last = rows[-1] if rows else []
        below = last and abs(last[-1].box.left - line.box.left) < 6 * dp
        if below and -2 * dp <= line.box.top - last[-1].box.bottom < 15 * dp and len(last) < 3:
            last.append(line)
        else:
            rows.append([line])
    found = []
    for row in rows:
        top, bottom = row[0].box.top - 12 * dp, row[-1].box.bottom + 12 * dp
        found.append((Box(0, max(0, round(top)), seen.width, min(seen.height, round(bottom))), row))
    for line in lines:
        if line not in left and line.box.top > 24 * dp:
            grown = Box(*(max(0, round(edge)) for edge in _grown(line.box, 10 * dp)))
            found.append((Box(grown.left, grown.top, min(grown.right, seen.width), grown.bottom), [line]))
    return found


def _grown(box: Box, by: float) -> tuple[float, float, float, float]:
    return box.left - by, box.top - by, box.right + by, box.bottom + by


def _switch(row: Box, pixels: Pixels, dp: float) -> Element | None:
    """The pill at the right of a row; it is on when its left end is filled with a colour."""
    import cv2

    left = row.left + round(0.78 * row.width)
    part = pixels[row.top : row.bottom, left : row.right].astype(np.int16)
    drawn = (abs(part - part[0, -1]).max(axis=2) > 12).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    for x, y, w, h, _ in stats[1:].tolist():
        if 1.4 < w / max(h, 1) < 2.6 and 16 * dp <= h <= 40 * dp:
            end = part[y + h // 2, x + round(0.2 * w)]
            box = Box(left + x, row.top + y, left + x + w, row.top + y + h)
            return Element("switch", "", box, checked=int(end.max() - end.min()) > COLOURED)
    return None


def _round_button(pixels: Pixels, dp: float) -> Box | None:
    """The coloured square or disc at the lower right that begins something new."""
    import cv2

    height, width = pixels.shape[:2]
    left, top = round(0.65 * width), round(0.6 * height)
    corner = pixels[top:, left:].astype(np.int16)
    coloured = ((corner.max(axis=2) - corner.min(axis=2)) > COLOURED).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(coloured, connectivity=4)
    for x, y, w, h, area in stats[1:].tolist():
        if 44 * dp <= w <= 80 * dp and 44 * dp <= h <= 80 * dp and area > 0.6 * w * h and 0.8 < w / h < 1.25:
            return Box(left + x, top + y, left + x + w, top + y + h)
    return None
