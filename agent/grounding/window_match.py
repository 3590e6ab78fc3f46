"""Finds the window that a title means."""

import re

from agent.grounding.similarity import similarity, tidy
from agent.screen.windows import windows
from devices import Element, Observation

LEAST = 80.0
"""Minimum similarity, 0 to 100, to accept a window's title."""


def named_window(name: str, seen: Observation) -> Element | None:
    """The frontmost window whose title resembles `name`."""
    wanted = tidy(name)
    rated = [(_title_similarity(wanted, window.text), window) for window in windows(seen)]
    best = max((score for score, _ in rated), default=0.0)
    return next((window for score, window in rated if score == best), None) if best >= LEAST else None


def _title_similarity(name: str, title: str) -> float:
    plain = tidy(title)
    if name in plain:
        return 100.0
    return max((similarity(name, tidy(part)) for part in (plain, *re.split(r" [-–—:] ", plain))), default=0.0)
