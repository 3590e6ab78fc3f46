"""What can be seen, and the promise that every device makes."""

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from devices.actions import Action, Point

Pixels = NDArray[np.uint8]
Surface = Literal["computer", "phone"]
"""What kind of screen it is: a computer has windows and a pointer, a phone applications and gestures."""

Source = Literal["device", "text", "drawn"]
"""Who found an element: the device itself, the reading of text, or the drawing around it."""


class Refusal(StrEnum):
    """Why an action was not carried out, for code that decides what comes next; the words beside it say the rest.

    `UNAVAILABLE`: this device has no such key, character, button or application. `INVALID`: no device would do it.
    `STALE`: the screen is not the one it was decided on. `DECLINED`: the person said no. `DRY_RUN`: nothing is sent.
    `UNCERTAIN`: it may have been done, wholly or in part.
    """

    UNAVAILABLE = "unavailable"
    INVALID = "invalid"
    STALE = "stale"
    DECLINED = "declined"
    DRY_RUN = "dry_run"
    UNCERTAIN = "uncertain"


class ActionRefused(Exception):
    """Nothing happened, and another action may work. The text says what was wanted, what was found and what to do.

    With the `refusal` `UNCERTAIN` something may have happened: look at the screen before anything else.
    """

    def __init__(self, reason: str, refusal: Refusal = Refusal.UNAVAILABLE) -> None:
        super().__init__(reason)
        self.refusal = refusal


class DeviceLost(Exception):
    """The device is gone, or cannot be trusted any more; give up. Only a person can mend it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of screenshot pixels; `right` and `bottom` are the first pixels outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def center(self) -> Point:
        return Point((self.left + self.right) // 2, (self.top + self.bottom) // 2)

    def __contains__(self, point: Point) -> bool:
        return self.left <= point.x < self.right and self.top <= point.y < self.bottom


@dataclass(frozen=True, slots=True)
class Element:
    """One visible thing on the screen; `role` is one of `devices.roles.ROLES`.

    `text` is its name: what it is called, or what is written on it. `value` is what it holds: the text of a field, the
    number of a slider; "" for a password, always. `hint` describes it: a tooltip. `checked`, `selected` and `expanded`
    are None for what cannot be so.
    """

    role: str
    text: str
    box: Box
    focused: bool = False
    checked: bool | None = None
    enabled: bool = True
    selected: bool | None = None
    expanded: bool | None = None
    editable: bool = False
    value: str = ""
    hint: str = ""
    source: Source = "device"


@dataclass(frozen=True, eq=False)
class Observation:
    """One look at the screen, never resized and never invented.

    `pixels` has shape (height, width, 3), dtype uint8, RGB. `front` names the application or window that has the focus,
    "" where the device cannot tell. `at` is seconds since 1970-01-01 UTC. `elements` go from the front to the back;
    with `partial`, the device knows of more than it could list in time. `settle` is how many seconds this look waited
    for the screen to be still.
    """

    pixels: Pixels
    front: str = ""
    at: float = 0.0
    elements: tuple[Element, ...] = ()
    settle: float = 0.0
    surface: Surface = "computer"
    partial: bool = False

    def __post_init__(self) -> None:
        shape = self.pixels.shape
        if len(shape) != 3 or shape[2] != 3 or 0 in shape or self.pixels.dtype != np.uint8:
            raise ValueError(f"an observation needs uint8 pixels (height, width, 3); found {self.pixels.dtype} {shape}")
        self.pixels.setflags(write=False)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.width, self.height

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def in_memory(self) -> "Observation":
        """The same, with the pixels in memory, wherever they were."""
        return Observation(self.pixels, self.front, self.at, self.elements, self.settle, self.surface, self.partial)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of size and pixels, in hex: equal for equal pictures however they are stored."""
        whole = hashlib.sha256(b"%dx%d:" % self.size)
        whole.update(np.ascontiguousarray(self.pixels).data)
        return whole.hexdigest()

    @cached_property
    def png(self) -> bytes:
        """The picture as a PNG file; compression level 1 costs 13 ms at 1280x800 where the default costs 19."""
        file = io.BytesIO()
        Image.fromarray(self.pixels).save(file, "PNG", compress_level=1)
        return file.getvalue()

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Observation):
            return NotImplemented
        mine = (self.front, self.at, self.elements, self.settle, self.surface, self.partial)
        theirs = (other.front, other.at, other.elements, other.settle, other.surface, other.partial)
        return mine == theirs and np.array_equal(self.pixels, other.pixels)

    __hash__ = None  # type: ignore[assignment]  # a picture is compared, never used as a key; `digest` is the key


class Device(Protocol):
    """A screen to observe and input to perform: all that a policy is ever given."""

    @property
    def name(self) -> str:
        """What it is, for people and recordings: "sandbox", "desktop", "toy"."""
        ...

    def observe(self) -> Observation:
        """The screen as it is now. Raises `DeviceLost`; never returns a picture that was not captured."""
        ...

    def perform(self, action: Action) -> None:
        """Do it, or raise `ActionRefused` (nothing happened) or `DeviceLost`. Never do half and return quietly.

        A point outside the last screenshot's size is refused, never clamped. Raises `Stopped` when somebody asked to
        stop; then no key and no button stays pressed.
        """
        ...

    def close(self) -> None:
        """Let go of everything. May be called twice."""
        ...


@runtime_checkable
class HasGlance(Protocol):
    """A device whose elements take longer than its pixels."""

    def glance(self) -> Observation:
        """The screen as it is now, without those elements. Raises `DeviceLost`."""
        ...


def glance(device: Device) -> Observation:
    """The quickest look that `device` has, for code that compares pixels: elements may be missing in it."""
    return device.glance() if isinstance(device, HasGlance) else device.observe()


class Probe(Protocol):
    """Files and programs of a device, for setup and checks; a policy is never given it."""

    def read(self, path: str) -> bytes:
        """The file's bytes as the device's programs would read it. Raises `OSError`."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a file, folders included. Raises `OSError`."""
        ...

    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        """Standard output of `command` (an argument vector, never a shell line) in the device's environment.

        Raises `OSError` when it cannot be started, `subprocess.SubprocessError` when it fails or takes too long.
        """
        ...
