"""The windows that the device reports, by their titles."""

from collections.abc import Sequence

from devices import Element, Observation


def windows(seen: Observation) -> tuple[Element, ...]:
    """The windows on the screen, from the front to the back; empty where the device cannot tell."""
    return tuple(element for element in seen.elements if element.role == "window")


def front_of(every: Sequence[Element]) -> Element | None:
    """The window that has the focus, else the one in front of all; None where the device tells of none."""
    return next((window for window in every if window.focused), every[0] if every else None)


def front_title(seen: Observation) -> str:
    """The title of the window in front, or what the device says is in front."""
    front = front_of(windows(seen))
    return front.text if front else seen.front
