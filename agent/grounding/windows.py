"""Finds the window that a title means."""

import re

from agent.grounding.similarity import min_similarity, similarity, tidy
from agent.screen.screen import Screen
from devices import Element


def named_window(name: str, screen: Screen) -> Element | None:
    """The frontmost window whose title resembles `name`."""
    rated = [(title_similarity(name, window.text), window) for window in screen.windows]
    best = max((score for score, _ in rated), default=0.0)
    return next((window for score, window in rated if score == best), None) if best else None


def title_similarity(name: str, title: str) -> float:
    """How well a window's title, or a part of it between dashes, is `name`; 0 where it is another's.

    100 for the whole title, 95 for some of its words, less for what resembles it.
    """
    wanted, plain = tidy(name), tidy(title)
    if wanted == plain:
        return 100.0
    if wanted and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain):
        return 95.0
    best = max((similarity(wanted, tidy(part)) for part in (plain, *re.split(r" [-–—:] ", plain))), default=0.0)
    return min(best, 95.0) if best >= max(80.0, min_similarity(name)) else 0.0
