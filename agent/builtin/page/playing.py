"""Plays noughts and crosses on a drawn board, picks the greatest of covered cards."""

import numpy as np

from agent.builtin.instructions import Target
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_text import PickGreatest, PlayNoughts
from agent.builtin.page.filling import clicked, first_sight
from agent.builtin.page.numbering import number_in
from agent.builtin.targets import Sight
from devices import Box, Click

LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


def play_noughts(part: PlayNoughts, turn: Turn) -> Outcome:
    cells = _board(first_sight(turn))
    if len(cells) != 9:
        return missing(Target("board of nine fields", "text"), turn)
    mine = {n for n, cell in enumerate(cells) for at in clicked(turn) if at in cell}
    full = {n for n, cell in enumerate(cells) if _marked(cell, turn.sight)}
    theirs = full - mine
    if any(set(line) <= mine for line in LINES):
        return Done("three in a row")
    if any(set(line) <= theirs for line in LINES) or len(mine | theirs) == 9:
        return Failed("the game is over, and not won")
    return Act(Click(cells[best_move(mine, theirs)].center), f"mine {sorted(mine)}, theirs {sorted(theirs)}")


def best_move(mine: set[int], theirs: set[int]) -> int:
    """The field that wins, else the one that must be taken, else the most hopeful against a careless player."""
    free = [n for n in (4, 0, 2, 6, 8, 1, 3, 5, 7) if n not in mine and n not in theirs]
    return max(free, key=lambda n: _worth(mine | {n}, theirs, False))


def _worth(mine: set[int], theirs: set[int], to_move: bool) -> float:
    """1 for a game won, -1 for one lost, 0 for a draw; the other player is half careless and half careful."""
    if any(set(line) <= mine for line in LINES):
        return 1.0
    if any(set(line) <= theirs for line in LINES):
        return -1.0
    free = [n for n in range(9) if n not in mine and n not in theirs]
    if not free:
        return -0.2
    if to_move:
        return max(_worth(mine | {n}, theirs, False) for n in free)
    worths = [_worth(mine, theirs | {n}, True) for n in free]
    return 0.5 * min(worths) + 0.5 * sum(worths) / len(worths)


def _board(sight: Sight) -> list[Box]:
    """The nine square frames of the board, row by row; empty where they are not nine."""
    unit = sight.text.scale
    frames = [f for f in sight.text.frames if 0.8 < f.width / f.height < 1.25 and f.width > 20 * unit]
    sizes = sorted(f.width for f in frames)
    alike = [f for f in frames if abs(f.width - sizes[len(sizes) // 2]) < 4 * unit] if sizes else []
    return sorted(alike, key=lambda f: (f.top // (10 * unit), f.left))


def _marked(cell: Box, sight: Sight) -> bool:
    unit = sight.text.scale
    inside = sight.seen.pixels[
        cell.top + 4 * unit : cell.bottom - 4 * unit, cell.left + 4 * unit : cell.right - 4 * unit
    ]
    return bool(np.ptp(inside.reshape(-1, 3).astype(np.int16), axis=0).max() > 60)


def pick_greatest(part: PickGreatest, turn: Turn) -> Outcome:
    """Turn every covered card, and at last the one again that showed the greatest number."""
    before = first_sight(turn)
    unit = before.text.scale
    tall = [f for f in before.text.frames if f.height > 1.2 * f.width and f.width > 20 * unit]
    cards = sorted(tall, key=lambda f: f.left)
    if len(cards) < 2:
        return missing(Target("cards", "text"), turn)
    turned = len(clicked(turn))
    if turned < len(cards):
        return Act(Click(cards[turned].center), f"card {turned + 1} of {len(cards)}")
    if turned > len(cards):
        return Done()
    screens = [step.seen for step in turn.acts[1:]] + [turn.sight.seen]
    shown = []
    for card, seen in zip(cards, screens, strict=False):
        inside = Box(card.left + 3 * unit, card.top + 3 * unit, card.right - 3 * unit, card.bottom - 3 * unit)
        texts = [str(turn.sight.read(seen).within(card)), turn.sight.line(seen, inside)]
        shown.append(next((n for text in texts if (n := number_in(text)) is not None), -1))
    best = shown.index(max(shown))
    return Done() if best == len(cards) - 1 else Act(Click(cards[best].center), f"the cards show {shown}")
