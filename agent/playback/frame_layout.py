"""The layout of a film's frame: where the screen lies, and the text panel beside or below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from agent.playback.fonts import font_for, truncate, wrap
from agent.safe_text import safe_line

Size = tuple[int, int]
GROUND, PANEL, LINE = (2, 6, 23), (15, 23, 42), (51, 65, 85)
BRIGHT, SOFT, RED, ACCENT = (248, 250, 252), (148, 163, 184), (251, 113, 133), (125, 211, 252)


@dataclass(frozen=True, slots=True)
class PanelText:
    """The text beside a screen: goal, number of the step, its instruction, its action, its error.

    The `thought` is shown only where there is room for it.
    """

    goal: str
    number: int
    of: int
    instruction: str
    move: str
    error: str = ""
    thought: str = ""


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """`screen` is the room for screens, (width, height); the panel is below wide ones and to the right of tall ones."""

    screen: Size

    @property
    def beside(self) -> bool:
        return self.screen[1] > self.screen[0]

    @property
    def size(self) -> Size:
        """(width, height) of a frame, both even, as video needs them."""
        width, height = self.screen
        width, height = (width + self._panel, height) if self.beside else (width, height + self._panel)
        return width + width % 2, height + height % 2

    @property
    def _panel(self) -> int:
        return round(self.screen[1] * 0.44) if self.beside else max(100, round(self.screen[0] * 0.1))

    def fit(self, size: Size) -> Size:
        """A screen of `size` as large as the layout has room for."""
        share = min(self.screen[0] / size[0], self.screen[1] / size[1])
        return max(1, round(size[0] * share)), max(1, round(size[1] * share))

    def background(self, panel_text: PanelText) -> Image.Image:
        """A frame with the words and no screen yet."""
        frame = Image.new("RGB", self.size, GROUND)
        if self.beside:
            self._write_beside(frame, panel_text)
        else:
            self._write_below(frame, panel_text)
        return frame

    def put(self, frame: Image.Image, screen: Image.Image) -> None:
        """Paste `screen`, scaled by `fit` before, in the middle of its room."""
        frame.paste(screen, ((self.screen[0] - screen.width) // 2, (self.screen[1] - screen.height) // 2))

    def _write_below(self, frame: Image.Image, panel_text: PanelText) -> None:
        (width, height), top, panel = self.size, self.screen[1], self._panel
        draw, margin = ImageDraw.Draw(frame), round(panel * 0.22)
        draw.rectangle((0, top, width, height), PANEL)
        _progress(draw, (0, top, width, top + max(3, panel // 26)), panel_text)
        big, small = round(panel * 0.21), round(panel * 0.14)
        number = _pill(draw, (margin, top + panel * 0.3), panel_text, round(panel * 0.23))
        left = margin + number + margin
        room = width - left - margin
        texts = _panel_lines(panel_text)
        rows: list[tuple[str, int, bool, tuple[int, int, int]]] = [(texts[0], big, True, BRIGHT)]
        rows += [(text, small, False, colour) for text, colour in texts[1:]]
        rows.append((safe_line(panel_text.goal), small, False, SOFT))
        y = top + panel * (0.5 if len(rows) == 2 else 0.44) - (len(rows) - 1) * small * 0.62
        for text, size, bold, colour in rows:
            font = font_for(text, size, bold=bold)
            if (wide := font.getlength(text)) > room:
                font = font_for(text, max(small, int(size * room / wide)), bold=bold)
            draw.text((left, y), truncate(text, font, room), colour, font, anchor="lm")
            y += size * 0.75 + small * 1.0

    def _write_beside(self, frame: Image.Image, panel_text: PanelText) -> None:
        (width, height), left, panel = self.size, self.screen[0], self._panel
        draw, margin = ImageDraw.Draw(frame), round(panel * 0.07)
        draw.rectangle((left, 0, width, height), PANEL)
        _progress(draw, (left, 0, width, max(4, panel // 90)), panel_text)
        big, small = round(panel * 0.062), round(panel * 0.042)
        y, room = margin * 1.2, panel - 2 * margin
        y = _paragraph(draw, (left + margin, y), safe_line(panel_text.goal), small, room, 6, SOFT) + margin
        draw.line((left + margin, y, width - margin, y), LINE)
        y += margin
        _pill(draw, (left + margin, y), panel_text, round(panel * 0.07))
        y += panel * 0.07 * 1.5 + margin
        texts = _panel_lines(panel_text)
        y = _paragraph(draw, (left + margin, y), texts[0], big, room, 5, BRIGHT, bold=True) + margin * 0.6
        for text, colour in texts[1:]:
            y = _paragraph(draw, (left + margin, y), text, small, room, 8, colour) + margin * 0.6
        _paragraph(draw, (left + margin, y + margin * 0.6), safe_line(panel_text.thought), small, room, 12, SOFT)


def layout_for(sizes: Sequence[Size], room: Size) -> FrameLayout:
    """The layout for screens of `sizes`, the largest of them in a room of `room` (longer side, shorter side)."""
    longer, shorter = room
    width = height = 2
    for across, down in sizes:
        most = (longer, shorter) if across >= down else (longer, longer)
        share = min(most[0] / across, most[1] / down, 3.0)
        width, height = max(width, round(across * share)), max(height, round(down * share))
    return FrameLayout((max(width, 480) if width >= height else width, height))


def _panel_lines(panel_text: PanelText) -> "tuple[str, *tuple[tuple[str, tuple[int, int, int]], ...]]":
    """The words of a step, the first of them the largest."""
    instruction, move = safe_line(panel_text.instruction), safe_line(panel_text.move)
    more = [(move, ACCENT)] if instruction and instruction != move else []
    if panel_text.error:
        more = [(safe_line(panel_text.error), RED)]
    return (instruction or move, *more)


def _pill(draw: ImageDraw.ImageDraw, at: tuple[float, float], panel_text: PanelText, size: int) -> float:
    """The number of the step, and of how many; its width."""
    text = f"{panel_text.number} / {panel_text.of}"
    font = font_for(text, size, bold=True)
    width, height = font.getlength(text) + size * 1.2, size * 1.7
    draw.rounded_rectangle((*at, at[0] + width, at[1] + height), height / 2, LINE)
    draw.text((at[0] + width / 2, at[1] + height / 2), text, BRIGHT, font, anchor="mm")
    return width


def _progress(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], panel_text: PanelText) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, LINE)
    draw.rectangle(
        (left, top, left + (right - left) * panel_text.number / max(1, panel_text.of), bottom), (225, 29, 72)
    )


def _paragraph(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int,
    room: float,
    most: int,
    colour: tuple[int, int, int],
    *,
    bold: bool = False,
) -> float:
    """Write `text` in up to `most` lines; where the next words may begin, downwards."""
    font, y = font_for(text, size, bold=bold), at[1]
    for line in wrap(text, font, room, most):
        draw.text((at[0], y), line, colour, font)
        y += size * 1.4
    return y
