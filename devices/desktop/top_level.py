"""A window as the windowing system tells it, and as its application is found by it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """A window with its frame, in pointer units."""

    title: str
    left: int
    top: int
    width: int
    height: int
    focused: bool


@dataclass(frozen=True, slots=True)
class TopLevel:
    """A window of the X server's: what is seen of it, whose it is, and what of it is the application's own.

    `process` is what the application says of itself, 0 for nothing; inside a sandbox it is a number of the sandbox's.
    `inner` is (left, top, width, height) without the window manager's frame. A `popup` is a menu, a list or a hint that
    no window manager frames.
    """

    window: Window
    process: int
    inner: tuple[int, int, int, int]
    popup: bool = False
