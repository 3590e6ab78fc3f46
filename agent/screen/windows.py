"""The windows that the device reports, by their titles."""

from devices import Box, Element, Observation

TITLE_BAR = 22
"""Height in pixels of a window's title bar in common themes."""


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


def window_rank(box: Box, seen: Observation) -> int | None:
    """0 when `box` lies in the focused window, else how many windows lie before it; None when it lies in none."""
    front = front_window(seen)
    if front is not None and box.center in front.box:
        return 0
    for rank, window in enumerate(windows(seen)):
        if box.center in window.box:
            return max(rank, 1)
    return None
