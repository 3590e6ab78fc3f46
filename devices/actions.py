"""The closed set of actions, and the one pixel convention they share.

Every coordinate is a whole pixel of the screenshot the action was decided on: origin top left, x to the right,
y downwards. Device units (HiDPI points, a second display's offset) are the driver's affair and appear nowhere else.
"""

from dataclasses import dataclass
from typing import Literal

Button = Literal["left", "middle", "right"]
Direction = Literal["up", "down", "left", "right"]


@dataclass(frozen=True, slots=True)
class Point:
    """A pixel of the screenshot."""

    x: int
    y: int

    def __str__(self) -> str:
        return f"({self.x}, {self.y})"


@dataclass(frozen=True, slots=True)
class Click:
    """Press and release `button` `times` times (1 to 3) at `at`, while the keys in `holding` are down."""

    at: Point
    button: Button = "left"
    times: int = 1
    holding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LongPress:
    """Keep the left button, or a finger, down at `at` for `seconds`."""

    at: Point
    seconds: float = 0.8


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Move the pointer to `at`: what others call hover. A device without a pointer refuses it."""

    at: Point


@dataclass(frozen=True, slots=True)
class Drag:
    """Press `button` at the first point of `path`, go through the others in `seconds`, release at the last."""

    path: tuple[Point, ...]
    seconds: float = 0.3
    button: Button = "left"
    holding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scroll:
    """Scroll at `at`. `direction` is what comes into view: "down" shows what lies below. A notch is one wheel click."""

    at: Point
    direction: Direction
    notches: int = 3


@dataclass(frozen=True, slots=True)
class TypeText:
    """Type `text` where the focus is, exactly; a newline is Enter and a tab is Tab."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press `keys` together, in order, and release them in reverse: `("ctrl", "s")`."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Let `seconds` pass."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class OpenApp:
    """Start an application by the name a person would use ("text editor", "Mousepad", "mousepad")."""

    name: str


Action = Click | LongPress | MoveTo | Drag | Scroll | TypeText | Press | Wait | OpenApp


def points_of(action: Action) -> tuple[Point, ...]:
    """The screenshot pixels that `action` touches, in order; empty for keys, text, waiting and apps."""
    match action:
        case Click(at=at) | LongPress(at=at) | MoveTo(at=at) | Scroll(at=at):
            return (at,)
        case Drag(path=path):
            return path
        case TypeText() | Press() | Wait() | OpenApp():
            return ()


def describe(action: Action) -> str:
    """`action` as one short line for people: `click (3, 4)`, `type "hello"`, `press ctrl+s`."""
    match action:
        case Click(at, button, times, holding):
            held = "+".join(holding) + "+" if holding else ""
            count = {1: "", 2: "double-", 3: "triple-"}.get(times, f"{times}x ")
            return f"{held}{count}{'' if button == 'left' else button + '-'}click {at}"
        case LongPress(at, seconds):
            return f"hold {at} for {seconds:g} s"
        case MoveTo(at):
            return f"move to {at}"
        case Drag(path, _, button, holding):
            held = "+".join(holding) + "+" if holding else ""
            way = f"{path[0]} to {path[-1]}" if path else "along no path"
            return f"{held}{'' if button == 'left' else button + '-'}drag {way}"
        case Scroll(at, direction, notches):
            return f"scroll {direction} by {notches} at {at}"
        case TypeText(text):
            return f"type {text!r}"
        case Press(keys):
            return f"press {'+'.join(keys)}"
        case Wait(seconds):
            return f"wait {seconds:g} s"
        case OpenApp(name):
            return f"open {name!r}"
