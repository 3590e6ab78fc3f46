"""A step as a person reads it in a terminal: what it was for, what was done, why, what came of it."""

from PIL import Image
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.episode import Episode, Finish, Step
from agent.moves import describe_move
from agent.playback.blocks import Blocks, room_for
from agent.playback.captions import speak
from agent.playback.frames import by_finger, fitted, pointed
from agent.playback.marks import Lens, mark
from agent.recordings.images import NoPicture

NARROWEST = 60
"""Columns below which a picture of blocks shows nothing that could be recognised."""
WORDS = 9
"""Lines that the words of a step may take under a picture."""


def card(episode: Episode, step: Step, console: Console, keys: str) -> RenderableType:
    """The picture of `step` with the marks of its move, where the terminal has room and colours; then the words."""
    width, height = console.size
    words = words_of(episode, step)
    foot = Text(keys, style="dim")
    if width < NARROWEST or height < WORDS + 10 or console.color_system in (None, "windows"):
        return Group(words, foot)
    tall = step.seen.height > step.seen.width
    room = (width // 2, height - 4) if tall else (width, height - WORDS - 1)
    columns, rows = room_for(step.seen.size, *room)
    try:
        picture = _picture(episode, step, columns)
    except NoPicture as why:
        return Group(words, Text(str(why), style="yellow"), foot)
    blocks = Blocks(picture, columns, rows)
    if not tall:
        return Group(blocks, words, foot)
    beside = Table.grid(padding=(0, 2))
    beside.add_row(blocks, words)
    return Group(beside, foot)


def words_of(episode: Episode, step: Step) -> Text:
    """Number, instruction, move, thought, error, change and seconds of `step`, as lines."""
    decision = step.decision
    text = Text(f"{step.index + 1}/{len(episode.steps)}  ", style="dim", overflow="fold")
    move = readable(describe_move(decision.move))
    said = readable(decision.instruction)
    text.append(said or move, style="bold")
    if said and said != move:
        text.append(f"\n      {move}", style="cyan")
    if decision.thought:
        text.append(f"\n      {readable(decision.thought)}", style="dim")
    if step.error:
        text.append(f"\n      {readable(step.error)}", style="red")
    change = f"{step.change}, " if step.change and not isinstance(decision.move, Finish) else ""
    text.append(f"\n      {change}{step.seconds.total:.2f} s", style="dim")
    return text


def readable(text: str) -> str:
    """`text` without what could steer a terminal or cannot be encoded: a stranger may have written it."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(each if each.isprintable() else " " for each in whole)


def _picture(episode: Episode, step: Step, columns: int) -> Image.Image:
    """The screen with its marks, several pixels to a cell so that lines stay smooth, and none more than needed."""
    width = min(step.seen.width, columns * 6)
    size = (width, max(1, round(step.seen.height * width / step.seen.width)))
    picture = fitted(step.seen, size)
    mark(picture, Lens(step.seen.size, size, by_finger(episode)), step.decision.move)
    if not pointed(step.decision.move):
        speak(picture, step.decision.move)
    return picture
