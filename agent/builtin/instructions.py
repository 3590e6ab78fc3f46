"""What the embedded policy can be told: a closed set of instructions, and the targets they speak of."""

from dataclasses import dataclass
from typing import Literal

from agent.builtin.phone.deeds import PhoneDeed
from devices.actions import Button, Direction

Side = Literal["right", "left", "above", "below", "near", "in"]
WindowDeed = Literal["close", "minimise", "maximise", "focus"]
Telling = Literal["", "whether", "last message", "row", "title", "fact", "amount"]


@dataclass(frozen=True, slots=True)
class Target:
    """Something on the screen, by what is written on it.

    `kind` is the word for the element ("button", "field"), "" if none was said. `ordinal` counts from 1 in reading
    order, -1 is the last, 0 any. `side` and `anchor` say where it is relative to something else.
    """

    text: str
    kind: str = ""
    ordinal: int = 0
    side: Side | None = None
    anchor: "Target | None" = None

    def __str__(self) -> str:
        place = {"right": "right of", "left": "left of", "near": "next to", None: ""}.get(self.side, self.side)
        words = [
            {0: "", -1: "last", 1: "first", 2: "second", 3: "third"}.get(self.ordinal, f"{self.ordinal}th"),
            repr(self.text) if self.text else "",
            self.kind,
            f"{place} {self.anchor}" if self.anchor else "",
        ]
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """Start an application, or open what on the screen bears that name when no application does."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Open a file, a folder or an icon that can be seen; a file that cannot be seen, through the open dialog."""

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
    """Press the button, or a finger, on the target for a while."""

    target: Target


@dataclass(frozen=True, slots=True)
class Write:
    """Type `text`; in the field `into` when one is named, in place of what it held when `afresh`."""

    text: str
    into: Target | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class PressKeys:
    keys: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class ScrollTo:
    """Scroll by `notches`, or until `until` can be seen."""

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
    """Make a tick box (or a switch) be on or off; one that is not there is no failure when `if_there`."""

    target: Target
    on: bool = True
    if_there: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Pick `option`; out of the list or menu `source` when one is named."""

    option: Target
    source: Target | None = None


@dataclass(frozen=True, slots=True)
class FollowMenu:
    """Open a menu and go down its items."""

    path: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """Remove everything that is written in a field, or where the focus is."""

    field: Target | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Await:
    """Wait until the target can be seen, or no longer; for `seconds` at most."""

    target: Target
    appears: bool = True
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class WindowTo:
    """Close, minimise, maximise or focus a window, the one in front when `name` is "".

    `saving` says what to answer when closing asks whether to save; None leaves the question to the person.
    """

    deed: WindowDeed
    name: str = ""
    saving: bool | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """Fail unless the target can be seen, or unless it cannot."""

    target: Target
    present: bool = True


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer with what is written: "" for all of the window in front, else the value that belongs to `what`.

    `how` is what else may be asked of a phone: whether a switch is on, the last message that came, the row that speaks
    of `what`, the title of the first row that has it, the sentence that says it, or the one that says how much it is.
    """

    what: str = ""
    how: Telling = ""


@dataclass(frozen=True, slots=True)
class SaveAs:
    name: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Open a file by its path through the application's open dialog."""

    name: str


@dataclass(frozen=True, slots=True)
class Calculate:
    """Work out `expression` in the calculator on the screen, opening one when there is none."""

    expression: str


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Run a command line in the terminal on the screen, opening one when there is none."""

    command: str


@dataclass(frozen=True, slots=True)
class SearchFor:
    """Search for `text` in the search field on the screen, or through the application's find command."""

    text: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace `old` by `new` through the application's replace dialog."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CreateFolder:
    """Make a folder in the file manager that is in front."""

    name: str


@dataclass(frozen=True, slots=True)
class IfAsked:
    """Choose the first of these buttons if a dialog offers one; go on when none does."""

    buttons: tuple[str, ...]


Instruction = (
    OpenApplication | OpenItem | ClickOn | HoverOver | HoldOn | Write | PressKeys | ScrollTo | DragOnto | Tick | Choose
    | FollowMenu | Empty | Pause | Await | WindowTo | Expect | Tell | SaveAs | OpenFile | Calculate | RunCommand
    | SearchFor | ReplaceText | CreateFolder | IfAsked | PhoneDeed
)  # fmt: skip
