"""What is known of one node of an application's tree, and of the application."""

from dataclasses import dataclass, field

Extents = tuple[int, int, int, int]
"""Left, top, width, height, in the application's own units."""

ACCESSIBLE = "org.a11y.atspi.Accessible"
APPLICATION = "org.a11y.atspi.Application"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
VALUE = "org.a11y.atspi.Value"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
NULL = "/org/a11y/atspi/null"
SCREEN, WINDOW = 0, 1
"""What extents are told from: the screen's corner, the window's."""


@dataclass(eq=False, slots=True)
class BusApp:
    """A program on the accessibility bus, by its unique `name` there."""

    name: str
    process: int = 0
    toolkit: str = ""
    version: str = ""
    is_known: bool = False
    """Its toolkit was told."""
    met: float = 0.0
    """When its windows were first read, on `time.monotonic`."""
    silent: bool = False
    """It did not answer in time: it is only asked whether it does again."""
    woken: set[str] = field(default_factory=set)
    """The frames whose content was asked to be made known."""

    @property
    def is_gtk4(self) -> bool:
        """GTK 4 tells places within the window, no *showing*, and passwords in clear."""
        major = self.version.partition(".")[0]
        return self.toolkit.casefold() == "gtk" and major.isascii() and major.isdigit() and int(major[:4]) >= 4

    @property
    def hides_passwords(self) -> bool:
        """The text of a password comes as bullets. GTK 4 gives it in clear, in a node that looks like any other."""
        known_gtk = self.version.startswith(("2.", "3."))
        return bool(self.toolkit) and (self.toolkit.casefold() != "gtk" or known_gtk)

    @property
    def coordinates(self) -> int:
        return WINDOW if self.is_gtk4 else SCREEN


@dataclass(eq=False, slots=True)
class Node:
    """One node. `states` is a set of bits; `extents` is None where it has no place of its own."""

    app: BusApp
    path: str
    parent: "Node | None" = None
    depth: int = 0
    role: int = 0
    states: int = 0
    extents: Extents | None = None
    count: int = 0
    name: str = ""
    hint: str = ""
    value: str = ""
    children: list["Node"] = field(default_factory=list)
