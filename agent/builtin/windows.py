"""The windows that the device knows of, by the names people give them."""

import re

from agent.builtin.matching import likeness, tidy
from devices import Box, Element, Observation

ALSO = {
    "text editor": ("mousepad", "gedit", "leafpad", "editor", "untitled"),
    "editor": ("mousepad", "gedit", "leafpad", "untitled"),
    "notepad": ("mousepad", "gedit", "leafpad"),
    "calculator": ("galculator", "calc"),
    "calc": ("galculator", "calculator"),
    "terminal": ("xterm", "uxterm", "terminal", "@", "bash", "sh"),
    "console": ("xterm", "terminal", "@"),
    "shell": ("xterm", "terminal", "@"),
    "command line": ("xterm", "terminal", "@"),
    "xterm": ("@",),
    "file manager": ("pcmanfm", "thunar", "files", "file manager"),
    "files": ("pcmanfm", "thunar", "file manager"),
    "browser": ("firefox", "chromium", "chrome"),
}
"""What else the title of an application's window may say."""


TITLE_BAR = 22
"""How many pixels of a window's top its title takes, in common themes."""


def windows(seen: Observation) -> tuple[Element, ...]:
    """The windows on the screen, from the front to the back; empty where the device cannot tell."""
    return tuple(element for element in seen.elements if element.role == "window")


def front_window(seen: Observation) -> Element | None:
    """The window that has the focus."""
    every = windows(seen)
    return next((window for window in every if window.focused), every[0] if every else None)


def front_title(seen: Observation) -> str:
    """The title of the window in front, or what the device says is in front."""
    front = front_window(seen)
    return front.text if front else seen.front


def title_bar(seen: Observation) -> Box | None:
    """Where the title of the window in front is drawn."""
    front = front_window(seen)
    return Box(front.box.left, front.box.top, front.box.right, front.box.top + TITLE_BAR) if front else None


def named_window(name: str, seen: Observation) -> Element | None:
    """The frontmost window whose title resembles `name`, or is of the application `name`."""
    wanted = tidy(name)
    for names in ((wanted,), ALSO.get(wanted, ())):
        rated = [(max(_titled(n, window.text) for n in names), window) for window in windows(seen)] if names else []
        best = max((score for score, _ in rated), default=0.0)
        if best >= 80:
            return next(window for score, window in rated if score == best)
    return None


def _titled(name: str, title: str) -> float:
    plain = tidy(title)
    if name in plain:
        return 100.0
    return max((likeness(name, tidy(part)) for part in (plain, *re.split(r" [-–—:] ", plain))), default=0.0)


def window_rank(box: Box, seen: Observation) -> int | None:
    """0 when `box` lies in the focused window, else how many windows lie before it; None when it lies in none."""
    front = front_window(seen)
    if front is not None and box.center in front.box:
        return 0
    for rank, window in enumerate(windows(seen)):
        if box.center in window.box:
            return max(rank, 1)
    return None
