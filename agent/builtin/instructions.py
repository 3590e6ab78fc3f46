"""The closed set of instructions the embedded policy follows, and the targets they refer to."""

from dataclasses import dataclass
from typing import Literal

from agent.grounding.target import Target
from devices.actions import Button, Direction

ElementState = Literal["on", "off", "enabled", "disabled", "selected", "focused"]
WindowState = Literal["close", "minimise", "maximise", "focus"]


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """Start an application, or open what is labelled `name` on the screen when no application has that name."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Open a visible file, folder or icon; a file that is not visible is opened through the open dialog."""

    target: Target


@dataclass(frozen=True, slots=True)
class ClickOn:
    target: Target
    button: Button = "left"
    times: int = 1
    holding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoverOver:
    target: Target


@dataclass(frozen=True, slots=True)
class HoldOn:
    """Long press on the target."""

    target: Target


@dataclass(frozen=True, slots=True)
class Write:
    """Type `text`, into the field `into` if given, replacing its content if `afresh`."""

    text: str
    into: Target | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class SetValue:
    """Give a slider, spinner, date, field or choice this value, as a person writes it: "40", "75%", "Large"."""

    target: Target
    value: str


@dataclass(frozen=True, slots=True)
class PressKeys:
    keys: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class ScrollTo:
    """Scroll by `notches`, or until `until` is visible."""

    direction: Direction = "down"
    notches: int = 5
    until: Target | None = None
    over: Target | None = None


@dataclass(frozen=True, slots=True)
class DragOnto:
    what: Target
    onto: Target


@dataclass(frozen=True, slots=True)
class Tick:
    """Set a checkbox, radio button or switch on or off."""

    target: Target
    on: bool = True


@dataclass(frozen=True, slots=True)
class Choose:
    """Select `option`, after opening the list `source` if given."""

    option: Target
    source: Target | None = None


@dataclass(frozen=True, slots=True)
class FollowMenu:
    """Click a menu, then its items in order."""

    path: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """Delete the content of a field, or of what has the focus."""

    field: Target | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Await:
    """Wait until the target is visible, or no longer visible, for at most `seconds`."""

    target: Target
    appears: bool = True
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class WindowTo:
    """Close, minimise, maximise or focus a window, the one in front when `name` is "".

    `saving` is the answer when closing asks whether to save; None leaves the question to the person.
    """

    state: WindowState
    name: str = ""
    saving: bool | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """Fail unless the target is visible and in this state, or neither visible nor so if `present` is False."""

    target: Target
    present: bool = True
    state: ElementState | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer with text from the screen: all of the front window for "", else the value that belongs to `what`."""

    what: str = ""


@dataclass(frozen=True, slots=True)
class SaveAs:
    name: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Open a file by its path through the application's open dialog."""

    name: str


@dataclass(frozen=True, slots=True)
class IfAsked:
    """Click the first of these buttons that a dialog offers; do nothing if it offers none."""

    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Open the page of a phone's settings that is labelled `name`."""

    name: str


Direct = (
    OpenApplication | OpenItem | ClickOn | HoverOver | HoldOn | Write | SetValue | PressKeys | ScrollTo | DragOnto
    | Tick | Choose | Empty | Pause | Await | Expect | Tell | IfAsked
)  # fmt: skip
"""Instructions that are carried out as they are; the others are split into commands first."""

Instruction = Direct | FollowMenu | WindowTo | SaveAs | OpenFile | OpenPage
