"""A step in a terminal: its screenshot as half blocks, then its instruction, action, reason and effect."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image
from rich.color import Color
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from agent.episode import Episode, Finish, Step
from agent.moves import describe_decision, points_of_move
from agent.playback.action_marks import Projection, draw_action
from agent.playback.captions import draw_caption
from agent.playback.film_frames import is_upright, screenshot_image
from agent.recordings.images import NoPicture
from agent.safe_text import safe_line

NARROWEST = 60
"""Columns below which a picture of blocks shows nothing that could be recognised."""
UPPER_HALF = "\u2580"
WORDS = 9
"""Lines that the words of a step may take under a picture."""


def step_card(episode: Episode, step: Step, console: Console, footer: str) -> RenderableType:
    """The picture of `step` with its marks, where the terminal has room and colours; then the words and `footer`."""
    width, height = console.size
    words = step_text(episode, step)
    foot = Text(footer, style="dim")
    if width < NARROWEST or height < WORDS + 10 or console.color_system in (None, "windows"):
        return Group(words, foot)
    tall = step.seen.height > step.seen.width
    room = (width // 2, height - 4) if tall else (width, height - WORDS - 1)
    columns, rows = cells_for(step.seen.size, *room)
    try:
        picture = _picture(episode, step, columns)
    except NoPicture as why:
        return Group(words, Text(str(why), style="yellow"), foot)
    blocks = HalfBlocks(picture, columns, rows)
    if not tall:
        return Group(blocks, words, foot)
    beside = Table.grid(padding=(0, 2))
    beside.add_row(blocks, words)
    return Group(beside, foot)


def step_text(episode: Episode, step: Step) -> Text:
    """Number, instruction, move, thought, error, change and seconds of `step`, as lines."""
    decision = step.decision
    text = Text(f"{step.index + 1}/{len(episode.steps)}  ", style="dim", overflow="fold")
    move = safe_line(describe_decision(decision))
    instruction = safe_line(decision.instruction)
    text.append(instruction or move, style="bold")
    if instruction and instruction != move:
        text.append(f"\n      {move}", style="cyan")
    if decision.thought:
        text.append(f"\n      {safe_line(decision.thought)}", style="dim")
    if step.error:
        text.append(f"\n      {safe_line(step.error)}", style="red")
    change = f"{step.change}, " if step.change and not isinstance(decision.move, Finish) else ""
    text.append(f"\n      {change}{step.seconds.total:.2f} s", style="dim")
    return text


def _picture(episode: Episode, step: Step, columns: int) -> Image.Image:
    """The screen with its marks, several pixels to a cell so that lines stay smooth, and none more than needed."""
    width = min(step.seen.width, columns * 6)
    size = (width, max(1, round(step.seen.height * width / step.seen.width)))
    picture = screenshot_image(step.seen, size)
    draw_action(picture, Projection(step.seen.size, size, is_upright(episode)), step.decision.move)
    if not points_of_move(step.decision.move):
        draw_caption(picture, step.decision.move)
    return picture


@dataclass(frozen=True, slots=True)
class HalfBlocks:
    """`picture`, `columns` cells wide and `rows` high: two pixels of it in a cell, one over the other."""

    picture: Image.Image
    columns: int
    rows: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        small = self.picture.resize((self.columns, 2 * self.rows), Image.Resampling.BOX)
        pixels = np.asarray(small) & 0xF8  # fewer colours, so that most neighbours share one and its escape
        for above, below in zip(pixels[::2], pixels[1::2], strict=True):
            start = 0
            edges = np.flatnonzero((above[1:] != above[:-1]).any(axis=1) | (below[1:] != below[:-1]).any(axis=1)) + 1
            for end in (*edges.tolist(), self.columns):
                style = Style(color=_colour(above[start]), bgcolor=_colour(below[start]))
                yield Segment(UPPER_HALF * (end - start), style)
                start = end
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self.columns, self.columns)


def cells_for(size: tuple[int, int], columns: int, rows: int) -> tuple[int, int]:
    """(columns, rows) that a picture of `size` pixels takes of a terminal with so many: a cell is twice as high."""
    share = min(columns / size[0], 2 * rows / size[1])
    return max(1, round(size[0] * share)), max(1, round(size[1] * share / 2))


def _colour(pixel: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> Color:
    red, green, blue = pixel.tolist()
    return Color.from_rgb(red, green, blue)
