"""The state of a page for its oracle: its elements and where they are. A policy is never given this."""

import json
import re
from typing import Any

from devices import Click, DeviceLost, Point, Stop
from devices.desktop.chromium import Chromium

_TIMEOUT = 3.0  # seconds for an element to come and to stand still: dialogs fade in, sections slide open
_INTERVAL = 0.02
_FIND = """((selector, text) => [...document.querySelectorAll(selector)].filter(
    element => element.getClientRects().length && (text === null || element.textContent.trim() === text)
))"""
_PLACES = [[0.5, 0.5], *([across / 10, down / 10] for across in range(1, 10, 2) for down in range(1, 10, 2))]
_SPOT = """((element, places, covered) => {
    if (!element) return null;
    const {x, y, width, height} = element.getBoundingClientRect();
    const spots = places.map(([across, down]) => [x + width * across, y + height * down]);
    return spots.find(([x, y]) => covered || element.contains(document.elementFromPoint(x, y))) || null;
})"""
"""The first of the places, shares of an element's width and height, that no other element covers unless it may."""


class PageState:
    """The page of an episode whose words are `goal`, on a screen where `scale` pixels are one of the page's."""

    def __init__(self, page: Chromium, stop: Stop, goal: str, scale: float) -> None:
        self.goal = goal
        self._page, self._stop, self._scale = page, stop, scale

    def goal_groups(self, pattern: str) -> tuple[str, ...]:
        """The groups of `pattern` in the goal. Raises `ValueError` when the goal is not of that form."""
        if match := re.search(pattern, self.goal):
            return match.groups()
        raise ValueError(f"the goal is not of the form {pattern!r}: {self.goal!r}")

    def value(self, expression: str) -> Any:
        """The value of a script's expression in the page."""
        return self._page.evaluate(expression)

    def texts(self, selector: str) -> list[str]:
        """The texts of the visible elements that match, in the page's order."""
        texts = self.value(f"{_FIND}({json.dumps(selector)}, null).map(element => element.textContent.trim())")
        return [str(text) for text in texts]

    def at(
        self, selector: str, text: str | None = None, index: int = 0, across: float | None = None, down: float = 0.5
    ) -> Point:
        """A pixel of the visible element that matches, once it stands still: its middle unless that is covered.

        With `across` it is that share of the width and `down` of the height, covered or not. Of several elements it is
        the one numbered `index`. Raises `DeviceLost` when there is none within three seconds.
        """
        element = f"{_FIND}({json.dumps(selector)}, {json.dumps(text)})[{index}]"
        places = _PLACES if across is None else [[across, down]]
        before = None
        for _ in range(round(_TIMEOUT / _INTERVAL)):
            now = self.value(f"{_SPOT}({element}, {json.dumps(places)}, {json.dumps(across is not None)})")
            if now is not None and now == before:
                return Point(*(int(side * self._scale) for side in now))
            before = now
            self._stop.wait(_INTERVAL)
        raise DeviceLost(f"the page has no uncovered element {selector!r} with the text {text!r} that stands still")

    def click(self, selector: str, text: str | None = None, index: int = 0) -> Click:
        """A click on that element."""
        return Click(self.at(selector, text, index))
