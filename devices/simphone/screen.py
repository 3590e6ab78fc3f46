"""One screen of an application, or a dialog over it, with what it remembers while it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from devices.device import Box
from devices.simphone.editing import Entry
from devices.simphone.widgets import Field, Widget

if TYPE_CHECKING:
    from devices.simphone.system import System


@dataclass(eq=False)
class Screen:
    """`view` says what to show, now; it is asked again after every change. A floating screen is a dialog.

    `extra` is what the opener passed and what the screen remembers. A dialog that is not `cancelable` stays until one
    of its buttons is pressed; one with an `anchor` stands near that box. `back` may take a press of Back for itself,
    `swipe` gets "up", "down", "left" or "right" where nothing scrolls, `typed` each character where no field has
    the focus, Enter as a newline and Delete as a backspace. A `live` screen changes by itself with time. `fields` are
    the text fields that it showed last.
    """

    package: str
    activity: str
    view: Callable[[System, Screen], Widget]
    extra: dict[str, str] = field(default_factory=dict)
    secure: bool = False
    wallpaper: bool = False
    live: bool = False
    floating: bool = False
    cancelable: bool = True
    anchor: Box | None = None
    back: Callable[[], bool] | None = None
    swipe: Callable[[str], None] | None = None
    typed: Callable[[str], None] | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    scrolls: dict[str, float] = field(default_factory=dict)
    focus: str = ""
    fields: tuple[Field, ...] = ()

    def entry(self, key: str, initial: str = "") -> Entry:
        """The field `key`; the first time it holds `initial`."""
        if key not in self.entries:
            self.entries[key] = Entry(initial, len(initial), len(initial))
        return self.entries[key]

    def text(self, key: str, initial: str = "") -> str:
        return self.entry(key, initial).text


@dataclass(eq=False)
class Work:
    """The screens that one application has open, the last in front: what Android calls a task."""

    package: str
    screens: list[Screen]


@dataclass(frozen=True, slots=True)
class Package:
    """An installed application; `activity` is the class that the launcher starts."""

    label: str
    package: str
    activity: str
    third_party: bool


@dataclass(frozen=True)
class App:
    """An application: what is installed, how it looks in the launcher, and how its screens are opened.

    `open` gets an activity's full class name and a link; None when it has no such screen. `asks` is the permission
    that it wants at its start, and the words for it.
    """

    package: Package
    icon: str
    color: str
    open: Callable[[System, str, str], Screen | None]
    asks: tuple[str, str] = ("", "")
