"""The goal, where a page repeats it on the screen, is no target."""

import re
from collections.abc import Callable

from agent.builtin.screen_text import ScreenText, TextLine, around
from devices import Box, Observation

MOST_LINES = 12
"""In how many lines of the screen a goal may be repeated."""

LIKE = 82.0
"""From which likeness on, of 100, some lines of the screen are taken for the goal."""


def without_goal(goal: str, read: Callable[[Observation], ScreenText]) -> Callable[[Observation], ScreenText]:
    """`read`, less the lines that only repeat `goal`: pages with a task show it, and each of its words is there."""
    return lambda seen: _less(read(seen), goal)


def goal_lines(goal: str, text: ScreenText) -> tuple[TextLine, ...]:
    """The lines that together repeat `goal`, from its first word to its last; empty when none do."""
    from rapidfuzz import fuzz

    wanted = _letters(goal)
    if len(wanted) < 8 or len(goal.split()) < 2:
        return ()
    rows = sorted(text.lines, key=lambda line: (line.box.top, line.box.left))
    for start, first in enumerate(rows[: 2 * MOST_LINES]):
        begin = _letters(first.text)
        if len(begin) < 4 or fuzz.ratio(begin, wanted[: len(begin)]) < 70:
            continue
        taken, said, best = [first], begin, fuzz.ratio(begin, wanted)
        for line in rows[start + 1 : start + 2 * MOST_LINES]:
            score = fuzz.ratio(said + _letters(line.text), wanted)
            if score > best and line.box.top - taken[-1].box.bottom < 1.5 * first.box.height:
                taken, said, best = [*taken, line], said + _letters(line.text), score
        if best >= LIKE:
            return tuple(taken)
    return ()


def goal_box(goal: str, text: ScreenText) -> Box | None:
    """Where the screen repeats `goal`."""
    lines = goal_lines(goal, text)
    return around(line.box for line in lines) if lines else None


def _less(text: ScreenText, goal: str) -> ScreenText:
    repeated = goal_lines(goal, text)
    if not repeated:
        return text
    return ScreenText(tuple(line for line in text.lines if line not in repeated), text.frames, text.scale)


def _letters(text: str) -> str:
    return re.sub(r"[^\w#+<>@.-]|_", "", text.lower())
